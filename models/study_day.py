"""Study days, their classes and the record of each step; the wanted state of everything else.

`plan_revision` grows with every change of the plan, `schedule_revision` when the day itself moves
or is cancelled. A class keeps its opaque id for life, whatever is changed about it.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, or_, select

from models.database import JsonData, UtcDateTime, stored
from models.journal import Author, subjects_of, write
from models.people import StudentRecord
from rules.process import Step, StepState
from rules.timetable import ClassStatus, ClassTime, Mode
from rules.wording import Text

LEFT_DAY = "class left the day"  # the journal's word for a class that was moved to another day
REMOVED = "is_removed"  # among the fields changed by hand: taken out of the timetable
SETTLING = "settling"  # in a step's evidence: how many notices wait for further changes
OUTSIDE = "outside"  # in a step's evidence: a person did it outside the system, and how that shows


class StudyDay(SQLModel, table=True):
    __tablename__ = "study_day"

    day: date = Field(primary_key=True)
    plan_revision: int = 1
    schedule_revision: int = 1
    is_cancelled: bool = False
    moved_to: date | None = None


class ClassSession(SQLModel, table=True):
    __tablename__ = "class_session"

    id: str = Field(primary_key=True)
    day: date = Field(foreign_key="study_day.day", index=True)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    slot: int | None = None
    course_code: str = Field(foreign_key="course.code")
    lecturers: list[str] = Field(sa_type=JsonData)
    groups: list[str] = Field(sa_type=JsonData)
    mode: Mode = Field(default=Mode.ONLINE, sa_type=stored(Mode))
    status: ClassStatus = Field(default=ClassStatus.PLANNED, sa_type=stored(ClassStatus))
    note: str = ""
    support_note: str = ""
    # What the last import said, field by field; None for a class that was added by hand.
    imported: dict[str, Any] | None = Field(default=None, sa_type=JsonData)
    # Names of the fields changed by hand; an import does not overwrite them.
    overridden: list[str] = Field(default_factory=list, sa_type=JsonData)
    is_removed: bool = False

    @property
    def time(self) -> ClassTime:
        return ClassTime(self.starts_at, self.ends_at)

    @property
    def is_planned(self) -> bool:
        """Held: neither cancelled nor taken out of the timetable."""
        return self.status is ClassStatus.PLANNED and not self.is_removed


class StepRecord(SQLModel, table=True):
    """How a step of a day stands after its last run."""

    __tablename__ = "step_record"

    day: date = Field(primary_key=True, foreign_key="study_day.day")
    step: int = Field(primary_key=True)
    state: StepState = Field(sa_type=stored(StepState))
    summary: str
    summary_lv: str = ""  # empty for what was recorded before there was any
    plan_revision: int
    recorded_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    run: str = ""
    evidence: dict[str, Any] = Field(default_factory=dict, sa_type=JsonData)

    @property
    def words(self) -> Text:
        """The sentence in both languages."""
        return Text(self.summary_lv or self.summary, self.summary)


def study_days(session: Session) -> Sequence[StudyDay]:
    """All study days in order."""
    return session.exec(select(StudyDay).order_by(col(StudyDay.day))).all()


def find_day(session: Session, day: date) -> StudyDay | None:
    return session.get(StudyDay, day)


def classes_on(session: Session, day: date) -> list[ClassSession]:
    """Every class of the day still in the timetable, in the order in which they are held."""
    rows = session.exec(
        select(ClassSession).where(ClassSession.day == day, ~col(ClassSession.is_removed))
    )
    return sorted(rows, key=_order)


def online_classes(session: Session, day: date) -> list[ClassSession]:
    """The study-day plan (step 1): the day's online classes, cancelled ones included."""
    return [held for held in classes_on(session, day) if held.mode is Mode.ONLINE]


def classes_gone(session: Session, day: date) -> list[ClassSession]:
    """Classes that are no longer online classes of the day.

    They are held on site, or on another day, or have been taken out of the timetable. Whoever was
    told of one as an online class of the day must hear what has become of it.
    """
    left = subjects_of(session, day, LEFT_DAY)
    moved = session.exec(
        select(ClassSession).where(col(ClassSession.id).in_(left), ClassSession.day != day)
    )
    others = session.exec(
        select(ClassSession).where(
            ClassSession.day == day,
            or_(col(ClassSession.is_removed), ClassSession.mode == Mode.ONSITE),
        )
    )
    return sorted((*others, *moved), key=_order)


def leave_day(session: Session, author: Author, held: ClassSession, to: date) -> None:
    """Takes the class to another day, and says so on the account of the day that it leaves."""
    if held.day != to:
        write(session, author, LEFT_DAY, held.id, day=held.day, to=to.isoformat())
        held.day = to


def _order(held: ClassSession) -> tuple[datetime, datetime, str, list[str], str]:
    return (held.starts_at, held.ends_at, held.course_code, held.groups, held.id)


def change_plan(session: Session, day: date) -> StudyDay:
    """Counts a change of the day's plan, so that its steps are looked at again.

    Two people who change it at once are counted one after the other.
    """
    session.flush()
    study_day = session.get_one(StudyDay, day, populate_existing=True, with_for_update=True)
    study_day.plan_revision += 1
    session.add(study_day)
    return study_day


def step_records(session: Session, day: date) -> dict[Step, StepRecord]:
    """The last record of each step that has ever run for the day."""
    rows = session.exec(select(StepRecord).where(StepRecord.day == day))
    return {Step(row.step): row for row in rows}


def find_class(session: Session, class_id: str) -> ClassSession | None:
    return session.get(ClassSession, class_id)


def claim_class(session: Session, class_id: str) -> ClassSession | None:
    """The class, for changing it: nobody else changes it or its day before this is committed."""
    held = find_class(session, class_id)
    if held is None:
        return None
    session.get_one(StudyDay, held.day, populate_existing=True, with_for_update=True)
    return session.get_one(ClassSession, class_id, populate_existing=True, with_for_update=True)


def known_groups(session: Session) -> set[str]:
    """Groups of the semester's students and classes; of some no student is known."""
    of_classes = session.exec(select(col(ClassSession.groups)))
    of_students = session.exec(select(col(StudentRecord.groups)))
    return {group for rows in (of_classes, of_students) for groups in rows for group in groups}


def prepared_days(session: Session) -> set[date]:
    """Days whose plan has been prepared: step 1 has run for them."""
    rows = session.exec(
        select(col(StepRecord.day)).where(StepRecord.step == Step.PREPARE_PLAN.value)
    )
    return set(rows.all())
