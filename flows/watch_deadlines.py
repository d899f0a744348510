"""The flow that looks at deadlines, failures, questions and Prefect itself, and writes the letters.

A worker that is silent cannot run it: `sac alerts` does the same from a timer of the machine.
"""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

from prefect import flow, runtime
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.colleague_choices import offer_colleagues
from flows.prefect_silence import silences
from flows.question_page import show_questions
from flows.turns import gave_way, take_turn
from integrations.services import assemble, utc_now
from tasks.alerts import notices, queue_notices
from tasks.colleagues import label_of
from tasks.context import StepContext
from tasks.send_alerts import send_alerts
from tasks.standings import colleagues
from tasks.wording import counted, tally

_PATIENCE_SECONDS = 5.0  # the next look is minutes away


@flow(
    name="watch-deadlines",
    flow_run_name="deadlines",
    description="Writes to the office about deadlines, failures, open questions and silence.",
    persist_result=False,
)
def watch_deadlines(as_of: datetime | None = None) -> State[Any]:
    """Looks at everything and writes each person once for each cause; safe to run again.

    Args:
        as_of: Look as if it were this moment (Prefect itself is then left out). None: now.
    """
    with ExitStack() as turn:
        if not take_turn(turn, "watch-deadlines", _PATIENCE_SECONDS):
            return gave_way("Another run is still looking at the deadlines.")
        now, services = as_of or utc_now(), assemble()
        today = now.astimezone(services.settings.zone).date()
        context = StepContext(services, today, now, run=str(runtime.flow_run.name))
        patience = timedelta(minutes=services.settings.alerts.silent_minutes)
        noticed = notices(context, [] if as_of else silences(now, patience))
        queue_notices(context, noticed)
        figures = send_alerts(context)
        show_questions(services)
        with get_client(sync_client=True) as client:
            offer_colleagues(client, [label_of(member) for member in colleagues(context)])
    words = f"{counted(len(noticed.found), 'thing')} to know of; letters: "
    words += tally(figures, nothing="none")
    if figures["later"]:
        return Failed(message=f"{words}. They stay in the outbox; the next look sends them.")
    return Completed(message=words)
