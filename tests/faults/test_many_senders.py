"""Four workers on PostgreSQL send two thousand letters while one is killed twice: each goes once."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlmodel import col, select

from deployments.sandbox.testing import RunningSandbox, running_sandbox
from integrations.services import assemble
from integrations.settings import Settings
from models.database import migrate, open_database, reading, writing
from models.letter import Letter, LetterKind, LetterState
from models.people import StaffRecord
from models.question import open_questions
from models.study_day import StudyDay
from rules.people import Role
from tasks.answer_question import answer_question
from tasks.context import StepContext
from tests.programs import eventually

pytestmark = pytest.mark.faults

_ROOT = Path(__file__).resolve().parents[2]
_DAY = date(2026, 12, 5)
_NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)
_LETTERS = int(os.environ.get("SAC_MANY_LETTERS", "2000"))
_WORKERS = 4


@pytest.fixture
def database(postgresql_url: str) -> Iterator[Engine]:
    admin = open_database(postgresql_url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE many_senders"))
    url = make_url(postgresql_url).set(database="many_senders")
    engine = open_database(url.render_as_string(hide_password=False))
    migrate(engine)
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE many_senders WITH (FORCE)"))
    admin.dispose()


def test_each_letter_is_sent_once_though_workers_die(database: Engine, tmp_path: Path) -> None:
    with running_sandbox({"clock": _NOW.isoformat()}) as sandbox:
        _queue(database)
        env = _environment(sandbox, database, tmp_path)
        workers = [_worker(env, _NOW) for _ in range(_WORKERS - 1)]
        for share in (0.2, 0.5):
            victim = _worker(env, _NOW)
            eventually(lambda s=share: _accepted(sandbox) >= s * _LETTERS, "letters to be accepted")
            victim.send_signal(signal.SIGKILL)
            victim.wait()
        assert [worker.wait(600) for worker in (*workers, _worker(env, _NOW))] == [0] * _WORKERS
        doubtful = _states(database).get(LetterState.SENDING, 0)
        # Later, what the dead left behind is looked up among the office's own copies.
        for hours in (1, 2):
            assert _worker(env, _NOW + timedelta(hours=hours)).wait(600) == 0
            _answer(env)
        assert _worker(env, _NOW + timedelta(hours=3)).wait(600) == 0

        assert 0 < doubtful <= 80
        assert _states(database) == {LetterState.SENT: _LETTERS}
        letters = sandbox.state("letters")["letters"]
        received = {address: len(items) for address, items in letters.items() if "+" not in address}
        assert received == {f"st-{number}@augstskola.example": 1 for number in range(_LETTERS)}


def _queue(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(StudyDay(day=_DAY))
        session.add(
            StaffRecord(
                key="koord1",
                name="Līga Priede",
                email="liga.priede@augstskola.example",
                role=Role.COORDINATOR,
            )
        )
        session.flush()
        session.add_all(_letter(number) for number in range(_LETTERS))


def _letter(number: int) -> Letter:
    address = f"st-{number}@augstskola.example"
    identity = f"<sac.many{number:012d}@augstskola.example>"
    content = f"From: sac@augstskola.example\r\nTo: {address}\r\nMessage-ID: {identity}\r\n\r\nLabdien!\r\n"
    return Letter(
        day=_DAY,
        kind=LetterKind.STUDENT,
        person=f"ST-{number}",
        email=address,
        sequence=0,
        variant="first",
        subject="Studiju diena",
        content_hash=str(number),
        facts=[],
        message_id=identity,
        token=f"many{number:012d}",
        content=content.encode(),
        queued_at=_NOW,
    )


def _environment(sandbox: RunningSandbox, engine: Engine, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        **sandbox.env,
        "SAC_DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "SAC_OUTPUT_DIR": str(tmp_path),
    }


def _worker(env: dict[str, str], now: datetime) -> subprocess.Popen[bytes]:
    script = Path(__file__).with_name("send_waiting_letters.py")
    return subprocess.Popen(
        [sys.executable, str(script), str(_DAY), now.isoformat()], cwd=_ROOT, env=env
    )


def _accepted(sandbox: RunningSandbox) -> int:
    return len(sandbox.state("letters")["letters"].get("sac+sent@augstskola.example", []))


def _states(engine: Engine) -> dict[LetterState, int]:
    with reading(engine) as session:
        states = session.exec(select(col(Letter.state))).all()
    return dict(Counter(states))


def _answer(env: dict[str, str]) -> None:
    """The coordinator has every letter sent again of which there is no proof."""
    services = assemble(Settings(database_url=env["SAC_DATABASE_URL"]))
    context = StepContext(services, _DAY, _NOW + timedelta(hours=1))
    with reading(services.engine) as session:
        numbers = [question.id or 0 for question in open_questions(session, _DAY)]
    for number in numbers:
        answer_question(context, number, "send_again", "koord1")
    services.engine.dispose()
