"""The journal: who or what did what, when, why, in which run. Only ever added to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Field, Session, SQLModel, col, select

from models.database import JsonData, UtcDateTime


class JournalEntry(SQLModel, table=True):
    __tablename__ = "journal_entry"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    day: date | None = Field(default=None, index=True)
    step: int | None = None
    actor: str
    action: str
    subject: str
    reason: str = ""
    run: str = ""
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JsonData)


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: a person or the product, in which run, and the moment it counts as."""

    actor: str
    run: str
    now: datetime
    reason: str = ""


def write(
    session: Session,
    author: Author,
    action: str,
    subject: str,
    *,
    day: date | None = None,
    step: int | None = None,
    **details: Any,
) -> None:
    """Adds one entry; details are plain JSON data."""
    session.add(
        JournalEntry(
            at=author.now,
            day=day,
            step=step,
            actor=author.actor,
            action=action,
            subject=subject,
            reason=author.reason,
            run=author.run,
            details=details,
        )
    )


def count_actions(session: Session, day: date, step: int) -> dict[str, int]:
    """How often a step of the day has done each thing, over all its runs."""
    rows = session.exec(
        select(JournalEntry.action, func.count())
        .where(JournalEntry.day == day, JournalEntry.step == step)
        .group_by(JournalEntry.action)
    )
    return dict(rows.all())


def subjects_of(session: Session, day: date, action: str) -> set[str]:
    """Whom or what that was done to, on that day's account."""
    rows = session.exec(
        select(JournalEntry.subject).where(JournalEntry.day == day, JournalEntry.action == action)
    )
    return set(rows)


def entries_of(session: Session, action: str) -> Sequence[JournalEntry]:
    """Whenever that was done, on any day's account, oldest first."""
    return session.exec(
        select(JournalEntry).where(JournalEntry.action == action).order_by(col(JournalEntry.id))
    ).all()


def failing_since(session: Session, day: date) -> dict[int, datetime]:
    """Since when each step of the day that now fails has failed, without a success in between."""
    rows = session.exec(
        select(JournalEntry)
        .where(JournalEntry.day == day, col(JournalEntry.action).startswith("step "))
        .order_by(col(JournalEntry.id))
    )
    since: dict[int, datetime] = {}
    for entry in rows:
        if entry.step is not None and entry.action == "step failed":
            since.setdefault(entry.step, entry.at)
        elif entry.step is not None:
            since.pop(entry.step, None)
    return since


def entries(session: Session, day: date) -> Sequence[JournalEntry]:
    """The day's entries, oldest first."""
    return session.exec(
        select(JournalEntry).where(JournalEntry.day == day).order_by(col(JournalEntry.id))
    ).all()
