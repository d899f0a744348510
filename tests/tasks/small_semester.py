"""A semester of one study day, built in code: seven classes, five lecturers, twelve students.

Course codes are the names by which the tests speak of classes:

    09:00  MAT Anna/G1   FIZ Jānis/G2   BIO Pēteris and Līga/G3   ART (on site) Mary/G4
    12:45  ENG Mary/G1, G2   STA Anna/G3   LAW Pēteris/G4
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from rules.people import Language, Role
from rules.timetable import (
    Course,
    Duty,
    Lecturer,
    Mode,
    Semester,
    StaffMember,
    Student,
    TimetableRow,
    ZoomAccount,
)

DAY = date(2026, 12, 5)
EARLIER = date(2026, 11, 21)
SLOTS = {1: (time(9), time(12)), 2: (time(12, 45), time(15, 45))}
OFFICE = "sac@augstskola.example"

COURSES = (
    Course("MAT", "Matemātika", "Mathematics", "M-MAT"),
    Course("FIZ", "Fizika", "Physics", "M-FIZ"),
    Course("BIO", "Bioloģija", "Biology", "M-BIO"),
    Course("ENG", "Akadēmiskā angļu valoda", "Academic English", "M-ENG"),
    Course("STA", "Statistika", "Statistics", "M-STA"),
    Course("LAW", "Tiesību pamati", "Foundations of Law", "M-LAW"),
    Course("ART", "Māksla", "Art", "M-ART"),
)
LECTURERS = (
    Lecturer("anna", "Anna Bērziņa", "anna@augstskola.example", phone="+371 20000001"),
    Lecturer("janis", "Jānis Kalniņš", "janis@augstskola.example", phone="+371 20000002"),
    Lecturer("peteris", "Pēteris Ozols", "peteris@augstskola.example"),
    Lecturer("liga", "Līga Ozoliņa", "liga@augstskola.example"),
    Lecturer("mary", "Mary Sample", "mary@augstskola.example", Language.ENGLISH),
)
STUDENTS = tuple(
    Student(
        f"s{number:02}",
        f"Students {number:02}",
        f"s{number:02}@augstskola.example",
        (f"G{(number - 1) // 3 + 1}",),
        Language.ENGLISH if number == 12 else Language.LATVIAN,
    )
    for number in range(1, 13)
)
ACCOUNTS = tuple(ZoomAccount(f"zoom{number}@augstskola.example", 300) for number in (1, 2, 3, 4))
STAFF = (
    StaffMember("dace", "Dace Liepa", "dace@augstskola.example", Role.HEAD_OF_SAC, "+371 2900"),
    StaffMember("inga", "Inga Krūmiņa", "inga@augstskola.example", Role.COORDINATOR, "+371 2901"),
    StaffMember("juris", "Juris Zariņš", "juris@augstskola.example", Role.COORDINATOR),
    StaffMember("zane", "Zane Vītola", "zane@augstskola.example", Role.E_STUDY_COORDINATOR),
)
DUTY = (Duty(DAY, "inga", time(8, 30), time(16)),)


def row(
    code: str,
    slot: int,
    lecturers: Sequence[str],
    groups: Sequence[str],
    **more: Any,
) -> TimetableRow:
    """A line of the timetable in one of the two slots."""
    starts, ends = SLOTS[slot]
    values: dict[str, Any] = {
        "row": 2,
        "day": DAY,
        "starts": starts,
        "ends": ends,
        "slot": slot,
        "course_code": code,
        "course_name": next(course.name_lv for course in COURSES if course.code == code),
        "lecturers": tuple(lecturers),
        "groups": tuple(groups),
    }
    return TimetableRow(**{**values, **more})


TIMETABLE = (
    row("MAT", 1, ["anna"], ["G1"]),
    row("FIZ", 1, ["janis"], ["G2"]),
    row("BIO", 1, ["peteris", "liga"], ["G3"]),
    row("ART", 1, ["mary"], ["G4"], mode=Mode.ONSITE),
    row("ENG", 2, ["mary"], ["G1", "G2"]),
    row("STA", 2, ["anna"], ["G3"]),
    row("LAW", 2, ["peteris"], ["G4"]),
)
SEMESTER = Semester(TIMETABLE, LECTURERS, STUDENTS, COURSES, ACCOUNTS, STAFF, DUTY)


def semester(**sheets: Any) -> Semester:
    """The semester with other sheets."""
    return replace(SEMESTER, **sheets)


def changed(code: str, **values: Any) -> tuple[TimetableRow, ...]:
    """The timetable with one course's row changed."""
    return tuple(
        replace(line, **values) if line.course_code == code else line for line in TIMETABLE
    )


def without(*codes: str) -> tuple[TimetableRow, ...]:
    """The timetable without these courses."""
    return tuple(line for line in TIMETABLE if line.course_code not in codes)
