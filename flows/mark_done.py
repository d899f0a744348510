"""The flow that records a step as done by a person outside the system, from the Prefect UI."""

from datetime import date
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from integrations.services import assemble, utc_now
from tasks.colleagues import key_of
from tasks.context import StepContext
from tasks.day_plan import UnknownDay
from tasks.done_outside import DoneRefused, mark_done_outside
from tasks.step_choices import UnknownStep, step_of


def _run_name() -> str:
    parameters = runtime.flow_run.parameters
    number = str(parameters["step"]).partition(" ")[0]
    return f"{parameters['day']} · step {number} done outside"


@flow(
    name="mark-done",
    flow_run_name=_run_name,
    description="Records a step as done by a person outside the system.",
    persist_result=False,
)
def mark_done(day: date, step: int | str, reason: str, evidence: str, by: str) -> State[Any]:
    """Marks one step of one day as done; it is not run again until the plan changes.

    The run form shows these words to coordinators, so they are Latvian:

    Args:
        day: Studiju dienas datums.
        step: Kurš solis ir izpildīts.
        reason: Kāpēc solis izpildīts ārpus sistēmas. Paliek žurnālā.
        evidence: Kas par to liecina, piemēram, “vēstule sūtīta no biroja pastkastes 1.12. 10:20”.
        by: Kas to izpildīja. Paliek žurnālā.
    """
    who = key_of(by)
    run = str(runtime.flow_run.name)
    context = StepContext(assemble(), day, utc_now(), run=run, actor=who, reason=reason)
    try:
        return Completed(message=mark_done_outside(context, step_of(step), evidence, who).lv)
    except (DoneRefused, UnknownDay, UnknownStep) as error:
        return Failed(message=str(error))
