"""Every letter, word for word, against the committed texts in `expected/`."""

from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

from integrations.letters import (
    Recipient,
    Rendered,
    attendance_reminder,
    lecturer_change,
    lecturer_reminder,
    student_notice,
)
from rules.facts import changes

EXPECTED = Path(__file__).parent / "expected"


class _Visible(HTMLParser):
    """The words of a page that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self._skipping = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in {"style", "title"}:
            self._skipping = tag
        if tag in {"p", "br", "tr", "td", "li", "h2"}:
            self.words += "\n"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._skipping:
            self._skipping = ""

    def handle_data(self, data: str) -> None:
        self.words += "" if self._skipping else data


def _visible_lines(html: str) -> list[str]:
    page = _Visible()
    page.feed(html)
    return [" ".join(line.split()) for line in page.words.split("\n") if line.strip()]


def test_text_is_as_expected(letter: Rendered, kind: str, reader: Recipient) -> None:
    expected = EXPECTED / f"{reader.language.value}_{kind}.txt"

    assert f"{letter.subject}\n\n{letter.text}" == expected.read_text(encoding="utf-8")


def test_html_says_what_the_text_says(letter: Rendered) -> None:
    seen = " ".join(_visible_lines(letter.html)).casefold()
    words = {word.strip(" .,:;()→") for word in letter.text.casefold().split()}

    # Where the HTML has a table with headings, the text has a word in each line.
    in_headings = {"----", "-", "mācībspēks", "lecturer", "atgādinājums", "nosūtīts"}
    in_headings |= {"reminder", "was", "sent", "līdz"}
    assert {word for word in words if word not in seen} <= in_headings


def test_html_has_the_same_lines_to_fill_as_the_text(letter: Rendered) -> None:
    fill = [line for line in letter.text.splitlines() if line.endswith("____")]

    assert [line for line in _visible_lines(letter.html) if line.endswith("____")] == fill


def test_only_held_online_classes_have_a_line_to_fill(sample: SimpleNamespace) -> None:
    classes = [sample.literature, sample.pedagogy_cancelled, sample.practice_onsite]

    letter = lecturer_reminder(sample.day, sample.daina, classes, sample.office, 0)

    lines = letter.text.splitlines()
    assert [lines[i - 4] for i, line in enumerate(lines) if line == "Apmeklētāju skaits: ____"] == [
        "1. nodarbība | pl. 09:00–12:00 | Bērnu literatūra | PE-2"
    ]


def test_students_and_staff_have_nothing_to_fill(sample: SimpleNamespace) -> None:
    letter = student_notice(sample.day, sample.daina, [sample.literature], sample.office, 0)

    assert "____" not in letter.text + letter.html
    assert "virs šīs līnijas" not in letter.text + letter.html


def test_a_reminder_of_cancelled_classes_only_says_so_in_its_subject(
    sample: SimpleNamespace,
) -> None:
    off = [sample.literature_cancelled, sample.pedagogy_cancelled]

    letters = [
        lecturer_reminder(sample.day, sample.daina, off[:1], sample.office, 0),
        lecturer_reminder(sample.day, sample.daina, off, sample.office, 0),
        student_notice(sample.day, sample.catherine, off, sample.office, 0),
    ]

    assert [letter.subject for letter in letters] == [
        "ATCELTA nodarbība: studiju diena 2026. gada 5. decembrī",
        "ATCELTAS nodarbības: studiju diena 2026. gada 5. decembrī",
        "CANCELLED classes: study day on 5 December 2026",
    ]
    assert [letter.calendars for letter in letters] == [(), (), ()]


def test_a_class_without_join_data_promises_it(sample: SimpleNamespace) -> None:
    planned = replace(sample.literature, join_url=None, meeting_id=None, passcode=None)

    letter = student_notice(sample.day, sample.daina, [planned], sample.office, 0)

    assert "Pieslēgšanās informāciju nosūtīsim atsevišķi." in letter.text
    assert "Meeting ID" not in letter.text + letter.html


def test_a_cancelled_class_shows_no_join_data_even_if_it_still_has_some(
    sample: SimpleNamespace,
) -> None:
    off = replace(sample.literature, status=sample.literature_cancelled.status)

    letter = student_notice(sample.day, sample.daina, [off], sample.office, 0)

    assert "zoom.us" not in letter.text + letter.html
    assert "884666" not in letter.text + letter.html


def test_one_class_is_spoken_of_in_the_singular(sample: SimpleNamespace) -> None:
    letter = attendance_reminder(sample.day, sample.daina, [sample.literature], sample.office)

    assert letter.text.splitlines()[4] == (
        "Paldies, ka 2026. gada 5. decembrī vadījāt nodarbību studiju dienā! "
        "Apmeklētāju skaitu vēl neesam saņēmuši šajā nodarbībā:"
    )


def test_a_person_who_has_no_class_left_is_told_so(sample: SimpleNamespace) -> None:
    gone = changes([sample.literature], [])

    letter = lecturer_change(sample.day, sample.daina, gone, [], sample.office, 2)

    assert "Citu nodarbību Jums šajā studiju dienā nav." in letter.text
    assert "____" not in letter.text


def test_times_are_those_of_riga_whatever_zone_they_come_in(sample: SimpleNamespace) -> None:

    facts = sample.literature
    in_utc = replace(facts, start=facts.start.astimezone(UTC), end=facts.end.astimezone(UTC))

    assert student_notice(sample.day, sample.daina, [in_utc], sample.office, 0) == student_notice(
        sample.day, sample.daina, [facts], sample.office, 0
    )


def test_the_order_is_that_of_time_not_of_the_list(sample: SimpleNamespace) -> None:
    classes = [sample.literature, sample.upbringing, sample.pedagogy_cancelled]

    texts = [
        student_notice(sample.day, sample.daina, order, sample.office, 0).text
        for order in (classes, classes[::-1])
    ]

    assert texts[0] == texts[1]
