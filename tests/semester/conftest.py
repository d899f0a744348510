"""A small sound semester; tests hand in only the sheets that they want otherwise."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rules.semester import RawSheet, RawSheets

SHEETS = {
    "timetable": """
date|start|end|slot|course_code|course_name|lecturers|groups|mode|status|note
2026-12-05|9:00|12:00|1|UV-101|Ievads|ab;jo|UV1;UV2|online|planned|
2026-12-05|||2|UV-102|Economics|jo|UV1|klātienē|atcelta|slims
""",
    "lecturers": """
key|name|email|language|phone
ab|Anna Bērziņa|anna@augstskola.example||
jo|Jānis Ozoliņš|janis@augstskola.example|angļu|+371 20000002
""",
    "students": """
key|name|email|groups|language
s1|Aija Āboliņa|aija@students.augstskola.example|UV1|lv
s2|Zanda Ķirse|zanda@students.augstskola.example||en
""",
    "courses": """
code|name_lv|name_en|moodle_idnumber
UV-101|Ievads||UV-101-2026R
UV-102|Ekonomika|Economics|
""",
    "zoom_accounts": """
email|capacity|concurrent
zoom01@augstskola.example|300|
zoom02@augstskola.example|100|2
""",
    "staff": """
key|name|email|role|phone
vad|Ģertrūde Āboltiņa|vad@augstskola.example|head_of_sac|
k1|Uldis Šķiņķis|k1@augstskola.example|SAC koordinators|60000002
""",
    "duty": """
date|staff|from|to
2026-12-05|k1|8:30|12:30
2026-12-05|k1|12:30|16:15
""",
}

Build = Callable[..., RawSheets]


def _sheet(name: str, text: str) -> RawSheet:
    header, *rows = (tuple(line.split("|")) for line in text.strip().splitlines())
    return RawSheet(name, header, tuple(rows))


@pytest.fixture(scope="session")
def semester_of() -> Build:
    """Builds raw sheets: a sheet's text replaces the sound one, None takes the sheet away."""

    def build(**changed: str | None) -> RawSheets:
        texts = {**SHEETS, **changed}
        return RawSheets(tuple(_sheet(name, text) for name, text in texts.items() if text))

    return build


@pytest.fixture
def csv_folder(tmp_path: Path) -> Path:
    """The sound semester as a folder of comma-separated files."""
    for name, text in SHEETS.items():
        (tmp_path / f"{name}.csv").write_text(text.strip().replace("|", ","), encoding="utf-8")
    return tmp_path
