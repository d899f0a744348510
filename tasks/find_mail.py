"""Finds received mails by a word: who wrote when, how the mail was read, and what it says."""

from dataclasses import dataclass
from datetime import date, datetime
from email import message_from_bytes

from sqlmodel import col, select

from models.database import reading
from models.inbound import InboundMessage
from models.people import lecturers
from rules.replies.headers import header
from rules.replies.parts import LARGEST_MESSAGE, nesting_is_sane, texts_of
from tasks.context import StepContext


@dataclass(frozen=True, slots=True)
class FoundMail:
    """A mail as it is shown; `text` is empty when it is not readable or was forgotten."""

    key: str
    received: datetime
    day: date | None
    sender: str
    subject: str
    verdict: str
    why: str
    text: str


def find_mails(context: StepContext, word: str, day: date | None = None) -> list[FoundMail]:
    """Mails whose sender, subject or text holds the word, in whatever case; newest first."""
    wanted = select(InboundMessage).order_by(col(InboundMessage.received_at).desc())
    if day is not None:
        wanted = wanted.where(InboundMessage.day == day)
    with reading(context.services.engine) as session:
        names = {key: person.name for key, person in lecturers(session).items()}
        found = [_read(row, names.get(row.lecturer or "", "")) for row in session.exec(wanted)]
    return [mail for mail in found if word.lower() in _searched(mail)]


def _searched(mail: FoundMail) -> str:
    return f"{mail.sender}\n{mail.subject}\n{mail.text}".lower()


def _read(row: InboundMessage, name: str) -> FoundMail:
    sender, subject, text = _contents(row.raw)
    who = f"{name} {sender}".strip()
    verdict, why = row.verdict.value, row.why
    return FoundMail(row.key, row.received_at, row.day, who, subject, verdict, why, text)


def _contents(raw: bytes) -> tuple[str, str, str]:
    """Sender, subject, text; whatever a hostile mail makes fail leaves the mail without them."""
    if not raw or len(raw) > LARGEST_MESSAGE or not nesting_is_sane(raw):
        return "", "", ""
    try:
        message = message_from_bytes(raw)
        texts = texts_of(message)
        return header(message, "From"), header(message, "Subject"), texts.plain or texts.html or ""
    except Exception:  # noqa: BLE001 - see above
        return "", "", ""
