"""Turns at a study day: one run at a time works on it, whoever started it and with what.

A turn dies with the process that holds it, so that a run that was killed holds nobody up. Claims on
letters are in `models/letter.py`.
"""

import fcntl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from pathlib import Path

from sqlalchemy import Engine, func, select

from models.database import available

_OURS = 0x5AC  # sets our advisory locks apart from those of other programs in the database


class DayBusy(Exception):
    """Another run is at work on the day; this one has done nothing."""

    def __init__(self, day: date) -> None:
        super().__init__(
            f"Another run of {day} is at work, so this one has done nothing. Run again when it has "
            "ended: only what is left will be done."
        )


def turn_of(engine: Engine, day: date) -> AbstractContextManager[None]:
    """Holds the day's turn while the block runs. Raises DayBusy at once when somebody else has it."""
    if engine.dialect.name == "postgresql":
        return _advisory_lock(engine, day)
    if engine.url.database in {None, "", ":memory:"}:
        return nullcontext()  # no other process can see it
    return _file_lock(Path(f"{engine.url.database}.turns") / day.isoformat(), day)


@contextmanager
def _file_lock(file: Path, day: date) -> Iterator[None]:
    """SQLite: a lock on a small file beside the database; the files stay, one for each day."""
    file.parent.mkdir(exist_ok=True)
    with file.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DayBusy(day) from None
        yield


@contextmanager
def _advisory_lock(engine: Engine, day: date) -> Iterator[None]:
    """PostgreSQL: a lock of a session of its own, outside all transactions."""
    key = (_OURS, day.toordinal())
    session = engine.execution_options(isolation_level="AUTOCOMMIT")
    with available():
        connection = session.connect()
    with connection:
        with available():
            has_turn = connection.scalar(select(func.pg_try_advisory_lock(*key)))
        if not has_turn:
            raise DayBusy(day)
        try:
            yield
        finally:
            # The connection goes back to the pool and would keep the lock.
            with available():
                connection.execute(select(func.pg_advisory_unlock(*key)))
