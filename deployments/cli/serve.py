"""`sac up` and `sac deploy`: study days run by Prefect, here or on a server that is there."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from deployments.cli.output import ExitCode, console, print_json, screen
from deployments.cli.session import AsJson
from deployments.prefect_server import PartFailed, Parts, is_free, server_environment
from integrations.services import assemble
from models.database import reading
from tasks.colleagues import colleague_labels

_WORKERS_RUNS = 2  # at once; more would only wait for the database
_LOOK_EVERY_SECONDS = 0.5
_WORKER = "worker"
_REVIVALS, _REVIVAL_SECONDS = 3, 600.0  # a worker that ends so often in that time is not well


class _Interrupted(BaseException):
    """Somebody asked us to stop. No Exception: nothing on the way may take it for a failure."""


def deploy(as_json: AsJson = False) -> None:
    """Registers the deployments with the configured Prefect API. Safe to run again.

    Example: PREFECT_API_URL=http://prefect.example:4200/api sac deploy
    """
    # Prefect reads its settings when it is imported, which takes two seconds.
    from deployments.prefect_api import api_problem, api_url  # noqa: PLC0415

    if problem := api_problem():
        _fail(f"{problem.detail}. {problem.advice}")
    names = _deploy()
    if as_json:
        print_json({"api": api_url(), "deployments": names})
        return
    for name in names:
        screen.print(f"registered {name}", markup=False)
    screen.print("A worker runs them: prefect worker start --pool sac --limit 2")


def up(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the Prefect UI.")] = 4200,
    home: Annotated[
        Path, typer.Option(help="Folder of Prefect's database and of the parts' logs.")
    ] = Path("sac-prefect"),
) -> None:
    """Prefect server, deployments, calendar, worker and mailbox reader, until interrupted.

    Example: sac up --port 4300
    """
    if not is_free(port):
        _fail(f"Port {port} is in use. Is another server running? Choose another: sac up --port N")
    home.mkdir(parents=True, exist_ok=True)
    environment = server_environment(home.resolve(), port)
    parts = Parts(home.resolve(), environment)
    os.environ.update(environment)
    try:
        with _stoppable():
            _run(parts, environment["PREFECT_API_URL"], port)
    except _Interrupted:
        console.print("Stopping…")
    except PartFailed as failure:
        parts.stop()
        _fail(f"{failure}\nEverything else was stopped; nothing is lost. Start again: sac up")
    finally:
        parts.stop()
    console.print("Stopped.")


def _run(parts: Parts, api: str, port: int) -> None:
    assemble()  # a database that cannot be opened is better known before anything starts
    parts.start("Prefect server", ["server", "start", "--host", "127.0.0.1", "--port", str(port)])
    parts.await_health(api)
    _say("Prefect", f"http://127.0.0.1:{port} (other terminals: export PREFECT_API_URL={api})")
    _say("Deployments", ", ".join(_deploy()))
    _say("Calendar", _calendar())
    worker = ["worker", "start", "--pool", "sac", "--limit", str(_WORKERS_RUNS)]
    parts.start(_WORKER, [*worker, "--name", "sac up"])
    _say("Worker", f"takes up to {_WORKERS_RUNS} runs at once; log: {parts.log_of(_WORKER)}")
    _say("Mailbox", "is read every 5 minutes")
    console.print("Stop with Ctrl-C.")
    _watch(parts)


def _watch(parts: Parts) -> NoReturn:
    """Keeps the worker alive; PartFailed when the server ends, or the worker again and again.

    Prefect's worker ends when Retry is clicked before the process of the failed run is gone: it then
    asks twice for that run's place among its `--limit` (the error of PrefectHQ/prefect #11093).
    """
    revived: list[float] = []
    while True:
        recent = [moment for moment in revived if moment > time.monotonic() - _REVIVAL_SECONDS]
        if len(recent) < _REVIVALS and parts.revive(_WORKER):
            revived = [*recent, time.monotonic()]
            console.print("The worker had ended and was started again.")
        elif words := parts.ended():
            raise PartFailed(words)
        time.sleep(_LOOK_EVERY_SECONDS)


def _deploy() -> list[str]:
    from deployments.serving import deploy as register  # noqa: PLC0415 - see deploy()

    services = assemble()
    with reading(services.engine) as session:
        colleagues = colleague_labels(session)
    return register(services.settings.timezone, colleagues)


def _calendar() -> str:
    """Brings Prefect's calendar up to date once, now; a worker repeats it every 15 minutes."""
    from flows.schedule_study_days import schedule_study_days  # noqa: PLC0415 - see deploy()

    state = schedule_study_days(return_state=True)
    if not state.is_completed():
        raise PartFailed(f"The calendar could not be brought up to date: {state.message}")
    return str(state.message)


@contextmanager
def _stoppable() -> Iterator[None]:
    """SIGINT and SIGTERM end the block; once it is ending, more of them change nothing."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in before:
            signal.signal(number, signal.SIG_IGN)
        raise _Interrupted

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, interrupt)
    yield


def _say(part: str, words: str) -> None:
    screen.print(f"{part:<12}{words}", markup=False, soft_wrap=True)


def _fail(message: str) -> NoReturn:
    console.print(message, style="bold red", markup=False, soft_wrap=True)
    raise typer.Exit(ExitCode.ATTENTION)
