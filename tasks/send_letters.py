"""Sends what waits in the outbox: each letter once, whatever happens in between.

A letter is claimed in a transaction of its own before SMTP sees it. One left in `sending` is
doubtful: after a grace time it is looked up among the office's own copies before anything else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import Session

from integrations.errors import OutsideError, TemporaryFault
from integrations.letters import sent_copy_address
from integrations.outgoing_mail import Delivery, DeliveryResult, Envelope
from models.database import reading, writing
from models.journal import write
from models.letter import (
    UNDELIVERED,
    Letter,
    LetterKind,
    LetterState,
    claim,
    count_waiting,
    doubtful_letters,
    finish,
    latest_letters,
)
from models.question import SEND_AGAIN, SKIP, Question, QuestionKind, ask, open_questions, withdraw
from rules.conversation import Variant
from rules.people import Role
from rules.process import STEPS, Step
from tasks.context import StepContext, StepFailure
from tasks.wording import counted

_SERVICE = "mail server"
# When the classes are over, nobody sends these any more.
_CLOSED = {Step.REQUEST_ATTENDANCE: (LetterKind.LECTURER, LetterKind.STUDENT)}
_BATCH = 40  # letters claimed at once: as many may be doubtful when a worker dies
_STATES = {
    Delivery.ACCEPTED: LetterState.SENT,
    Delivery.REFUSED: LetterState.REFUSED,
    Delivery.LATER: LetterState.QUEUED,
}


@dataclass(slots=True)
class Sent:
    """What became of the letters of one sending."""

    sent: int = 0
    refused: int = 0
    later: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return self.sent + self.refused + len(self.later) + len(self.doubtful)


def send_letters(context: StepContext, step: Step, kinds: Sequence[LetterKind]) -> Sent:
    """Sends every waiting letter of these kinds; StepFailure when some must wait for later."""
    try:
        _settle_doubtful(context, step, kinds)
        unsettled = None
    except OutsideError as error:
        unsettled = error  # the mailbox is away; letters that are not doubtful go all the same
    outcome = _send_waiting(context, step, kinds)
    _settle_questions(context)
    _raise_waiting(step, outcome, unsettled)
    return outcome


def _send_waiting(context: StepContext, step: Step, kinds: Sequence[LetterKind]) -> Sent:
    with reading(context.services.engine) as session:
        total = count_waiting(session, context.day, kinds)
    outcome, last = Sent(), 0
    while letters := _claimed(context, kinds, after=last):
        last = letters[-1].id or last
        before = len(outcome.later)
        by_key = {letter.key: letter for letter in letters}
        for result in context.services.outgoing.send(_envelopes(context, letters)):
            _record(context, step, by_key[result.key], result, outcome)
            context.progress("Vēstuļu sūtīšana", outcome.tried, max(total, outcome.tried))
        if len(outcome.later) - before == len(letters):
            break  # the server takes nothing now; the others are not claimed in vain
    return outcome


def _claimed(context: StepContext, kinds: Sequence[LetterKind], *, after: int) -> list[Letter]:
    with writing(context.services.engine) as session:
        return claim(session, context.day, kinds, context.now, limit=_BATCH, after=after)


def _envelopes(context: StepContext, letters: Iterable[Letter]) -> list[Envelope]:
    sender = context.services.settings.smtp.sender
    copy = sent_copy_address(sender)
    return [
        Envelope(letter.key, sender, (letter.email, copy), letter.content) for letter in letters
    ]


def _record(
    context: StepContext, step: Step, letter: Letter, result: DeliveryResult, outcome: Sent
) -> None:
    if result.outcome is Delivery.DOUBTFUL:
        outcome.doubtful.append(result.detail)
        return
    with writing(context.services.engine) as session:
        finish(session, letter.id, _STATES[result.outcome], context.now, result.detail)
        if result.outcome is Delivery.REFUSED:
            outcome.refused += 1
            question = _refused(context, step, letter, result.detail)
            ask(session, question, again_after=SEND_AGAIN)
        elif result.outcome is Delivery.ACCEPTED:
            outcome.sent += 1
        else:
            outcome.later.append(result.detail)
        _explain(session, context, step, letter, f"letter {result.outcome}", result.detail)


def _explain(
    session: Session, context: StepContext, step: Step, letter: Letter, action: str, why: str
) -> None:
    """What became of a letter, in the journal."""
    write(
        session,
        context.author,
        action,
        f"{letter.kind}/{letter.person}/{letter.sequence}",
        day=context.day,
        step=step.value,
        message_id=letter.message_id,
        why=why,
    )


def _raise_waiting(step: Step, outcome: Sent, unsettled: OutsideError | None) -> None:
    faults: list[OutsideError] = [unsettled] if unsettled else []
    if outcome.later:
        what = f"{counted(len(outcome.later), 'letter')} could not be sent yet: {outcome.later[0]}"
        advice = "They stay in the outbox; the next run sends them, each once."
        faults.append(TemporaryFault(_SERVICE, "send letters", what, advice=advice))
    if outcome.doubtful:
        number = counted(len(outcome.doubtful), "letter")
        what = f"{number} may or may not have gone out: {outcome.doubtful[0]}"
        advice = "A later run looks among the office's own copies before it sends any again."
        faults.append(TemporaryFault(_SERVICE, "send letters", what, advice=advice))
    if faults:
        raise StepFailure(step, faults, f"sent {outcome.sent}") from faults[0]


def _refused(context: StepContext, step: Step, letter: Letter, detail: str) -> Question:
    return Question(
        key=f"{context.day}/refused/{letter.kind}/{letter.person}/{letter.sequence}",
        kind=QuestionKind.REFUSED_ADDRESS,
        day=context.day,
        role=STEPS[step].role or Role.COORDINATOR,
        text=f"Pasta serveris nepieņēma vēstuli adresātam {letter.email} "
        f"(“{letter.subject}”): {detail}. Norādiet pareizo adresi, “{SEND_AGAIN}” vai “{SKIP}”.",
        facts={"letter": letter.key, "letter_id": letter.id, "email": letter.email},
        choices=[SEND_AGAIN, SKIP],
        opened_at=context.now,
    )


def _settle_doubtful(context: StepContext, step: Step, kinds: Sequence[LetterKind]) -> None:
    """Looks up letters whose outcome is unknown; proves them sent, or follows their kind's policy.

    Those of steps that are closed by now are sent by nobody again, but what went out is recorded.
    """
    grace = timedelta(minutes=context.services.settings.doubtful_grace_minutes)
    with reading(context.services.engine) as session:
        wanted = {*kinds, *_CLOSED.get(step, ())}
        letters = doubtful_letters(session, context.day, wanted, context.now - grace)
    if not letters:
        return
    folder = context.services.settings.imap.sent_folder
    with context.services.mailbox as mailbox:
        proven = {
            letter.id: mailbox.contains_message_id(folder, letter.message_id) for letter in letters
        }
    for letter in letters:
        if proven[letter.id] or letter.kind in kinds:
            _settle(context, step, letter, was_sent=proven[letter.id])


def _settle(context: StepContext, step: Step, letter: Letter, *, was_sent: bool) -> None:
    with writing(context.services.engine) as session:
        newest = latest_letters(session, context.day, letter.kind)[letter.person]
        if was_sent:
            state, why = LetterState.SENT, "found among the copies"
        elif newest.sequence > letter.sequence:
            # What it said is no longer so, and the newer letter says what is.
            state, why = LetterState.SUPERSEDED, "a newer one was written"
        elif letter.variant == Variant.CANCELLATION:
            # Better told twice than never that a class is off.
            state, why = LetterState.QUEUED, "sent again: no proof"
        else:
            # Sent again as somebody wished, it may have come into doubt again.
            ask(session, _doubtful(context, step, letter), again_after=SEND_AGAIN)
            return
        finish(session, letter.id, state, context.now, why)
        _explain(session, context, step, letter, f"doubtful letter {state}", why)


def _settle_questions(context: StepContext) -> None:
    """Withdraws questions about letters that have been settled, or replaced, without an answer."""
    expected = {
        QuestionKind.REFUSED_ADDRESS: UNDELIVERED,
        QuestionKind.DOUBTFUL_LETTER: (LetterState.SENDING,),
    }
    with writing(context.services.engine) as session:
        for kind, states in expected.items():
            for question in open_questions(session, context.day, kind):
                letter = session.get_one(Letter, question.facts["letter_id"])
                newest = latest_letters(session, context.day, letter.kind).get(letter.person)
                if letter.state not in states or newest is None or newest.id != letter.id:
                    withdraw(session, question, context.now)


def _doubtful(context: StepContext, step: Step, letter: Letter) -> Question:
    return Question(
        key=f"{context.day}/doubtful/{letter.kind}/{letter.person}/{letter.sequence}",
        kind=QuestionKind.DOUBTFUL_LETTER,
        day=context.day,
        role=STEPS[step].role or Role.COORDINATOR,
        text=f"Nav zināms, vai vēstule adresātam {letter.email} (“{letter.subject}”) ir aizgājusi. "
        "Kopija pastkastē nav atrasta. Sūtīt vēlreiz?",
        facts={"letter": letter.key, "letter_id": letter.id, "email": letter.email},
        choices=[SEND_AGAIN, SKIP],
        opened_at=context.now,
    )
