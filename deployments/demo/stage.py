"""Sets the stage of the demo: servers started, semester imported, the replay ready to play."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from deployments.demo.replay import Replay
from deployments.demo.servers import (
    Servers,
    free_port,
    start_prefect,
    start_sandbox,
    wait_for_prefect,
)
from deployments.demo.world import OFFICE, DemoWorld, product_environment
from deployments.prefect_server import server_environment
from deployments.sandbox.testing import RunningSandbox
from deployments.sandbox_seed import sandbox_seed
from integrations.services import Services, assemble
from models.database import reading
from models.journal import Author
from models.lms import items_on
from tasks.context import StepContext
from tasks.import_semester import ImportOptions, import_semester

_HAND_OVER_SECONDS = 10


@dataclass(slots=True)
class Stage:
    """Everything that runs for the demo, and the moment that its day has come to."""

    services: Services
    sandbox: RunningSandbox
    prefect_url: str
    context: StepContext

    def ended_at(self, moment: datetime) -> None:
        """The replay has come to this moment."""
        self.context = replace(self.context, now=moment)

    def lms_items(self) -> int:
        """How many entries of ours stand in the LMS now."""
        with reading(self.services.engine) as session:
            return len(items_on(session, self.context.day))

    def replay(self) -> Replay:
        """The replay, with the flows of the product as its runners."""
        # Prefect reads its settings when it is imported: not before the environment is set.
        from flows.read_mailbox import read_mailbox  # noqa: PLC0415
        from flows.study_day import study_day  # noqa: PLC0415

        def run_day(moment: datetime, title: str) -> None:
            study_day(day=self.context.day, as_of=moment, title=title, return_state=True)

        def read_mail(moment: datetime) -> None:
            read_mailbox(as_of=moment, return_state=True)

        return Replay(self.services, self.sandbox, self.context, run_day, read_mail)


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """These environment variables for the length of the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def set_stage(servers: Servers, world: DemoWorld, out: Path) -> Iterator[Stage]:
    """Starts everything; the Prefect server, which takes longest, starts first."""
    work = out / "work"
    work.mkdir(parents=True)
    port = free_port()
    prefect = server_environment(work / "prefect", port)
    start_prefect(servers, port, prefect, work)
    seed = sandbox_seed(world.semester, OFFICE, world.begins, world.habits())
    sandbox = start_sandbox(servers, seed, work)
    values = {**prefect, **product_environment(sandbox.env, out, work)}
    _write_environment(work / "environment", values)
    with environment(values):
        services = assemble()
        author = Author("demo", "import", world.begins)
        import_semester(services.engine, world.semester, author, ImportOptions(world.zone))
        wait_for_prefect(prefect["PREFECT_API_URL"], work)
        context = StepContext(services, world.day, world.begins, run="demo", actor="demo")
        try:
            yield Stage(services, sandbox, f"http://127.0.0.1:{port}", context)
        finally:
            services.engine.dispose()
            _hand_over_to_prefect()


def _hand_over_to_prefect() -> None:
    """Sends what Prefect still holds of logs and events, while its server is there to take it.

    Left to the end of the process, both would be sent to a server that is gone, again and again.
    """
    from prefect.events.worker import EventsWorker  # noqa: PLC0415 - see `replay`
    from prefect.logging.handlers import APILogWorker  # noqa: PLC0415

    for worker in (EventsWorker, APILogWorker):
        worker.drain_all(timeout=_HAND_OVER_SECONDS)


def _write_environment(file: Path, values: Mapping[str, str]) -> None:
    """The settings as shell lines, so that other commands can look at a demo that was kept."""
    lines = [f"export {name}={_quoted(value)}" for name, value in sorted(values.items())]
    file.touch(mode=0o600)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "'\\''") + "'"
