"""What an import said of a class, as JSON data beside it, and the way of that into the class."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.journal import Author, write
from models.study_day import ClassSession, leave_day
from rules.timetable import ClassStatus, Mode, TimetableRow

_PLAIN = ("slot", "course_code", "lecturers", "groups", "note")
_TIMES = ("starts", "ends")


def imported_values(row: TimetableRow) -> dict[str, Any]:
    """What the import said."""
    return {
        "day": row.day.isoformat(),
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "slot": row.slot,
        "course_code": row.course_code,
        "lecturers": list(row.lecturers),
        "groups": list(row.groups),
        "mode": row.mode.value,
        "status": row.status.value,
        "note": row.note,
    }


def imported_form(held: ClassSession, zone: ZoneInfo) -> dict[str, Any]:
    """The class as it is, in the same form."""
    start, end = held.starts_at.astimezone(zone), held.ends_at.astimezone(zone)
    return {
        "day": held.day.isoformat(),
        "starts": start.time().isoformat(),
        "ends": end.time().isoformat(),
        **{name: getattr(held, name) for name in _PLAIN},
        "mode": held.mode.value,
        "status": held.status.value,
    }


def effective_value(held: ClassSession, name: str, zone: ZoneInfo) -> Any:
    """The value that a class has now, in the form of a timetable row."""
    if name in _TIMES:
        return getattr(held, f"{name}_at").astimezone(zone).time()
    value = getattr(held, name)
    return tuple(value) if isinstance(value, list) else value


def follow_import(
    session: Session, author: Author, held: ClassSession, fields: Iterable[str], zone: ZoneInfo
) -> None:
    """Gives these fields of the class the values that its import said."""
    names, said = list(fields), held.imported or {}
    clock = {name: effective_value(held, name, zone) for name in _TIMES}
    clock |= {name: time.fromisoformat(said[name]) for name in _TIMES if name in names}
    if "day" in names:
        leave_day(session, author, held, date.fromisoformat(said["day"]))
    if {"day", *_TIMES}.intersection(names):
        held.starts_at = datetime.combine(held.day, clock["starts"], tzinfo=zone)
        held.ends_at = datetime.combine(held.day, clock["ends"], tzinfo=zone)
    for name in names:
        if name in _PLAIN:
            setattr(held, name, said[name])
    if "mode" in names:
        held.mode = Mode(said["mode"])
    if "status" in names:
        held.status = ClassStatus(said["status"])
    session.add(held)
    write(session, author, "changed class", held.id, day=held.day, by="import", fields=names)
