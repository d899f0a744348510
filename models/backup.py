"""A whole SQLite database in one file, and back. PostgreSQL has `pg_dump` (docs/administration.md).

The copy is made through SQLite's online backup: writers go on, and the copy is of one moment.
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, update
from sqlmodel import col

from models.database import migrate, writing
from models.letter import Letter, LetterState


class BackupRefused(ValueError):
    """A backup that cannot be made or taken back; says why. Nothing has been changed."""


def back_up(engine: Engine, target: Path) -> int:
    """Writes the database to `target`, which only its owner can read; returns its size in bytes.

    The copy is checked before it gets its name: a file that exists is whole.
    """
    if target.exists():
        raise BackupRefused(f"{target} exists already. Choose another name.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    try:
        _copy(_file_of(engine), unfinished)
        _check(unfinished)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def restore(engine: Engine, source: Path, aside: Path, now: datetime) -> int:
    """Puts the backup in the database's place, after keeping the present one as `aside`.

    Letters that waited in the backup may have gone out since. They count as doubtful, so that each
    is looked up among the office's copies before it is sent; returns how many there are.
    """
    if not source.is_file():
        raise BackupRefused(f"There is no file {source}.")
    _check(source)
    present = _file_of(engine)
    if present.exists():
        back_up(engine, aside)
    engine.dispose()
    _copy(source, present)
    migrate(engine)
    with writing(engine) as session:
        doubtful = session.execute(
            update(Letter)
            .where(col(Letter.state) == LetterState.QUEUED)
            .values(state=LetterState.SENDING, claimed_at=now)
        )
        return int(getattr(doubtful, "rowcount", 0))


def _file_of(engine: Engine) -> Path:
    if engine.dialect.name != "sqlite" or not engine.url.database:
        raise BackupRefused(
            "This is for SQLite. PostgreSQL: pg_dump --format=custom, pg_restore "
            "(docs/administration.md)."
        )
    return Path(engine.url.database)


def _copy(source: Path, target: Path) -> None:
    with closing(_open(source)) as from_it, closing(_open(target)) as to_it:
        from_it.backup(to_it)


def _check(file: Path) -> None:
    """Raises BackupRefused unless the file is a whole database of ours."""
    try:
        with closing(_open(file)) as database:
            (verdict,) = database.execute("PRAGMA integrity_check").fetchone()
            database.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"{file} is no backup of this product: {error}.") from error
    if verdict != "ok":
        raise BackupRefused(f"{file} is damaged: {verdict}.")


def _open(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(file, timeout=30)
