"""What stands in the LMS because of us: the plan of a day and each class's connection."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, select

from models.database import UtcDateTime, stored


class LmsKind(StrEnum):
    PLAN = "plan"
    CONNECTION = "connection"


class LmsItem(SQLModel, table=True):
    """An entry by its key. A withdrawn one stays as proof of when it was removed."""

    __tablename__ = "lms_item"

    key: str = Field(primary_key=True)
    day: date = Field(index=True)
    kind: LmsKind = Field(sa_type=stored(LmsKind))
    course_idnumber: str = ""
    class_id: str | None = Field(default=None, foreign_key="class_session.id")
    moodle_id: int | None = None
    url: str = ""
    content_hash: str = ""
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None


def items_on(session: Session, day: date, kind: LmsKind | None = None) -> dict[str, LmsItem]:
    """The day's entries that stand in the LMS, by key."""
    rows = session.exec(select(LmsItem).where(LmsItem.day == day))
    return {row.key: row for row in rows if row.stands and kind in {None, row.kind}}
