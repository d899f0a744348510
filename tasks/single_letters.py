"""Letters that go once to a person for one cause: briefings, reminders, reports, alerts."""

from collections.abc import Sequence
from dataclasses import dataclass

from integrations.letters import Office, Recipient, Rendered
from models.database import writing
from models.letter import LetterKind, latest_letters
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
    """Queues those that were not written before; returns how many."""
    with writing(context.services.engine) as session:
        known = latest_letters(session, context.day, kind)
        rows = [
            compose(context, Address(kind, letter.person, letter.to), office, letter.rendered)
            for letter in letters
            if letter.person not in known and letter.to.email
        ]
        queue(session, context, rows)
    return len(rows)
