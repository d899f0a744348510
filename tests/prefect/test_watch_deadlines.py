"""The watch on a real server: its flow, its command, and what it sees of Prefect itself."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.database import migrate, open_database
from models.journal import Author
from tasks.import_semester import ImportOptions, import_semester
from tests.prefect_server import PrefectServer
from tests.tasks.office import CLOCK, RIGA
from tests.tasks.small_semester import SEMESTER

pytestmark = pytest.mark.prefect

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json
from datetime import UTC, datetime, timedelta
from flows.prefect_silence import silences
found = silences(datetime.now(UTC), timedelta(minutes=15))
print(json.dumps([(one.part, one.count) for one in found]))
"""
WATCH = """
from datetime import datetime
from flows.watch_deadlines import watch_deadlines
for _ in range(2):
    state = watch_deadlines(as_of=datetime.fromisoformat("2026-12-01T07:30+02:00"), return_state=True)
    print(state.type.value, state.message)
"""


def python(program: str, api: str, **more: str) -> list[str]:
    """What a program with the product prints; Prefect's loop must not join the tests'."""
    environment = {**os.environ, "PREFECT_API_URL": api, "DO_NOT_TRACK": "1", **more}
    environment["PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL"] = "CRITICAL"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environment,
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'sac.db'}"
    engine: Engine = open_database(url)
    migrate(engine)
    import_semester(engine, SEMESTER, Author("test", "import", CLOCK), ImportOptions(RIGA))
    engine.dispose()
    return url


def test_runs_that_do_not_begin_are_seen(prefect_server: PrefectServer) -> None:
    flow = prefect_server.create("/flows/", {"name": "kavejas"})
    for minutes in (5, 20, 30):
        planned = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
        state = {"type": "SCHEDULED", "state_details": {"scheduled_time": planned}}
        prefect_server.create("/flow_runs/", {"flow_id": flow, "tags": ["sac"], "state": state})

    (line,) = python(LOOK, prefect_server.api)

    # The one that is five minutes late is no news yet; no worker was ever there to fall silent.
    assert json.loads(line) == [["late_runs", 2]]


def test_a_server_that_does_not_answer_is_seen() -> None:
    (line,) = python(LOOK, "http://127.0.0.1:9/api")

    assert json.loads(line) == [["server", 0]]


def test_the_flow_writes_once_and_says_what_waits(
    prefect_server: PrefectServer, database: str
) -> None:
    lines = python(
        WATCH,
        prefect_server.api,
        SAC_DATABASE_URL=database,
        SAC_LETTER_SECRET="s" * 32,
        SAC_SMTP__HOST="127.0.0.1",
        SAC_SMTP__PORT="9",
    )

    # The same letter still waits after the second look: nobody listens at that port.
    said = (
        "2 things to know of; letters: later 1. They stay in the outbox; the next look sends them."
    )
    assert lines == [f"FAILED {said}"] * 2
