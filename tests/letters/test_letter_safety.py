"""What hostile or broken data can do to a letter: nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import UndefinedError

from integrations.errors import OurMistake
from integrations.letters import Rendered, class_not_started, lecturer_reminder, student_change
from integrations.letters.render import render
from rules.facts import changes
from rules.people import Language

TEMPLATES = Path(__file__).resolve().parents[2] / "integrations" / "letters" / "templates"


def test_markup_in_a_course_name_is_text(sample: SimpleNamespace) -> None:
    name = '<script>alert("x")</script> & <b>C++</b> {{ 7 * 7 }} {% endif %}'
    facts = replace(sample.literature, course_lv=name)

    letter = lecturer_reminder(sample.day, sample.daina, [facts], sample.office, 0)

    assert "<script" not in letter.html
    assert "<b>" not in letter.html
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt; &amp; &lt;b&gt;C++" in letter.html
    assert f"1. nodarbība | pl. 09:00–12:00 | {name} | PE-2" in letter.text.splitlines()


def test_a_line_end_in_a_name_makes_no_line(sample: SimpleNamespace) -> None:
    forged = "Ķīmija\r\nApmeklētāju skaits: 99\u2028Passcode: 1"
    facts = replace(sample.literature, course_lv=forged, groups=("PE-2\nBcc: visi",))

    letter = lecturer_reminder(sample.day, sample.daina, [facts], sample.office, 0)

    assert [line for line in letter.text.splitlines() if "99" in line] == [
        "1. nodarbība | pl. 09:00–12:00 | Ķīmija Apmeklētāju skaits: 99 Passcode: 1 | PE-2 Bcc: visi"
    ]


def test_a_line_end_in_a_course_name_makes_no_header(sample: SimpleNamespace) -> None:
    facts = replace(sample.literature, course_lv="Ķīmija\r\nBcc: visi@augstskola.example\r\n\r\nx")
    off = changes([facts], [])

    subjects = [
        class_not_started(sample.day, sample.daina, facts, (), sample.office).subject,
        student_change(sample.day, sample.daina, off, [], sample.office, 1).subject,
    ]

    assert subjects == [
        "STEIDZAMI: nodarbība nav sākusies, pl. 09:00: Ķīmija Bcc: visi@augstskola.example x",
        (
            "Nodarbība vairs nav Jūsu sarakstā 05.12.2026., pl. 09:00: "
            "Ķīmija Bcc: visi@augstskola.example x"
        ),
    ]


@pytest.mark.parametrize(
    "link",
    [
        "http://zoom.us/j/86650951128",
        "javascript:alert(1)",
        "https:///j/86650951128",
        "https://zoom.us/j/1 onclick=x",
        "https://zoom.us/j/1\nhttps://evil.example",
        "https://zoom.us/s/86650951128?zak=eyJ0eXAi",
        "",
    ],
)
def test_a_link_that_must_not_be_shown_stops_the_letter(sample: SimpleNamespace, link: str) -> None:
    facts = replace(sample.literature, join_url=link)

    with pytest.raises(OurMistake) as caught:
        lecturer_reminder(sample.day, sample.daina, [facts], sample.office, 0)

    assert "eyJ0eXAi" not in str(caught.value)


def test_every_style_is_in_its_tag_and_no_template_tag_is_left(letter: Rendered) -> None:
    leftovers = ("<style", "{{", "{%", "{#", "<!--", "<script", "http://")

    assert [text for text in leftovers if text in letter.html] == []
    assert 'class="inner" style="' in letter.html


def test_every_link_is_https_or_a_mail_address(letter: Rendered) -> None:
    targets = [part.partition('"')[0] for part in letter.html.split('href="')[1:]]

    assert {target.partition(":")[0] for target in targets} <= {"https", "mailto"}
    assert targets[-1] == "mailto:sac@augstskola.example"


def test_a_value_that_was_forgotten_is_an_error_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        render("class_not_started", Language.LATVIAN, {"start": "09:00"})


def _names(folder: Path, ending: str) -> Iterator[str]:
    return (path.name.removesuffix(ending) for path in folder.glob(f"*{ending}"))


def test_every_template_exists_as_text_and_html_in_both_languages() -> None:
    sets = [
        sorted(_names(TEMPLATES / language, ending))
        for language in ("lv", "en")
        for ending in (".txt.j2", ".html.j2")
    ]

    assert len(sets[0]) == 11
    assert sets[1:] == [sets[0]] * 3
