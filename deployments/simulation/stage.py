"""Sets the stage for a simulation: a sandbox, a database with the semester, and a driver."""

import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from functools import partial
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from deployments.sandbox_seed import sandbox_seed
from deployments.simulation.driver import Driver
from deployments.simulation.office import Office, assemble_office, open_office, rehearse
from deployments.simulation.processes import Worker, fork, forked_sandbox
from deployments.simulation.small_day import OFFICE
from deployments.simulation.trouble import PATIENCE_SECONDS
from models.database import migrate, open_database
from models.journal import Author
from rules.timetable import Semester
from tasks.import_semester import ImportOptions, import_semester

RIGA = ZoneInfo("Europe/Riga")


def make_template(file: Path, semester: Semester, now: datetime) -> None:
    """A database into which the semester has been imported, made by a child of its own."""

    def make(pipe: Connection) -> None:
        engine = open_database(f"sqlite:///{file}")
        migrate(engine)
        author = Author("sac", "import", now)
        outcome = import_semester(engine, semester, author, ImportOptions(RIGA))
        engine.dispose()
        pipe.send([problem.message for problem in outcome.problems])

    child = fork(make)
    problems = child.pipe.recv()
    child.end()
    if problems:
        raise ValueError(f"the semester cannot be imported: {problems}")


def warm_up(semester: Semester, template: Path, folder: Path) -> None:
    """Rehearses a day in this process, so that its children start warm."""
    day = semester.timetable[0].day
    begins = datetime.combine(day, time(8), RIGA) - timedelta(days=10)
    database = folder / "rehearsal.db"
    shutil.copy(template, database)
    ours, theirs = Pipe()
    before = dict(os.environ)
    with forked_sandbox(sandbox_seed(semester, OFFICE, begins)) as sandbox, ours, theirs:
        env = product_environment(sandbox.env, database, folder / "rehearsal")
        office = assemble_office(theirs, env)
        for days in (-4, 0, 2):
            moment = datetime.combine(day + timedelta(days=days), time(12, 50), RIGA)
            sandbox.move_clock(moment)
            rehearse(office, day, moment)
        office.services.engine.dispose()
    os.environ.clear()
    os.environ.update(before)
    gc.collect()
    gc.freeze()


@contextmanager
def stage(
    semester: Semester, template: Path, begins: datetime, folder: Path, **seed: Any
) -> Iterator[Driver]:
    """A new world with the semester imported; everything ends with the block."""
    database = folder / "sac.db"
    shutil.copy(template, database)
    # Our pauses between tries take no time here, so limits by the second come as faults only.
    world = {**sandbox_seed(semester, OFFICE, begins), "zoom_plan": "unlimited", **seed}
    with forked_sandbox(world) as sandbox:
        env = product_environment(sandbox.env, database, folder / "documents")
        driver = Driver(sandbox, partial(_worker, env))
        try:
            yield driver
        finally:
            driver.close()


def _worker(env: Mapping[str, str]) -> Worker:
    def prepare(pipe: Connection) -> Office:
        return open_office(pipe, env)

    return Worker(prepare)


def product_environment(
    sandbox: Mapping[str, str], database: Path, documents: Path
) -> dict[str, str]:
    """The settings of the product for a simulated world."""
    return {
        **sandbox,
        "SAC_DATABASE_URL": f"sqlite:///{database}",
        "SAC_OUTPUT_DIR": str(documents),
        "SAC_INSTITUTION": "Augstskola",
        "SAC_SMTP__CONNECTIONS": "2",
        "SAC_ZOOM__READ_SECONDS": str(PATIENCE_SECONDS),
        "SAC_MOODLE__READ_SECONDS": str(PATIENCE_SECONDS),
    }
