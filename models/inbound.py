"""Mail received by the office: kept raw before it is understood, with the verdict beside it."""

from datetime import date, datetime

from sqlmodel import Field, LargeBinary, Session, SQLModel, select

from models.database import UtcDateTime


class InboundMessage(SQLModel, table=True):
    """One mail; `key` is its Message-ID, else a digest of its bytes, so that it counts once."""

    __tablename__ = "inbound_message"

    key: str = Field(primary_key=True)
    raw: bytes = Field(sa_type=LargeBinary)
    received_at: datetime = Field(sa_type=UtcDateTime)
    day: date | None = Field(default=None, index=True)
    lecturer: str | None = None
    verdict: str
    why: str = ""


def find_message(session: Session, key: str) -> InboundMessage | None:
    return session.exec(select(InboundMessage).where(InboundMessage.key == key)).one_or_none()
