"""Terms as the regulations count them: the day of the event is day 0, months keep the day number.

"Līdz" and "ne vēlāk kā" include the day named; no term moves off a weekend (nothing says so).
"""

from datetime import date
from enum import StrEnum

from rules.working_days import WorkingDays

_WORKING_DAYS = WorkingDays()


class Semester(StrEnum):
    """Autumn (rudens) or spring (pavasara) semester."""

    AUTUMN = "autumn"
    SPRING = "spring"


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day of Latvia after `day`.

    >>> add_working_days(date(2026, 6, 19), 5)  # 22 June is moved to Saturday 27 June
    datetime.date(2026, 6, 30)
    """
    return _WORKING_DAYS.after(day, count)
