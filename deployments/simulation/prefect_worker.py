"""A worker of the laboratory whose runs are Prefect's: the deployment, a real worker, its processes.

It stands where `processes.Worker` does. Everything but a run is done in this process; a run is asked
for through the API, and a kill ends the Prefect worker with all its children at once.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.objects import FlowRun
from prefect.states import Crashed

from deployments.sandbox.testing import RunningSandbox
from deployments.serving import ROOT, STUDY_DAY, WORK_POOL
from deployments.simulation import office
from deployments.simulation.injection import Trap
from deployments.simulation.office import Office, StepSeen, assemble_office
from deployments.simulation.processes import WorkerFailed, WorkerKilled, WorkerStuck
from flows.turns import limit_of
from models.database import reading
from models.study_day import step_records
from tasks.run_steps import day_status

_PATIENCE_SECONDS = 300.0
_LOOK_SECONDS = 0.25
_WATCH_SECONDS = 0.02
_WORKER = {
    "PREFECT_WORKER_QUERY_SECONDS": "0.5",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
}


@dataclass(slots=True)
class PrefectWorker:
    """Runs of the study-day deployment by a worker process that takes them from one queue.

    `env` is what the product needs, the Prefect API's address included.
    """

    env: Mapping[str, str]
    sandbox: RunningSandbox
    queue: str
    log: Path
    _process: subprocess.Popen[bytes] | None = None
    _office: Office | None = None
    _runs: int = 0

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function answers; like `processes.Worker.call`, a run excepted."""
        if function is office.run:
            return self._run(*arguments)
        if self._office is None:
            self._office = assemble_office(Pipe()[0], self.env)
        try:
            return function(self._office, *arguments)
        except Exception as error:
            raise WorkerFailed(f"{type(error).__name__}: {error}") from error

    def end(self) -> None:
        """Ends the worker and whatever it runs, as a power cut would."""
        if self._process is not None:
            for pid in (*_descendants(self._process.pid), self._process.pid):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _run(
        self, day: date, now: datetime, title: str, traps: Sequence[Trap] = ()
    ) -> list[StepSeen]:
        if self._process is None:
            self._process = self._start()
        self._runs += 1
        name = f"{title} · {self._runs}"
        self.sandbox.forget_requests()
        run = self._ask_for_run(day, now, name)
        patience = min((trap.after for trap in traps), default=None)
        state = self._await(run, day, patience)
        if state not in {"Completed", "Failed"}:
            raise WorkerFailed(f"the run of {day} ended as {state}")
        return self.call(_steps_after, day, now, name)  # type: ignore[no-any-return]

    def _start(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                # A shell in the background hands its ignored SIGINT on; Prefect stops by it.
                [
                    *("env", "--default-signal=INT", sys.executable, "-m", "prefect"),
                    *("worker", "start", "--pool", WORK_POOL, "--work-queue", self.queue),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.env, **_WORKER},
                cwd=ROOT,
            )

    def _ask_for_run(self, day: date, now: datetime, name: str) -> UUID:
        parameters = {"day": day.isoformat(), "as_of": now.isoformat(), "title": name}
        with get_client(sync_client=True) as client:
            deployment = client.read_deployment_by_name(STUDY_DAY.full_name)
            return client.create_flow_run_from_deployment(
                deployment.id, name=name, parameters=parameters, work_queue_name=self.queue
            ).id

    def _await(self, run: UUID, day: date, kill_after: int | None) -> str:
        """The name of the run's last state; kills everything after so many requests."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        with get_client(sync_client=True) as client:
            while time.monotonic() < give_up:
                found = client.read_flow_run(run)
                if found.state is not None and found.state.is_final():
                    return str(found.state.name)
                next_look = time.monotonic() + _LOOK_SECONDS
                if kill_after is not None and self._has_begun(found):
                    self._watch(run, day, kill_after, next_look)
                time.sleep(max(0.0, next_look - time.monotonic()))
        self.end()
        raise WorkerStuck(f"the run of {day} did not end in {_PATIENCE_SECONDS:.0f} s")

    def _watch(self, run: UUID, day: date, kill_after: int, until: float) -> None:
        while time.monotonic() < until:
            done = len(self.sandbox.requests())
            if done >= kill_after:
                self._kill(run, day)
                raise WorkerKilled(f"with its Prefect worker after {done} requests")
            time.sleep(_WATCH_SECONDS)

    @staticmethod
    def _has_begun(found: FlowRun) -> bool:
        return found.state is not None and found.state.is_running()

    def _kill(self, run: UUID, day: date) -> None:
        """Kill -9, and what time does after it: the run is Crashed, its turn is free again."""
        self.end()
        with get_client(sync_client=True) as client:
            client.set_flow_run_state(run, Crashed(message="killed"), force=True)
            client.update_global_concurrency_limit(
                limit_of(day), GlobalConcurrencyLimitUpdate(active_slots=0)
            )


def _steps_after(worked: Office, day: date, now: datetime, run: str) -> list[StepSeen]:
    """How the steps stand; those that the run recorded have run."""
    with reading(worked.services.engine) as session:
        records = step_records(session, day)
    return [
        office.seen(outcome, has_run=outcome.step in records and records[outcome.step].run == run)
        for outcome in day_status(worked.at(day, now))
    ]


def _descendants(pid: int) -> list[int]:
    """All that a process has started, by /proc: each run is a session of its own."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # pid (name) state parent …; the name may hold anything.
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(stat.parent.name))
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found
