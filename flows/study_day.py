"""The flow of one study day: whatever is open of its eleven steps, each a task, in order.

Re-entrant: run it at every deadline, after every change, or by hand; it acts on differences only.
"""

from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.calendar_runs import run_when_settled
from flows.question_page import form_links, show_questions
from flows.turns import come_again, gave_way, limit_of, take_turn
from integrations.services import assemble, utc_now
from models.database import reading
from models.turns import DayBusy
from rules.process import Step
from tasks.context import StepContext
from tasks.day_overview import failed_words, run_words
from tasks.day_plan import UnknownDay
from tasks.notices import has_settling_letters
from tasks.prefect_steps import prefect_runner, show_day
from tasks.run_steps import run_day

# A run of a day that stays quiet takes seconds; longer waiting would hold up other days.
_PATIENCE_SECONDS = 60.0


def _run_name() -> str:
    parameters = runtime.flow_run.parameters
    steps = parameters.get("steps")
    what = f"steps {', '.join(map(str, steps))}" if steps else "all that is due"
    return parameters.get("title") or f"{parameters['day']} · {what}"


@flow(
    name="study-day",
    flow_run_name=_run_name,
    description="Studiju diena: runs whatever is due of the eleven steps. Safe to run again.",
    persist_result=False,
)
def study_day(
    day: date,
    steps: list[int] | None = None,
    reason: str = "",
    as_of: datetime | None = None,
    title: str = "",
    settles: bool = False,  # noqa: FBT001, FBT002 - a field of the run's form
) -> State[Any]:
    """Runs what is open; ends failed when a step failed, and says which and what to do.

    Args:
        day: The date of the study day (studiju diena).
        steps: Only these steps, 1 to 11. None: all that is due.
        reason: Why it is run; kept in the journal.
        as_of: Run as if it were this moment. None: now.
        title: Name that is shown for the run.
        settles: Leave notices that are not urgent to a run some minutes later, so that several
            changes become one letter.
    """
    with ExitStack() as turn:
        if not take_turn(turn, limit_of(day), _PATIENCE_SECONDS):
            again = come_again(utc_now())
            return gave_way(f"Another run of {day} is still at work.{again}")
        now = as_of or utc_now()
        name = str(runtime.flow_run.name or title)
        context = StepContext(assemble(), day, now, run=name, reason=reason, settles=settles)
        only = {Step(number) for number in steps} if steps else None
        try:
            outcomes = run_day(context, only, prefect_runner(context))
        except DayBusy as error:  # somebody runs it from the command line
            return gave_way(f"{error}{come_again(utc_now())}")
        except UnknownDay as error:
            return Failed(message=f"{error} Choose another date, or import its semester first.")
        show_day(context, outcomes, form_links())
        show_questions(context.services)
        follows = _when_settled(context, as_of)
    failed = failed_words(outcomes)
    words = f"{failed or run_words(outcomes)}{follows}"
    return Failed(message=words) if failed else Completed(message=words)


def _when_settled(context: StepContext, as_of: datetime | None) -> str:
    """Has the notices sent that this run left to wait for further changes; says so."""
    settling = timedelta(minutes=context.services.settings.settling_minutes)
    with reading(context.services.engine) as session:
        if not context.settles or not has_settling_letters(session, context.day):
            return ""
    return run_when_settled(context.day, settling, utc_now(), as_of)
