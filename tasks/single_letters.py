"""Letters that go once to a person for one cause: briefings, reminders, reports, alerts."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations.letters import Office, Recipient, Rendered
from models.database import writing
from models.letter import (
    UNDELIVERED,
    Letter,
    LetterKind,
    LetterState,
    last_sequences,
    latest_letters,
    supersede,
)
from tasks.context import StepContext
from tasks.outbox import Address, compose, queue


@dataclass(frozen=True, slots=True)
class SingleLetter:
    """A rendered letter and whom it is for.

    `person` names the cause too where somebody may get several (`coordinator:class`).
    """

    person: str
    to: Recipient
    rendered: Rendered


def queue_once(
    context: StepContext, kind: LetterKind, office: Office, letters: Sequence[SingleLetter]
) -> int:
    """Queues those that were not written before, or refused at another address; returns how many.

    A letter of the kind that still waits although nobody needs it any more is taken back.
    """
    needed = {letter.person for letter in letters}
    with writing(context.services.engine) as session:
        known = latest_letters(session, context.day, kind)
        sequences = last_sequences(session, context.day, kind)
        for person, letter in known.items():
            if person not in needed and letter.state is LetterState.QUEUED:
                supersede(session, letter)
        rows = [
            compose(
                context,
                Address(kind, letter.person, letter.to, sequences.get(letter.person, -1) + 1),
                office,
                letter.rendered,
            )
            for letter in letters
            if letter.to.email and _is_new(letter, known.get(letter.person))
        ]
        queue(session, context, rows)
    return len(rows)


def _is_new(letter: SingleLetter, known: Letter | None) -> bool:
    if known is None:
        return True
    return known.state in UNDELIVERED and known.email != letter.to.email
