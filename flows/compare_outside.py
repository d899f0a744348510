"""The flow that looks once a day whether what stands in Zoom and Moodle is what we left there.

What differs is mended by a run of its day; what nobody here knows of is asked about.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.question_page import show_questions
from flows.run_day_soon import run_day_soon
from integrations.errors import OutsideError
from integrations.services import assemble, utc_now
from models.turns import DayBusy
from tasks.context import StepContext
from tasks.find_drift import find_drift, watched_days
from tasks.find_orphans import find_orphans
from tasks.wording import counted


@flow(
    name="compare-outside",
    flow_run_name="compare",
    description="Compares Zoom and Moodle with what we left there, and has differences mended.",
    persist_result=False,
)
def compare_outside(as_of: datetime | None = None) -> State[Any]:
    """Looks at every prepared day that is not over; safe to run again.

    Args:
        as_of: Look as if it were this moment. None: now.
    """
    now = as_of or utc_now()
    context = StepContext(assemble(), now.date(), now, run="compare")
    found, failed = [], []
    for day in watched_days(context):
        try:
            drifts = find_drift(replace(context, day=day))
        except (OutsideError, DayBusy) as error:
            failed.append(f"{day}: {error}")
            continue
        if drifts:
            run_day_soon(day, "mending what differs outside", str(now))
        found += [f"{day} · {drift.words}." for drift in drifts]
    try:
        orphans = find_orphans(context)
    except OutsideError as error:
        orphans = []
        failed.append(str(error))
    show_questions(context.services)
    if orphans:
        found.append(f"{counted(len(orphans), 'meeting')} in Zoom that nobody here knows of.")
    words = " ".join(found) or "Everything stands as we left it."
    return Failed(message=f"{' '.join(failed)} {words}") if failed else Completed(message=words)
