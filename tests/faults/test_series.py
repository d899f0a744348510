"""Many experiments at once: one that hangs or dies is told of, and leaves no process behind."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tests.programs import eventually

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = Path(__file__).with_name("series_of_sleepers.py")


def start(folder: Path, deadline: float) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(_PROGRAM), str(folder), str(deadline)]
    return subprocess.Popen(
        command,
        cwd=_ROOT,
        env={"PYTHONPATH": str(_ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def sleepers(folder: Path) -> list[int]:
    return [int(file.stem) for file in folder.glob("*.pid")]


def are_gone(pids: Sequence[int]) -> bool:
    return not any(is_alive(pid) for pid in pids)


def is_alive(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        # A zombie waits only for whoever adopted it to look.
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def test_what_hangs_breaks_or_dies_is_a_result_and_the_others_go_on(tmp_path: Path) -> None:
    with start(tmp_path, deadline=3) as program:
        answer, _ = program.communicate(timeout=60)

    assert json.loads(answer) == [
        "1 well",
        "2 stuck: no result in 3 s",
        "3 doze: no answer in 1 s",
        "4 broken: ValueError: no such world",
        "5 broken: its process has ended",
        "6 well",
        "7 well",
        "8 well",
    ]
    assert len(sleepers(tmp_path)) == 2
    eventually(lambda: are_gone(sleepers(tmp_path)), "the children to end")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_children_end_with_whoever_started_them(tmp_path: Path, number: signal.Signals) -> None:
    with start(tmp_path, deadline=600) as program:
        eventually(lambda: len(sleepers(tmp_path)) == 2, "an experiment that hangs")
        program.send_signal(number)

    eventually(lambda: are_gone(sleepers(tmp_path)), "the children to end")
