"""The flow that reads the office mailbox between the deadlines, every few minutes."""

from contextlib import ExitStack
from datetime import date, datetime
from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.question_page import show_questions
from flows.turns import gave_way, take_turn
from integrations.errors import OutsideError
from integrations.services import assemble, utc_now
from tasks.context import StepContext
from tasks.read_mail import read_mail
from tasks.wording import tally

_PATIENCE_SECONDS = 5.0  # the next reading is minutes away


def _run_name() -> str:
    as_of = runtime.flow_run.parameters.get("as_of")
    return f"mailbox · as of {as_of:%a} {as_of.day} {as_of:%b %H:%M}" if as_of else "mailbox"


@flow(
    name="read-mailbox",
    flow_run_name=_run_name,
    description="Reads lecturers' replies, records numbers, and asks where a reply is unclear.",
    persist_result=False,
)
def read_mailbox(as_of: datetime | None = None) -> State[Any]:
    """Reads what is new; safe to run twice.

    Args:
        as_of: Read as if it were this moment. None: now.
    """
    with ExitStack() as turn:
        if not take_turn(turn, "read-mailbox", _PATIENCE_SECONDS):
            return gave_way("Another run is still reading the mailbox.")
        now = as_of or utc_now()
        services = assemble()
        day: date = now.astimezone(services.settings.zone).date()
        context = StepContext(services, day, now, run=str(runtime.flow_run.name or ""))
        try:
            figures = read_mail(context)
        except OutsideError as error:
            return Failed(message=f"{error} Nothing is lost: the next reading takes it up.")
        show_questions(services)
    return Completed(message=tally(figures, nothing="no new mail"))
