"""The driver of virtual time: what would never end is noticed, and the story ends all the same."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deployments.simulation import office
from deployments.simulation.driver import Action, Driver
from deployments.simulation.office import Asked
from models.question import QuestionKind
from rules.people import Role

DAY = date(2026, 12, 5)
NOW = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Europe/Riga"))
QUESTION = Asked(1, QuestionKind.DUTY, DAY, ("accept",), None, {}, Role.COORDINATOR)


class StillWorld:
    """A sandbox in which nothing happens."""

    def move_clock(self, _now: datetime) -> None: ...

    def forget_faults(self) -> None: ...

    def state(self, *_names: str) -> Mapping[str, Any]:
        return {"faults": []}


class Deaf:
    """A worker whose product asks the same again, whatever it is answered."""

    def call(self, function: Callable[..., Any], *_arguments: Any) -> Any:
        return {office.run: (), office.questions: [QUESTION], office.answer: None}[function]


def test_a_question_that_no_answer_ends_is_told_of() -> None:
    driver = Driver(StillWorld(), Deaf)  # type: ignore[arg-type]
    driver.push(Action(NOW, DAY, "run", "due"))

    story = driver.play()

    assert story.stuck == [(DAY, "asked 60 times, and still: duty")]
    assert len(story.runs) < 80


class Adds:
    """A worker that adds a class; what it was asked to change is kept."""

    def __init__(self) -> None:
        self.changes: list[tuple[str, Mapping[str, Any]]] = []

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if function is office.change:
            self.changes.append(arguments[2:])
            return "c9"
        return () if function is office.run else []


def test_a_class_that_was_added_is_known_by_the_name_of_its_adding() -> None:
    worker = Adds()
    driver = Driver(StillWorld(), lambda: worker)  # type: ignore[arg-type, return-value]
    new = {"start": NOW + timedelta(days=4)}
    driver.push(Action(NOW, DAY, "change", "add", new, name="new"))
    driver.push(Action(NOW + timedelta(hours=1), DAY, "change", "cancel", {"class_id": "new"}))
    driver.push(Action(NOW + timedelta(hours=2), DAY, "change", "cancel", {"class_id": "c1"}))

    driver.play()

    assert worker.changes == [
        ("add", new),
        ("cancel", {"class_id": "c9"}),
        ("cancel", {"class_id": "c1"}),
    ]


class Strange:
    """A worker whose coordinator is asked about the mail of somebody without a class."""

    def __init__(self) -> None:
        facts = {"classes": [], "labels": []}
        self.asked = [replace(QUESTION, kind=QuestionKind.UNCLEAR_REPLY, facts=facts)]
        self.answers: list[str] = []

    def call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if function is office.answer:
            self.asked = []
            self.answers.append(arguments[-1])
        return self.asked if function is office.questions else ()


def test_a_mail_of_somebody_without_a_class_has_no_number_to_type() -> None:
    worker = Strange()
    driver = Driver(StillWorld(), lambda: worker)  # type: ignore[arg-type, return-value]
    driver.push(Action(NOW, DAY, "run", "due"))

    assert driver.play().stuck == []
    assert worker.answers == ["skip"]


class Moved:
    """A worker whose day is looked at once more after a class has been moved."""

    def __init__(self) -> None:
        self.waves = [NOW + timedelta(hours=1)]

    def call(self, function: Callable[..., Any], *_arguments: Any) -> Any:
        if function is office.change:
            self.waves.append(NOW + timedelta(hours=5))
        answers = {office.waves: self.waves, office.run: (), office.questions: []}
        return answers.get(function)


def test_a_moved_class_has_the_runs_of_its_new_time() -> None:
    worker = Moved()
    driver = Driver(StillWorld(), lambda: worker)  # type: ignore[arg-type, return-value]
    driver.plan_day(NOW.date(), NOW)
    start = NOW + timedelta(hours=4, minutes=55)
    driver.push(Action(NOW, NOW.date(), "change", "move", {"class_id": "c1", "start": start}))

    story = driver.play()

    hours = [(run.moment - NOW) / timedelta(hours=1) for run in story.runs]
    assert hours == [0, 1, 5, 25, 29]
