"""A whole semester in virtual time: its study days one among the other, with faults and changes."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from random import Random

from deployments.simulation import books
from deployments.simulation.books import ClassRow
from deployments.simulation.checker import Checker
from deployments.simulation.compliance import DayCompliance, compliance
from deployments.simulation.driver import Action, Driver, RunSeen, Story
from deployments.simulation.script import Choices, change_of
from deployments.simulation.stage import RIGA, make_template, stage
from deployments.simulation.trouble import Trouble, choose
from deployments.simulation.violation import Violation
from rules.process import Calendar, Step
from rules.timetable import Mode, Semester

_CHANGED_SHARE = 0.06  # of the classes: cancelled, moved, given to somebody else
_SILENT_SHARE = 0.05  # of the lecturers never answer, and somebody reads about it


@dataclass(frozen=True, slots=True)
class Plot:
    """What is simulated: which days, by which seed, and how often a run meets a fault."""

    semester: Semester
    days: tuple[date, ...]
    seed: int = 1
    fault_rate: float = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `document` is the contract's JSON."""

    days: Sequence[DayCompliance]
    classes: int
    letters: int
    faults: int
    questions: int
    violations: Sequence[Violation]
    seconds: float
    story: Story

    def document(self) -> dict[str, object]:
        kept = sum(day.kept for day in self.days)
        return {
            "days": len(self.days),
            "classes": self.classes,
            "letters": self.letters,
            "faults": self.faults,
            "questions": self.questions,
            "deadlines_kept": kept,
            "deadlines_explained": sum(day.explained for day in self.days),
            "violations": [violation.as_json() for violation in self.violations],
            "seconds": round(self.seconds, 1),
        }


Progress = Callable[[RunSeen, float], None]


def online_days(semester: Semester) -> list[date]:
    """The semester's study days: those with an online class."""
    return sorted({row.day for row in semester.timetable if row.mode is Mode.ONLINE})


def simulate(plot: Plot, progress: Progress) -> Outcome:
    """Plays the days of a semester, checks every invariant, and measures every deadline.

    `progress` is told of each run and of the share of virtual time that has passed.
    """
    started = time.monotonic()
    begins = _begins(plot)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = folder / "template.db"
        make_template(template, plot.semester, begins)
        with stage(plot.semester, template, begins, folder, random=plot.seed) as driver:
            checker = Checker(plot.semester, driver, begins)
            checker.begin()
            _prepare(driver, plot, checker.imported, begins, folder / "documents")
            _watch(driver, checker, progress, begins)
            story = driver.play()
            violations = checker.verdict()
            questions = driver.ask(books.count_questions)
    days = compliance(story, plot.days)
    return Outcome(
        days=days,
        classes=sum(row.is_planned and row.day in plot.days for row in checker.imported),
        letters=len(checker.letters),
        faults=len(story.troubles),
        questions=questions,
        violations=[*violations, *(late for day in days for late in day.violations)],
        seconds=time.monotonic() - started,
        story=story,
    )


def _begins(plot: Plot) -> datetime:
    """A morning before the first step of the first day, and before every class."""
    first_step = Calendar(RIGA).due_on(Step.PREPARE_PLAN, plot.days[0])
    first_class = min(row.day for row in plot.semester.timetable)
    return datetime.combine(min(first_step, first_class) - timedelta(days=1), clock_time(8), RIGA)


def _prepare(
    driver: Driver, plot: Plot, classes: Sequence[ClassRow], begins: datetime, documents: Path
) -> None:
    random = Random(plot.seed)  # noqa: S311 - chance that can be repeated
    for lecturer in plot.semester.lecturers:
        if lecturer.email and random.random() < _SILENT_SHARE:
            driver.sandbox.order_lecturers(habits={lecturer.email: "silent"})
    choices = Choices(
        [lecturer.key for lecturer in plot.semester.lecturers if lecturer.email],
        sorted({group for student in plot.semester.students for group in student.groups}),
    )
    for day in plot.days:
        driver.plan_day(day, begins)
    for row in classes:
        if row.day in plot.days and random.random() < _CHANGED_SHARE:
            for action in _plausible(random, row, choices):
                driver.push(action)

    def trouble_at(_number: int, day: date) -> Trouble | None:
        if random.random() >= plot.fault_rate:
            return None
        return choose(random, documents / str(day))

    driver.trouble_at = trouble_at


def _plausible(random: Random, row: ClassRow, choices: Choices) -> list[Action]:
    """A change in the week before the class, as offices see them."""
    begins = row.start - timedelta(days=8)
    return list(change_of(random, row, begins, choices))


def _watch(driver: Driver, checker: Checker, progress: Progress, begins: datetime) -> None:
    ends = driver.last_moment

    def look(run: RunSeen) -> None:
        checker.look(run)
        progress(run, min(1.0, (run.moment - begins) / (ends - begins)))

    driver.look = look
