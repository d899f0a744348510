"""The driver of virtual time: what would never end is noticed, and the story ends all the same."""

from collections.abc import Callable
from datetime import date, datetime
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
