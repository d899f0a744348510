"""Reported numbers of attendees with their provenance, and the looks at classes of step 8."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from models.database import UtcDateTime, stored


class AttendanceSource(StrEnum):
    REPLY = "reply"
    STAFF = "staff"


class AttendanceReport(SQLModel, table=True):
    """One number for one class, from one mail or one answer. The newest valid one counts."""

    __tablename__ = "attendance_report"

    id: int | None = Field(default=None, primary_key=True)
    class_id: str = Field(foreign_key="class_session.id", index=True)
    count: int
    source: AttendanceSource = Field(sa_type=stored(AttendanceSource))
    reported_by: str
    message_key: str = ""
    words: str = ""
    received_at: datetime = Field(sa_type=UtcDateTime)
    is_late: bool = False
    is_replaced: bool = False


class ClassLook(SQLModel, table=True):
    """One look of step 8 at a class that should have begun; together the day's record."""

    __tablename__ = "class_look"

    id: int | None = Field(default=None, primary_key=True)
    class_id: str = Field(foreign_key="class_session.id", index=True)
    looked_at: datetime = Field(sa_type=UtcDateTime)
    has_started: bool


def counts(session: Session, class_ids: Iterable[str]) -> dict[str, AttendanceReport]:
    """The number that counts for each of these classes, where one is known."""
    rows = session.exec(
        select(AttendanceReport)
        .where(
            col(AttendanceReport.class_id).in_(list(class_ids)),
            ~col(AttendanceReport.is_replaced),
        )
        .order_by(col(AttendanceReport.id))
    )
    return {row.class_id: row for row in rows}


def record_count(session: Session, report: AttendanceReport) -> None:
    """Adds a number; an earlier one for the class is kept, marked as replaced."""
    earlier = counts(session, [report.class_id]).get(report.class_id)
    if earlier is not None:
        earlier.is_replaced = True
        session.add(earlier)
    session.add(report)


def looks(session: Session, class_ids: Iterable[str]) -> dict[str, list[ClassLook]]:
    """The looks at each of these classes, oldest first."""
    found: dict[str, list[ClassLook]] = {}
    rows = session.exec(
        select(ClassLook)
        .where(col(ClassLook.class_id).in_(list(class_ids)))
        .order_by(col(ClassLook.looked_at))
    )
    for row in rows:
        found.setdefault(row.class_id, []).append(row)
    return found
