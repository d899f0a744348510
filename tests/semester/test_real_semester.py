"""A real semester (Masaryk University, 6,375 classes) is read without a problem."""

from datetime import date
from pathlib import Path

from integrations.spreadsheet import read_sheets
from rules.semester import parse_semester
from rules.semester_changes import ImportPolicy, KnownClass, semester_changes


def test_a_real_semester_is_read_and_compared(shared: Path) -> None:
    semester, problems = parse_semester(read_sheets(shared / "data" / "muni-fi-spr17"))

    assert problems == ()
    assert semester is not None
    sheets = (semester.timetable, semester.lecturers, semester.students, semester.courses)
    others = (semester.zoom_accounts, semester.staff, semester.duty)
    assert [len(sheet) for sheet in (*sheets, *others)] == [6375, 276, 1469, 186, 31, 5, 140]


def test_a_semester_against_itself_changes_nothing(shared: Path) -> None:
    semester, _ = parse_semester(read_sheets(shared / "data" / "muni-fi-spr17"))
    assert semester is not None
    known = [
        KnownClass(
            f"c{row.row}",
            row.day,
            row.starts,
            row.ends,
            row.slot,
            row.course_code,
            row.lecturers,
            row.groups,
        )
        for row in semester.timetable
    ]

    change = semester_changes(known, semester.timetable, ImportPolicy(date(2027, 1, 1)))

    assert len(change.unchanged) == 6375
    assert (change.added, change.changed, change.removed, change.problems) == ((), (), (), ())
