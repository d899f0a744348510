"""Mail received by the office: kept raw before it is understood, with the verdict beside it."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import BigInteger, Field, LargeBinary, Session, SQLModel, select

from models.database import UtcDateTime, stored


class MailVerdict(StrEnum):
    """What a mail was taken for."""

    COUNTS = "counts"
    REVIEW = "review"
    IGNORE = "ignore"
    BOUNCE = "bounce"
    NOT_OURS = "not_ours"  # nothing of it is kept but that it was seen


class InboundMessage(SQLModel, table=True):
    """One mail; `key` is its Message-ID, else a digest of its bytes, so that it counts once."""

    __tablename__ = "inbound_message"

    key: str = Field(primary_key=True)
    raw: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=UtcDateTime)
    day: date | None = Field(default=None, index=True)
    lecturer: str | None = None
    verdict: MailVerdict = Field(sa_type=stored(MailVerdict))
    why: str = ""


class MailPosition(SQLModel, table=True):
    """How far a folder has been read: letters up to `uid` are filed, or stay there for people."""

    __tablename__ = "mail_position"

    folder: str = Field(primary_key=True)
    validity: int = Field(sa_type=BigInteger)  # both have 32 bits without a sign
    uid: int = Field(sa_type=BigInteger)


def find_message(session: Session, key: str) -> InboundMessage | None:
    return session.exec(select(InboundMessage).where(InboundMessage.key == key)).one_or_none()


def last_read(session: Session, folder: str, validity: int) -> int:
    """The number of the last letter that was left in the folder; 0 when numbers have changed."""
    found = session.get(MailPosition, folder)
    return found.uid if found is not None and found.validity == validity else 0


def leave_lying(session: Session, folder: str, validity: int, uid: int) -> None:
    """Notes that the letter stays where it is and is not to be read again."""
    uid = max(uid, last_read(session, folder, validity))
    session.merge(MailPosition(folder=folder, validity=validity, uid=uid))
