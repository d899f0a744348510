"""A Prefect server and a worker of our own as child processes, and whether a server is there."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import requests

HOST = "127.0.0.1"
_PATIENCE_SECONDS = 90
_STOPPING_SECONDS = 20
_LOOKING_SECONDS = 3
_LEASES_IN_FILES = "prefect.server.concurrency.lease_storage.filesystem"
_ROOT = Path(__file__).resolve().parent.parent


class PartFailed(RuntimeError):
    """A process that we started is not there or not well; says which, and where its log is."""


def server_environment(home: Path, port: int) -> dict[str, str]:
    """Settings of a Prefect of our own: its own home, no analytics, nothing on our terminal."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        # In memory, the default, a server that is killed forgets whose turn it was, and nobody
        # gets that turn any more.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": _LEASES_IN_FILES,
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",
        "PREFECT_CLI_PROMPT": "false",
    }


def is_healthy(api_url: str) -> bool:
    """Whether a Prefect API answers there."""
    with contextlib.suppress(requests.RequestException):
        return requests.get(f"{api_url}/health", timeout=_LOOKING_SECONDS).ok
    return False


def is_free(port: int) -> bool:
    """Whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


@dataclass(slots=True)
class Parts:
    """Processes that live and end together, in our process group; their words go to files."""

    home: Path
    environment: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, Sequence[str]] = field(default_factory=dict)

    def start(self, name: str, arguments: Sequence[str]) -> None:
        """Starts `prefect` with these arguments; its log is named after the part."""
        self.commands[name] = arguments
        with self.log_of(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "prefect", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment},
                cwd=_ROOT,
            )

    def log_of(self, name: str) -> Path:
        return self.home / f"{name.replace(' ', '-').lower()}.log"

    def ended(self) -> str:
        """What to say of the first part that ended by itself; empty while all are well."""
        for name, process in self.running.items():
            if (code := process.poll()) is not None:
                return f"The {name} has ended (exit {code}). Its log: {self.log_of(name)}"
        return ""

    def revive(self, name: str) -> bool:
        """Starts a part again that has ended by itself; False when it is at work."""
        if self.running[name].poll() is None:
            return False
        self.start(name, self.commands[name])
        return True

    def await_health(self, api_url: str) -> None:
        """Returns when the server answers; PartFailed when it ends or never does."""
        give_up = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < give_up:
            if words := self.ended():
                raise PartFailed(words)
            if is_healthy(api_url):
                return
            time.sleep(0.2)
        raise PartFailed(f"The Prefect server does not answer at {api_url}.")

    def stop(self) -> None:
        """Ends every part, the last started first; one that does not listen is killed."""
        for process in reversed(self.running.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.wait(_STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
