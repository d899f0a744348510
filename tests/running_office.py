"""An office as it really runs: `sac up` with its server and worker, in front of the sandbox.

The semester lies so far ahead that no deadline comes while a test runs: what is due is said by the
test, in the field `as_of` of a run, and the clock of the machine decides nothing.
"""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import requests

from deployments.sandbox.testing import RunningSandbox, sandbox_in_thread
from deployments.sandbox_seed import sandbox_seed
from models.database import migrate, open_database
from models.journal import Author
from rules.timetable import Semester
from tasks.import_semester import ImportOptions, import_semester
from tests.mail_gate import MailGate
from tests.programs import HOST, eventually, free_port, running
from tests.tasks.office import RIGA
from tests.tasks.small_semester import DUTY, LECTURERS, OFFICE, SEMESTER, STAFF, STUDENTS, TIMETABLE

DAY = date(2099, 12, 5)  # a Saturday, as in the small semester
# Everybody has had one letter.
EVERYBODY = {person.key: 1 for person in (*LECTURERS, *STUDENTS)}
CLOCK = datetime(2099, 11, 1, 8, 0, tzinfo=RIGA)


def at(moment: str) -> datetime:
    """A local moment: `12-01 09:00` of the year in which the office works."""
    return datetime.strptime(f"{DAY.year}-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=RIGA)


def far_semester() -> Semester:
    """The small semester on that day."""
    return replace(
        SEMESTER,
        timetable=tuple(replace(row, day=DAY) for row in TIMETABLE),
        duty=tuple(replace(duty, day=DAY) for duty in DUTY),
    )


@dataclass(frozen=True, slots=True)
class RunningOffice:
    """Where everything is, and what can be seen of it from outside."""

    ui: str
    folder: Path
    sandbox: RunningSandbox
    mail: MailGate
    environment: Mapping[str, str]

    @property
    def api(self) -> str:
        return f"{self.ui}/api"

    def ask(self, path: str, body: Mapping[str, object]) -> Any:
        """Prefect's API as a client without our code would use it."""
        answer = requests.post(f"{self.api}{path}", json=dict(body), timeout=60)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    def runs(self, **wanted: Mapping[str, object]) -> list[dict[str, Any]]:
        """Runs by a filter of Prefect's: `name={"any_": [...]}`."""
        found: list[dict[str, Any]] = self.ask(
            "/flow_runs/filter", {"flow_runs": wanted, "sort": "EXPECTED_START_TIME_ASC"}
        )
        return found

    def letters(self) -> dict[str, int]:
        return letters_in(self.sandbox)


def letters_in(sandbox: RunningSandbox) -> dict[str, int]:
    """How many letters each lecturer and student has got."""
    inside = {OFFICE, *(member.email for member in STAFF)}
    return {
        address.partition("@")[0]: len(found)
        for address, found in sandbox.state("letters")["letters"].items()
        if address not in inside and "+" not in address
    }


@contextmanager
def office_world(
    folder: Path, semester: Semester | None = None, database: str = ""
) -> Iterator[tuple[RunningSandbox, MailGate, dict[str, str]]]:
    """A sandbox, a gate before its mail server, and the settings of an office that uses them.

    By default with the far semester on SQLite.
    """
    imported = semester or far_semester()
    url = database or f"sqlite:///{folder / 'sac.db'}"
    engine = open_database(url)
    migrate(engine)
    import_semester(engine, imported, Author("test", "import", CLOCK), ImportOptions(RIGA))
    engine.dispose()
    seed = sandbox_seed(imported, OFFICE, CLOCK)
    for person in seed["lecturers"]:
        person["habit"] = "form"
    with sandbox_in_thread({**seed, "late_share": 0}) as sandbox:
        gate = MailGate(int(sandbox.env["SAC_SMTP__PORT"]))
        try:
            own = {
                "SAC_DATABASE_URL": url,
                "SAC_OUTPUT_DIR": str(folder / "out"),
                "SAC_STEP_RETRY_SECONDS": "[]",
                "SAC_SMTP__PORT": str(gate.port),
                # One after another, so that a test knows which letters went before the gate shut.
                "SAC_SMTP__CONNECTIONS": "1",
                # A busy machine starts a run late.
                "PREFECT_RUNNER_POLL_FREQUENCY": "1",
                "PREFECT_WORKER_QUERY_SECONDS": "1",
            }
            yield sandbox, gate, {**sandbox.env, **own}
        finally:
            gate.close()


@contextmanager
def running_office(folder: Path) -> Iterator[RunningOffice]:
    """`sac up` on a free port while the block runs, with everything in `folder`."""
    with office_world(folder) as (sandbox, gate, own):
        port = free_port()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT", "SAC"))}
        environment |= own
        command = [sys.executable, "-c", "from deployments.cli import main; main()", "up"]
        command += ["--port", str(port), "--home", str(folder / "prefect")]
        log = folder / "up.log"
        with running(command, port, log, environment, end_with=signal.SIGINT):
            eventually(lambda: "Stop with Ctrl-C" in log.read_text(), f"sac up; see {log}")
            api = f"http://{HOST}:{port}/api"
            environment["PREFECT_API_URL"] = api
            yield RunningOffice(f"http://{HOST}:{port}", folder, sandbox, gate, environment)
