"""Links to run forms in the Prefect UI that are filled in already."""

import json
from collections.abc import Mapping
from datetime import date
from urllib.parse import quote
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.exceptions import ObjectNotFound

from flows.calendar_runs import STUDY_DAY

ANSWER = "answer-question/answer-question"
MARK_DONE = "mark-done/mark-done"
RECORD_COUNT = "record-count/record-count"


def find_form(client: SyncPrefectClient, deployment: str) -> UUID | None:
    """The deployment whose form it is; None where it is not deployed."""
    try:
        return client.read_deployment_by_name(deployment).id
    except ObjectNotFound:
        return None


def form_link(form: UUID, known: Mapping[str, object]) -> str:
    """The form's address on the same server, with what is known filled in."""
    # The page decodes it twice: once as an address, once as this parameter.
    text = json.dumps(dict(known), ensure_ascii=False)
    parameters = quote(quote(text, safe=""), safe="")
    return f"/deployments/deployment/{form}/run?parameters={parameters}"


def day_actions(day: date) -> str:
    """What a person can do with a study day from its page, as Markdown; empty without forms."""
    known = {"day": day.isoformat()}
    offered = (
        (STUDY_DAY, "Palaist soļus ar roku"),
        (MARK_DONE, "Izpildīts ārpus sistēmas"),
        (RECORD_COUNT, "Ierakstīt apmeklētāju skaitu"),
    )
    with get_client(sync_client=True) as client:
        forms = [(find_form(client, deployment), words) for deployment, words in offered]
    return " · ".join(f"[{words}]({form_link(form, known)})" for form, words in forms if form)
