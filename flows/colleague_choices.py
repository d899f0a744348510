"""The run forms as people see them; the field `by` is renewed when the staff list changes."""

from collections.abc import Sequence
from typing import Any

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.exceptions import ObjectNotFound

from flows.calendar_runs import STUDY_DAY
from flows.form_links import ANSWER, MARK_DONE, RECORD_COUNT
from tasks.run_forms import dress

FORMS = (ANSWER, MARK_DONE, RECORD_COUNT, STUDY_DAY)
_FIELD = "by"


def offer_colleagues(client: SyncPrefectClient, labels: Sequence[str]) -> int:
    """Lets every form offer exactly these colleagues; returns how many forms were changed.

    Without colleagues the field stays free text: an empty choice could not be filled in at all.
    """
    changed = 0
    for form in FORMS:
        try:
            deployment = client.read_deployment_by_name(form)
        except ObjectNotFound:
            continue
        schema: dict[str, Any] = dict(deployment.parameter_openapi_schema or {})
        wanted = _with_choice(schema, labels)
        if wanted != schema:
            update = DeploymentUpdate.model_validate({"parameter_openapi_schema": wanted})
            client.update_deployment(deployment.id, update)
            changed += 1
    return changed


def _with_choice(schema: dict[str, Any], labels: Sequence[str]) -> dict[str, Any]:
    # Deployments that Prefect's own command registered have fields with the code's names.
    fields = dress(schema["properties"])
    fields[_FIELD].pop("enum", None)
    if labels:
        fields[_FIELD]["enum"] = list(labels)
    return {**schema, "properties": fields}
