"""Forty study days fall due at once, for three workers on PostgreSQL: each step is done once.

Our tables are on PostgreSQL, as in an office with several workers; Prefect keeps its own in SQLite.
The number of days is `SAC_DAYS_AT_ONCE` (40); with fewer than six a worker may find nothing to do.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlmodel import col, select

from deployments.sandbox.testing import RunningSandbox
from models.database import open_database, reading
from models.journal import JournalEntry
from models.letter import Letter, LetterKind, LetterState
from models.meeting import Meeting, MeetingState
from rules.process import Calendar, Step
from rules.timetable import Semester
from tests.machines import Machines, machines_in
from tests.programs import eventually
from tests.tasks.office import RIGA
from tests.tasks.small_semester import SEMESTER, SLOTS, row

# Every run is two processes one after the other (Prefect's, which then becomes ours): some twelve
# seconds of a processor in all, most of them for imports.
pytestmark = [pytest.mark.faults, pytest.mark.prefect, pytest.mark.timeout(1800)]

FIRST = date(2099, 12, 5)
DAYS = [FIRST + timedelta(weeks=n) for n in range(int(os.environ.get("SAC_DAYS_AT_ONCE", "40")))]
CLASSES = (("MAT", 1, "anna", "G1"), ("LAW", 2, "peteris", "G4"))
TOPICS = {"MAT": "Matemātika (G1)", "LAW": "Tiesību pamati (G4)"}
PEOPLE = {
    LetterKind.LECTURER: ("anna", "peteris"),
    LetterKind.STUDENT: ("s01", "s02", "s03", "s10", "s11", "s12"),
}
CALENDAR = Calendar(RIGA)
DONE = {
    Step.PREPARE_PLAN: "2 nodarbības, 2 mācībspēki, 2 grupas",
    Step.PLAN_MEETINGS: "2 sapulces 1 Zoom kontā",
    Step.REMIND_LECTURERS: "nosūtītas 2 vēstules",
    Step.PUBLISH_PLAN: "plāns ir LMS",
    Step.PUBLISH_LINKS: "2 pieslēgšanās ieraksti 2 kursos",
    Step.NOTIFY_STUDENTS: "nosūtītas 6 vēstules",
}
WORKERS = 3
PATIENCE = 1500


def many_days() -> Semester:
    """On each day two classes, two lecturers, and three students for each class."""
    rows = [
        row(code, slot, [who], [group], day=day)
        for day in DAYS
        for code, slot, who, group in CLASSES
    ]
    return replace(SEMESTER, timetable=tuple(rows), duty=())


@pytest.fixture
def database(postgresql_url: str) -> Iterator[str]:
    admin = open_database(postgresql_url).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE three_workers"))
    url = make_url(postgresql_url).set(database="three_workers")
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE three_workers WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def records(database: str) -> Iterator[Engine]:
    engine = open_database(database)
    yield engine
    engine.dispose()


@pytest.fixture
def machines(tmp_path: Path, database: str) -> Iterator[Machines]:
    with machines_in(tmp_path, many_days(), database) as found:
        yield found


def test_forty_days_at_once_do_each_step_once(machines: Machines, records: Engine) -> None:
    with machines.server():
        machines.deploy()
        # Else the calendar, which makes hundreds of runs after a new import, is in the way.
        machines.pause_the_clock()
        with ExitStack() as workers:
            for _ in range(WORKERS):
                workers.enter_context(machines.worker())
            titles = ask_for_all(machines)
            runs = eventually(
                lambda: machines.ended(titles), "all runs", patience=PATIENCE, pause=2
            )
            shares = machines.shares([run["id"] for run in runs])

    assert {run["state"]["type"] for run in runs} == {"COMPLETED"}
    # Where the server is too slow to give a run its turn, it gives way and comes again.
    worked = [run for run in runs if run["state"]["name"] != "Gave way"]
    assert Counter((run["name"], run["state"]["message"]) for run in worked) == {
        (title_of(day), words_of(day)): 1 for day in DAYS
    }
    assert sorted(run for share in shares.values() for run in share) == sorted(
        run["id"] for run in runs
    )
    assert [bool(share) for share in shares.values()] == [True] * WORKERS
    each_step_is_done_once(records)
    each_class_has_one_meeting(records, machines.sandbox)
    everybody_has_one_letter_a_day(records, machines.sandbox)


def ask_for_all(machines: Machines) -> list[str]:
    """A run for each day at the moment when its letters are due, with its plan and meetings.

    Gives the names of the runs.
    """
    for day in DAYS:
        machines.ask_for_run(moment_of(day), title_of(day), day)
    return [title_of(day) for day in DAYS]


def title_of(day: date) -> str:
    return f"{day} · due"


def moment_of(day: date) -> datetime:
    return CALENDAR.trigger(CALENDAR.due_on(Step.REMIND_LECTURERS, day))


def due_steps(day: date) -> list[Step]:
    """Before holidays the plan in the LMS is due on the same day as the letters."""
    moment = moment_of(day)
    return [step for step in DONE if CALENDAR.trigger(CALENDAR.due_on(step, day)) <= moment]


def words_of(day: date) -> str:
    return " ".join(f"{step.value}. solis: {DONE[step]}." for step in due_steps(day))


def each_step_is_done_once(records: Engine) -> None:
    done = select(JournalEntry.day, JournalEntry.step).where(JournalEntry.action == "step done")
    with reading(records) as session:
        found = Counter(session.exec(done).all())

    assert found == {(day, step.value): 1 for day in DAYS for step in due_steps(day)}


def each_class_has_one_meeting(records: Engine, sandbox: RunningSandbox) -> None:
    meetings = sandbox.state("zoom")["zoom"]["meetings"]
    starts = Counter((meeting["topic"], meeting["start_time"]) for meeting in meetings)
    with reading(records) as session:
        recorded = session.exec(select(Meeting)).all()

    assert starts == {
        (TOPICS[code], zulu(datetime.combine(day, SLOTS[slot][0], RIGA))): 1
        for day in DAYS
        for code, slot, _, _ in CLASSES
    }
    assert Counter((f"[SAC-{one.class_id}]", one.meeting_id, one.state) for one in recorded) == {
        (meeting["agenda"].split()[0], str(meeting["id"]), MeetingState.ACTIVE): 1
        for meeting in meetings
    }


def zulu(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def everybody_has_one_letter_a_day(records: Engine, sandbox: RunningSandbox) -> None:
    kinds = col(Letter.kind).in_(PEOPLE)
    with reading(records) as session:
        letters = session.exec(select(Letter).where(kinds)).all()
    boxes = sandbox.state("letters")["letters"]
    arrived = Counter(
        (address, letter["message_id"])
        for address, box in boxes.items()
        for letter in box
        if "+" not in address and letter["headers"]["x-sac-letter"] in set(PEOPLE)
    )

    assert Counter((one.day, one.kind, one.person, one.state) for one in letters) == {
        (day, kind, person, LetterState.SENT): 1
        for day in DAYS
        for kind, people in PEOPLE.items()
        for person in people
    }
    assert arrived == {(one.email, one.message_id): 1 for one in letters}
