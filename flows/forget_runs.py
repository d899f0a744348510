"""Removes finished runs from Prefect, so that its database does not grow for ever.

What happened is in our journal; Prefect only shows it.
"""

from datetime import datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import TERMINAL_STATES

_PAGE = 200


def forget_runs(before: datetime) -> int:
    """Deletes runs that ended before; returns how many."""
    ended = FlowRunFilter(
        end_time=FlowRunFilterEndTime(before_=before),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(TERMINAL_STATES))),
    )
    forgotten = 0
    with get_client(sync_client=True) as client:
        while runs := client.read_flow_runs(flow_run_filter=ended, limit=_PAGE):
            for run in runs:
                client.delete_flow_run(run.id)
            forgotten += len(runs)
    return forgotten
