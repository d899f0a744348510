"""Reads the office mailbox: each lecturer's reply becomes numbers, a question, or nothing.

The understanding is `rules/replies` and `rules/bounces`; here a mail is kept raw, tied to the letter
that it answers, recorded once, and filed. Nothing is ever answered automatically.
"""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from integrations.mailbox import Mailbox
from models.database import reading, writing
from models.inbound import InboundMessage, MailVerdict, find_message, last_read, leave_lying
from models.journal import write
from models.question import ask
from tasks.context import StepContext
from tasks.incoming_mail import is_same_mail, message_key, other_key
from tasks.plan_shelf import PlanShelf
from tasks.record_bounce import record_bounce
from tasks.record_reply import ReplyRead, is_still_so, record_reply
from tasks.reply_question import unreadable_question
from tasks.understand_mail import (
    BounceRead,
    Understood,
    Unreadable,
    arrival,
    inbound_row,
    opened,
    understand,
)

FOLDERS = {
    MailVerdict.COUNTS: "SAC-skaits",
    MailVerdict.REVIEW: "SAC-jautajumi",
    MailVerdict.IGNORE: "SAC-automatiskas",
    MailVerdict.BOUNCE: "SAC-nepiegadatas",
}
_MOST = 5000  # mails of one run; the rest waits for the next, so that a flood ends nothing
_TRIES = 5  # of a mail that another reader has in hand too, or whose numbers change meanwhile


def read_mail(context: StepContext) -> Mapping[str, int]:
    """Reads what is new, for whatever day; counts by verdict. Safe to run twice, or be killed."""
    with context.services.mailbox as mailbox:
        return read_waiting(context, mailbox)


def read_waiting(context: StepContext, mailbox: Mailbox) -> Mapping[str, int]:
    """The same over an open connection. The oldest come first, and each is done with at once."""
    folder = context.services.settings.imap.folder
    validity = mailbox.validity(folder)
    after = _position(context, validity)
    figures: Counter[str] = Counter()
    plans = PlanShelf(context.services.settings.zone)
    for mail in mailbox.fetch(folder, _MOST, after):
        is_new, verdict = receive(context, plans, mail.raw)
        _file(context, mailbox, validity, mail.uid, verdict)
        figures[verdict.value] += is_new
    return figures


def _file(
    context: StepContext, mailbox: Mailbox, validity: int, uid: str, verdict: MailVerdict
) -> None:
    if verdict is not MailVerdict.NOT_OURS:
        mailbox.move(uid, FOLDERS[verdict])
        return
    # It stays where the office finds it, and is not fetched again.
    with writing(context.services.engine) as session:
        leave_lying(session, context.services.settings.imap.folder, validity, int(uid))


def wait_for_mail(context: StepContext, mailbox: Mailbox) -> None:
    """Returns when there is mail that was not read yet, or after some minutes."""
    imap = context.services.settings.imap
    after = _position(context, mailbox.validity(imap.folder))
    mailbox.wait(imap.folder, after, imap.wait_seconds)


def _position(context: StepContext, validity: int) -> int:
    with reading(context.services.engine) as session:
        return last_read(session, context.services.settings.imap.folder, validity)


def receive(context: StepContext, plans: PlanShelf, raw: bytes) -> tuple[bool, MailVerdict]:
    """Records a mail; says whether it is new, and what it was taken for."""
    for _ in range(_TRIES):
        key, known = _known(context, raw)
        if known is not None:
            return False, known.verdict
        row = _record_once(context, plans, key, raw)
        if row is not None:
            return True, row.verdict
    raise RuntimeError(f"the numbers that mail {message_key(raw)} is about keep changing")


def _known(context: StepContext, raw: bytes) -> tuple[str, InboundMessage | None]:
    """The mail's key, and its record if there is one. A Message-ID may be used twice."""
    key = message_key(raw)
    with reading(context.services.engine) as session:
        known = find_message(session, key)
        if known is None or not known.raw or is_same_mail(known.raw, raw):
            return key, known
        key = other_key(key, raw)
        return key, find_message(session, key)


def _record_once(
    context: StepContext, plans: PlanShelf, key: str, raw: bytes
) -> InboundMessage | None:
    """The mail and all that follows from it, in one transaction; None when somebody was quicker."""
    mail = opened(context, raw)
    with reading(context.services.engine) as session:
        understood = understand(session, context, plans, mail)
    received_at = arrival(context, mail)
    row = InboundMessage(key=key, raw=raw, received_at=received_at, verdict=MailVerdict.NOT_OURS)
    row = inbound_row(context, row, understood)
    try:
        with writing(context.services.engine) as session:
            if isinstance(understood, ReplyRead) and not is_still_so(session, understood):
                return None
            session.add(row)
            session.flush()
            _record(session, context, row, understood)
    except IntegrityError:
        return None
    return row


def _record(
    session: Session, context: StepContext, row: InboundMessage, understood: Understood
) -> None:
    match understood:
        case ReplyRead():
            record_reply(session, context, row, understood)
        case BounceRead(bounce, letter):
            record_bounce(session, context, row, bounce, letter)
        case Unreadable(reason):
            ask(session, unreadable_question(context, row, reason))
            write(session, context.author, "unreadable mail", row.key, why=row.why)
