"""Carries an import into the database: all of it in one transaction, or nothing.

What is wrong with a file is found in `rules/semester`, what it changes in `rules/semester_changes`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import blake2s
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.database import writing
from models.journal import Author, write
from models.question import Question, QuestionKind, QuestionState, ask, find_by_key
from models.roster import keep_roster
from models.study_day import ClassSession, StudyDay, change_plan, prepared_days
from rules.people import Role
from rules.semester_changes import (
    Candidates,
    ClassChange,
    ImportPolicy,
    KnownClass,
    SemesterChange,
    natural_key,
    semester_changes,
)
from rules.timetable import ClassStatus, Mode, Problem, Semester, TimetableRow

_NEW = "new"


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
    with writing(engine) as session:
        outcome = _import(session, semester, author, options)
        if outcome.problems or options.dry_run:
            session.rollback()
    if outcome.problems and not options.dry_run:
        _ask_about_ambiguities(engine, semester, author, options)
    return outcome


def _import(
    session: Session, semester: Semester, author: Author, options: ImportOptions
) -> ImportOutcome:
    today = author.now.astimezone(options.zone).date()
    change = _compare(session, semester, today, options)
    problems = (*change.problems, *_ambiguity_problems(change.ambiguous))
    outcome = ImportOutcome(
        days=len({row.day for row in semester.timetable}),
        classes=len(semester.timetable),
        added=len(change.added),
        changed=len(change.changed),
        removed=len(change.removed),
        problems=problems,
        conflicts=tuple(_conflict_words(conflict) for conflict in change.conflicts),
    )
    if problems:
        return outcome
    people_changed = keep_roster(session, semester)
    touched = _apply(session, semester, change, author, options)
    days = set(touched) | (_coming_days(session, today) if people_changed else set())
    for day in sorted(days):
        change_plan(session, day)
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
    return ImportOutcome(
        outcome.days,
        outcome.classes,
        outcome.added,
        outcome.changed,
        outcome.removed,
        conflicts=outcome.conflicts,
        touched_days=tuple(sorted(days)),
    )


def _compare(
    session: Session, semester: Semester, today: date, options: ImportOptions
) -> SemesterChange:
    prepared = prepared_days(session)
    rows = session.exec(
        select(ClassSession)
        .where(~col(ClassSession.is_removed))
        .order_by(col(ClassSession.starts_at), col(ClassSession.id))
    ).all()
    known = [_known(row, prepared, options.zone) for row in rows if row.imported is not None]
    policy = ImportPolicy(
        # Into an empty database the past may come along: nothing was told to anybody yet.
        today=today if known else date.min,
        accept_removals=options.accept_removals,
        decisions=_decisions(session, semester.timetable),
    )
    return semester_changes(known, semester.timetable, policy)


def _decisions(session: Session, rows: Iterable[TimetableRow]) -> Mapping[str, str | None]:
    """What people have answered about rows whose class was not certain."""
    answered: dict[str, str | None] = {}
    questions = session.exec(
        select(Question).where(
            Question.kind == QuestionKind.IMPORT_CONFLICT, Question.state == QuestionState.ANSWERED
        )
    ).all()
    by_key = {question.key: question for question in questions}
    for row in rows if by_key else ():
        found = by_key.get(_question_key(row))
        if found is not None:
            answered[natural_key(row)] = None if found.answer == _NEW else found.answer
    return answered


def _known(row: ClassSession, prepared: set[date], zone: ZoneInfo) -> KnownClass:
    said = row.imported or {}
    return KnownClass(
        id=row.id,
        day=date.fromisoformat(said["day"]),
        starts=time.fromisoformat(said["starts"]),
        ends=time.fromisoformat(said["ends"]),
        slot=said["slot"],
        course_code=said["course_code"],
        lecturers=tuple(said["lecturers"]),
        groups=tuple(said["groups"]),
        mode=Mode(said["mode"]),
        status=ClassStatus(said["status"]),
        note=said["note"],
        overrides={name: _effective(row, name, zone) for name in row.overridden},
        prepared=row.day in prepared,
    )


def _effective(row: ClassSession, name: str, zone: ZoneInfo) -> Any:
    """The value that a class has now, in the form of a timetable row."""
    if name in {"starts", "ends"}:
        return getattr(row, f"{name}_at").astimezone(zone).time()
    value = getattr(row, name)
    return tuple(value) if isinstance(value, list) else value


def _apply(
    session: Session,
    semester: Semester,
    change: SemesterChange,
    author: Author,
    options: ImportOptions,
) -> set[date]:
    _add_days(session, {row.day for row in semester.timetable})
    touched: set[date] = set()
    for row in change.added:
        session.add(_new_class(session, row, options.zone))
        touched.add(row.day)
    for changed in change.changed:
        touched |= _change(session, changed, author, options.zone)
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


def imported_values(row: TimetableRow) -> dict[str, Any]:
    """What the import said, as JSON data."""
    return {
        "day": row.day.isoformat(),
        "starts": row.starts.isoformat(),
        "ends": row.ends.isoformat(),
        "slot": row.slot,
        "course_code": row.course_code,
        "lecturers": list(row.lecturers),
        "groups": list(row.groups),
        "mode": row.mode.value,
        "status": row.status.value,
        "note": row.note,
    }


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone)


def _new_class(session: Session, row: TimetableRow, zone: ZoneInfo) -> ClassSession:
    return ClassSession(
        id=new_class_id(session, natural_key(row)),
        day=row.day,
        starts_at=_moment(row.day, row.starts, zone),
        ends_at=_moment(row.day, row.ends, zone),
        slot=row.slot,
        course_code=row.course_code,
        lecturers=list(row.lecturers),
        groups=list(row.groups),
        mode=row.mode,
        status=row.status,
        note=row.note,
        imported=imported_values(row),
    )


def new_class_id(session: Session, seed: str) -> str:
    """An opaque id, never used before; the seed only makes it repeatable in a fresh database."""
    attempt = 0
    while True:
        identity = blake2s(f"{seed}#{attempt}".encode(), digest_size=6).hexdigest()
        if session.get(ClassSession, identity) is None:
            return identity
        attempt += 1


def _change(session: Session, change: ClassChange, author: Author, zone: ZoneInfo) -> set[date]:
    held, row = session.get_one(ClassSession, change.before.id), change.after
    before = held.day
    values: dict[str, Any] = {
        "day": row.day,
        "slot": row.slot,
        "course_code": row.course_code,
        "lecturers": list(row.lecturers),
        "groups": list(row.groups),
        "mode": row.mode,
        "status": row.status,
        "note": row.note,
    }
    for name in change.fields:
        if name in values:
            setattr(held, name, values[name])
    if {"day", "starts", "ends"} & set(change.fields):
        local_start, local_end = (
            moment.astimezone(zone) for moment in (held.starts_at, held.ends_at)
        )
        starts = row.starts if "starts" in change.fields else local_start.time()
        ends = row.ends if "ends" in change.fields else local_end.time()
        held.starts_at = _moment(held.day, starts, zone)
        held.ends_at = _moment(held.day, ends, zone)
    held.imported = imported_values(row)
    session.add(held)
    write(
        session,
        author,
        "changed class",
        held.id,
        day=held.day,
        by="import",
        fields=list(change.fields),
    )
    return {before, held.day}


def _coming_days(session: Session, today: date) -> set[date]:
    return set(session.exec(select(col(StudyDay.day)).where(StudyDay.day >= today)).all())


def _conflict_words(conflict: Any) -> str:
    known = conflict.known
    what = conflict.field or "whole class"
    return f"{known.day} {known.starts:%H:%M} {known.course_code}: {what} kept as set by hand"


def _ambiguity_problems(ambiguous: Sequence[Candidates]) -> list[Problem]:
    return [
        Problem(
            "timetable",
            row.row,
            None,
            "Nav skaidrs, kurai no jau esošajām nodarbībām šī rinda atbilst "
            f"({', '.join(known.id for known in found.known)}). Atbildiet uz jautājumu "
            "(sac questions) un importējiet vēlreiz.",
        )
        for found in ambiguous
        for row in found.rows
    ]


def _question_key(row: TimetableRow) -> str:
    return f"import/{natural_key(row)}"


def _ask_about_ambiguities(
    engine: Engine, semester: Semester, author: Author, options: ImportOptions
) -> None:
    """Opens a question for each row whose class a person must name; the plan stays untouched."""
    today = author.now.astimezone(options.zone).date()
    with writing(engine) as session:
        change = _compare(session, semester, today, options)
        for found in change.ambiguous:
            for row in found.rows:
                if find_by_key(session, _question_key(row)) is None:
                    ask(session, _ambiguity_question(found, row, author))


def _ambiguity_question(found: Candidates, row: TimetableRow, author: Author) -> Question:
    return Question(
        key=_question_key(row),
        kind=QuestionKind.IMPORT_CONFLICT,
        day=row.day,
        role=Role.HEAD_OF_SAC,
        text=f"Kura nodarbība ir rinda {row.row}: {row.day} {row.starts:%H:%M} "
        f"{row.course_code} ({', '.join(row.groups)})?",
        facts={"row": row.row},
        choices=[*(known.id for known in found.known), _NEW],
        opened_at=author.now,
    )
