"""Migrations, transactions and column types, on SQLite and PostgreSQL alike."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import StatementError
from sqlmodel import select

from models.database import (
    DatabaseUnavailable,
    migrate,
    missing_migrations,
    open_database,
    reading,
    writing,
)
from models.journal import Author, JournalEntry, entries, write
from models.study_day import StudyDay

MOMENT = datetime(2026, 12, 5, 9, 0, tzinfo=ZoneInfo("Europe/Riga"))
AUTHOR = Author("sac", "a run", MOMENT)


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    missing_migrations(engine)


def test_migrating_twice_and_back_leaves_nothing_behind(empty_engine: Engine) -> None:
    migrate(empty_engine)
    migrate(empty_engine)

    with writing(empty_engine) as session:
        session.add(StudyDay(day=date(2026, 12, 5)))
    with reading(empty_engine) as session:
        assert session.exec(select(StudyDay.day)).all() == [date(2026, 12, 5)]


def test_a_moment_comes_back_as_the_same_moment_in_utc(engine: Engine) -> None:
    with writing(engine) as session:
        write(session, AUTHOR, "made", "plan", day=date(2026, 12, 5), number=3)

    with reading(engine) as session:
        (entry,) = entries(session, date(2026, 12, 5))
        assert (entry.at, entry.at.tzinfo, entry.details) == (MOMENT, UTC, {"number": 3})


def test_a_naive_moment_is_refused(engine: Engine) -> None:
    naive = Author("sac", "a run", datetime(2026, 12, 5, 9, 0))  # noqa: DTZ001 - the point
    with pytest.raises((StatementError, ValueError)), writing(engine) as session:
        write(session, naive, "made", "plan")


def test_a_failed_transaction_leaves_nothing(engine: Engine) -> None:
    def interrupted() -> None:
        with writing(engine) as session:
            write(session, AUTHOR, "made", "plan")
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    with reading(engine) as session:
        assert session.exec(select(JournalEntry)).all() == []


class Away(sqlite3.Connection):
    """A connection whose commit fails while its disk is away."""

    is_away = False

    def commit(self) -> None:
        if Away.is_away:
            raise sqlite3.OperationalError("disk I/O error")
        super().commit()


def test_a_commit_that_failed_keeps_nobody_from_writing_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'sac.db'}")
    event.listen(engine, "do_connect", lambda *given: given[3].update(factory=Away))
    migrate(engine)

    monkeypatch.setattr(Away, "is_away", True)
    with pytest.raises(DatabaseUnavailable, match="disk I/O error"), writing(engine) as session:
        session.add(StudyDay(day=date(2026, 12, 5)))
    monkeypatch.setattr(Away, "is_away", False)

    # Another process, and then our own connection.
    with sqlite3.connect(tmp_path / "sac.db", timeout=0) as other:
        other.execute("BEGIN IMMEDIATE")
        other.rollback()
    other.close()
    with writing(engine) as session:
        session.add(StudyDay(day=date(2026, 12, 12)))
    with reading(engine) as session:
        assert session.exec(select(StudyDay.day)).all() == [date(2026, 12, 12)]
    engine.dispose()
