"""The flow that keeps Prefect's calendar equal to the calendar of study days.

Each due moment of each day is one scheduled run of `study-day`; moved days move theirs, and runs
that no longer belong to a moment are cancelled.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from prefect import flow, get_run_logger
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.states import Cancelled, Completed, Scheduled
from pydantic import Field

from integrations.services import assemble, utc_now
from tasks.context import StepContext
from tasks.day_calendar import PlannedRun, coming_runs

_DEPLOYMENT = "study-day/study-day"
_TAG = "calendar"
_PAGE = 200


@flow(
    name="schedule-study-days",
    description="Turns the study days' deadlines into scheduled runs, and keeps them in step.",
    persist_result=False,
)
def schedule_study_days(
    as_of: Annotated[
        datetime | None,
        Field(title="As of", description="Schedule as if it were this moment; empty means now."),
    ] = None,
) -> State[Any]:
    """Creates missing runs and cancels those that belong to no deadline; safe to run again."""
    services = assemble()
    now = as_of or utc_now()
    wanted = coming_runs(StepContext(services, now.date(), now, run="calendar"))
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(_DEPLOYMENT)
        known = {run.idempotency_key: run for run in _scheduled(client, deployment.id)}
        missing = [run for run in wanted if run.key not in known]
        for run in missing:
            _create(client, deployment.id, run)
        surplus = [run for key, run in known.items() if key not in {run.key for run in wanted}]
        for found in surplus:
            gone: State[Any] = Cancelled(message="no deadline of a study day any more")
            client.set_flow_run_state(found.id, gone, force=True)
    words = f"{len(wanted)} runs ahead; {len(missing)} scheduled, {len(surplus)} cancelled"
    get_run_logger().info(words)
    return Completed(message=words)


def _scheduled(client: SyncPrefectClient, deployment_id: Any) -> Sequence[FlowRun]:
    """Our calendar's runs that have not begun."""
    runs: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(
            flow_run_filter=FlowRunFilter(
                deployment_id=FlowRunFilterDeploymentId(any_=[deployment_id]),
                tags=FlowRunFilterTags(all_=[_TAG]),
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            ),
            limit=_PAGE,
            offset=len(runs),
        )
        runs.extend(page)
        if len(page) < _PAGE:
            return runs


def _create(client: SyncPrefectClient, deployment_id: Any, run: PlannedRun) -> None:
    client.create_flow_run_from_deployment(
        deployment_id,
        name=run.title,
        parameters={"day": run.day.isoformat(), "title": run.title},
        tags=[_TAG, str(run.day)],
        state=Scheduled(scheduled_time=run.wave.moment),
        idempotency_key=run.key,
    )
