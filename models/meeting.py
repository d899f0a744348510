"""Zoom meetings that we made: one per planned class, recorded before and after it is made."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from models.database import UtcDateTime, stored


class MeetingState(StrEnum):
    """`creating` is an intention; found after a crash, it is looked up first."""

    CREATING = "creating"
    ACTIVE = "active"
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


def meetings_on(session: Session, day: date, class_ids: Iterable[str] = ()) -> dict[str, Meeting]:
    """The meetings of the day and of these classes by class id, deleted ones left out.

    A class that was moved from another day brings its meeting along.
    """
    rows = session.exec(
        select(Meeting).where(
            (col(Meeting.day) == day) | col(Meeting.class_id).in_(list(class_ids)),
            Meeting.state != MeetingState.DELETED,
        )
    )
    return {row.class_id: row for row in rows}
