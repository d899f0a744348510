"""What the product has written down: plan, journal, numbers of attendees, for the checker.

Functions that the worker is asked to call, as those of `office.py`; answers are plain data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import col, select

from deployments.simulation.office import Office
from models.attendance import AttendanceReport
from models.database import reading
from models.journal import JournalEntry
from models.question import Question
from models.study_day import ClassSession
from rules.timetable import ClassStatus, Mode


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class as it stands in the timetable; `is_held` says that it is not cancelled."""

    id: str
    start: datetime
    end: datetime
    day: date
    course: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]
    is_held: bool
    is_online: bool = True
    is_removed: bool = False

    @property
    def is_planned(self) -> bool:
        """Whether it belongs to the plan of its study day, be it held or cancelled."""
        return self.is_online and not self.is_removed

    @property
    def has_meeting(self) -> bool:
        return self.is_planned and self.is_held


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the journal."""

    id: int
    at: datetime
    day: date | None
    action: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Number:
    """A recorded number of attendees."""

    class_id: str
    count: int
    source: str
    by: str
    message: str
    is_replaced: bool


def plan(office: Office) -> list[ClassRow]:
    """Every class of the timetable as it stands, and those that were taken out of it."""
    with reading(office.services.engine) as session:
        rows = session.exec(select(ClassSession)).all()
    return [
        ClassRow(
            row.id,
            row.starts_at,
            row.ends_at,
            row.day,
            row.course_code,
            tuple(row.lecturers),
            tuple(row.groups),
            row.status is ClassStatus.PLANNED,
            row.mode is Mode.ONLINE,
            row.is_removed,
        )
        for row in rows
    ]


def journal(office: Office) -> list[Entry]:
    """The whole journal, oldest first."""
    with reading(office.services.engine) as session:
        rows = session.exec(select(JournalEntry).order_by(col(JournalEntry.id))).all()
    return [
        Entry(row.id or 0, row.at, row.day, row.action, row.subject, row.details) for row in rows
    ]


def numbers(office: Office) -> list[Number]:
    """Every number that was ever recorded."""
    with reading(office.services.engine) as session:
        rows = session.exec(select(AttendanceReport)).all()
    return [
        Number(
            row.class_id, row.count, row.source, row.reported_by, row.message_key, row.is_replaced
        )
        for row in rows
    ]


def count_questions(office: Office) -> int:
    """How many questions were ever asked."""
    with reading(office.services.engine) as session:
        return len(session.exec(select(Question.id)).all())
