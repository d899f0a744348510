"""Migrations, transactions and column types, on SQLite and PostgreSQL alike."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import StatementError
from sqlmodel import select

from models.database import migrate, missing_migrations, reading, writing
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
