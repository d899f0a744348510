"""Zoom meetings that we made: one per planned class, recorded before and after it is made."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from models.database import UtcDateTime, stored


class MeetingState(StrEnum):
    """`creating` and `deleting` are intentions; found after a crash, they are looked up first."""

    CREATING = "creating"
    ACTIVE = "active"
    DELETING = "deleting"
    DELETED = "deleted"


class Meeting(SQLModel, table=True):
    """The meeting of one class. No start_url: it signs its bearer in as the host."""

    __tablename__ = "meeting"

    class_id: str = Field(primary_key=True, foreign_key="class_session.id")
    day: date = Field(index=True)
    host: str
    state: MeetingState = Field(sa_type=stored(MeetingState))
    passcode: str
    meeting_id: str = ""
    join_url: str = ""
    content_hash: str = ""
    changed_at: datetime = Field(sa_type=UtcDateTime)


def meetings_on(session: Session, day: date) -> dict[str, Meeting]:
    """The day's meetings by class id, deleted ones left out."""
    rows = session.exec(
        select(Meeting).where(Meeting.day == day, Meeting.state != MeetingState.DELETED)
    )
    return {row.class_id: row for row in rows}


def meetings_of(session: Session, class_ids: Iterable[str]) -> dict[str, Meeting]:
    """Meetings of these classes, in whatever state."""
    rows = session.exec(select(Meeting).where(col(Meeting.class_id).in_(list(class_ids))))
    return {row.class_id: row for row in rows}
