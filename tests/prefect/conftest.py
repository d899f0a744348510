"""An office whose flows run in this process, against the session's Prefect server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect.settings import (
    PREFECT_API_URL,
    PREFECT_LOGGING_TO_API_ENABLED,
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE,
    temporary_settings,
)

from deployments.sandbox.testing import sandbox_in_thread
from models.database import migrate, open_database
from models.journal import Author
from tasks.import_semester import ImportOptions, import_semester
from tests.prefect_server import PrefectServer
from tests.tasks.office import CLOCK, RIGA, TestOffice, seed
from tests.tasks.small_semester import SEMESTER


@pytest.fixture
def prefect_api(prefect_server: PrefectServer) -> Iterator[PrefectServer]:
    """This process's Prefect client talks to the session's server."""
    settings = {
        PREFECT_API_URL: prefect_server.api,
        PREFECT_SERVER_ALLOW_EPHEMERAL_MODE: False,
        # Logs are sent in the background, and would look for the server after its end.
        PREFECT_LOGGING_TO_API_ENABLED: False,
    }
    with temporary_settings(settings):
        yield prefect_server


@pytest.fixture
def office(
    prefect_api: PrefectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TestOffice]:
    """The small semester, imported; the flows find it and its sandbox by their settings."""
    del prefect_api
    url = f"sqlite:///{tmp_path / 'sac.db'}"
    engine = open_database(url)
    migrate(engine)
    import_semester(engine, SEMESTER, Author("test", "import", CLOCK), ImportOptions(RIGA))
    with sandbox_in_thread(seed()) as sandbox:
        own = {
            "SAC_DATABASE_URL": url,
            "SAC_OUTPUT_DIR": str(tmp_path / "out"),
            "SAC_STEP_RETRY_SECONDS": "[]",
        }
        for name, value in {**sandbox.env, **own}.items():
            monkeypatch.setenv(name, value)
        yield TestOffice(engine, sandbox, tmp_path / "out")
    engine.dispose()
