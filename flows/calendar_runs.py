"""The runs of the study days' calendar in Prefect, found by their tag and their idempotency keys.

What should stand there is `tasks/day_calendar.py`.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from prefect import runtime
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterIdempotencyKey,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Scheduled

from flows.turns import LIMIT_PREFIX, limit_of
from tasks.day_calendar import CALENDAR, PlannedRun

STUDY_DAY = "study-day/study-day"
SETTLED = "settled"  # the tag of runs that send what waited for further changes
_PAGE = 200


def schedule(client: SyncPrefectClient, runs: Sequence[PlannedRun]) -> int:
    """Creates those of `runs` that were never created; a run cancelled by hand stays cancelled."""
    deployment = client.read_deployment_by_name(STUDY_DAY)
    known = _known_keys(client, [run.key for run in runs])
    missing = [run for run in runs if run.key not in known]
    for run in missing:
        client.create_flow_run_from_deployment(
            deployment.id,
            name=run.title,
            parameters=_parameters(run),
            tags=[run.tag, str(run.day)],
            state=Scheduled(scheduled_time=run.moment),
            idempotency_key=run.key,
        )
    return len(missing)


def _parameters(run: PlannedRun) -> dict[str, Any]:
    parameters: dict[str, Any] = {"day": run.day.isoformat(), "title": run.title}
    return {**parameters, "settles": True} if run.settles else parameters


def run_when_settled(day: date, after: timedelta, now: datetime, as_of: datetime | None) -> str:
    """Asks for the run that sends the notices which wait for further changes; says so.

    One that stands already will send these as well. Empty outside a deployment.
    """
    if runtime.deployment.id is None:
        return ""
    waiting = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[SETTLED, str(day)]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
    )
    title = f"{day} · notices of changes"
    parameters: dict[str, Any] = {"day": day.isoformat(), "title": title}
    if as_of is not None:
        parameters["as_of"] = (as_of + after).isoformat()
    with get_client(sync_client=True) as client:
        if not list(_runs(client, waiting)):
            client.create_flow_run_from_deployment(
                runtime.deployment.id,
                name=title,
                parameters=parameters,
                tags=[SETTLED, str(day)],
                state=Scheduled(scheduled_time=now + after),
            )
    return " Paziņojumus, kas gaida turpmākas izmaiņas, nosūtīs atsevišķa izpilde."


def cancel_all_but(client: SyncPrefectClient, planned: Collection[str]) -> int:
    """Cancels the calendar's runs that have not begun and belong to no due moment any more.

    A late run belongs to its moment still, and is left for the worker that is behind.
    """
    waiting = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[CALENDAR]),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
    )
    surplus = [run for run in list(_runs(client, waiting)) if run.idempotency_key not in planned]
    for run in surplus:
        gone: State[Any] = Cancelled(message="no due moment of a study day any more")
        client.set_flow_run_state(run.id, gone, force=True)
    return len(surplus)


def forget_limits(client: SyncPrefectClient, days: Collection[date]) -> None:
    """Removes the limits of days that have no run ahead, unless a run holds one now."""
    kept = {limit_of(day) for day in days}
    found = client.read_global_concurrency_limits(limit=_PAGE)
    for limit in found:
        is_past = limit.name.startswith(LIMIT_PREFIX) and limit.name not in kept
        if is_past and not limit.active_slots:
            with suppress(ObjectNotFound):
                client.delete_global_concurrency_limit_by_name(limit.name)


def _known_keys(client: SyncPrefectClient, keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(keys), _PAGE):
        part = FlowRunFilterIdempotencyKey(any_=list(keys[start : start + _PAGE]))
        runs = _runs(client, FlowRunFilter(idempotency_key=part))
        found.update(run.idempotency_key or "" for run in runs)
    return found


def _runs(client: SyncPrefectClient, wanted: FlowRunFilter) -> Iterator[FlowRun]:
    """Every run that the filter finds, page by page; do not change runs while it goes on."""
    offset = 0
    while True:
        page = client.read_flow_runs(
            flow_run_filter=wanted, sort=FlowRunSort.ID_DESC, limit=_PAGE, offset=offset
        )
        yield from page
        if len(page) < _PAGE:
            return
        offset += len(page)
