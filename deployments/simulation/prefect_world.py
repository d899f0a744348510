"""One world of `prefect_lab`: its study days one among the other, through the Prefect that is set.

    python -m deployments.simulation.prefect_world NUMBER FOLDER SEED ...

Prints one JSON line for each seed, which is a study day of its own.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from random import Random
from types import FrameType

from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectAlreadyExists, ObjectNotFound

from deployments.sandbox.testing import RunningSandbox, running_sandbox
from deployments.sandbox_seed import sandbox_seed
from deployments.serving import ROOT, STUDY_DAY, WORK_POOL
from deployments.simulation import books, office
from deployments.simulation.checker import Checker
from deployments.simulation.driver import Action, Driver, RunSeen
from deployments.simulation.laboratory import Result
from deployments.simulation.prefect_worker import PrefectWorker
from deployments.simulation.script import Choices, change_of
from deployments.simulation.small_day import GROUPS, OFFICE, SUBSTITUTES, small_semester
from deployments.simulation.stage import RIGA, make_template, product_environment
from deployments.simulation.trouble import Trouble, choose_outside
from deployments.simulation.violation import Violation
from rules.timetable import Semester

_FIRST_DAY = date(2026, 12, 5)
_BEGINS_BEFORE = timedelta(days=9)
_RUNS_WITH_TROUBLE = 4  # with that after a change
_PATIENCE_SECONDS = 90.0


@dataclass(slots=True)
class Days:
    """The study days of the world by date, and what goes wrong on each."""

    seeds: Mapping[date, int]
    documents: Path
    troubles: dict[date, Trouble] = field(default_factory=dict)
    _at: dict[date, int] = field(default_factory=dict)
    _runs: Counter[date] = field(default_factory=Counter)

    def write(self, driver: Driver) -> None:
        """Queues due runs and a change of each day; chooses which run meets which trouble."""
        classes = driver.ask(books.plan)
        choices = Choices(SUBSTITUTES, GROUPS)
        for day, seed in self.seeds.items():
            random = Random(seed)  # noqa: S311 - chance that can be repeated
            begins = datetime.combine(day - _BEGINS_BEFORE, clock_time(8), RIGA)
            moments = chosen(driver.ask(office.waves, day, begins), day)
            for moment in moments:
                driver.push(Action(moment, day, "run", "due"))
            row = random.choice([row for row in classes if row.day == day])
            driver.push(next(change_of(random, row, moments[0], choices)))
            self.troubles[day] = choose_outside(random, self.documents / str(day))
            self._at[day] = random.randrange(_RUNS_WITH_TROUBLE)

    def trouble_at(self, _number: int, day: date) -> Trouble | None:
        """The trouble of that day's run that comes now, if it is the one."""
        number = self._runs[day]
        self._runs[day] += 1
        return self.troubles[day] if number == self._at[day] else None

    def results(self, runs: Sequence[RunSeen], found: Sequence[Violation]) -> Iterator[Result]:
        """What became of each day; what belongs to no day is told with the first."""
        first = next(iter(self.seeds))
        for day, seed in self.seeds.items():
            mine = [run for run in runs if run.day == day]
            yield Result(
                seed,
                tuple(one for one in found if (one.day or first) == day),
                (self.troubles[day].words,),
                sum(run.died.startswith("killed") for run in mine),
                sum(run.has_failed for run in mine),
                len(mine),
                0,
                0.0,
            )


def chosen(waves: Sequence[datetime], day: date) -> tuple[datetime, datetime, datetime]:
    """Three of a day's due moments that carry the others with them: a run does whatever is open.

    Letters and LMS (and with them steps 1 and 2), the last look at the classes, and the clean-up (9
    to 11). Step 7 is left out: it would only wait for a person.
    """
    local = [wave.astimezone(RIGA).date() for wave in waves]
    before = [wave for wave, at in zip(waves, local, strict=True) if at < day]
    on_day = [wave for wave, at in zip(waves, local, strict=True) if at == day]
    return before[-2], on_day[-2], waves[-1]


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Plays the world and prints its results."""
    signal.signal(signal.SIGTERM, _interrupt)  # the worker and the sandbox are ended then too
    number, folder = int(sys.argv[1]), Path(sys.argv[2])
    seeds = {
        _FIRST_DAY + timedelta(weeks=2 * index + number): int(seed)
        for index, seed in enumerate(sys.argv[3:])
    }
    semester = small_semester(*seeds)
    begins = datetime.combine(min(seeds) - _BEGINS_BEFORE, clock_time(8), RIGA)
    database = folder / "sac.db"
    make_template(database, semester, begins)
    with running_sandbox(
        {**sandbox_seed(semester, OFFICE, begins), "zoom_plan": "unlimited", "random": number}
    ) as sandbox:
        env = {
            **product_environment(sandbox.env, database, folder / "documents"),
            "SAC_STEP_RETRY_SECONDS": "[1]",
        }
        queue = f"world-{number}"
        _deploy(env, queue, is_first=number == 0)
        worker = PrefectWorker(env, sandbox, queue, folder / "worker.log")
        try:
            _play(worker, sandbox, semester, begins, Days(seeds, folder / "documents"))
        finally:
            worker.end()


def _play(
    worker: PrefectWorker,
    sandbox: RunningSandbox,
    semester: Semester,
    begins: datetime,
    days: Days,
) -> None:
    driver = Driver(sandbox, lambda: worker)  # type: ignore[arg-type, return-value]
    driver.runs_after_answers = False  # a run takes seconds here; the next due one does as well
    checker = Checker(semester, driver, begins)
    checker.begin()
    days.write(driver)
    driver.trouble_at = days.trouble_at
    story = driver.play()
    for result in days.results(story.runs, checker.verdict()):
        print(json.dumps(result.as_json(), ensure_ascii=False), flush=True)  # noqa: T201


def _deploy(env: Mapping[str, str], queue: str, *, is_first: bool) -> None:
    """Registers the deployments as an operator does, and makes the queue of this world's worker."""
    if is_first:
        command = [sys.executable, "-c", "from deployments.cli import main; main()", "deploy"]
        subprocess.run(
            command, check=True, stdout=sys.stderr, env={**os.environ, **env}, cwd=ROOT, timeout=120
        )
    give_up = time.monotonic() + _PATIENCE_SECONDS
    with get_client(sync_client=True) as client:
        while True:
            try:
                client.read_deployment_by_name(STUDY_DAY.full_name)
                break
            except ObjectNotFound:
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.5)
    _make_queue(queue)


def _make_queue(name: str) -> None:
    async def make() -> None:
        async with get_client() as client:
            try:
                await client.create_work_queue(name=name, work_pool_name=WORK_POOL)
            except ObjectAlreadyExists:
                return

    asyncio.run(make())


if __name__ == "__main__":
    main()
