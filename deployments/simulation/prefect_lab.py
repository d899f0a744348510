"""Study days through a real Prefect server and worker, with kills and outside faults, and checked.

    python -m deployments.simulation.prefect_lab --days 20 --seed 1 [--worlds 2] [--json]

Each world has a sandbox, a database, a worker and a queue of its own; all share one server. Exit 0
when no invariant was violated. One day is repeated by its seed: --days 1 --seed N --worlds 1.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from deployments.prefect_server import Parts, server_environment

_ROOT = Path(__file__).resolve().parents[2]
_STOPPING_SECONDS = 20
_SECONDS_A_DAY = 600.0  # of patience; a day takes about thirty on an idle machine


@dataclass(frozen=True, slots=True)
class World:
    """The days of one world by their seeds, and the process that plays them."""

    number: int
    seeds: Sequence[int]
    process: subprocess.Popen[str]

    def lines(self) -> Iterator[str]:
        """One JSON line for each day; those of which it does not tell are told of as lost."""
        patience = 300 + _SECONDS_A_DAY * len(self.seeds)
        why = "broken"
        try:
            answer, _ = self.process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            self.end()
            answer, why = "", "stuck"
        told = answer.splitlines()
        yield from told
        for seed in self.seeds[len(told) :]:
            violation = {"invariant": why, "day": None, "what": f"world {self.number} told nothing"}
            yield json.dumps({"seed": seed, "kills": 0, "violations": [violation]})

    def end(self) -> None:
        """Has it end its sandbox and its worker; one that does not listen is killed."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(_STOPPING_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def _server(home: Path) -> Iterator[dict[str, str]]:
    """A Prefect server of our own while the block runs; yields the environment that leads to it."""
    environment = server_environment(home, _free_port())
    parts = Parts(home, environment)
    port = environment["PREFECT_API_URL"].rpartition(":")[2].partition("/")[0]
    try:
        parts.start("server", ["server", "start", "--host", "127.0.0.1", "--port", port])
        parts.await_health(environment["PREFECT_API_URL"])
        yield environment
    finally:
        parts.stop()


def run_days(days: int, seed: int, worlds: int) -> Iterator[str]:
    """A JSON line for each day."""
    seeds = range(seed, seed + days)
    with tempfile.TemporaryDirectory() as name, _server(Path(name)) as environment:
        started: list[World] = []
        try:
            started.extend(
                _start(number, seeds[number::worlds], Path(name), environment)
                for number in range(min(worlds, days))
            )
            for world in started:
                yield from world.lines()
        finally:
            for world in started:
                world.end()


def _start(number: int, seeds: Sequence[int], home: Path, environment: dict[str, str]) -> World:
    command = [sys.executable, "-m", "deployments.simulation.prefect_world"]
    folder = home / f"world-{number}"
    folder.mkdir()
    process = subprocess.Popen(
        [*command, str(number), str(folder), *map(str, seeds)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        cwd=_ROOT,
    )
    return World(number, seeds, process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Reads the command line, plays the days, and says what was violated."""
    parser = argparse.ArgumentParser(prog="python -m deployments.simulation.prefect_lab")
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1, help="of the first day; one for each day")
    parser.add_argument("--worlds", type=int, default=2, help="played at once")
    parser.add_argument("--json", action="store_true", help="one JSON line for each day")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)  # processes are ended then too
    began, results = time.monotonic(), []
    for line in run_days(options.days, options.seed, options.worlds):
        results.append(json.loads(line))
        if options.json or results[-1]["violations"]:
            print(line, flush=True)  # noqa: T201 - a program that prints its results
    bad = [result["seed"] for result in results if result["violations"]]
    kills = sum(result["kills"] for result in results)
    seconds = time.monotonic() - began
    summary = f"{len(results)} days, {kills} kills, {len(bad)} with violations, {seconds:.0f} s"
    print(summary, file=sys.stderr)  # noqa: T201
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
