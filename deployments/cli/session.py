"""What the commands about study days share: services, the moment, and refusals in words."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated

import typer

from deployments.cli.output import ExitCode, refuse
from deployments.trigger import Carried, carry_out
from integrations.services import Services, assemble, utc_now
from models.turns import DayBusy
from tasks.answer_question import AnswerRefused
from tasks.change_class import ChangeRefused
from tasks.context import StepContext
from tasks.count_by_hand import CountRefused
from tasks.day_plan import UnknownDay
from tasks.done_outside import DoneRefused

AsJson = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Act as if it were this moment, e.g. 2026-12-01T09:00."),
]
By = Annotated[str, typer.Option("--by", help="Who does it: a key of the sheet 'staff'.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the journal.")]
Day = Annotated[str, typer.Argument(help="The study day, e.g. 2026-12-05.")]


def read_day(text: str, *, as_json: bool) -> date:
    """A date as the user wrote it, or the end of the command."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse("bad_date", f"{text!r} is no date. Write it as 2026-12-05.", as_json=as_json)


def read_moment(text: str | None, services: Services, *, as_json: bool) -> datetime:
    """The moment to act at: as written (local time unless it has an offset), or now."""
    if text is None:
        return utc_now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no moment. Write it as 2026-12-01T09:00."
        refuse("bad_moment", message, as_json=as_json)
    return moment if moment.tzinfo else moment.replace(tzinfo=services.settings.zone)


def open_context(
    day: date, as_of: str | None, *, as_json: bool, actor: str = "sac", reason: str = ""
) -> StepContext:
    """A context for that day with everything the settings describe."""
    services = assemble()
    now = read_moment(as_of, services, as_json=as_json)
    return StepContext(services, day, now, run="command line", actor=actor, reason=reason)


def carried_out(context: StepContext, days: Iterable[date], as_of: str | None) -> Carried:
    """What becomes of a change of these days; an explicit --as-of is handed on."""
    return carry_out(context, days, context.now if as_of else None)


@contextmanager
def refusals(*, as_json: bool) -> Iterator[None]:
    """Turns what a coordinator did wrong into words and exit code 2."""
    try:
        yield
    except UnknownDay as error:
        refuse("unknown_day", f"{error} See them with: sac day list", as_json=as_json)
    except DayBusy as error:
        refuse("day_busy", str(error), as_json=as_json, exit_code=ExitCode.ATTENTION)
    except ChangeRefused as error:
        refuse("change_refused", str(error), as_json=as_json)
    except CountRefused as error:
        refuse("count_refused", str(error), as_json=as_json)
    except DoneRefused as error:
        refuse("done_refused", str(error), as_json=as_json)
    except AnswerRefused as error:
        refuse("answer_refused", str(error), as_json=as_json)
