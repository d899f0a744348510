"""The plan's PDF: what it says, how it is tagged, and that nothing in the data acts as markup."""

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pikepdf
import pytest

from integrations.errors import OurMistake
from integrations.plan_document import PlanDocument, render_plan
from rules.facts import ClassFacts
from rules.timetable import ClassStatus, Mode

RIGA = ZoneInfo("Europe/Riga")
FONTS = Path(__file__).resolve().parents[2] / "integrations" / "fonts"

HELD = ClassFacts(
    class_id="c1",
    start=datetime(2026, 12, 5, 9, tzinfo=RIGA),
    end=datetime(2026, 12, 5, 12, tzinfo=RIGA),
    slot=1,
    course_code="K1",
    course_lv="Ģeotelpiskā analīze",
    course_en="Geospatial Analysis",
    lecturers=("Ņina Žagare", "Ēriks Šķēle"),
    groups=("ĢA-1", "ĢA-2"),
    mode=Mode.ONLINE,
    status=ClassStatus.PLANNED,
    join_url="https://zoom.us/j/86650951128?pwd=NzExMTI1YWEw.1",
    meeting_id="86650951128",
    passcode="884666",
)
CANCELLED = replace(HELD, class_id="c2", course_lv="Ķīmija", status=ClassStatus.CANCELLED)
ONSITE = replace(HELD, class_id="c3", course_lv="Fizika", mode=Mode.ONSITE, join_url=None)
LATER = replace(
    HELD,
    class_id="c4",
    course_lv="Vokāls",
    start=HELD.start + timedelta(hours=3, minutes=45),
    end=HELD.end + timedelta(hours=3, minutes=45),
    slot=2,
    join_url=None,
)


def _plan(*classes: ClassFacts) -> PlanDocument:
    return PlanDocument(
        day=date(2026, 12, 5),
        institution="Rīgas Augstskola",
        classes=classes,
        duty=("Uldis Šķēle 08:30–13:00, +371 60000002",),
        revision=3,
        made_at=datetime(2026, 11, 27, 7, 5, tzinfo=UTC),
        contact="sac@augstskola.example, +371 60000001",
    )


def _many(count: int) -> Iterator[ClassFacts]:
    for number in range(count):
        start = HELD.start + timedelta(hours=number % 3)
        yield replace(
            HELD, class_id=f"c{number}", start=start, end=start + timedelta(hours=1), slot=None
        )


