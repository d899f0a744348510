"""The outbox: every letter as bytes, committed before it is sent, and what became of it.

Sending itself is `tasks/send_letters.py`. Transitions are the functions below; a letter is never
changed otherwise.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CursorResult, func, update
from sqlalchemy.orm import defer
from sqlalchemy.orm.interfaces import ORMOption
from sqlmodel import Field, LargeBinary, Session, SQLModel, UniqueConstraint, col, select

from models.database import JsonData, UtcDateTime, stored


class LetterKind(StrEnum):
    """What a letter is for; `lecturer` and `student` are conversations with several letters."""

    LECTURER = "lecturer"
    STUDENT = "student"
    TEAM_BRIEFING = "team_briefing"
    ATTENDANCE_REMINDER = "attendance_reminder"
    MISSING_ATTENDANCE = "missing_attendance"
    CLASS_NOT_STARTED = "class_not_started"
    ALERT = "alert"
    DAILY_DIGEST = "daily_digest"


class LetterState(StrEnum):
    """queued -> sending -> sent | refused; superseded when a newer text has taken its place.

    A server may take a letter and send it back later: then it is bounced.
    A letter whose outcome is unknown stays in `sending` until it is settled.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    BOUNCED = "bounced"
    SUPERSEDED = "superseded"


class Letter(SQLModel, table=True):
    __tablename__ = "letter"
    __table_args__ = (UniqueConstraint("day", "kind", "person", "sequence"),)

    id: int | None = Field(default=None, primary_key=True)
    day: date = Field(index=True)
    kind: LetterKind = Field(sa_type=stored(LetterKind))
    person: str
    email: str
    sequence: int
    variant: str = ""  # first, change, cancellation: what the demo and the reports count
    subject: str
    content_hash: str
    facts: list[dict[str, Any]] = Field(sa_type=JsonData)
    message_id: str = Field(unique=True)
    token: str = Field(index=True)
    content: bytes = Field(sa_type=LargeBinary)
    state: LetterState = Field(default=LetterState.QUEUED, index=True, sa_type=stored(LetterState))
    queued_at: datetime = Field(sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    attempts: int = 0
    detail: str = ""

    @property
    def key(self) -> str:
        return f"{self.day}/{self.kind}/{self.person}/{self.sequence}"


# A letter is some 10 kB, and its facts another; whoever only compares does not read them.
_WITHOUT_BYTES = defer(Letter.content)  # type: ignore[arg-type]  # SQLModel types columns as values
_WITHOUT_FACTS = defer(Letter.facts)  # type: ignore[arg-type]
UNDELIVERED = (LetterState.REFUSED, LetterState.BOUNCED)
LIVE = (LetterState.QUEUED, LetterState.SENDING, LetterState.SENT, *UNDELIVERED)
TOLD = (LetterState.SENDING, LetterState.SENT)
WAITING = (LetterState.QUEUED, LetterState.SENDING)


def _newest(
    session: Session,
    day: date,
    kind: LetterKind,
    states: Sequence[LetterState],
    *options: ORMOption,
) -> dict[str, Letter]:
    rows = session.exec(
        select(Letter)
        .options(_WITHOUT_BYTES, *options)
        .where(Letter.day == day, Letter.kind == kind, col(Letter.state).in_(states))
        .order_by(col(Letter.sequence))
    )
    return {row.person: row for row in rows}


def latest_letters(session: Session, day: date, kind: LetterKind) -> dict[str, Letter]:
    """The newest letter of each person, without its facts; superseded ones do not count."""
    return _newest(session, day, kind, LIVE, _WITHOUT_FACTS)


def told_letters(session: Session, day: date, kind: LetterKind) -> dict[str, Letter]:
    """The newest letter that each person has, or may have: what they know of the day."""
    return _newest(session, day, kind, TOLD)


def sent_letters(session: Session, day: date, kind: LetterKind) -> dict[str, Letter]:
    """The newest letter that each person certainly has."""
    return _newest(session, day, kind, (LetterState.SENT,))


def letters_on(session: Session, day: date) -> Sequence[Letter]:
    """Every letter of the day, in the order in which they were queued; without their facts."""
    return session.exec(
        select(Letter)
        .options(_WITHOUT_BYTES, _WITHOUT_FACTS)
        .where(Letter.day == day)
        .order_by(col(Letter.id))
    ).all()


def last_sequences(session: Session, day: date, kind: LetterKind) -> dict[str, int]:
    """The highest number used in each person's conversation, superseded letters included."""
    rows = session.exec(
        select(Letter.person, func.max(Letter.sequence))
        .where(Letter.day == day, Letter.kind == kind)
        .group_by(Letter.person)
    )
    return dict(rows.all())


def letters_written(session: Session, kind: LetterKind) -> dict[str, int]:
    """How many letters of that kind each person was ever written, of whatever day."""
    rows = session.exec(
        select(Letter.person, func.count()).where(Letter.kind == kind).group_by(Letter.person)
    )
    return dict(rows.all())


def supersede(session: Session, letter: Letter) -> bool:
    """Takes back a letter that still waits; False when a sender has claimed it already."""
    return _move(session, [letter.id], LetterState.QUEUED, state=LetterState.SUPERSEDED) == 1


def claim(
    session: Session,
    day: date,
    kinds: Iterable[LetterKind],
    now: datetime,
    *,
    limit: int,
    after: int = 0,
) -> list[Letter]:
    """Takes the oldest queued letters of these kinds for sending; no other worker gets them.

    At most `limit`, so that a crash leaves few whose fate is unknown; only those with an id above
    `after`, so that one sending tries each letter once.
    """
    waiting = session.exec(
        select(Letter)
        .where(
            Letter.day == day,
            col(Letter.kind).in_(list(kinds)),
            Letter.state == LetterState.QUEUED,
            col(Letter.id) > after,
        )
        .order_by(col(Letter.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for letter in waiting:
        letter.state = LetterState.SENDING
        letter.claimed_at = now
        letter.attempts += 1
    return list(waiting)


def count_waiting(session: Session, day: date, kinds: Iterable[LetterKind]) -> int:
    """How many letters of these kinds wait to be sent."""
    return session.exec(
        select(func.count())
        .select_from(Letter)
        .where(
            Letter.day == day,
            col(Letter.kind).in_(list(kinds)),
            Letter.state == LetterState.QUEUED,
        )
    ).one()


def finish(
    session: Session, letter_id: int | None, state: LetterState, now: datetime, detail: str
) -> None:
    """Records what became of a claimed letter: sent, refused, queued again, or superseded."""
    sent_at = now if state is LetterState.SENT else None
    _move(session, [letter_id], LetterState.SENDING, state=state, sent_at=sent_at, detail=detail)


def doubtful_letters(
    session: Session, day: date, kinds: Iterable[LetterKind], before: datetime
) -> Sequence[Letter]:
    """Letters left in `sending` since `before`: a crash or a lost answer; look them up."""
    return session.exec(
        select(Letter)
        .options(_WITHOUT_BYTES)
        .where(
            Letter.day == day,
            col(Letter.kind).in_(list(kinds)),
            Letter.state == LetterState.SENDING,
            col(Letter.claimed_at) <= before,
        )
    ).all()


def letters_since(session: Session, kind: LetterKind, first: date) -> Sequence[Letter]:
    """Every letter of that kind of these days, in the order in which they were queued."""
    return session.exec(
        select(Letter)
        .options(_WITHOUT_BYTES)
        .where(Letter.kind == kind, col(Letter.day) >= first)
        .order_by(col(Letter.id))
    ).all()


def waiting_days(session: Session, kinds: Iterable[LetterKind]) -> Sequence[date]:
    """The days that have letters of these kinds which are not sent yet."""
    return session.exec(
        select(col(Letter.day))
        .where(col(Letter.kind).in_(list(kinds)), col(Letter.state).in_(WAITING))
        .distinct()
        .order_by(col(Letter.day))
    ).all()


def find_by_reference(
    session: Session, message_ids: Iterable[str], tokens: Iterable[str]
) -> Sequence[Letter]:
    """The letters that a reply refers to, by Message-ID or by the token of its address."""
    return session.exec(
        select(Letter).where(
            col(Letter.message_id).in_(list(message_ids)) | col(Letter.token).in_(list(tokens))
        )
    ).all()


def letters_to(session: Session, person: str, kinds: Iterable[LetterKind]) -> Sequence[Letter]:
    """Letters of these kinds that somebody was sent, of any day, oldest first."""
    return session.exec(
        select(Letter)
        .where(
            Letter.person == person,
            col(Letter.kind).in_(list(kinds)),
            Letter.state == LetterState.SENT,
        )
        .order_by(col(Letter.id))
    ).all()


def letters_lately(session: Session, emails: Iterable[str], since: datetime) -> Sequence[Letter]:
    """Letters that went to these addresses (in lower case) since then, newest first."""
    return session.exec(
        select(Letter)
        .options(_WITHOUT_BYTES)
        .where(
            func.lower(Letter.email).in_(list(emails)),
            col(Letter.state).in_([LetterState.SENT, *UNDELIVERED]),
            col(Letter.queued_at) >= since,
        )
        .order_by(col(Letter.id).desc())
    ).all()


def queue_again(session: Session, letter_id: int | None, detail: str) -> None:
    """Lets a letter wait once more that a server refused or sent back."""
    for expected in UNDELIVERED:
        _move(session, [letter_id], expected, state=LetterState.QUEUED, detail=detail)


def mark_bounced(session: Session, letter_id: int | None, detail: str) -> None:
    """Records that a letter came back; one whose sending was doubtful has gone out, then."""
    for expected in (LetterState.SENT, LetterState.SENDING):
        _move(session, [letter_id], expected, state=LetterState.BOUNCED, detail=detail)


def _move(
    session: Session, ids: Sequence[int | None], expected: LetterState, **values: object
) -> int:
    result = session.execute(
        update(Letter)
        .where(col(Letter.id).in_(ids), col(Letter.state) == expected)
        .values(**values)
    )
    return result.rowcount if isinstance(result, CursorResult) else 0
