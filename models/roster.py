"""Brings people, courses, accounts and duty up to date with an import's sheets."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import Session, SQLModel, select

from models.people import (
    CourseRecord,
    DutyRecord,
    LecturerRecord,
    StaffRecord,
    StudentRecord,
    ZoomAccountRecord,
)
from rules.timetable import Semester


def keep_roster(session: Session, semester: Semester) -> bool:
    """Adds, changes and retires; whether anything became different."""
    changes = [
        _keep(session, LecturerRecord, "key", (_plain(row) for row in semester.lecturers)),
        _keep(session, StudentRecord, "key", (_plain(row) for row in semester.students)),
        _keep(session, CourseRecord, "code", (_plain(row) for row in semester.courses)),
        _keep(session, ZoomAccountRecord, "email", (_plain(row) for row in semester.zoom_accounts)),
        _keep(session, StaffRecord, "key", (_plain(row) for row in semester.staff)),
        _keep_duty(session, semester),
    ]
    session.flush()
    return any(changes)


def _plain(row: Any) -> dict[str, Any]:
    """A rule's dataclass as column values; tuples are kept as lists."""
    values = {name: getattr(row, name) for name in row.__slots__}
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in values.items()
    }


def _keep(
    session: Session, table: type[SQLModel], key: str, rows: Iterable[dict[str, Any]]
) -> bool:
    known = {getattr(record, key): record for record in session.exec(select(table))}
    changed = False
    for values in rows:
        wanted = {**values, "is_active": True}
        record = known.pop(values[key], None)
        if record is None:
            session.add(table(**wanted))
            changed = True
        elif any(getattr(record, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(record, name, value)
            changed = True
    for gone in known.values():
        changed = changed or getattr(gone, "is_active")  # noqa: B009 - the six tables share it
        setattr(gone, "is_active", False)  # noqa: B010
    return changed


def _keep_duty(session: Session, semester: Semester) -> bool:
    known = {(row.day, row.staff, row.starts): row for row in session.exec(select(DutyRecord))}
    wanted = {(duty.day, duty.staff, duty.starts): duty for duty in semester.duty}
    before = {key: row.ends for key, row in known.items()}
    after = {key: duty.ends for key, duty in wanted.items()}
    if before == after:
        return False
    for key, row in known.items():
        if before[key] != after.get(key):
            session.delete(row)
    session.flush()
    session.add_all(
        DutyRecord(day=duty.day, staff=duty.staff, starts=duty.starts, ends=duty.ends)
        for key, duty in wanted.items()
        if before.get(key) != duty.ends
    )
    return True
