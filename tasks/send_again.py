"""Sends one person's newest letter of a day once more, because somebody asks for it.

The same bytes to the same address, at once and outside the outbox: what the person was told, and
when, stays as it is recorded; the journal keeps that the letter went out again.
"""

from collections.abc import Sequence

from integrations.letters import sent_copy_address
from integrations.outgoing_mail import Delivery, Envelope
from models.database import reading, writing
from models.journal import write
from models.letter import Letter, LetterState, letters_on
from tasks.context import StepContext

_TOLD = (LetterState.SENT, LetterState.BOUNCED)


class NotSent(ValueError):
    """A letter that cannot be sent again, or that the server did not take; says what to do."""


def letters_of(context: StepContext, who: str = "") -> list[Letter]:
    """The day's letters, oldest first; of one person by key or address, or of everybody."""
    wanted = who.strip().lower()
    with reading(context.services.engine) as session:
        return [
            letter
            for letter in letters_on(session, context.day)
            if not wanted or wanted in {letter.person.lower(), letter.email.lower()}
        ]


def send_again(context: StepContext, who: str) -> Letter:
    """Sends the newest letter that the person was told by; returns it. Raises NotSent."""
    letter = _newest(context, letters_of(context, who), who)
    sender = context.services.settings.smtp.sender
    recipients = (letter.email, sent_copy_address(sender))
    envelope = Envelope(letter.key, sender, recipients, _bytes_of(context, letter))
    (result,) = context.services.outgoing.send([envelope])
    if result.outcome is not Delivery.ACCEPTED:
        raise NotSent(f"The mail server did not take it ({result.outcome}): {result.detail}")
    with writing(context.services.engine) as session:
        subject = f"{letter.kind}/{letter.person}/{letter.sequence}"
        write(session, context.author, "letter sent again", subject, day=context.day)
    return letter


def _newest(context: StepContext, letters: Sequence[Letter], who: str) -> Letter:
    if not letters:
        raise NotSent(f"{who} was sent no letter about {context.day}. See: sac letter list")
    newest = letters[-1]
    if newest.state not in _TOLD:
        raise NotSent(
            f"The newest letter to {who} is {newest.state} ({newest.detail or 'not sent yet'}): it "
            "is not sent a second time. A letter that waits goes out with its step; a refused one "
            "has a question."
        )
    return newest


def _bytes_of(context: StepContext, letter: Letter) -> bytes:
    with reading(context.services.engine) as session:
        content = session.get_one(Letter, letter.id).content
    if not content:
        raise NotSent("The letter's text has been forgotten (SAC_RETENTION__LETTER_DAYS).")
    return content
