"""The flow that records a number of attendees which a person knows, from the Prefect UI."""

from datetime import date
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.question_page import show_questions
from flows.run_day_soon import run_day_soon
from integrations.services import assemble, utc_now
from tasks.colleagues import key_of
from tasks.context import StepContext
from tasks.count_by_hand import CountRefused, class_of, record_by_hand
from tasks.day_plan import UnknownDay


def _run_name() -> str:
    parameters = runtime.flow_run.parameters
    return f"{parameters['day']} · {parameters['held']} · {parameters['count']} attended"


@flow(
    name="record-count",
    flow_run_name=_run_name,
    description="Records a number of attendees that a person knows.",
    persist_result=False,
)
def record_count(day: date, held: str, count: int, reason: str, by: str) -> State[Any]:
    """Records the number of one class; a wrong one is replaced and stays on record.

    The run form shows these words to coordinators, so they are Latvian:

    Args:
        day: Studiju dienas datums.
        held: Nodarbības sākums un kursa kods, piemēram, 09:00 UV-101. Ja tādu ir vairākas, pievienojiet
            grupas, kā plānā.
        count: Cik studentu piedalījās.
        reason: No kurienes skaits zināms, piemēram, “mācībspēks pa tālruni”. Paliek žurnālā.
        by: Kas ieraksta. Paliek žurnālā.
    """
    services, now, who = assemble(), utc_now(), key_of(by)
    run = str(runtime.flow_run.name)
    context = StepContext(services, day, now, run=run, actor=who, reason=reason)
    try:
        class_id = class_of(context, held)
        taken = record_by_hand(context, class_id, count, who)
    except (CountRefused, UnknownDay) as error:
        return Failed(message=str(error))
    show_questions(services)
    follows = run_day_soon(day, f"after the number of {held}", f"{class_id}/{taken.received_at}")
    return Completed(message=f"Ierakstīts: {taken.count} ({taken.reported_by}).{follows}")
