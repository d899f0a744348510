"""Many experiments of the fault laboratory, on all processors.

    python -m deployments.simulation.lab --runs 5000 --seed 1 [--workers 2] [--json]

Exit 0 when no invariant was violated. A run is repeated by its seed: --runs 1 --seed N --verbose.
"""

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import FrameType

from deployments.simulation.laboratory import Laboratory, Result, lost
from deployments.simulation.series import Experiments
from deployments.simulation.small_day import ORDINARY_DAY

_DEADLINE_SECONDS = 180.0  # an experiment takes one on an idle machine


def _quick_folder() -> str | None:
    """Memory where there is some: a killed process needs no disk to survive a power cut."""
    shared = Path("/dev/shm")  # noqa: S108 - folders in it have names of their own
    return str(shared) if os.access(shared, os.W_OK) else None


def run_experiments(
    seeds: Sequence[int], workers: int, day: date = ORDINARY_DAY, moved_to: date | None = None
) -> Iterator[Result]:
    """Results as they come, from processes forked from a warm one."""
    with tempfile.TemporaryDirectory(dir=_quick_folder()) as name:
        laboratory = Laboratory(Path(name), day, moved_to)
        yield from Experiments(laboratory.experiment, lost, _DEADLINE_SECONDS).results(
            seeds, workers
        )


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Reads the command line, experiments, and says what was violated."""
    parser = argparse.ArgumentParser(prog="python -m deployments.simulation.lab")
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="the first seed; one for each run")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--day", type=date.fromisoformat, default=ORDINARY_DAY)
    parser.add_argument("--move-to", type=date.fromisoformat, help="move the day four days before")
    parser.add_argument("--json", action="store_true", help="one JSON line for each run")
    parser.add_argument("--verbose", action="store_true", help="tell the whole story")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)  # children and folders are cleared away then too
    seeds = range(options.seed, options.seed + options.runs)
    began, bad, kills, done = time.monotonic(), [], 0, 0
    workers = min(options.workers, options.runs)
    for result in run_experiments(seeds, workers, options.day, options.move_to):
        done, kills = done + 1, kills + result.kills
        if result.violations:
            bad.append(result.seed)
        if options.json:
            print(json.dumps(result.as_json(), ensure_ascii=False), flush=True)  # noqa: T201
        elif result.violations or options.verbose:
            _tell(result)
    seconds = time.monotonic() - began
    summary = f"{done} runs, {kills} kills, {len(bad)} with violations, {seconds:.0f} s"
    print(summary, file=sys.stderr)  # noqa: T201
    if bad:
        print(f"violated with the seeds {sorted(bad)}", file=sys.stderr)  # noqa: T201
    sys.exit(1 if bad else 0)


def _tell(result: Result) -> None:
    lines = [
        f"seed {result.seed} ({result.seconds:.1f} s): {'; '.join(result.troubles)}",
        *(f"  {line}" for line in result.story),
        *(f"  ! {one.invariant}: {one.what}" for one in result.violations),
    ]
    print("\n".join(lines), flush=True)  # noqa: T201 - a program that prints its results


if __name__ == "__main__":
    main()
