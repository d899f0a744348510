"""The parts of an office as systemd starts them: a server, and workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import requests

from deployments.prefect_server import server_environment
from deployments.sandbox.testing import RunningSandbox
from rules.timetable import Semester
from tests.demo_run import run_sac
from tests.mail_gate import MailGate
from tests.prefect_server import PrefectServer
from tests.programs import HOST, eventually, free_port, running
from tests.running_office import DAY, office_world

PATIENCE = 300
ENDS = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")


@dataclass(frozen=True, slots=True)
class Machines:
    """Where the parts of one office run."""

    folder: Path
    sandbox: RunningSandbox
    mail: MailGate
    environment: dict[str, str]

    @property
    def api(self) -> str:
        return self.environment["PREFECT_API_URL"]

    def part(
        self, port: int, *arguments: str, **more: str
    ) -> AbstractContextManager[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "prefect", *arguments]
        log = self.folder / f"{arguments[0]}.log"
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "SAC"))}
        environment = {**inherited, **self.environment, **more}
        return running(command, port, log, environment, signal.SIGINT)

    @contextmanager
    def server(self) -> Iterator[subprocess.Popen[bytes]]:
        port = self.api.removesuffix("/api").rpartition(":")[2]
        with self.part(int(port), "server", "start", "--host", HOST, "--port", port) as process:
            eventually(self.is_healthy, "the server's health")
            yield process

    def is_healthy(self) -> bool:
        try:
            return requests.get(f"{self.api}/health", timeout=5).ok
        except requests.RequestException:
            return False

    def worker(self) -> AbstractContextManager[subprocess.Popen[bytes]]:
        """One more worker, which takes two runs at once."""
        port = free_port()
        arguments = ("worker", "start", "--pool", "sac", "--limit", "2", "--with-healthcheck")
        return self.part(port, *arguments, PREFECT_WORKER_WEBSERVER_PORT=str(port))

    def sac(self, *arguments: str) -> str:
        """What a command says; 1 only means that something needs attention."""
        done = run_sac(*arguments, env=self.environment)
        assert done.returncode in {0, 1}, done.stdout + done.stderr
        return done.stdout

    def deploy(self) -> None:
        """A server that has just begun is busy, and `sac deploy` waits three seconds for it."""

        def is_deployed() -> bool:
            return run_sac("deploy", env=self.environment).returncode == 0

        eventually(is_deployed, "sac deploy", patience=PATIENCE)

    def day(self, moment: datetime) -> dict[str, Any]:
        shown = self.sac("day", "show", str(DAY), "--json", "--as-of", moment.isoformat())
        found: dict[str, Any] = json.loads(shown)
        return found

    def states(self, moment: datetime) -> dict[int, str]:
        return {step["number"]: step["state"] for step in self.day(moment)["steps"]}

    def ask_for_run(self, moment: datetime, title: str, day: date = DAY) -> str:
        """A run of a study day at another moment; the id of the run."""
        server = PrefectServer(self.api.removesuffix("/api"))
        deployment = server.get("/deployments/name/study-day/study-day").json()["id"]
        parameters = {"day": str(day), "as_of": moment.isoformat(), "title": title}
        return server.create(
            f"/deployments/{deployment}/create_flow_run", {"parameters": parameters, "name": title}
        )

    def state(self, run: str) -> tuple[str, str]:
        found = requests.get(f"{self.api}/flow_runs/{run}", timeout=30).json()["state"]
        return found["type"], found["message"]

    def await_end(self, run: str) -> tuple[str, str]:
        def ended() -> tuple[str, str] | None:
            state = self.state(run)
            return state if state[0] in ENDS else None

        return eventually(ended, f"the end of {run}", patience=PATIENCE)

    def pause_the_clock(self) -> None:
        """From now on nothing runs but what is asked for."""
        server = PrefectServer(self.api.removesuffix("/api"))
        for deployment in server.post("/deployments/filter", {}).json():
            if deployment["name"] != "study-day":
                eventually(partial(self._pause, deployment["id"]), "a paused deployment")
        server.forget()

    def _pause(self, deployment: str) -> bool:
        """False while the server is too busy."""
        url = f"{self.api}/deployments/{deployment}"
        return requests.patch(url, json={"paused": True}, timeout=60).ok

    def ended(self, names: Sequence[str]) -> list[dict[str, Any]] | None:
        """The runs of these names, once all of them have come to an end, whichever."""
        body = {"flow_runs": {"name": {"any_": list(names)}}}
        try:
            answer = requests.post(f"{self.api}/flow_runs/filter", json=body, timeout=60)
        except requests.RequestException:
            return None  # busy with the runs
        found: list[dict[str, Any]] = answer.json() if answer.ok else []
        return found if found and all(run["state"]["type"] in ENDS for run in found) else None

    def workers(self) -> list[str]:
        """The names of the workers that the server has heard of."""
        answer = requests.post(f"{self.api}/work_pools/sac/workers/filter", json={}, timeout=30)
        return [worker["name"] for worker in answer.json()]

    def shares(self, runs: Sequence[str]) -> dict[str, list[str]]:
        """Which of these runs each worker has taken; the server writes it down a little later."""

        def told() -> dict[str, list[str]] | None:
            found = {worker: self._taken_by(worker, runs) for worker in self.workers()}
            return found if sum(map(len, found.values())) >= len(runs) else None

        return eventually(told, "what the workers took", pause=1)

    def _taken_by(self, worker: str, runs: Sequence[str]) -> list[str]:
        wanted = {
            "event": {"name": ["prefect.worker.submitted-flow-run"]},
            "resource": {"labels": {"prefect.resource.name": worker}},
            "related": {"id": [f"prefect.flow-run.{run}" for run in runs]},
        }
        url, body = f"{self.api}/events/filter", {"filter": wanted, "limit": 50}
        return [
            related["prefect.resource.id"].rpartition(".")[2]
            for event in requests.post(url, json=body, timeout=60).json()["events"]
            for related in event["related"]
            if related["prefect.resource.role"] == "flow-run"
        ]

    def is_free(self) -> bool:
        """Whether no run has the day's turn."""
        found = requests.get(f"{self.api}/v2/concurrency_limits/study-day-{DAY}", timeout=30).json()
        return not found["active_slots"]

    def subjects(self, name: str) -> list[str]:
        boxes = self.sandbox.state("letters")["letters"]
        return [letter["subject"] for letter in boxes.get(f"{name}@augstskola.example", [])]


@contextmanager
def machines_in(
    folder: Path, semester: Semester | None = None, database: str = ""
) -> Iterator[Machines]:
    """An office whose parts are not started yet; everything of it is in `folder`."""
    with office_world(folder, semester, database) as (sandbox, gate, own):
        prefect = {
            **server_environment(folder / "prefect", free_port()),
            "PREFECT_WORKER_WEBSERVER_HOST": HOST,
        }
        yield Machines(folder, sandbox, gate, {**own, **prefect})
