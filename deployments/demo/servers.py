"""The demo's own servers, each a child process: the sandbox and a Prefect server."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from deployments.prefect_server import is_healthy
from deployments.sandbox.testing import RunningSandbox

_PATIENCE_SECONDS = 60
_ROOT = Path(__file__).resolve().parents[2]
_STOPPING_SECONDS = 10


@dataclass(slots=True)
class Servers:
    """Processes that were started, in order; `stop` ends them in reverse."""

    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(
        self, command: list[str], env: Mapping[str, str], log: Path
    ) -> subprocess.Popen[bytes]:
        """Starts a process that outlives us if it must; what it says goes to `log`."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if command[-1].endswith(".json") else log.open("wb"),
            stderr=log.with_suffix(".err").open("wb"),
            env={**os.environ, **env},
            cwd=_ROOT,
            start_new_session=True,
        )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """Ends every process, politely first; nothing stays behind."""
        for process in reversed(self.processes):
            stop_group(process.pid)
        for process in reversed(self.processes):
            try:
                process.wait(_STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                stop_group(process.pid, signal.SIGKILL)
                process.wait()


def stop_group(leader: int, number: signal.Signals = signal.SIGTERM) -> None:
    """Sends a signal to a process and all its children; gone already is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, number)


@contextlib.contextmanager
def servers(*, keep: bool) -> Iterator[Servers]:
    """Servers for the length of the block; with `keep` they stay when it ends well."""
    started = Servers()
    finished = False
    try:
        yield started
        finished = True
    finally:
        if not (keep and finished):
            started.stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start_sandbox(servers: Servers, seed: Mapping[str, Any], work: Path) -> RunningSandbox:
    """The sandbox with that seed; returns when it answers."""
    seed_file = work / "sandbox-seed.json"
    seed_file.write_text(json.dumps(dict(seed), ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-m", "deployments.sandbox", "--seed", str(seed_file)]
    process = servers.start(command, {}, work / "sandbox.log")
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        raise RuntimeError(f"the sandbox did not start; see {work / 'sandbox.err'}")
    # With --keep somebody may want to look at what stands there, or order a fault.
    (work / "sandbox.json").write_bytes(line)
    return RunningSandbox(json.loads(line), requests.Session())


def start_prefect(servers: Servers, port: int, env: Mapping[str, str], work: Path) -> None:
    """Starts the server without waiting; `wait_for_prefect` does that."""
    command = [sys.executable, "-m", "prefect", "server", "start"]
    # Not --no-services: one of the services records task runs, and without it the UI shows none.
    command += ["--host", "127.0.0.1", "--port", str(port)]
    servers.start(command, env, work / "prefect-server.log")


def wait_for_prefect(url: str, work: Path) -> None:
    """Returns when the server is healthy; says where its log is when it never gets there."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < give_up:
        if is_healthy(url):
            return
        time.sleep(0.2)
    raise RuntimeError(f"the Prefect server did not start; see {work / 'prefect-server.log'}")
