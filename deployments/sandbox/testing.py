"""Starts the sandbox for tests and the demo, and talks to its control URL.

`running_sandbox` is a child process, as in real use; `sandbox_in_thread` starts ten times as fast.
"""

import asyncio
import base64
import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from deployments.sandbox.seed import Seed, read_seed
from deployments.sandbox.server import running

_PATIENCE_SECONDS = 30
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class RunningSandbox:
    """Where a sandbox is, and its control URL as methods."""

    announcement: Mapping[str, Any]
    http: requests.Session

    @property
    def env(self) -> dict[str, str]:
        """All settings of the product that are needed to use it."""
        return dict(self.announcement["env"])

    @property
    def control_url(self) -> str:
        return str(self.announcement["zoom"]["control_url"])

    def state(self, *only: str) -> dict[str, Any]:
        """Everything that the sandbox holds, or the parts named."""
        query = f"?only={','.join(only)}" if only else ""
        state: dict[str, Any] = self._ask("GET", f"/state{query}")
        return state

    def requests(self, *, writes: bool = False) -> list[dict[str, Any]]:
        """Recorded requests, on demand only those that could change something."""
        return [r for r in self._ask("GET", "/requests") if r["write"] or not writes]

    def forget_requests(self) -> None:
        self._ask("DELETE", "/requests")

    def move_clock(self, now: datetime) -> int:
        """Moves the virtual clock forward; says how many replies were delivered."""
        return int(self._ask("POST", "/clock", {"now": now.isoformat()})["replies"])

    def fault(self, service: str, kind: str, match: str = "", **more: Any) -> None:
        """Orders a fault; `more`: times, after, seconds."""
        self._ask("POST", "/faults", {"service": service, "kind": kind, "match": match, **more})

    def forget_faults(self) -> None:
        self._ask("DELETE", "/faults")

    def letters(self, address: str) -> list[bytes]:
        """Raw letters that the address has got, oldest first."""
        return [base64.b64decode(item["eml"]) for item in self._ask("GET", f"/letters/{address}")]

    def order_meeting(self, meeting_id: int | str, *, started: bool) -> None:
        """The lecturer opens the room now, or does not come."""
        self._ask("POST", f"/meetings/{meeting_id}", {"started": started})

    def order_lecturers(
        self, *, answer: bool = True, habits: Mapping[str, str] | None = None
    ) -> None:
        """Whether lecturers answer, and how single ones do (`lecturers/habits.py`)."""
        self._ask("POST", "/lecturers", {"answer": answer, "habits": dict(habits or {})})

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        answer = self.http.request(
            method, self.control_url + path, json=body, timeout=_PATIENCE_SECONDS
        )
        if not answer.ok:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return answer.json() if answer.content else None


@contextlib.contextmanager
def running_sandbox(seed: Mapping[str, Any] | None = None) -> Iterator[RunningSandbox]:
    """A sandbox in a child process while the block runs; it ends with us, however we end."""
    with tempfile.TemporaryDirectory() as folder:
        seed_file = Path(folder, "seed.json")
        seed_file.write_text(json.dumps(dict(seed or {})), encoding="utf-8")
        command = [sys.executable, "-m", "deployments.sandbox", "--with-parent", "--seed"]
        with (
            subprocess.Popen(
                [*command, str(seed_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT
            ) as process,
            requests.Session() as http,
        ):
            try:
                yield RunningSandbox(_announced(process), http)
            finally:
                process.terminate()


def _announced(process: subprocess.Popen[bytes]) -> Mapping[str, Any]:
    line = process.stdout.readline() if process.stdout else b""
    if not line:
        raise RuntimeError(f"the sandbox did not start (exit {process.wait()})")
    announcement: Mapping[str, Any] = json.loads(line)
    return announcement


@contextlib.contextmanager
def sandbox_in_thread(seed: Mapping[str, Any] | None = None) -> Iterator[RunningSandbox]:
    """The same sandbox in a thread of this process: for the many tests that want a new one."""
    started: Future[tuple[Mapping[str, Any], asyncio.Event, asyncio.AbstractEventLoop]] = Future()
    thread = threading.Thread(target=_serve_in_thread, args=(read_seed(seed or {}), started))
    thread.start()
    announcement, stop, loop = started.result(_PATIENCE_SECONDS)
    with requests.Session() as http:
        try:
            yield RunningSandbox(announcement, http)
        finally:
            loop.call_soon_threadsafe(stop.set)
            thread.join(_PATIENCE_SECONDS)


def _serve_in_thread(seed: Seed, started: Future[Any]) -> None:
    async def main() -> None:
        stop = asyncio.Event()
        async with running(seed) as announcement:
            started.set_result((announcement, stop, asyncio.get_running_loop()))
            await stop.wait()

    try:
        asyncio.run(main())
    except BaseException as error:
        if started.done():
            raise
        started.set_exception(error)
