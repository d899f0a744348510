"""A new office for every test: its database copied from one that was migrated and imported once."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from deployments.sandbox.testing import sandbox_in_thread
from models.database import migrate, open_database
from models.journal import Author
from rules.timetable import Semester
from tasks.import_semester import ImportOptions, import_semester
from tests.tasks.office import CLOCK, RIGA, TestOffice, seed
from tests.tasks.small_semester import SEMESTER

OpenOffice = Callable[..., TestOffice]


@pytest.fixture(scope="session")
def imported_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds the small semester."""
    file = tmp_path_factory.mktemp("semester") / "sac.db"
    engine = open_database(f"sqlite:///{file}")
    migrate(engine)
    import_semester(engine, SEMESTER, Author("test", "import", CLOCK), ImportOptions(RIGA))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


def _hurry(connection: Any, _record: object) -> None:
    """No test loses its power supply."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def open_office(tmp_path: Path, imported_database: Path) -> Iterator[OpenOffice]:
    """Opens an office with a seed, an engine or settings of the test's own."""
    with ExitStack() as stack:

        def open_it(
            semester: Semester | None = None,
            engine: Engine | None = None,
            world: dict[str, Any] | None = None,
            **more: Any,
        ) -> TestOffice:
            if engine is None:
                shutil.copy(imported_database, tmp_path / "sac.db")
                engine = open_database(f"sqlite:///{tmp_path / 'sac.db'}")
                event.listen(engine, "connect", _hurry)
                stack.callback(engine.dispose)
            document = seed(semester or SEMESTER, **(world or {}))
            sandbox = stack.enter_context(sandbox_in_thread(document))
            office = TestOffice(engine, sandbox, tmp_path / "out", more=more)
            if semester is not None:
                office.import_(semester)
            return office

        yield open_it


@pytest.fixture
def office(open_office: OpenOffice) -> TestOffice:
    """The small semester, imported; nothing has been run."""
    return open_office()


@pytest.fixture
def any_office(open_office: OpenOffice, engine: Engine) -> TestOffice:
    """The same on SQLite and on PostgreSQL."""
    opened = open_office(engine=engine)
    opened.import_()
    return opened
