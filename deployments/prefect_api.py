"""The Prefect API that is configured: whether it is there, and whether our deployments are."""

from collections.abc import Iterator

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import WorkerFilter, WorkerFilterStatus
from prefect.client.schemas.objects import WorkerStatus
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError
from prefect.settings import get_current_settings

from deployments.prefect_server import is_healthy
from deployments.serving import SERVED, WORK_POOL
from integrations.checks import CheckResult, failed, passed

_SERVICE = "Prefect"
WORKER = "worker"


def api_url() -> str:
    """Where it is, from PREFECT_API_URL or Prefect's profile; empty when nothing is configured."""
    return str(get_current_settings().api.url or "")


def api_problem() -> CheckResult | None:
    """What is wrong with the API, if anything."""
    url = api_url()
    if not url:
        advice = "Start one with sac up, or set PREFECT_API_URL. By hand: sac day run DATE."
        return failed(_SERVICE, "API", "PREFECT_API_URL is not set", advice)
    if not is_healthy(url):
        return failed(_SERVICE, "API", f"{url} does not answer", "Start it, or mend the address.")
    return None


def check_api() -> list[CheckResult]:
    """Rows of `sac check`: the API, the deployments, and somebody who runs them."""
    problem = api_problem()
    if problem:
        return [problem]
    try:
        return [passed(_SERVICE, "API", f"{api_url()} answers"), *_registered()]
    except PrefectHTTPStatusError as error:
        advice = "Set PREFECT_API_KEY or PREFECT_API_AUTH_STRING as the server wants it."
        return [failed(_SERVICE, "API", f"refused us ({error.response.status_code})", advice)]


def _registered() -> Iterator[CheckResult]:
    with get_client(sync_client=True) as client:
        missing = []
        for served in SERVED:
            try:
                client.read_deployment_by_name(served.full_name)
            except ObjectNotFound:
                missing.append(served.full_name)
        if missing:
            yield failed(
                _SERVICE, "deployments", f"missing: {', '.join(missing)}", "Run sac deploy."
            )
            return
        yield passed(_SERVICE, "deployments", f"all {len(SERVED)} registered")
        online = WorkerFilter(status=WorkerFilterStatus(any_=[WorkerStatus.ONLINE]))
        workers = client.read_workers_for_work_pool(WORK_POOL, worker_filter=online)
    if workers:
        yield passed(_SERVICE, WORKER, f"{len(workers)} online in pool {WORK_POOL}")
    else:
        advice = f"Start one: prefect worker start --pool {WORK_POOL} --limit 2"
        yield failed(_SERVICE, WORKER, f"none is online in pool {WORK_POOL}", advice)
