"""The flow that keeps Prefect's calendar equal to the calendar of study days.

Each due moment of each day is one scheduled run of `study-day`; moved days move theirs, runs that
belong to no moment any more are cancelled, and a day that was left behind is caught up.
"""

from contextlib import ExitStack
from datetime import datetime
from typing import Any

from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.calendar_runs import cancel_all_but, forget_limits, schedule
from flows.turns import gave_way, take_turn
from integrations.services import assemble, utc_now
from tasks.context import StepContext
from tasks.day_calendar import catch_up_runs, planned_runs
from tasks.wording import counted

_PATIENCE_SECONDS = 5.0  # the next pass is minutes away


@flow(
    name="schedule-study-days",
    flow_run_name="calendar",
    description="Turns the study days' deadlines into scheduled runs, and keeps them in step.",
    persist_result=False,
)
def schedule_study_days(as_of: datetime | None = None) -> State[Any]:
    """Creates missing runs and cancels those that belong to no deadline; safe to run again.

    Args:
        as_of: Schedule as if it were this moment. None: now.
    """
    with ExitStack() as turn:
        if not take_turn(turn, "schedule-study-days", _PATIENCE_SECONDS):
            return gave_way("Another run is still working on the calendar.")
        now = as_of or utc_now()
        context = StepContext(assemble(), now.date(), now, run="calendar")
        planned = planned_runs(context)
        ahead = [run for run in planned if run.moment > now]
        left_behind = catch_up_runs(context, planned)
        with get_client(sync_client=True) as client:
            cancelled = cancel_all_but(client, {run.key for run in planned})
            scheduled = schedule(client, ahead)
            caught_up = schedule(client, left_behind)
            forget_limits(client, {run.day for run in ahead})
    words = f"{len(ahead)} runs ahead; {scheduled} scheduled, {cancelled} cancelled"
    return Completed(
        message=f"{words}; {counted(caught_up, 'day')} caught up" if caught_up else words
    )
