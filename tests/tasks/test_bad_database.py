"""A database that somebody else keeps locked, and runs that meet: said in words, healed by the next."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from models.database import DatabaseUnavailable, writing
from models.journal import Author, write
from rules.process import Step, StepState
from tasks.run_steps import Runner, perform_step, run_day
from tests.tasks.office import PLAN, TELL, TestOffice, at

WORDS = (
    "The database is busy or cannot be reached (database is locked). Nothing is lost: run again in "
    "a minute. If it stays so, see SAC_DATABASE_URL, and whether another program keeps the database "
    "locked."
)


def impatient(engine: Engine) -> None:
    def configure(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=20")

    event.listen(engine, "connect", configure)
    engine.dispose()


@contextmanager
def locked(engine: Engine) -> Iterator[None]:
    with engine.connect().execution_options(sac_writes=True) as connection:
        connection.execute(text("SELECT 1"))
        yield


def test_a_locked_database_fails_the_steps_in_words(office: TestOffice) -> None:
    impatient(office.engine)
    office.move(PLAN)

    with locked(office.engine):
        outcomes = {one.step: one for one in run_day(office.context())}

    assert (outcomes[Step.PREPARE_PLAN].state, outcomes[Step.PREPARE_PLAN].summary) == (
        StepState.FAILED,
        WORDS,
    )
    assert outcomes[Step.PLAN_MEETINGS].summary == f"waits for step 1 ({WORDS})"
    assert (office.summaries(), office.meetings()) == ({}, {})
    assert office.run(at("11-27 09:10"))[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"


def test_a_database_locked_in_the_middle_loses_nothing(office: TestOffice) -> None:
    impatient(office.engine)
    office.move(TELL)
    create = type(office.services.zoom).create_meeting
    context = office.context()

    class Locking(type(context.services.zoom)):  # type: ignore[misc]
        def create_meeting(self, host: str, spec: Any) -> Any:
            made = create(self, host, spec)
            self.lock = locked(office.engine)
            self.lock.__enter__()
            return made

    context.services.zoom.__class__ = Locking
    run_day(context, None, Runner(perform_step))
    context.services.zoom.lock.__exit__(None, None, None)  # type: ignore[attr-defined]
    assert len(office.meetings()) == 1  # made, and not on record

    outcomes = office.run(at("12-01 10:00"))

    assert outcomes[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"
    assert len(office.state()["zoom"]["meetings"]) == 6
    assert set(office.counts().values()) == {1}


def test_writing_says_that_the_database_is_locked(office: TestOffice) -> None:
    impatient(office.engine)

    with (
        locked(office.engine),
        pytest.raises(DatabaseUnavailable) as refused,
        writing(office.engine) as session,
    ):
        write(session, Author("test", "", PLAN), "made", "nothing")

    assert str(refused.value) == WORDS
