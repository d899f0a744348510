"""The resolved versions of Prefect, FastAPI and SQLAlchemy really work together."""

import pytest
import requests

from tests.prefect_server import PrefectServer

pytestmark = pytest.mark.prefect


def test_a_cron_schedule_really_makes_runs(prefect_server: PrefectServer) -> None:
    """Under SQLAlchemy 2.1 the server starts, but this request gets 503 and no run is made."""
    flow = prefect_server.create("/flows/", {"name": "grafika-parbaude"})
    schedule = {"cron": "0 9 * * *", "timezone": "Europe/Riga"}
    deployment = prefect_server.create(
        "/deployments/",
        {
            "name": "katru-dienu",
            "flow_id": flow,
            "schedules": [{"schedule": schedule, "active": True}],
        },
    )

    answer = prefect_server.post(f"/deployments/{deployment}/schedule", {"min_runs": 3})

    runs = prefect_server.post(
        "/flow_runs/filter",
        {"deployments": {"id": {"any_": [deployment]}}, "sort": "EXPECTED_START_TIME_ASC"},
    ).json()
    assert answer.status_code == requests.codes.ok
    assert {run["state"]["type"] for run in runs} == {"SCHEDULED"}
    assert len(runs) >= 3


def test_tests_of_one_server_stay_in_one_process(
    request: pytest.FixtureRequest,
    running_prefect: PrefectServer,  # noqa: ARG001 - whoever uses it has its group
) -> None:
    """pytest 9.2 lost pytest-xdist's groups without a word, and each process started a server."""
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process runs all tests")

    assert request.node.nodeid.endswith("@running_prefect")
