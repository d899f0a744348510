"""A worker is killed in the middle of its letters, a server in the middle of a run: the day goes on.

Server and worker are processes of their own, as systemd starts them, and are killed by SIGKILL.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.demo_run import ROOT
from tests.machines import PATIENCE, Machines, machines_in
from tests.programs import eventually
from tests.running_office import DAY, EVERYBODY, at, letters_in

# The turn of a run that was killed ends by itself after two minutes; nothing hurries it here.
pytestmark = [pytest.mark.faults, pytest.mark.prefect, pytest.mark.timeout(1800)]

# What `sac alerts` sees twenty minutes after a worker has fallen silent.
LATER = """
from datetime import UTC, datetime, timedelta
from flows.prefect_silence import silences
from integrations.services import assemble
from tasks.alerts import notices, queue_notices
from tasks.context import StepContext
from tasks.send_alerts import send_alerts

now = datetime.now(UTC)
context = StepContext(assemble(), now.date(), now)
silent = silences(now + timedelta(minutes=20), timedelta(minutes=15))
queue_notices(context, notices(context, silent))
print(send_alerts(context))
"""


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    with machines_in(tmp_path) as found:
        yield found


def kill(part: subprocess.Popen[bytes]) -> None:
    """The part and everything that it has started, as a power cut would.

    A worker's runs lead groups of their own: killed without them, a worker leaves them at work.
    """
    listed = subprocess.run(
        ["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = dict(map(int, line.split()) for line in listed.splitlines())
    doomed = {part.pid}
    while grown := {pid for pid, parent in parents.items() if parent in doomed} - doomed:
        doomed |= grown
    for pid in doomed:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    part.wait()


def test_the_day_completes_after_a_worker_and_a_server_were_killed(machines: Machines) -> None:
    with machines.server() as server:
        machines.deploy()
        with machines.worker() as worker:
            kill_in_the_middle_of_letters(machines, worker)
        with machines.worker():
            mend_the_letters(machines)
            kill_in_the_middle_of_a_run(machines, server)
            with machines.server():
                mend_the_run(machines)
    finish_by_hand(machines)


def kill_in_the_middle_of_letters(machines: Machines, worker: subprocess.Popen[bytes]) -> None:
    machines.mail.hold_after(2)
    machines.sandbox.move_clock(at("12-01 09:05"))
    run = machines.ask_for_run(at("12-01 09:05"), "the letters")
    eventually(lambda: len(letters_in(machines.sandbox)) == 2, "two letters", patience=PATIENCE)
    kill(worker)
    machines.mail.let_pass()

    assert machines.state(run)[0] == "RUNNING"  # Prefect does not know better
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LATER],
        env={**os.environ, **machines.environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "'sent': 1" in told.stdout, told.stdout + told.stderr
    assert machines.subjects("dace") == ["Nestrādā neviens izpildītājs (worker)"]
    assert len(letters_in(machines.sandbox)) == 2


def mend_the_letters(machines: Machines) -> None:
    """Nobody knows of the letters that were claimed: they are looked for, and people decide."""
    eventually(machines.is_free, "the end of the killed run's turn", patience=PATIENCE)
    machines.await_end(machines.ask_for_run(at("12-01 09:20"), "after the kill"))
    questions = machines.day(at("12-01 09:20"))["questions"]
    assert [one["text"].endswith("Sūtīt vēlreiz?") for one in questions] == [True] * 3
    for one in questions:
        machines.sac("answer", str(one["id"]), "--value", "send_again", "--by", "dace")
    run = machines.ask_for_run(at("12-01 09:25"), "answered")

    assert machines.await_end(run)[0] == "COMPLETED"
    assert letters_in(machines.sandbox) == EVERYBODY


def kill_in_the_middle_of_a_run(machines: Machines, server: subprocess.Popen[bytes]) -> None:
    machines.sandbox.move_clock(at("12-02 09:05"))
    machines.sandbox.forget_requests()
    machines.sandbox.fault("moodle", "slow", seconds=10, times=2)
    machines.ask_for_run(at("12-02 09:05"), "the LMS")
    eventually(machines.sandbox.requests, "the first request to Moodle", patience=PATIENCE)
    kill(server)

    told = machines.subjects("dace")
    machines.sac("alerts")
    assert [one for one in machines.subjects("dace") if one not in told] == [
        "Prefect serveris neatbild"
    ]


def mend_the_run(machines: Machines) -> None:
    """The run that lost its server ends its steps all the same; another finds nothing to do."""
    eventually(machines.is_free, "the end of the lost run's turn", patience=PATIENCE)
    run = machines.ask_for_run(at("12-02 09:20"), "after the server")

    assert machines.await_end(run)[0] == "COMPLETED"
    moodle = machines.sandbox.state("moodle")["moodle"]
    assert (len(moodle["discussions"]), len(moodle["events"])) == (1, 6)
    assert letters_in(machines.sandbox) == EVERYBODY


def finish_by_hand(machines: Machines) -> None:
    """The rest of the day without Prefect: the records are the same."""
    for moment in ("12-04 09:05", "12-05 09:06", "12-05 12:51", "12-05 19:00", "12-08 09:05"):
        machines.sandbox.move_clock(at(moment))
        machines.sac("day", "run", str(DAY), "--as-of", at(moment).isoformat())
        for one in machines.day(at(moment))["questions"]:
            machines.sac("answer", str(one["id"]), "--value", one["guess"], "--by", "dace")

    assert machines.states(at("12-08 12:00")) == dict.fromkeys(range(1, 12), "done")
    assert {**letters_in(machines.sandbox)} == EVERYBODY
