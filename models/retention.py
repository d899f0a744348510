"""What is not kept for ever: the raw bytes of mails and letters. That they were, is kept."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col

from models.inbound import InboundMessage
from models.letter import WAITING, Letter, LetterState

_FINISHED = [state for state in LetterState if state not in WAITING]


def forget_mails(session: Session, before: datetime) -> int:
    """Empties mails that came before; returns how many. Sender and verdict stay."""
    return _rows(
        session.execute(
            update(InboundMessage)
            .where(col(InboundMessage.received_at) < before, col(InboundMessage.raw) != b"")
            .values(raw=b"")
        )
    )


def forget_letters(session: Session, before: datetime) -> int:
    """Empties letters that were finished and queued before; what waits is never touched."""
    return _rows(
        session.execute(
            update(Letter)
            .where(
                col(Letter.queued_at) < before,
                col(Letter.state).in_(_FINISHED),
                col(Letter.content) != b"",
            )
            .values(content=b"")
        )
    )


def _rows(result: object) -> int:
    return int(getattr(result, "rowcount", 0))
