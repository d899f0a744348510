"""One row of each sheet as a record; what rows mean beside each other is in `checks.py`."""

from datetime import time

from rules.people import Language, Role
from rules.semester import sentences as say
from rules.semester.table import Row
from rules.timetable import (
    SLOTS,
    ClassStatus,
    Course,
    Duty,
    Lecturer,
    Mode,
    StaffMember,
    Student,
    TimetableRow,
    ZoomAccount,
    slot_of,
)

_NO_TIME = (time.min, time.min)
_ALL_DAY = (time.min, time.max)

# What may be written for each value, in Latvian and in English.
_LANGUAGES = {Language.LATVIAN: ("latviešu", "lv"), Language.ENGLISH: ("angļu", "en")}
_MODES = {Mode.ONLINE: ("tiešsaistē", "online"), Mode.ONSITE: ("klātienē", "onsite")}
_STATUSES = {
    ClassStatus.PLANNED: ("notiek", "planned"),
    ClassStatus.CANCELLED: ("atcelta", "cancelled"),
}
_ROLES = {role: (role.latvian, role.value) for role in Role}


def lecturer(row: Row) -> Lecturer:
    return Lecturer(
        key=row.filled("key"),
        name=row.filled("name"),
        email=row.address("email"),
        language=row.choice("language", _LANGUAGES, usual=Language.LATVIAN),
        phone=row.text("phone"),
    )


def student(row: Row) -> Student:
    """A student; without groups (on leave, say) nothing concerns them."""
    return Student(
        key=row.filled("key"),
        name=row.filled("name"),
        email=row.address("email"),
        groups=row.many("groups"),
        language=row.choice("language", _LANGUAGES, usual=Language.LATVIAN),
    )


def course(row: Row) -> Course:
    """A course; without an idnumber it has no place in the LMS."""
    return Course(
        code=row.filled("code"),
        name_lv=row.filled("name_lv"),
        name_en=row.text("name_en"),
        moodle_idnumber=row.text("moodle_idnumber"),
    )


def zoom_account(row: Row) -> ZoomAccount:
    return ZoomAccount(
        email=row.address("email"),
        capacity=row.count("capacity"),
        concurrent=row.count("concurrent") if row.text("concurrent") else 1,
    )


def staff_member(row: Row) -> StaffMember:
    return StaffMember(
        key=row.filled("key"),
        name=row.filled("name"),
        email=row.address("email"),
        role=row.choice("role", _ROLES),
        phone=row.text("phone"),
    )


def duty(row: Row) -> Duty:
    day, staff = row.day("date"), row.filled("staff")
    return Duty(day, staff, *(_times(row, "from", "to") or _NO_TIME))


def timetable_row(row: Row) -> TimetableRow:
    """A class; its time is written out, or follows from its slot."""
    day = row.day("date")
    slot, starts, ends = _class_time(row)
    return TimetableRow(
        row=row.number,
        day=day,
        starts=starts,
        ends=ends,
        slot=slot,
        course_code=row.filled("course_code"),
        course_name=row.text("course_name"),
        lecturers=row.some("lecturers"),
        groups=row.some("groups"),
        mode=row.choice("mode", _MODES, usual=Mode.ONLINE),
        status=row.choice("status", _STATUSES, usual=ClassStatus.PLANNED),
        note=row.text("note"),
    )


def _class_time(row: Row) -> tuple[int | None, time, time]:
    slot = row.count("slot") if row.text("slot") else None
    if not row.text("start") and not row.text("end"):
        return slot, *_time_of_slot(row, slot)
    times = _times(row, "start", "end")
    if times is None:
        return slot, *_NO_TIME
    if slot is not None:
        _check_slot(row, slot, *times)
    return slot or _slot_at(*times), *times


def _times(row: Row, first: str, last: str) -> tuple[time, time] | None:
    """Both times, the second after the first; None when either is reported as wrong."""
    starts, ends = row.clock(first), row.clock(last)
    if row.has_read(first, last) and ends <= starts:
        row.refuse(last, say.ENDS_BEFORE_START, starts=_hours(starts), ends=_hours(ends))
    return (starts, ends) if row.has_read(first, last) else None


def _time_of_slot(row: Row, slot: int | None) -> tuple[time, time]:
    if slot is None:
        row.refuse("start", say.NO_TIME)
    elif slot not in SLOTS:
        row.refuse("slot", say.UNKNOWN_SLOT, value=slot)
    return SLOTS.get(slot or 0, _NO_TIME)


def _check_slot(row: Row, slot: int, starts: time, ends: time) -> None:
    earliest, latest = SLOTS.get(slot, _ALL_DAY)
    if starts < earliest or ends > latest:
        spans = {"time": span(starts, ends), "slot": span(earliest, latest)}
        row.refuse("slot", say.SLOT_AND_TIME, value=slot, **spans)


def _slot_at(starts: time, ends: time) -> int | None:
    return slot_of(starts, ends)


def _hours(clock: time) -> str:
    return f"{clock:%H:%M}"


def span(starts: time, ends: time) -> str:
    """From-to in words for a sentence."""
    return f"{_hours(starts)}–{_hours(ends)}"
