"""`sac simulate` as a user calls it: the contract's JSON, the report, and no violation."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1200)]

_ROOT = Path(__file__).resolve().parents[2]
_SAC = [sys.executable, "-c", "from deployments.cli import main; main()", "simulate"]


def simulate(out: Path, *options: str) -> tuple[int, dict[str, Any]]:
    done = subprocess.run(
        [*_SAC, "--json", "--out", str(out), *options],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.stdout, done.stderr[-3000:]
    return done.returncode, json.loads(done.stdout)


def test_days_of_the_sample_semester_keep_every_invariant(tmp_path: Path) -> None:
    code, document = simulate(tmp_path, "--days", "3", "--seed", "1", "--faults", "0.3")

    assert document["violations"] == []
    assert code == 0
    assert [*document] == [
        "days",
        "classes",
        "letters",
        "faults",
        "questions",
        "deadlines_kept",
        "deadlines_explained",
        "violations",
        "seconds",
    ]
    assert document["deadlines_kept"] + document["deadlines_explained"] == 3 * 11
    assert document["days"] == 3
    assert min(document["classes"], document["letters"], document["faults"]) > 0
    assert json.loads((tmp_path / "report.json").read_text()) == document
    assert (tmp_path / "semester.svg").read_text().count("<title>") == 3 * 11
    assert "None." in (tmp_path / "report.md").read_text()


def test_a_semester_that_is_not_there_is_bad_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [*_SAC, "--json", "--input", str(tmp_path / "nowhere")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(_ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert json.loads(done.stdout)["error"]["code"]
    assert list(tmp_path.iterdir()) == []
