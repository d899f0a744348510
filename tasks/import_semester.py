"""Carries an import into the database: all of it in one transaction, or nothing.

What is wrong with a file is found in `rules/semester`, what it changes in `rules/semester_changes`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import blake2s
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.database import writing
from models.journal import Author, write
from models.roster import keep_roster
from models.study_day import ClassSession, StudyDay, change_plan
from rules.semester_changes import ClassChange, SemesterChange, natural_key
from rules.timetable import Problem, Semester, TimetableRow
from tasks.import_conflicts import ask_about_conflicts
from tasks.import_matching import (
    ambiguity_problems,
    ask_about_ambiguities,
    compare,
    conflict_words,
)
from tasks.import_values import follow_import, imported_values


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did, or would do; with problems it did nothing."""

    days: int
    classes: int
    added: int = 0
    changed: int = 0
    removed: int = 0
    problems: tuple[Problem, ...] = ()
    conflicts: tuple[str, ...] = ()
    touched_days: tuple[date, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to import: `now` decides what is past; a dry run changes nothing."""

    zone: ZoneInfo
    accept_removals: int = 0
    dry_run: bool = False


def import_semester(
    engine: Engine, semester: Semester, author: Author, options: ImportOptions
) -> ImportOutcome:
    """Imports or updates a semester that has no problems of its own."""
    today = author.now.astimezone(options.zone).date()
    with writing(engine) as session:
        change = compare(session, semester, today, options.zone, options.accept_removals)
        outcome = _outcome(semester, change)
        if outcome.problems:
            if not options.dry_run:
                ask_about_ambiguities(session, change.ambiguous, author)
            return outcome
        days = _carry_out(session, semester, change, author, options)
        _journal(session, author, outcome)
        if options.dry_run:
            session.rollback()
    return replace(outcome, touched_days=tuple(sorted(days)))


def _outcome(semester: Semester, change: SemesterChange) -> ImportOutcome:
    return ImportOutcome(
        days=len({row.day for row in semester.timetable}),
        classes=len(semester.timetable),
        added=len(change.added),
        changed=len(change.changed),
        removed=len(change.removed),
        problems=(*change.problems, *ambiguity_problems(change.ambiguous)),
        conflicts=tuple(conflict_words(conflict) for conflict in change.conflicts),
    )


def _carry_out(
    session: Session,
    semester: Semester,
    change: SemesterChange,
    author: Author,
    options: ImportOptions,
) -> set[date]:
    """Everything that the import changes; returns the days whose plan is touched."""
    people_changed = keep_roster(session, semester)
    days = _apply(session, semester, change, author, options)
    if people_changed:
        # A new student must be told, a new address written to, on every day to come.
        days |= _coming_days(session, author.now.astimezone(options.zone).date())
    for day in sorted(days):
        change_plan(session, day)
    return days


def _journal(session: Session, author: Author, outcome: ImportOutcome) -> None:
    write(
        session,
        author,
        "imported semester",
        f"{outcome.classes} classes on {outcome.days} days",
        added=outcome.added,
        changed=outcome.changed,
        removed=outcome.removed,
        conflicts=list(outcome.conflicts),
    )


def _apply(
    session: Session,
    semester: Semester,
    change: SemesterChange,
    author: Author,
    options: ImportOptions,
) -> set[date]:
    _add_days(session, {row.day for row in semester.timetable})
    touched: set[date] = set()
    touched |= _add_classes(session, change.added, options.zone)
    for changed in change.changed:
        touched |= _change(session, changed, author, options.zone)
    for conflict in change.conflicts:
        # What the file says now is known; the same conflict is not reported a second time.
        if conflict.after is not None:
            contested = session.get_one(ClassSession, conflict.known.id)
            contested.imported = imported_values(conflict.after)
    for adopted in change.adopted:
        held = session.get_one(ClassSession, adopted.before.id)
        held.imported, held.overridden = imported_values(adopted.after), list(adopted.fields)
    ask_about_conflicts(session, change.conflicts, author, options.zone)
    for gone in change.removed:
        held = session.get_one(ClassSession, gone.id)
        held.is_removed = True
        touched.add(held.day)
        write(session, author, "removed class", held.id, day=held.day, by="import")
    return touched


def _add_days(session: Session, days: set[date]) -> None:
    known = set(session.exec(select(col(StudyDay.day))).all())
    # Revision 0: the first import's own change makes it 1.
    session.add_all(StudyDay(day=day, plan_revision=0) for day in sorted(days - known))
    session.flush()


def _add_classes(session: Session, rows: Sequence[TimetableRow], zone: ZoneInfo) -> set[date]:
    taken = set(session.exec(select(col(ClassSession.id))).all())
    for row in rows:
        identity = new_class_id(natural_key(row), taken)
        taken.add(identity)
        session.add(_new_class(identity, row, zone))
    return {row.day for row in rows}


def _new_class(identity: str, row: TimetableRow, zone: ZoneInfo) -> ClassSession:
    return ClassSession(
        id=identity,
        day=row.day,
        starts_at=datetime.combine(row.day, row.starts, tzinfo=zone),
        ends_at=datetime.combine(row.day, row.ends, tzinfo=zone),
        slot=row.slot,
        course_code=row.course_code,
        lecturers=list(row.lecturers),
        groups=list(row.groups),
        mode=row.mode,
        status=row.status,
        note=row.note,
        imported=imported_values(row),
    )


def new_class_id(seed: str, taken: Collection[str]) -> str:
    """An opaque id that is not `taken`; the seed only makes it repeatable in a fresh database."""
    attempts = (
        blake2s(f"{seed}#{attempt}".encode(), digest_size=6).hexdigest() for attempt in count()
    )
    return next(identity for identity in attempts if identity not in taken)


def _change(session: Session, change: ClassChange, author: Author, zone: ZoneInfo) -> set[date]:
    held = session.get_one(ClassSession, change.before.id)
    before = held.day
    held.imported = imported_values(change.after)
    follow_import(session, author, held, change.fields, zone)
    return {before, held.day}


def _coming_days(session: Session, today: date) -> set[date]:
    return set(session.exec(select(col(StudyDay.day)).where(StudyDay.day >= today)).all())
