"""What a mail is to us: a lecturer's reply, a delivery report, unreadable, or none of our business.

Looks things up and decides; nothing is written here (`tasks/read_mail.py` does that).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.inbound import InboundMessage, MailVerdict
from models.letter import Letter
from rules.bounces import Bounce
from tasks.context import StepContext
from tasks.find_conversation import find_conversation
from tasks.incoming_mail import IncomingMail, open_mail
from tasks.plan_shelf import PlanShelf
from tasks.record_bounce import bounce_words, find_bounced, is_failure
from tasks.record_reply import ReplyRead, read_answer


@dataclass(frozen=True, slots=True)
class BounceRead:
    """A delivery report and the letter that it is about."""

    bounce: Bounce
    letter: Letter


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A mail that cannot even be opened; `reason` is the name of what went wrong."""

    reason: str


Understood = ReplyRead | BounceRead | Unreadable | None  # None: not for us


def opened(context: StepContext, raw: bytes) -> IncomingMail | Unreadable:
    """The mail's headers; whatever a hostile mail makes fail stops that mail only."""
    try:
        return open_mail(raw, context.services.settings.smtp.sender)
    except Exception as error:  # noqa: BLE001 - see above
        return Unreadable(type(error).__name__)


def understand(
    session: Session, context: StepContext, plans: PlanShelf, mail: IncomingMail | Unreadable
) -> Understood:
    """A delivery report is never read as an answer, whoever it says it is from."""
    if isinstance(mail, Unreadable):
        return mail
    if mail.bounce is not None:
        letter = find_bounced(session, context, mail, mail.bounce)
        return BounceRead(mail.bounce, letter) if letter else None
    conversation = find_conversation(session, context, mail)
    if conversation is None:
        return None
    return read_answer(session, context, plans, conversation, mail.raw)


def arrival(context: StepContext, mail: IncomingMail | Unreadable) -> datetime:
    """When it reached our server, as far as that can be known: what decides whether it is late."""
    stamp = None if isinstance(mail, Unreadable) else mail.arrived
    return min(stamp or context.now, context.now)


def inbound_row(
    context: StepContext, row: InboundMessage, understood: Understood
) -> InboundMessage:
    """The mail as it is kept; of one that is not for us, only that it was seen."""
    match understood:
        case ReplyRead(conversation, _, verdict, doubts):
            row.day, row.lecturer = conversation.letters[0].day, conversation.lecturer.key
            row.verdict = MailVerdict(verdict.outcome.value)
            row.why = "; ".join((verdict.why, *(doubt.name.lower() for doubt in doubts)))
        case BounceRead(bounce, letter):
            row.day = letter.day
            failed = is_failure(context, bounce)
            row.verdict = MailVerdict.BOUNCE if failed else MailVerdict.IGNORE
            row.why = bounce_words(context, bounce, letter)
        case Unreadable(reason):
            row.verdict, row.why = MailVerdict.REVIEW, f"unreadable: {reason}"
        case None:
            row.raw, row.verdict = b"", MailVerdict.NOT_OURS
    return row
