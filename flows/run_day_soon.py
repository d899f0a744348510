"""A run of a study day that is asked for now, because something was decided or changed."""

from datetime import date

from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound

from flows.calendar_runs import STUDY_DAY


def run_day_soon(day: date | None, why: str, cause: str) -> str:
    """Asks for the run and says so; empty when there is no day, or nobody serves study days.

    The same `cause` of the same day asks once.
    """
    if day is None:
        return ""
    title = f"{day} · {why}"
    with get_client(sync_client=True) as client:
        try:
            deployment = client.read_deployment_by_name(STUDY_DAY)
        except ObjectNotFound:
            return ""
        client.create_flow_run_from_deployment(
            deployment.id,
            name=title,
            parameters={"day": day.isoformat(), "title": title},
            tags=["change", str(day)],
            idempotency_key=f"{day}/{why}/{cause}",
        )
    return " To, kas uz to gaidīja, tūlīt izdara atsevišķa izpilde."
