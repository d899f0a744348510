"""Whether Prefect itself is at work: the server answers, a worker is there, runs begin in time."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterTags,
)
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings

from rules.alerts import Silence, SilentPart

_POOL = "sac"
_TAG = "sac"  # every deployment of ours has it, and its runs inherit it
_MANY = 200


def is_configured() -> bool:
    """Whether there is a server to ask; without one Prefect would start its own."""
    return bool(get_current_settings().api.url)


def silences(now: datetime, patience: timedelta) -> list[Silence]:
    """What is silent for longer than `patience`. A server that does not answer hides the rest."""
    with get_client(sync_client=True) as client:
        if client.api_healthcheck() is not None:
            # Nobody can say since when: one episode a day.
            return [Silence(SilentPart.SERVER, datetime.combine(now.date(), time.min, now.tzinfo))]
        return [*_workers(client, now, patience), *_late_runs(client, now, patience)]


def _workers(client: SyncPrefectClient, now: datetime, patience: timedelta) -> Iterator[Silence]:
    try:
        client.read_work_pool(_POOL)
    except ObjectNotFound:
        return
    workers = client.read_workers_for_work_pool(_POOL)
    beats = [worker.last_heartbeat_time for worker in workers if worker.last_heartbeat_time]
    # A pool that never had a worker is not silent: nothing was deployed for use yet.
    if beats and now - max(beats) > patience:
        yield Silence(SilentPart.WORKER, max(beats))


def _late_runs(client: SyncPrefectClient, now: datetime, patience: timedelta) -> Iterator[Silence]:
    waiting = FlowRunFilter(
        tags=FlowRunFilterTags(all_=[_TAG]),
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Late", "Scheduled"])),
        expected_start_time=FlowRunFilterExpectedStartTime(before_=now - patience),
    )
    late = client.read_flow_runs(
        flow_run_filter=waiting, sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=_MANY
    )
    if late and late[0].expected_start_time:
        yield Silence(SilentPart.LATE_RUNS, late[0].expected_start_time, len(late))
