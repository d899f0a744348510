"""The coordinators' handbook is tried as it is written: every command of it, in its order."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
import time_machine

from deployments.sample import SAMPLE
from deployments.sandbox.testing import RunningSandbox, sandbox_in_thread
from deployments.sandbox_seed import sandbox_seed
from integrations.services import assemble
from integrations.spreadsheet import read_sheets
from models.database import reading
from models.study_day import online_classes
from rules.semester import parse_semester
from tests.deployments.conftest import Sac
from tests.tasks.office import RIGA, at

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "rokasgramata.md"
DAY = date(2026, 12, 5)
EXAMPLE = "3f2a9c01b7d4"  # stands for a class's number
# Some weeks before the day everything is imported; a reminder has gone out when a letter is sought.
IMPORTED = datetime(2026, 9, 1, 9, 0, tzinfo=RIGA)
JOBS = {
    "sac import semestris",
    "sac day show",
    "sac class cancel",
    "sac day run",
    "sac letter resend",
    "sac letter list",
    "sac day move",
    "sac day done",
    "sac mail find",
}


def commands() -> list[str]:
    """What stands in the handbook's console blocks, line by line."""
    blocks = re.findall(r"```console\n(.*?)```", HANDBOOK.read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.fixture
def sandbox(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_prefect: None
) -> Iterator[RunningSandbox]:
    """An empty office whose folder holds the sample as `semestris`."""
    del no_prefect
    shutil.copytree(SAMPLE, tmp_path / "semestris")
    monkeypatch.chdir(tmp_path)
    semester, _ = parse_semester(read_sheets(SAMPLE))
    assert semester is not None
    with sandbox_in_thread(sandbox_seed(semester, "sac@augstskola.example", IMPORTED)) as sandbox:
        own = {"SAC_DATABASE_URL": f"sqlite:///{tmp_path / 'sac.db'}"}
        for name, value in {**sandbox.env, **own, "SAC_OUTPUT_DIR": str(tmp_path / "out")}.items():
            monkeypatch.setenv(name, value)
        yield sandbox


def a_class() -> str:
    with reading(assemble().engine) as session:
        return online_classes(session, DAY)[0].id


def test_every_command_of_the_handbook_works_as_written(sac: Sac, sandbox: RunningSandbox) -> None:
    done: list[str] = []
    with time_machine.travel(IMPORTED, tick=True) as clock:
        for line in commands():
            if line.startswith("sac day list"):
                clock.move_to(at("12-01 10:00"))
                sandbox.move_clock(at("12-01 10:00"))
                sac("day", "run", DAY)
            given = line.replace(EXAMPLE, a_class()) if EXAMPLE in line else line
            answer = sac(*shlex.split(given)[1:])
            assert (line, answer.exit_code) == (line, 0), answer.out + answer.words
            done.append(" ".join(line.split()[:3]))

    assert len(done) == len(commands())
    assert set(done) >= JOBS
