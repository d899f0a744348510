"""The data of an office as an earlier revision of the tables held it.

Before a migration is added, the revision before it is kept once:
`uv run python -m tests.models.releases 0002` runs a study day until the evening and writes
`release_0002.json` beside this file.
"""

import base64
import json
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Column, DateTime, Engine, MetaData, Table, insert, select, text

from deployments.sandbox.testing import sandbox_in_thread
from models.database import migrate, open_database
from tests.tasks.office import TELL, TestOffice, at, seed

_HERE = Path(__file__).parent
_LONGEST = 400  # bytes of a letter or mail: enough to tell one from another
_FROM_TEXT: Mapping[type, Any] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    bytes: base64.b64decode,
}


def file_of(revision: str) -> Path:
    return _HERE / f"release_{revision}.json"


def kept(revision: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, with plain JSON values."""
    found: dict[str, list[dict[str, Any]]] = json.loads(file_of(revision).read_text("utf-8"))
    return found


def fill(engine: Engine, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Puts the rows into tables as they stand in the database now."""
    with engine.begin() as connection:
        for table in tables_of(engine).sorted_tables:
            if found := rows.get(table.name):
                values = [
                    {name: _value(table.c[name], given) for name, given in row.items()}
                    for row in found
                ]
                connection.execute(insert(table), values)
                _go_on_counting(connection, table)


def read_all(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """The same of a database: what `fill` takes."""
    with engine.connect() as connection:
        return {
            table.name: [
                {name: _plain(value) for name, value in row.items()}
                for row in connection.execute(
                    select(table).order_by(*table.primary_key.columns)
                ).mappings()
            ]
            for table in tables_of(engine).sorted_tables
            if table.name != "alembic_version"
        }


def tables_of(engine: Engine) -> MetaData:
    metadata = MetaData()
    metadata.reflect(engine)
    return metadata


def _value(column: Column[Any], given: Any) -> Any:
    """A JSON value as the column takes it."""
    kind = column.type.python_type
    if given is None or kind not in _FROM_TEXT:
        return given
    value = _FROM_TEXT[kind](given)
    is_naive = isinstance(column.type, DateTime) and not column.type.timezone
    return value.replace(tzinfo=None) if is_naive else value


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value[:_LONGEST]).decode()
    if isinstance(value, datetime):
        # SQLite keeps UTC without saying so.
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def _go_on_counting(connection: Any, table: Table) -> None:
    """PostgreSQL's counters do not see numbers that were given; `pg_restore` sets them too."""
    if connection.dialect.name == "postgresql" and "id" in table.c:
        counter = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, 'id')"), {"table": table.name}
        ).scalar()
        if counter:
            highest = f"SELECT setval('{counter}', (SELECT max(id) FROM {table.name}))"
            connection.execute(text(highest))


def keep(revision: str) -> None:
    """Runs a study day until the evening, and keeps what the tables of that revision hold of it."""
    with tempfile.TemporaryDirectory() as folder, sandbox_in_thread(seed()) as sandbox:
        now, then = (
            open_database(f"sqlite:///{Path(folder, name)}.db") for name in ("now", "then")
        )
        migrate(now)
        migrate(then, revision)
        office = TestOffice(now, sandbox, Path(folder, "out"))
        office.import_()
        office.run_until(TELL)
        office.run_until(at("12-05 20:00"))
        rows, tables = read_all(now), tables_of(then).tables
        document = {
            name: [
                {key: value for key, value in row.items() if key in tables[name].c} for row in found
            ]
            for name, found in rows.items()
            if name in tables
        }
    text_of = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    file_of(revision).write_text(text_of + "\n", "utf-8")


if __name__ == "__main__":
    keep(sys.argv[1])
