"""The database: engine, transactions, column types, migrations. SQLite (WAL) or PostgreSQL by URL."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

from alembic import command
from alembic.config import Config
from sqlalchemy import JSON, DateTime, Engine, String, create_engine, event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Dialect, ExceptionContext, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Session, SQLModel

_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITES = "sac_writes"

# Constraints with names of their own can be changed by a later migration on both databases.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC on both databases; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonData(TypeDecorator[Any]):
    """Plain JSON data; JSONB on PostgreSQL, the same Python values on both databases."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else JSON())


class StoredEnum(TypeDecorator[StrEnum]):
    """The base of `stored`: kept as the value's text, so that a new value needs no migration."""

    impl = String
    cache_ok = True
    enum: type[StrEnum] = StrEnum

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else str(self.enum(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        del dialect
        return None if value is None else self.enum(value)


def stored(enum: type[StrEnum]) -> type[StoredEnum]:
    """The column type of that enumeration."""
    return type(f"Stored{enum.__name__}", (StoredEnum,), {"enum": enum, "cache_ok": True})


def open_database(url: str) -> Engine:
    """An engine for that URL. SQLite gets WAL, foreign keys, and full synchronisation.

    Full, because the outbox must not forget a letter that an SMTP server has already accepted.
    """
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite"):
        return create_engine(parsed, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": 30})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", _let_go)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    # We emit BEGIN ourselves: sqlite3's own transactions start too late to hold a snapshot.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes its lock at once; upgrading later can fail half-way.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _let_go(context: ExceptionContext) -> None:
    """Closes a connection whose commit has failed; SQLAlchemy would put it back as it is.

    Its transaction would be open still: it would keep everybody from writing, and refuse to begin.
    """
    if context.statement is None:  # commit and rollback have none
        context.is_disconnect = True


class DatabaseUnavailable(Exception):
    """The database is locked by somebody else, or away; what was to be written was not."""

    def __init__(self, error: OperationalError) -> None:
        super().__init__(
            f"The database is busy or cannot be reached ({error.orig}). Nothing is lost: run again "
            "in a minute. If it stays so, see SAC_DATABASE_URL, and whether another program keeps "
            "the database locked."
        )


@contextmanager
def available() -> Iterator[None]:
    """Says DatabaseUnavailable where the database's driver says that it is busy or away."""
    try:
        yield
    except OperationalError as error:
        raise DatabaseUnavailable(error) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session for looking only; nothing that is changed in it is kept."""
    with available(), Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One short transaction: committed at the end, rolled back on any exception.

    Raises DatabaseUnavailable when somebody else keeps the database locked, or it is away.

    Never hold it while talking to the outside.
    """
    options = engine.execution_options(**{_WRITES: True})
    with available(), Session(cast("Engine", options), expire_on_commit=False) as session:
        yield session
        session.commit()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings the tables to `revision`, creating them on an empty database."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), revision)


def draft_migration(url: str, message: str) -> None:
    """Writes a new migration from the difference between the database at `url` and the tables."""
    with open_database(url).connect() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def missing_migrations(engine: Engine) -> None:
    """Raises alembic's error when the tables of the code and of the migrations differ."""
    with engine.connect() as connection:
        command.check(_config(connection))
