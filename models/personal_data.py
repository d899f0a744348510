"""Everything that stands in the database about one person, found by e-mail address.

What of it is shown or erased is `tasks/personal_data.py`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from models.attendance import AttendanceReport
from models.inbound import InboundMessage
from models.journal import JournalEntry
from models.letter import Letter, LetterKind
from models.people import DutyRecord, LecturerRecord, StaffRecord, StudentRecord
from models.question import Question
from models.study_day import ClassSession

_TO_LECTURERS = (LetterKind.LECTURER, LetterKind.ATTENDANCE_REMINDER)
_TO_STUDENTS = (LetterKind.STUDENT,)
_TO_STAFF = tuple(kind for kind in LetterKind if kind not in (*_TO_LECTURERS, *_TO_STUDENTS))


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Rows about a person; of each role at most one row in practice, but an address may serve two."""

    lecturers: Sequence[LecturerRecord]
    students: Sequence[StudentRecord]
    staff: Sequence[StaffRecord]
    classes: Sequence[ClassSession]
    duties: Sequence[DutyRecord]
    letters: Sequence[Letter]
    mails: Sequence[InboundMessage]
    reports: Sequence[AttendanceReport]
    questions: Sequence[Question]
    journal: Sequence[JournalEntry]

    @property
    def people(self) -> list[LecturerRecord | StudentRecord | StaffRecord]:
        return [*self.lecturers, *self.students, *self.staff]


def personal_data(session: Session, email: str) -> PersonalData:
    """What is held about whoever has that address, written in whatever case."""
    lecturers = _with_address(session, LecturerRecord, email)
    students = _with_address(session, StudentRecord, email)
    members = _with_address(session, StaffRecord, email)
    teaching, working = {row.key for row in lecturers}, {row.key for row in members}
    letters = _letters(session, email, teaching, {row.key for row in students}, working)
    names = {row.name for row in members}
    from_them = col(InboundMessage.lecturer).in_(teaching)
    mails = session.exec(select(InboundMessage).where(from_them)).all()
    return PersonalData(
        lecturers,
        students,
        members,
        [row for row in session.exec(select(ClassSession)) if teaching & set(row.lecturers)],
        session.exec(select(DutyRecord).where(col(DutyRecord.staff).in_(working))).all(),
        letters,
        mails,
        session.exec(
            select(AttendanceReport).where(col(AttendanceReport.reported_by).in_(teaching | names))
        ).all(),
        _questions(session, email, {row.id for row in letters}, {row.key for row in mails}),
        session.exec(select(JournalEntry).where(col(JournalEntry.actor).in_(working))).all(),
    )


Row = TypeVar("Row", LecturerRecord, StudentRecord, StaffRecord)


def _with_address(session: Session, table: type[Row], email: str) -> Sequence[Row]:
    return session.exec(select(table).where(func.lower(table.email) == email.lower())).all()


def _letters(
    session: Session, email: str, teaching: set[str], studying: set[str], working: set[str]
) -> Sequence[Letter]:
    """Letters to the address, and to the same person at another one."""
    to_person = (
        col(Letter.kind).in_(kinds) & col(Letter.person).in_(keys)
        for kinds, keys in (
            (_TO_LECTURERS, teaching),
            (_TO_STUDENTS, studying),
            (_TO_STAFF, working),
        )
    )
    is_theirs = or_(func.lower(Letter.email) == email.lower(), *to_person)
    return session.exec(select(Letter).where(is_theirs).order_by(col(Letter.id))).all()


def _questions(
    session: Session, email: str, letters: Collection[int | None], mails: Collection[str]
) -> list[Question]:
    """Questions about the address, a letter to it, or a mail from it."""
    return [
        question
        for question in session.exec(select(Question).order_by(col(Question.id)))
        if str(question.facts.get("email", "")).lower() == email.lower()
        or question.facts.get("letter_id") in letters
        or question.facts.get("message") in mails
    ]
