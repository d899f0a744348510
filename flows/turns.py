"""Turns: runs that must not work at the same time take one global concurrency limit, in turn.

Limits expire by lease, so that a run that was killed holds nobody up for long. A run that does not
get its turn ends well and says so; what it was for comes again.
"""

from contextlib import ExitStack, suppress
from datetime import date, datetime, timedelta
from typing import Any

from prefect import runtime
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.objects import State
from prefect.concurrency.sync import concurrency
from prefect.exceptions import ObjectAlreadyExists
from prefect.states import Completed, Scheduled

from integrations.services import utc_now

LIMIT_PREFIX = "study-day-"
_LEASE_SECONDS = 120.0
# Longer than any run of ours works; what two runs at once must not do, the database prevents too.
_LOST_AFTER = timedelta(minutes=30)
_AGAIN_AFTER = timedelta(minutes=3)


def limit_of(day: date) -> str:
    """The name of the limit that runs of one study day share."""
    return f"{LIMIT_PREFIX}{day}"


def take_turn(stack: ExitStack, name: str, patience: float) -> bool:
    """Holds the limit `name` until the stack closes; False when others kept it all that time.

    The limit is made when it is missing, so that a run by hand and the demo need no preparation.
    `patience` in seconds.
    """
    # Another run may make it between our look and our making.
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.upsert_global_concurrency_limit_by_name(name, 1)
        _free_lost_turn(client, name, utc_now())
    turn = concurrency(
        name,
        timeout_seconds=patience,
        lease_duration=_LEASE_SECONDS,
        strict=True,
        # A lease that cannot be renewed must not end a run in the middle of its letters.
        raise_on_lease_renewal_failure=False,
    )
    try:
        stack.enter_context(turn)
    except TimeoutError:
        return False
    return True


def _free_lost_turn(client: SyncPrefectClient, name: str, now: datetime) -> None:
    """Takes the turn from a run whose server died: one that keeps leases in memory forgets them.

    Our own servers keep leases in files (`deployments/prefect_server.py`).
    """
    limit = client.read_global_concurrency_limit_by_name(name)
    if limit.active_slots and limit.updated and now - limit.updated > _LOST_AFTER:
        client.update_global_concurrency_limit(name, GlobalConcurrencyLimitUpdate(active_slots=0))


def gave_way(why: str) -> State[Any]:
    """How a run ends that did not get its turn: nothing is wrong, and nothing was done."""
    return Completed(name="Gave way", message=why)


def come_again(now: datetime) -> str:
    """Asks for the same run a little later; says when, in the time zone of `now`.

    Empty outside a deployment (the demo).
    """
    if runtime.deployment.id is None:
        return ""
    moment = now + _AGAIN_AFTER
    # What was not given stays so: to a form, an empty choice is a wrong one.
    given = {name: value for name, value in runtime.flow_run.parameters.items() if value}
    with get_client(sync_client=True) as client:
        client.create_flow_run_from_deployment(
            runtime.deployment.id,
            name=runtime.flow_run.name,
            parameters=given,
            tags=runtime.flow_run.tags,
            state=Scheduled(scheduled_time=moment),
            idempotency_key=f"{runtime.flow_run.id}/again",
        )
    return f" Tā pati izpilde notiks vēlreiz plkst. {moment:%H:%M}."
