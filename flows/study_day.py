"""The flow of one study day: whatever is open of its eleven steps, each a task, in order.

Re-entrant: run it at every deadline, after every change, or by hand; it acts on differences only.
"""

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.calendar_runs import run_when_settled
from flows.form_links import day_actions
from flows.question_page import form_links, show_questions
from flows.turns import come_again, gave_way, limit_of, take_turn
from integrations.services import Services, assemble, utc_now
from models.database import reading
from models.turns import DayBusy
from rules.process import Step
from tasks.colleagues import key_of
from tasks.context import SYSTEM, StepContext
from tasks.day_overview import failed_words, run_words
from tasks.day_plan import UnknownDay
from tasks.notices import has_settling_letters
from tasks.prefect_steps import prefect_runner, show_day
from tasks.run_by_hand import UnknownColleague, note_run_by_hand
from tasks.run_steps import run_day
from tasks.step_choices import UnknownStep, step_of

# A run of a day that stays quiet takes seconds; longer waiting would hold up other days.
_PATIENCE_SECONDS = 60.0
_UNKNOWN_DAY = (
    "importētajā semestrī nav studiju diena. Izvēlieties citu datumu vai vispirms importējiet tās "
    "semestri."
)


def _run_name() -> str:
    parameters = runtime.flow_run.parameters
    steps = parameters.get("steps")
    return parameters.get("title") or f"{parameters['day']} · {_asked(steps or ())}"


def _asked(steps: Sequence[int | str]) -> str:
    """The steps by their numbers, for the run's name; a choice that is none as it was given."""
    numbers = [str(step).partition(" ")[0] for step in steps]
    return f"step{'s' * (len(numbers) > 1)} {', '.join(numbers)}" if numbers else "all that is due"


def _note(context: StepContext, only: Collection[Step] | None) -> None:
    """A person's run, and every click on Retry, is in the journal."""
    if (runtime.flow_run.run_count or 1) > 1:
        note_run_by_hand(context, only, "retried")
    elif context.actor != SYSTEM:
        note_run_by_hand(context, only, "run by hand")


@flow(
    name="study-day",
    flow_run_name=_run_name,
    description="Studiju diena: runs whatever is due of the eleven steps. Safe to run again.",
    persist_result=False,
)
def study_day(  # noqa: PLR0913, PLR0917 - the fields of the run form
    day: date,
    steps: list[int | str] | None = None,
    reason: str = "",
    by: str = "",
    as_of: datetime | None = None,
    title: str = "",
    settles: bool = False,  # noqa: FBT001, FBT002 - a parameter that is set by name
) -> State[Any]:
    """Runs what is open; ends failed when a step failed, and says which and what to do.

    The run form shows these words to coordinators, so they are Latvian:

    Args:
        day: Studiju dienas datums.
        steps: Izpildīt tikai šos soļus. Ja neizvēlas nevienu, izpilda visu, kam pienācis laiks.
        reason: Kāpēc palaižat. Paliek žurnālā.
        by: Kas to dara: izvēlieties sevi. Paliek žurnālā.
        as_of: Tikai mācībām un pārbaudei: izpildīt tā, it kā būtu šis brīdis. Parasti tukšs.
        title: Izpildes nosaukums.
        settles: Vēstules, kas nav steidzamas, atstāt izpildei pēc brīža, lai vairākas izmaiņas
            kļūtu par vienu vēstuli.
    """
    with ExitStack() as turn:
        services = assemble()
        if not take_turn(turn, limit_of(day), _PATIENCE_SECONDS):
            return _later(services, day)
        now = as_of or utc_now()
        name = str(runtime.flow_run.name or title)
        who = key_of(by) or SYSTEM
        context = StepContext(services, day, now, name, who, reason, settles=settles)
        try:
            only = {step_of(choice) for choice in steps} if steps else None
            _note(context, only)
            outcomes = run_day(context, only, prefect_runner(context))
        except DayBusy:  # somebody runs it from the command line
            return _later(services, day)
        except UnknownDay:
            return Failed(message=f"{day} {_UNKNOWN_DAY}")
        except (UnknownStep, UnknownColleague) as error:
            return Failed(message=str(error))
        show_day(context, outcomes, form_links(), day_actions(day))
        show_questions(context.services)
        follows = _when_settled(context, as_of)
    failed = failed_words(outcomes)
    words = f"{(failed or run_words(outcomes)).lv}{follows}"
    return Failed(message=words) if failed else Completed(message=words)


def _later(services: Services, day: date) -> State[Any]:
    """How a run ends whose day others are at work on."""
    again = come_again(utc_now().astimezone(services.settings.zone))
    return gave_way(f"Ar studiju dienu {day} vēl strādā cita izpilde.{again}")


def _when_settled(context: StepContext, as_of: datetime | None) -> str:
    """Has the notices sent that this run left to wait for further changes; says so."""
    settling = timedelta(minutes=context.services.settings.settling_minutes)
    with reading(context.services.engine) as session:
        if not context.settles or not has_settling_letters(session, context.day):
            return ""
    return run_when_settled(context.day, settling, utc_now(), as_of)
