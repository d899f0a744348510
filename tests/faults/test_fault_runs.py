"""Hundreds of small study days, each with a kill or an outside fault: no invariant is violated.

The number of runs is `SAC_FAULT_RUNS` (500). A run that fails is repeated with
`python -m deployments.simulation.lab --runs 1 --seed N --verbose`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.faults

_ROOT = Path(__file__).resolve().parents[2]
_BLOCKS = 10
_RUNS = max(_BLOCKS, int(os.environ.get("SAC_FAULT_RUNS", "500"))) // _BLOCKS


@pytest.mark.parametrize("block", range(_BLOCKS))
def test_no_fault_violates_an_invariant(block: int) -> None:
    results = _experiment(_RUNS, first=1 + block * _RUNS)

    violated = {run["seed"]: run["violations"] for run in results if run["violations"]}
    assert violated == {}
    assert len(results) == _RUNS
    # Runs in which nothing went wrong would prove nothing.
    assert any(run["kills"] for run in results)
    assert any(run["failures"] > run["kills"] for run in results)


def _experiment(runs: int, first: int) -> list[dict[str, Any]]:
    # In a process of its own: the laboratory forks, and pytest may have threads.
    command = [sys.executable, "-m", "deployments.simulation.lab", "--json"]
    numbers = ["--runs", str(runs), "--seed", str(first)]
    # It tells of a run that hangs as "stuck"; more than these minutes only itself could hang.
    done = subprocess.run(
        [*command, *numbers],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600 + 60 * runs,
    )
    assert done.returncode in {0, 1}, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
