"""Terms as the regulations count them: the day of the event is day 0, months keep the day number.

"Līdz" and "ne vēlāk kā" include the day named; no term moves off a weekend (nothing says so).
"""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rules.working_days import WorkingDays

_WORKING_DAYS = WorkingDays()


class Semester(StrEnum):
    """Autumn (rudens) or spring (pavasara) semester."""

    AUTUMN = "autumn"
    SPRING = "spring"


def add_months(day: date, months: int) -> date:
    """The same day number that many calendar months later, or the last day of a shorter month.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day of Latvia after `day`.

    >>> add_working_days(date(2026, 6, 19), 5)  # 22 June is moved to Saturday 27 June
    datetime.date(2026, 6, 30)
    """
    return _WORKING_DAYS.after(day, count)
