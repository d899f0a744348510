"""What every step gets and gives: its context, its result, and how it fails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from integrations.errors import OutsideError, TemporaryFault
from integrations.services import Services
from models.journal import Author
from rules.process import Calendar, Step, StepState
from rules.wording import Text

Progress = Callable[[str, int, int], None]
SYSTEM = "sac"  # who acts when no person does


def silent(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class StepContext:
    """One run of a study day: whose, when, and with what. `now` is the only clock below flows."""

    services: Services
    day: date
    now: datetime
    run: str = ""
    actor: str = SYSTEM
    reason: str = ""
    progress: Progress = silent
    letters_wait: Text | None = None  # why only letters that cannot wait may go, if that is so
    settles: bool = False  # a change has just been made: notices that are not urgent wait for more

    @property
    def author(self) -> Author:
        return Author(self.actor, self.run, self.now, self.reason)

    @property
    def calendar(self) -> Calendar:
        return calendar_of(self.services)


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step says of itself: a state, a sentence, figures, and a report for the Prefect pages."""

    state: StepState
    words: Text
    evidence: Mapping[str, Any] = field(default_factory=dict)
    report: str = ""
    is_idle: bool = False  # everything was as it should be

    @property
    def summary(self) -> str:
        """The sentence as commands and the journal have it."""
        return self.words.en


class StepFailure(Exception):
    """Some of a step's effects could not be made; those that could, were, and are recorded."""

    def __init__(self, step: Step, errors: Sequence[OutsideError], done: str) -> None:
        self.step = step
        self.errors = tuple(errors)
        moments = [error.retry_at for error in errors if isinstance(error, TemporaryFault)]
        self.retry_at = max((moment for moment in moments if moment), default=None)
        others = f" (and {len(errors) - 1} more like it)" if len(errors) > 1 else ""
        done_so_far = f" Done before: {done}." if done else ""
        super().__init__(f"{errors[0]}{others}{done_so_far} Running the step again is safe.")


def calendar_of(services: Services) -> Calendar:
    """The deadlines as this office's settings read them."""
    settings = services.settings
    return Calendar(
        zone=settings.zone,
        reading=settings.deadlines,
        trigger_hour=settings.trigger_hour,
        watch_after=timedelta(minutes=settings.watch_after_minutes),
    )
