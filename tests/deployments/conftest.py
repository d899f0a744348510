"""The command `sac` as a person or a script uses it, on an office of its own."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import PREFECT_API_URL, temporary_settings
from typer.testing import CliRunner

from deployments.cli import app
from deployments.sandbox.testing import sandbox_in_thread
from models.database import migrate, open_database
from models.journal import Author
from tasks.import_semester import ImportOptions, import_semester
from tests.tasks.office import CLOCK, RIGA, TestOffice, seed
from tests.tasks.small_semester import SEMESTER


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and how it ended."""

    exit_code: int
    out: str
    words: str

    @property
    def document(self) -> Any:
        """Standard output, which must be one JSON document and nothing else."""
        return json.loads(self.out)


Sac = Callable[..., Answer]


@pytest.fixture
def sac(monkeypatch: pytest.MonkeyPatch) -> Sac:
    """Runs a command in this process, on a screen that is wide enough for its tables."""
    monkeypatch.setenv("COLUMNS", "500")

    def run(*arguments: object) -> Answer:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def no_prefect() -> Iterator[None]:
    """Nobody has set PREFECT_API_URL."""
    with temporary_settings(restore_defaults={PREFECT_API_URL}):
        yield


@pytest.fixture
def office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_prefect: None
) -> Iterator[TestOffice]:
    """The small semester, imported; commands find it and its sandbox by their settings."""
    del no_prefect
    url = f"sqlite:///{tmp_path / 'sac.db'}"
    engine = open_database(url)
    migrate(engine)
    import_semester(engine, SEMESTER, Author("test", "import", CLOCK), ImportOptions(RIGA))
    with sandbox_in_thread(seed()) as sandbox:
        own = {"SAC_DATABASE_URL": url, "SAC_OUTPUT_DIR": str(tmp_path / "out")}
        for name, value in {**sandbox.env, **own}.items():
            monkeypatch.setenv(name, value)
        yield TestOffice(engine, sandbox, tmp_path / "out")
    engine.dispose()
