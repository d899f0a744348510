"""The semester as data: the rows of the import's sheets, checked, and the problems they may have.

Reading files is the business of `integrations/spreadsheet.py`; matching rows to classes that
already exist is `rules/semester_changes.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from types import MappingProxyType

from rules.people import Language, Role

# The process description, step 1: the first class at 9:00-12:00, the second at 12:45-15:45.
SLOTS: Mapping[int, tuple[time, time]] = MappingProxyType(
    {1: (time(9), time(12)), 2: (time(12, 45), time(15, 45))}
)


def slot_of(starts: time, ends: time) -> int | None:
    """The number of the class of the day that is held exactly then, if there is one.

    >>> slot_of(time(9), time(12)), slot_of(time(10), time(13))
    (1, None)
    """
    return next((slot for slot, times in SLOTS.items() if times == (starts, ends)), None)


class Mode(StrEnum):
    """How a class is held (norise)."""

    ONLINE = "online"
    ONSITE = "onsite"


class ClassStatus(StrEnum):
    """Whether a class is held (statuss)."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an input, where it stands, and what to do, in a coordinator's words."""

    sheet: str
    row: int | None
    column: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Lecturer:
    key: str
    name: str
    email: str
    language: Language = Language.LATVIAN
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Student:
    key: str
    name: str
    email: str
    groups: tuple[str, ...]
    language: Language = Language.LATVIAN


@dataclass(frozen=True, slots=True)
class Course:
    code: str
    name_lv: str
    name_en: str
    moodle_idnumber: str


@dataclass(frozen=True, slots=True)
class ZoomAccount:
    email: str
    capacity: int
    concurrent: int = 1


@dataclass(frozen=True, slots=True)
class StaffMember:
    key: str
    name: str
    email: str
    role: Role
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the SAC work schedule (SAC darba grafiks); times are local."""

    day: date
    staff: str
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class TimetableRow:
    """A class of the semester timetable; times are local (Europe/Riga)."""

    row: int
    day: date
    starts: time
    ends: time
    slot: int | None
    course_code: str
    course_name: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]
    mode: Mode = Mode.ONLINE
    status: ClassStatus = ClassStatus.PLANNED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Semester:
    """All sheets of an import, each complete and free of problems."""

    timetable: Sequence[TimetableRow]
    lecturers: Sequence[Lecturer]
    students: Sequence[Student]
    courses: Sequence[Course]
    zoom_accounts: Sequence[ZoomAccount]
    staff: Sequence[StaffMember]
    duty: Sequence[Duty]


@dataclass(frozen=True, slots=True)
class ClassTime:
    """An interval of a class, aware; kept here because every rule compares them."""

    start: datetime
    end: datetime

    def overlaps(self, other: "ClassTime") -> bool:
        """Whether both run at some moment; touching ends do not overlap."""
        return self.start < other.end and other.start < self.end
