"""Finds which existing class each imported row is, and what a person must name first.

The matching itself is `rules/semester_changes`; carrying it out is `tasks/import_semester`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.journal import Author
from models.question import Question, QuestionKind, QuestionState, ask, find_by_key
from models.study_day import REMOVED, ClassSession, prepared_days
from rules.people import Role
from rules.semester_changes import (
    Candidates,
    Conflict,
    ImportPolicy,
    KnownClass,
    SemesterChange,
    natural_key,
    semester_changes,
)
from rules.timetable import ClassStatus, Mode, Problem, Semester, TimetableRow
from tasks.import_values import effective_value, imported_form

_NEW = "new"


def compare(
    session: Session, semester: Semester, today: date, zone: ZoneInfo, accept_removals: int
) -> SemesterChange:
    """What the import would change in the classes that exist."""
    prepared = prepared_days(session)
    rows = session.exec(
        select(ClassSession).order_by(col(ClassSession.starts_at), col(ClassSession.id))
    ).all()
    # What an import removed is forgotten; what a person removed must stay out.
    known = [
        _known(row, prepared, zone)
        for row in rows
        if not row.is_removed or (REMOVED in row.overridden and row.imported is not None)
    ]
    policy = ImportPolicy(
        # Into an empty database the past may come along: nothing was told to anybody yet.
        today=today if known else date.min,
        accept_removals=accept_removals,
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
    said = row.imported or imported_form(row, zone)
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
        overrides={
            name: effective_value(row, name, zone) for name in row.overridden if name != REMOVED
        },
        prepared=row.day in prepared,
        added=row.imported is None,
        removed=row.is_removed,
    )


def conflict_words(conflict: Conflict) -> str:
    """What stays as a person set it, against the file."""
    known = conflict.known
    what = conflict.field or "whole class"
    return f"{known.day} {known.starts:%H:%M} {known.course_code}: {what} kept as set by hand"


def ambiguity_problems(ambiguous: Sequence[Candidates]) -> list[Problem]:
    """Rows that may be one of several classes, in a coordinator's words."""
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


def ask_about_ambiguities(
    session: Session, ambiguous: Sequence[Candidates], author: Author
) -> None:
    """Opens a question for each row whose class a person must name; the plan stays untouched."""
    for found in ambiguous:
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
