"""Programs of the machine that tests start: finding them, starting them, ending them.

A missing program skips the test on a developer's machine and fails it where `SAC_REQUIRE_REAL=1`
says that everything is installed (`.ci/run`).
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

HOST = "127.0.0.1"
Found = TypeVar("Found")
_PATIENCE = 120.0  # seconds; a machine under load needs them, an idle one a fraction


def absent(reason: str) -> NoReturn:
    """Skips the test, or fails it where nothing may be missing."""
    if os.environ.get("SAC_REQUIRE_REAL") == "1":
        pytest.fail(f"{reason}; nothing may be missing here (see .ci/run)", pytrace=False)
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    places = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/lib/postfix/sbin"])
    for name in names:
        if found := shutil.which(name, path=places):
            return found
    absent(f"{names[0]} is not installed")


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


@contextmanager
def running(
    command: Sequence[str],
    port: int,
    log: Path,
    environment: Mapping[str, str] | None = None,
    end_with: signal.Signals = signal.SIGTERM,
) -> Iterator[subprocess.Popen[bytes]]:
    """The program as a child in a session of its own, once its port answers; ended afterwards.

    Whatever it leaves behind in its session is killed, so that no test leaves a process.
    """
    # A shell that put us in the background made SIGINT ignored, and a child would inherit that.
    with (
        log.open("ab") as output,
        subprocess.Popen(
            ["env", "--default-signal=INT", *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=True,
        ) as child,
    ):
        try:
            _await(child, port, log)
            yield child
        finally:
            _end(child, end_with)


def eventually(
    look: Callable[[], Found | None],
    what: str,
    *,
    patience: float = _PATIENCE,
    pause: float = 0.05,
) -> Found:
    """What `look` finds, as soon as it finds something: another process is at work.

    `patience` in seconds, and `pause` between two looks, where looking is work for others.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(pause)
    pytest.fail(f"waited {patience:.0f} seconds for {what}")


def _await(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    def begun() -> bool:
        if child.poll() is not None:
            pytest.fail(f"{child.args!r} ended:\n{log.read_text()[-3000:]}", pytrace=False)
        return answers(port)

    eventually(begun, f"{child.args!r} to answer on port {port}; see {log}")


def _end(child: subprocess.Popen[bytes], end_with: signal.Signals) -> None:
    child.send_signal(end_with)
    try:
        child.wait(timeout=20)
    except subprocess.TimeoutExpired:
        child.kill()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
