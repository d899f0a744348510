"""Twenty study days through a real Prefect server and worker, each with a kill or an outside fault.

The number of days is `SAC_PREFECT_DAYS` (20). A day that fails is repeated with
`python -m deployments.simulation.prefect_lab --days 1 --worlds 1 --seed N`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.prefect, pytest.mark.timeout(2400)]

_ROOT = Path(__file__).resolve().parents[2]
_DAYS = int(os.environ.get("SAC_PREFECT_DAYS", "20"))
_PATIENCE_SECONDS = 900 + 600 * _DAYS  # it gives up by itself before that


def test_no_fault_violates_an_invariant_through_prefect() -> None:
    command = [sys.executable, "-m", "deployments.simulation.prefect_lab", "--json"]
    with subprocess.Popen(
        [*command, "--days", str(_DAYS), "--seed", "1"],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as lab:
        try:
            answer, told = lab.communicate(timeout=_PATIENCE_SECONDS)
        finally:
            lab.terminate()  # it ends its server, worlds and workers

    results = [json.loads(line) for line in answer.splitlines()]
    violated = {result["seed"]: result["violations"] for result in results if result["violations"]}
    assert violated == {}, told[-3000:]
    assert len(results) == _DAYS
    # Days on which nothing went wrong would prove nothing. Outside faults leave no failed run where
    # the task's own retry healed them, so they are counted as ordered.
    assert sum(result["kills"] for result in results) >= _DAYS // 7
    troubles = [words for result in results for words in result["troubles"]]
    assert any(not words.startswith("kill -9") for words in troubles)
