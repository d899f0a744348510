"""Study days on which clocks change or nobody works, through the fault laboratory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.faults

_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    "day",
    [
        "2026-10-25",  # clocks go back at four in the morning
        "2027-03-28",  # clocks go forward at three
        "2026-11-18",  # a holiday in the middle of a week
        "2026-12-28",  # every deadline falls into Christmas
        "2028-02-29",
    ],
)
def test_a_day_unlike_others_is_run_like_others(day: str) -> None:
    assert _violations("--day", day) == {}


def test_a_day_moved_across_the_change_of_clocks_keeps_its_hours() -> None:
    assert _violations("--day", "2026-10-24", "--move-to", "2026-10-31") == {}


def _violations(*options: str) -> dict[int, Any]:
    command = [sys.executable, "-m", "deployments.simulation.lab", "--runs", "4", "--json"]
    done = subprocess.run(
        [*command, *options], cwd=_ROOT, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode in {0, 1}, done.stderr[-3000:]
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(runs) == 4
    return {run["seed"]: run["violations"] for run in runs if run["violations"]}
