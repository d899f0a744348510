"""Adding a class by hand; like every change by hand it stands above any import.

An import that later has the same class (day, course, start, groups) takes it as its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.database import writing
from models.journal import write
from models.people import courses, lecturers
from models.study_day import (
    ClassSession,
    change_plan,
    classes_on,
    find_day,
    known_groups,
)
from rules.timetable import Mode, slot_of
from tasks.change_class import ChangeRefused, distinct
from tasks.context import StepContext
from tasks.import_semester import new_class_id


@dataclass(frozen=True, slots=True)
class NewClass:
    """A class that is not in the timetable; `start` and `end` are aware."""

    start: datetime
    end: datetime
    course_code: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]
    mode: Mode = Mode.ONLINE


def add_class(context: StepContext, new: NewClass) -> ClassSession:
    """Adds the class to the plan of its day. ChangeRefused names everything that is wrong with it."""
    with writing(context.services.engine) as session:
        problems = list(_problems(session, context, new))
        if problems:
            raise ChangeRefused(" ".join(problems))
        held = _row(session, context, new)
        session.add(held)
        change_plan(session, held.day)
        write(
            session,
            context.author,
            "added class",
            held.id,
            day=held.day,
            after={
                "day": held.day.isoformat(),
                "starts_at": new.start.isoformat(),
                "ends_at": new.end.isoformat(),
                "course_code": held.course_code,
                "lecturers": held.lecturers,
                "groups": held.groups,
                "mode": held.mode.value,
                "status": held.status.value,
            },
        )
    return held


def _row(session: Session, context: StepContext, new: NewClass) -> ClassSession:
    zone = context.services.settings.zone
    start, end = new.start.astimezone(zone), new.end.astimezone(zone)
    taken = set(session.exec(select(col(ClassSession.id))).all())
    seed = f"{start.isoformat()} {new.course_code} {sorted(new.groups)}"
    return ClassSession(
        id=new_class_id(seed, taken),
        day=start.date(),
        starts_at=new.start,
        ends_at=new.end,
        slot=slot_of(start.time(), end.time()),
        course_code=new.course_code,
        lecturers=distinct(new.lecturers),
        groups=distinct(new.groups),
        mode=new.mode,
    )


def _problems(session: Session, context: StepContext, new: NewClass) -> Iterator[str]:
    day = new.start.astimezone(context.services.settings.zone).date()
    if new.start <= context.now:
        yield "A class cannot be added to the past."
    if new.end.astimezone(context.services.settings.zone).date() != day or new.end <= new.start:
        yield "The class must end after it begins, on the same day."
    if find_day(session, day) is None:
        yield f"{day} is not a study day; import it first."
    if new.course_code not in courses(session):
        yield f"Unknown course: {new.course_code}. Use codes of the sheet 'courses'."
    yield from _unknown("lecturer", new.lecturers, set(lecturers(session)), "keys of 'lecturers'")
    yield from _unknown("group", new.groups, known_groups(session), "groups of the students")
    if any(_is_same(held, new) for held in classes_on(session, day)):
        yield "There is such a class already: same course, start and groups."


def _unknown(noun: str, given: tuple[str, ...], known: set[str], use: str) -> Iterator[str]:
    unknown = sorted(set(given) - known)
    if unknown or not given:
        yield f"Unknown {noun}: {', '.join(unknown) or 'none given'}. Use {use}."


def _is_same(held: ClassSession, new: NewClass) -> bool:
    mine = (held.course_code, held.starts_at, set(held.groups))
    return mine == (new.course_code, new.start, set(new.groups))
