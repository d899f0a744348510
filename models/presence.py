"""How many people the meeting service saw in a class; only the number is kept, no names."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from models.database import UtcDateTime


class Presence(SQLModel, table=True):
    """The count from Zoom's report of participants, beside the number that a lecturer reports."""

    __tablename__ = "presence"

    class_id: str = Field(primary_key=True, foreign_key="class_session.id")
    meeting_id: str
    people: int
    fetched_at: datetime = Field(sa_type=UtcDateTime)


def presences(session: Session, class_ids: Iterable[str]) -> dict[str, Presence]:
    """What is known of these classes, by class."""
    rows = session.exec(select(Presence).where(col(Presence.class_id).in_(list(class_ids))))
    return {row.class_id: row for row in rows}
