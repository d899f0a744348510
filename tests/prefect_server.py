"""A Prefect server of its own for the session, used by the tests of several folders."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.programs import HOST, eventually, free_port, running


def _patient_session(url: str) -> requests.Session:
    """503 is tried again, as Prefect does; a server that cannot work stays at 503.

    On a busy machine its SQLite is locked now and then.
    """
    again = Retry(
        total=6,
        status_forcelist=[requests.codes.unavailable],
        allowed_methods=None,
        backoff_factor=0.3,
        raise_on_status=False,
    )
    session = requests.Session()
    session.mount(url, HTTPAdapter(max_retries=again))
    return session


@dataclass(frozen=True, slots=True)
class PrefectServer:
    """Where the server's pages and its API are."""

    url: str

    @property
    def api(self) -> str:
        return f"{self.url}/api"

    def post(self, path: str, body: Mapping[str, object]) -> requests.Response:
        """Asks the API as a client without our code would."""
        with _patient_session(self.url) as session:
            return session.post(f"{self.api}{path}", json=body, timeout=60)

    def create(self, path: str, body: Mapping[str, object]) -> str:
        """The id of what was made there."""
        answer = self.post(path, body)
        assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
        made: str = answer.json()["id"]
        return made

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.api}{path}", timeout=60)

    def forget(self) -> None:
        """Deletes runs, artifacts and turns of whoever used the server before."""
        while runs := self.post("/flow_runs/filter", {}).json():
            ids = [run["id"] for run in runs]
            self.post("/flow_runs/bulk_delete", {"flow_runs": {"id": {"any_": ids}}})
        while artifacts := self.post("/artifacts/filter", {}).json():
            for artifact in artifacts:
                self._delete(f"/artifacts/{artifact['id']}")
        for limit in self.post("/v2/concurrency_limits/filter", {}).json():
            self._delete(f"/v2/concurrency_limits/{limit['id']}")

    def _delete(self, path: str) -> None:
        with _patient_session(self.url) as session:
            answer = session.delete(f"{self.api}{path}", timeout=60)
        assert answer.ok or answer.status_code == requests.codes.not_found, answer.text


@pytest.fixture
def prefect_server(running_prefect: PrefectServer) -> PrefectServer:
    """The session's server, without traces of other tests; what they deployed stays."""
    running_prefect.forget()
    return running_prefect


@pytest.fixture(scope="session")
def running_prefect(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """Mark tests that use it `prefect`: it takes about ten seconds to start."""
    home = tmp_path_factory.mktemp("prefect")
    port = free_port()
    server = PrefectServer(f"http://{HOST}:{port}")
    environment = {key: value for key, value in os.environ.items() if "PREFECT" not in key}
    environment |= {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        # It marks runs late by its own clock; the tests' moments are fixed, and pass one day.
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED": "false",
        # The pages would otherwise look for the API on port 4200.
        "PREFECT_UI_API_URL": server.api,
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", HOST]
    command += ["--port", str(port)]
    log = home / "server.log"
    with running(command, port, log, environment, end_with=signal.SIGINT):
        eventually(lambda: is_healthy(server), f"the server's health; see {log}")
        yield server


def is_healthy(server: PrefectServer) -> bool:
    return requests.get(f"{server.api}/health", timeout=10).ok
