"""What the worker can be asked to do: the product's runs, and what the office's people do.

Every function takes the worker's state first, and plain arguments; answers are plain data, so that
the processes outside need neither the database nor a session. What has been written down is read
by `books.py`.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from deployments.simulation.injection import Trap, Tripwire, fragile, install
from integrations.mailbox import Mailbox
from integrations.moodle import Moodle
from integrations.outgoing_mail import OutgoingMail
from integrations.services import Services
from integrations.settings import Settings, load_settings
from integrations.zoom import Zoom
from models.database import open_database, reading
from models.people import staff
from models.question import QuestionKind, open_questions
from models.study_day import ClassSession
from rules.process import Step, StepState
from tasks.add_class import NewClass, add_class
from tasks.answer_question import answer_question
from tasks.change_class import (
    assign_class,
    cancel_class,
    cancel_day,
    change_groups,
    change_mode,
    move_class,
    move_day,
    reinstate_class,
    remove_class,
)
from tasks.context import StepContext
from tasks.day_plan import read_plan
from tasks.run_steps import StepOutcome, run_day

# Statements compiled once in a warm parent serve all its children.
_COMPILED: dict[Any, Any] = {}
_LOCKED_MS = 50  # how long we wait for a database that somebody else holds


@dataclass(slots=True)
class Clock:
    """What the product's services take for now."""

    now: datetime


@dataclass(frozen=True, slots=True)
class Office:
    """The state of a worker: services by a clock that is set, and its traps."""

    services: Services
    wire: Tripwire
    clock: Clock

    def at(self, day: date, now: datetime, actor: str = "sac", run: str = "") -> StepContext:
        self.clock.now = now
        reason = "" if actor == "sac" else "Izmaiņas grafikā"
        return StepContext(self.services, day, now, run=run, actor=actor, reason=reason)


@dataclass(frozen=True, slots=True)
class StepSeen:
    """How a step stood after a run."""

    step: Step
    state: StepState
    summary: str
    has_run: bool
    opens: datetime
    due: datetime
    closes: datetime | None
    finished: datetime | None


def seen(outcome: StepOutcome, *, has_run: bool) -> StepSeen:
    """How a step stands, for those outside."""
    window = outcome.window
    times = (window.opens, window.due, window.closes)
    return StepSeen(outcome.step, outcome.state, outcome.summary, has_run, *times, outcome.finished)


def open_office(pipe: Connection, env: Mapping[str, str]) -> Office:
    """The services of that environment, in a process that may be killed."""
    office = assemble_office(pipe, env)
    install(office.wire)
    return office


def assemble_office(pipe: Connection, env: Mapping[str, str]) -> Office:
    """The same without traps; for a rehearsal in a process that goes on."""
    os.environ.update(env)
    settings = load_settings()
    engine = open_database(settings.database_url)
    wire = Tripwire(pipe, Path(engine.url.database or ""))
    connection = fragile(wire)
    event.listen(engine, "do_connect", lambda *given: given[3].update(factory=connection))
    event.listen(engine, "connect", _be_impatient)
    clock = Clock(datetime.min.replace(tzinfo=UTC))
    compiled = engine.execution_options(compiled_cache=_COMPILED)
    return Office(_services(settings, compiled, clock), wire, clock)


def _services(settings: Settings, engine: Engine, clock: Clock) -> Services:
    return Services(
        settings=settings,
        engine=engine,
        zoom=Zoom(
            settings.zoom,
            now=lambda: clock.now,
            zone_name=settings.timezone,
            pause=lambda _seconds: None,  # time is virtual, so nobody waits
        ),
        moodle=Moodle(settings.moodle),
        outgoing=OutgoingMail(settings.smtp),
        mailbox=Mailbox(settings.imap),
    )


def _be_impatient(connection: Any, _record: object) -> None:
    connection.execute(f"PRAGMA busy_timeout={_LOCKED_MS}")


def rehearse(office: Office, day: date, now: datetime) -> None:
    """A run that is thrown away: imports, templates and statements are warm afterwards.

    The plan is not set as a PDF: that starts threads, and a process with threads cannot fork.
    """
    run_day(office.at(day, now), set(Step) - {Step.PUBLISH_PLAN})


def run(
    office: Office, day: date, now: datetime, title: str, traps: tuple[Trap, ...] = ()
) -> list[StepSeen]:
    """One run of a study day by the plain runner."""
    for trap in traps:
        office.wire.arm(trap)
    try:
        return [
            seen(outcome, has_run=outcome.has_run)
            for outcome in run_day(office.at(day, now, run=title))
        ]
    finally:
        office.wire.release()


def waves(office: Office, day: date, now: datetime) -> list[datetime]:
    """The due moments of a day as its plan stands."""
    context = office.at(day, now)
    times = read_plan(office.services, day).times
    return [wave.moment for wave in context.calendar.waves(day, times)]


def change(office: Office, day: date, now: datetime, action: str, values: Mapping[str, Any]) -> str:
    """A change of the plan by hand; the id of its class, if it is about one.

    Raises ChangeRefused where the product refuses it.
    """
    changed = _CHANGES[action](office.at(day, now, "vadiba"), **values)
    return changed.id if isinstance(changed, ClassSession) else ""


def _add(context: StepContext, **values: Any) -> ClassSession:
    return add_class(context, NewClass(**values))


_CHANGES: Mapping[str, Callable[..., object]] = {
    "cancel": cancel_class,
    "reinstate": reinstate_class,
    "move": move_class,
    "assign": assign_class,
    "groups": change_groups,
    "mode": change_mode,
    "remove": remove_class,
    "add": _add,
    "cancel_day": cancel_day,
    "move_day": move_day,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the person who answers it sees it."""

    id: int
    kind: QuestionKind
    day: date | None
    choices: tuple[str, ...]
    guess: str | None
    facts: Mapping[str, Any]
    role: str


def questions(office: Office, day: date) -> list[Asked]:
    """What waits for a person."""
    with reading(office.services.engine) as session:
        return [
            Asked(
                question.id or 0,
                question.kind,
                question.day,
                tuple(question.choices),
                question.guess,
                question.facts,
                question.role,
            )
            for question in open_questions(session, day)
        ]


def answer(office: Office, day: date, now: datetime, number: int, value: str) -> None:
    """A colleague answers a question."""
    with reading(office.services.engine) as session:
        by = staff(session)[0].key
    answer_question(office.at(day, now, by), number, value, by)
