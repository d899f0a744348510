"""A program of `test_series.py`: experiments that hang, break, die, or are well.

    python series_of_sleepers.py FOLDER DEADLINE_SECONDS

Whatever is forked for the experiment that hangs leaves a file with its process id.
"""

import json
import os
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from deployments.simulation.processes import Worker, WorkerStuck, fork
from deployments.simulation.series import Experiments

HANGS, WAITS, BREAKS, DIES = 2, 3, 4, 5


def sleep_for_ever(_pipe: Connection | None = None) -> None:
    (Path(sys.argv[1]) / f"{os.getpid()}.pid").touch()
    time.sleep(600)


def wait_for_a_worker() -> str:
    worker = Worker(lambda _pipe: "state", patience_seconds=1)
    try:
        worker.call(doze)
    except WorkerStuck as stuck:
        return f"{WAITS} {stuck.where}"
    return "waited"


def doze(_state: str) -> None:
    time.sleep(600)


def experiment(seed: int) -> str:
    if seed == HANGS:
        fork(sleep_for_ever)
        sleep_for_ever()
    if seed == WAITS:
        return wait_for_a_worker()
    if seed == BREAKS:
        raise ValueError("no such world")
    if seed == DIES:
        os._exit(7)
    return f"{seed} well"


def lost(seed: int, how: str, why: str) -> str:
    return f"{seed} {how}: {why}"


def main() -> None:
    experiments = Experiments(experiment, lost, float(sys.argv[2]))
    sys.stdout.write(json.dumps(sorted(experiments.results(range(1, 9), workers=2))))


if __name__ == "__main__":
    main()
