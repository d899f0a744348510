"""Questions: whatever only a person can decide. A Prefect run is at most their face.

A question has a key, so that the same cause asks once; it is withdrawn when its cause is gone.
What an answer does is `tasks/answer_question.py`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Session, SQLModel, col, select

from models.database import JsonData, UtcDateTime, stored
from rules.people import Role

SKIP = "skip"  # the answer of somebody who decides to do without
SEND_AGAIN = "send_again"  # the letter is right as it is, and so is its address


class QuestionKind(StrEnum):
    PLAN_PROBLEM = "plan_problem"
    RELEASE = "release"
    MEETING_HELD = "meeting_held"
    DUTY = "duty"
    REFUSED_ADDRESS = "refused_address"
    DOUBTFUL_LETTER = "doubtful_letter"
    UNCLEAR_REPLY = "unclear_reply"
    OUTSIDE_PROBLEM = "outside_problem"
    IMPORT_CONFLICT = "import_conflict"


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Question(SQLModel, table=True):
    __tablename__ = "question"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(index=True, unique=True)
    kind: QuestionKind = Field(sa_type=stored(QuestionKind))
    day: date | None = Field(default=None, index=True)
    class_id: str | None = None
    role: Role = Field(sa_type=stored(Role))
    text: str
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JsonData)
    choices: list[str] = Field(default_factory=list, sa_type=JsonData)
    guess: str | None = None
    state: QuestionState = Field(default=QuestionState.OPEN, sa_type=stored(QuestionState))
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer: str | None = None
    answered_by: str | None = None


def ask(session: Session, question: Question, *, again_after: str | None = None) -> Question:
    """Asks unless the same question stands or was answered; a withdrawn one is opened again.

    So is one that was answered `again_after` ("mended"): its cause is there all the same. An open
    one takes the new words.
    """
    known = find_by_key(session, question.key)
    if known is None:
        session.add(question)
        return question
    is_answered = known.state is QuestionState.ANSWERED
    if is_answered and (again_after is None or known.answer != again_after):
        return known
    if known.state is not QuestionState.OPEN:
        known.state, known.opened_at, known.closed_at = (
            QuestionState.OPEN,
            question.opened_at,
            None,
        )
        known.answer = known.answered_by = None
    known.text, known.facts, known.guess = question.text, question.facts, question.guess
    session.add(known)
    return known


def withdraw(session: Session, question: Question, now: datetime) -> None:
    """The cause is gone: nobody need answer any more."""
    question.state = QuestionState.WITHDRAWN
    question.closed_at = now
    session.add(question)


def open_questions(
    session: Session, day: date | None = None, kind: QuestionKind | None = None
) -> Sequence[Question]:
    """What waits for a person, oldest first; of one day or all, of one kind or all."""
    query = select(Question).where(Question.state == QuestionState.OPEN)
    if day is not None:
        query = query.where(Question.day == day)
    if kind is not None:
        query = query.where(Question.kind == kind)
    return session.exec(query.order_by(col(Question.id))).all()


def questions_of(session: Session, prefix: str) -> Sequence[Question]:
    """Every question whose key begins so, in whatever state."""
    query = select(Question).where(col(Question.key).startswith(prefix, autoescape=True))
    return session.exec(query.order_by(col(Question.id))).all()


def corrected_addresses(session: Session) -> dict[str, str]:
    """Addresses that a mail server refused, each with the one that a colleague gave instead.

    Kept as answers and not among the people, so that importing the old address again undoes nothing.
    """
    answered = session.exec(
        select(Question)
        .where(
            Question.kind == QuestionKind.REFUSED_ADDRESS,
            Question.state == QuestionState.ANSWERED,
            col(Question.answer).not_in([SKIP, SEND_AGAIN]),
        )
        .order_by(col(Question.closed_at))
    )
    return {question.facts["email"]: question.answer or "" for question in answered}


def find_by_key(session: Session, key: str) -> Question | None:
    return session.exec(select(Question).where(Question.key == key)).one_or_none()
