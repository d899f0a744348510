"""How each lecturer answers. Fixed by the seed and the address, so that a day can be replayed."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from deployments.sandbox.chance import chance
from deployments.sandbox.seed import Lecturer


class Habit(StrEnum):
    """What a lecturer does with a reminder."""

    FORM = "form"  # fills in the lines of the letter
    NUMBER = "number"  # one plain number
    SENTENCE = "sentence"
    UNCLEAR = "unclear"  # "ap 25"; precise when asked again
    WHEN_REMINDED = "when_reminded"  # silent until the second letter
    OUT_OF_OFFICE = "out_of_office"  # an automatic reply, and never a number
    SILENT = "silent"  # only by order of the seed or the checker


_SHARES = (
    (0.60, Habit.FORM),
    (0.74, Habit.NUMBER),
    (0.86, Habit.SENTENCE),
    (0.91, Habit.UNCLEAR),
    (1.00, Habit.WHEN_REMINDED),
)
_ENOUGH_FOR_A_TRAVELLER = 3  # with fewer lecturers nobody is out of office


def habits(lecturers: Sequence[Lecturer], random: int) -> dict[str, Habit]:
    """Every lecturer's habit by address; exactly one of several is out of office."""
    found = {lecturer.email.lower(): _habit(lecturer, random) for lecturer in lecturers}
    free = [lecturer.email.lower() for lecturer in lecturers if lecturer.habit is None]
    if len(free) >= _ENOUGH_FOR_A_TRAVELLER:
        found[max(free, key=lambda address: chance(random, "away", address))] = Habit.OUT_OF_OFFICE
    return found


def _habit(lecturer: Lecturer, random: int) -> Habit:
    if lecturer.habit is not None:
        return Habit(lecturer.habit)
    luck = chance(random, "habit", lecturer.email.lower())
    return next(habit for share, habit in _SHARES if luck < share)


def delay(random: int, *words: object) -> timedelta:
    """How long a person takes: between ten minutes and three hours."""
    return timedelta(minutes=10 + int(170 * chance(random, "delay", *words)))
