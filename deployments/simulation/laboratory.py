"""The fault laboratory: one small study day with kills and outside faults, played and checked.

Many of them at once are `python -m deployments.simulation.lab`.
"""

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from random import Random

from deployments.simulation.checker import Checker
from deployments.simulation.driver import Action, Driver, Story
from deployments.simulation.script import Choices, Script, write_script
from deployments.simulation.small_day import GROUPS, ORDINARY_DAY, SUBSTITUTES, small_semester
from deployments.simulation.stage import RIGA, make_template, stage, warm_up
from deployments.simulation.violation import Violation

_BEGINS_BEFORE = timedelta(days=9)


@dataclass(frozen=True, slots=True)
class Result:
    """How one run went."""

    seed: int
    violations: tuple[Violation, ...]
    troubles: tuple[str, ...]
    kills: int
    failures: int
    runs: int
    letters: int
    seconds: float
    story: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "seed": self.seed,
            "troubles": self.troubles,
            "kills": self.kills,
            "failures": self.failures,
            "runs": self.runs,
            "letters": self.letters,
            "violations": [violation.as_json() for violation in self.violations],
        }


def lost(seed: int, how: str, why: str) -> Result:
    """What stands for a run that never ended, or broke: a violation of its own."""
    return Result(seed, (Violation(how, None, why),), (), 0, 0, 0, 0, 0.0)


class Laboratory:
    """A warm process with a semester imported; every experiment is a new world."""

    def __init__(
        self, folder: Path, day: date = ORDINARY_DAY, moved_to: date | None = None
    ) -> None:
        self._folder = folder
        self.day = day
        self.moved_to = moved_to  # four days before, in the afternoon: the letters have gone out
        self.semester = small_semester(day)
        self.begins = datetime.combine(day - _BEGINS_BEFORE, clock_time(8), RIGA)
        self._template = folder / "template.db"
        make_template(self._template, self.semester, self.begins)
        warm_up(self.semester, self._template, folder)

    def experiment(self, seed: int) -> Result:
        """One small study day as that seed has it."""
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=self._folder) as name:
            folder = Path(name)
            with stage(self.semester, self._template, self.begins, folder, random=seed) as driver:
                checker = Checker(self.semester, driver, self.begins)
                checker.begin()
                random = Random(seed)  # noqa: S311 - chance that can be repeated
                classes, documents = checker.imported, folder / "documents"
                choices = Choices(SUBSTITUTES, GROUPS)
                script = write_script(random, classes, self.begins, documents, choices)
                driver.new_day_first = bool(seed % 2)
                if self.moved_to:
                    driver.push(_move(self.day, self.moved_to))
                story = perform(driver, script, self.day, self.begins)
                violations = checker.verdict()
        return Result(
            seed,
            tuple(violations),
            tuple(words for _, words in story.troubles),
            sum(run.died.startswith("killed") for run in story.runs),
            sum(run.has_failed for run in story.runs),
            len(story.runs),
            len(checker.letters),
            time.monotonic() - began,
            tuple(told(story, script)),
        )


def _move(day: date, to: date) -> Action:
    moment = datetime.combine(day - timedelta(days=4), clock_time(16, 20, 31), RIGA)
    return Action(moment, day, "change", "move_day", {"to": to})


def perform(driver: Driver, script: Script, day: date, begins: datetime) -> Story:
    """Plays a script on a day."""
    driver.answer_after = script.answer_after
    driver.trouble_at = lambda number, _day: script.troubles.get(number)
    for address in script.silent:
        driver.sandbox.order_lecturers(habits={address: "silent"})
    driver.plan_day(day, begins)
    for action in script.actions:
        driver.push(action)
    return driver.play()


def told(story: Story, script: Script) -> Iterator[str]:
    """The story of a run, for whoever looks for what went wrong."""
    for action in script.actions:
        yield f"{action.moment:%d.%m. %H:%M} {action.what} {dict(action.values)}"
    for run in story.runs:
        steps = "; ".join(
            f"{seen.step.value} {seen.state} {seen.summary[:90]}"
            for seen in run.steps
            if seen.has_run
        )
        yield f"{run.moment:%d.%m. %H:%M} RUN {run.title} {run.died or steps}"
    for moment, words in story.troubles:
        yield f"{moment:%d.%m. %H:%M} TROUBLE {words}"
    yield from story.refused
