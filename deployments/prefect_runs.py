"""Runs that are asked for now: of a study day after a change, and of the calendar."""

from datetime import date, datetime
from typing import Any

from prefect.client.orchestration import get_client

from deployments.serving import CALENDAR, STUDY_DAY


def ask_for_run(
    day: date, title: str, reason: str, as_of: datetime | None, *, settles: bool
) -> None:
    """A run of that study day at once; a worker takes it within seconds.

    `settles`: notices that are not urgent wait for further changes.
    """
    parameters: dict[str, Any] = {"day": day.isoformat(), "title": title, "reason": reason}
    if settles:
        parameters["settles"] = True
    if as_of is not None:
        parameters["as_of"] = as_of.isoformat()
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(STUDY_DAY.full_name)
        client.create_flow_run_from_deployment(
            deployment.id, name=title, parameters=parameters, tags=["change", str(day)]
        )


def ask_for_calendar() -> None:
    """Has the scheduled runs compared with the study days at once."""
    with get_client(sync_client=True) as client:
        deployment = client.read_deployment_by_name(CALENDAR.full_name)
        client.create_flow_run_from_deployment(deployment.id, name="calendar", tags=["change"])