def _text(content: bytes) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed")
    made = subprocess.run(
        [program, "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    return made.stdout.decode()


def _lines(content: bytes) -> list[str]:
    return [" ".join(line.split()) for line in _text(content).splitlines() if line.strip()]


def _tags(element: pikepdf.Object) -> Iterator[str]:
    if isinstance(element, pikepdf.Array):
        for kid in element:
            yield from _tags(kid)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            yield str(element.S).removeprefix("/")
        if "/K" in element:
            yield from _tags(element.K)


def _links(pdf: pikepdf.Pdf) -> list[str]:
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    return [str(note.A.URI) for note in notes if note.Subtype == "/Link"]


def test_what_it_says() -> None:
    assert _lines(render_plan(_plan(LATER, ONSITE, CANCELLED, HELD))) == [
        "Rīgas Augstskola · Studiju atbalsta centrs",
        "Studiju dienas plāns",
        "Sestdiena, 2026. gada 5. decembris Nodarbību skaits: 4, no tām atceltas: 1",
        "Dežurē: Uldis Šķēle 08:30–13:00, +371 60000002",
        "Studiju kurss Mācībspēki Grupas Zoom saite Meeting ID Passcode",
        "1. nodarbība, 09:00–12:00",
        "Fizika K1 Ņina Žagare, Ēriks Šķēle ĢA-1, ĢA-2 Klātienē",
        (
            "Ģeotelpiskā analīze K1 Ņina Žagare, Ēriks Šķēle ĢA-1, ĢA-2 "
            "zoom.us/j/86650951128 866 5095 1128 884666"
        ),
        "ATCELTA Ķīmija K1 Ņina Žagare, Ēriks Šķēle ĢA-1, ĢA-2 Nodarbība nenotiks",
        "2. nodarbība, 12:45–15:45",
        "Vokāls K1 Ņina Žagare, Ēriks Šķēle ĢA-1, ĢA-2 Pieslēgšanās informācija sekos",
        (
            "Pieslēgšanās informācija paredzēta tikai studējošajiem un mācībspēkiem. "
            "Saziņai: sac@augstskola.example, +371 60000001"
        ),
        (
            "Studiju dienas plāns, 2026. gada 5. decembris · 3. redakcija, "
            "sagatavota 27.11.2026. 09:05 1 / 1 lpp."
        ),
    ]


def test_links_are_those_of_held_online_classes_only() -> None:
    with pikepdf.open(io.BytesIO(render_plan(_plan(HELD, CANCELLED, ONSITE, LATER)))) as pdf:
        assert _links(pdf) == ["https://zoom.us/j/86650951128?pwd=NzExMTI1YWEw.1"]


def test_it_is_accessible() -> None:
    with pikepdf.open(io.BytesIO(render_plan(_plan(HELD, CANCELLED, LATER)))) as pdf:
        tags = Counter(_tags(pdf.Root.StructTreeRoot.K))
        with pdf.open_metadata() as metadata:
            marks = (metadata["pdfuaid:part"], metadata["dc:title"], metadata["dc:language"])

        assert str(pdf.Root.Lang) == "lv"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert marks[:2] == ("1", "Studiju dienas plāns, 2026. gada 5. decembris")
    assert (tags["Title"] or tags["H1"], tags["Table"], tags["TH"], tags["TR"]) == (1, 1, 8, 6)
    assert tags["Link"] == 1


def test_only_the_shipped_fonts_are_embedded() -> None:
    with pikepdf.open(io.BytesIO(render_plan(_plan(HELD)))) as pdf:
        names = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }

    assert names == {"Lato-Regular", "Lato-Bold"}
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


def test_the_same_plan_is_the_same_bytes() -> None:
    first, second = (render_plan(_plan(HELD, LATER)) for _ in range(2))
    other = render_plan(replace(_plan(HELD, LATER), revision=4))

    assert first == second
    assert first != other


def test_nothing_in_a_name_is_markup() -> None:
    name = '#strong[x] $a^2$ *b* _c_ @d <e> [f] \\ `g` "h" #sys.version // i'
    hostile = replace(HELD, course_lv=name, groups=("#pagebreak()",), join_url=None)

    lines = " ".join(_lines(render_plan(_plan(hostile))))

    assert all(word in lines for word in name.split())
    assert "#pagebreak()" in lines
    assert "1 / 1 lpp." in lines


def test_a_line_end_in_a_name_makes_no_line() -> None:
    hostile = replace(HELD, course_lv="Ķīmija\nATCELTA", groups=())

    assert any(line.startswith("Ķīmija ATCELTA K1") for line in _lines(render_plan(_plan(hostile))))


def test_a_start_link_never_reaches_the_plan() -> None:
    secret = replace(HELD, join_url="https://zoom.us/s/86650951128?zak=eyJ0eXAi")

    with pytest.raises(OurMistake) as caught:
        render_plan(_plan(secret))

    assert "eyJ0eXAi" not in str(caught.value)


def test_people_sort_names_so() -> None:
    names = [
        "Žurnālistika",
        "Zooloģija",
        "Ģeogrāfija",
        "Gleznošana",
        "Kurss 10",
        "Kurss 2",
        "Āra sports",
    ]
    classes = [
        replace(HELD, class_id=str(number), course_lv=name, course_code="")
        for number, name in enumerate(names)
    ]

    lines = _lines(render_plan(_plan(*classes)))

    assert [name for line in lines for name in names if line.startswith(f"{name} Ņina")] == [
        "Āra sports",
        "Gleznošana",
        "Ģeogrāfija",
        "Kurss 2",
        "Kurss 10",
        "Zooloģija",
        "Žurnālistika",
    ]


def test_a_long_plan_repeats_its_headings_and_counts_its_pages() -> None:
    content = render_plan(_plan(*_many(118)))

    with pikepdf.open(io.BytesIO(content)) as pdf:
        count = len(pdf.pages)
        sizes = {tuple(round(side) for side in page.MediaBox) for page in pdf.pages}
    pages = _text(content).split("\f")[:count]
    assert sizes == {(0, 0, 842, 595)}
    assert count > 2
    for number, page in enumerate(pages, start=1):
        assert "Studiju kurss" in page
        assert re.search(r"^\s*\d\d:\d\d–\d\d:\d\d", page, re.MULTILINE)
        assert f"{number} / {count} lpp." in page


def test_a_day_without_classes_says_so() -> None:
    assert "Šajā dienā nodarbību nav." in _lines(render_plan(_plan()))
