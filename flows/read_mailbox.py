"""The flow that reads the office mailbox between the deadlines, every few minutes."""

from datetime import date, datetime
from typing import Annotated, Any

from prefect import flow, get_run_logger, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed
from pydantic import Field

from integrations.services import assemble, utc_now
from tasks.context import StepContext
from tasks.read_mail import read_mail
from tasks.wording import tally


@flow(
    name="read-mailbox",
    description="Reads lecturers' replies, records numbers, and asks where a reply is unclear.",
    persist_result=False,
)
def read_mailbox(
    as_of: Annotated[
        datetime | None,
        Field(title="As of", description="Read as if it were this moment; empty means now."),
    ] = None,
) -> State[Any]:
    """Reads what is new; safe to run twice."""
    now = as_of or utc_now()
    services = assemble()
    day: date = now.astimezone(services.settings.zone).date()
    figures = read_mail(StepContext(services, day, now, run=str(runtime.flow_run.name or "")))
    words = tally(figures, nothing="no new mail")
    get_run_logger().info(words)
    return Completed(message=words)
