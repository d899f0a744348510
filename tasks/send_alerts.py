"""Sends the letters to the office itself. Unlike `tasks/send_letters.py` it never asks a question.

A question about a reminder that did not arrive would be reminded in its turn, for ever. What could
not be delivered is on record, and what it was about stands in the next digest.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from integrations.letters import sent_copy_address
from integrations.outgoing_mail import Delivery, DeliveryResult, Envelope
from models.database import reading, writing
from models.journal import write
from models.letter import (
    Letter,
    LetterKind,
    LetterState,
    claim,
    doubtful_letters,
    finish,
    waiting_days,
)
from tasks.context import StepContext

KINDS = (LetterKind.ALERT, LetterKind.DAILY_DIGEST)
_BATCH = 50  # more than an office has people; what is left over goes with the next look
_STATES: Mapping[Delivery, LetterState] = {
    Delivery.ACCEPTED: LetterState.SENT,
    Delivery.REFUSED: LetterState.REFUSED,
    Delivery.LATER: LetterState.QUEUED,
}


def send_alerts(context: StepContext) -> Mapping[str, int]:
    """Sends what waits, of earlier days too; how many were sent, refused, and left for later."""
    figures: Counter[str] = Counter(sent=0, refused=0, later=0)
    with reading(context.services.engine) as session:
        days = waiting_days(session, KINDS)
    for day in days:
        _give_up_doubtful(context, day)
        with writing(context.services.engine) as session:
            claimed = claim(session, day, KINDS, context.now, limit=_BATCH)
            letters = {letter.key: letter for letter in claimed}
        for result in context.services.outgoing.send(_envelopes(context, letters.values())):
            figures[_record(context, letters[result.key], result)] += 1
    return figures


def _envelopes(context: StepContext, letters: Iterable[Letter]) -> list[Envelope]:
    sender = context.services.settings.smtp.sender
    copy = sent_copy_address(sender)
    return [
        Envelope(letter.key, sender, (letter.email, copy), letter.content) for letter in letters
    ]


def _record(context: StepContext, letter: Letter, result: DeliveryResult) -> str:
    state = _STATES.get(result.outcome)
    if state is None:  # doubtful: it stays in `sending`, and is given up after the grace time
        return "later"
    with writing(context.services.engine) as session:
        finish(session, letter.id, state, context.now, result.detail)
        what = f"letter {result.outcome}"
        write(session, context.author, what, letter.key, day=letter.day, detail=result.detail)
    return {LetterState.SENT: "sent", LetterState.REFUSED: "refused"}.get(state, "later")


def _give_up_doubtful(context: StepContext, day: date) -> None:
    """A letter whose fate is unknown is not written again: one per cause; the digest repeats it."""
    grace = timedelta(minutes=context.services.settings.doubtful_grace_minutes)
    with writing(context.services.engine) as session:
        for letter in doubtful_letters(session, day, KINDS, context.now - grace):
            words = "outcome unknown, not repeated: the digest says what is open"
            finish(session, letter.id, LetterState.SUPERSEDED, context.now, words)
