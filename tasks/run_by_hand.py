"""What a person asks of a study day by hand is in the journal, even when nothing had to change."""

from collections.abc import Collection

from models.database import writing
from models.journal import write
from models.people import staff
from rules.process import Step
from tasks.context import SYSTEM, StepContext


class UnknownColleague(ValueError):
    """Somebody who is not on the staff list; says who is."""


def note_run_by_hand(context: StepContext, only: Collection[Step] | None, action: str) -> None:
    """Writes who asked for which steps of `context.day`, and why.

    The actor is a staff key or the product itself. Raises UnknownColleague.
    """
    with writing(context.services.engine) as session:
        people = {member.key for member in staff(session)}
        if context.actor not in people | {SYSTEM}:
            known = ", ".join(sorted(people))
            raise UnknownColleague(f"Unknown colleague {context.actor!r}; known are {known}.")
        what = ", ".join(str(step.value) for step in sorted(only or ())) or "all that is due"
        write(session, context.author, action, f"steps: {what}", day=context.day)
