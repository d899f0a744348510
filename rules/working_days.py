"""Working days of Latvia, moved working Saturdays included; the one calendar of all deadlines.

The calendar is the package `holidays`; a decree that it does not know yet is handed in as an
override. Pure: the caller brings every date. Months are counted here too.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import holidays

_NO_OVERRIDES: Mapping[date, bool] = MappingProxyType({})
_ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=1)
def _latvia() -> "holidays.HolidayBase":
    import holidays  # noqa: PLC0415 - half of all import time, and most answers need no calendar

    return holidays.country_holidays("LV")


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Latvia's working days, with later decrees as `overrides` (date -> is it a working day)."""

    overrides: Mapping[date, bool] = field(default_factory=lambda: _NO_OVERRIDES)

    def is_working(self, day: date) -> bool:
        """Whether people work on that day.

        >>> WorkingDays().is_working(date(2026, 11, 18))  # Proclamation Day
        False
        >>> WorkingDays().is_working(date(2026, 1, 17))  # a Saturday worked for 2 January
        True
        """
        known = self.overrides.get(day)
        return _latvia().is_working_day(day) if known is None else known

    def on_or_before(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        return next(candidate for candidate in _backwards(day) if self.is_working(candidate))

    def on_or_after(self, day: date) -> date:
        """The day itself, or the first working day after it."""
        return next(candidate for candidate in _forwards(day) if self.is_working(candidate))

    def before(self, day: date, count: int = 1) -> date:
        """The `count`-th working day before `day`, which itself does not count."""
        for _ in range(count):
            day = self.on_or_before(day - _ONE_DAY)
        return day

    def after(self, day: date, count: int = 1) -> date:
        """The `count`-th working day after `day`, which itself does not count.

        >>> WorkingDays().after(date(2026, 11, 17))  # 18 November is free
        datetime.date(2026, 11, 19)
        """
        return _counted_on(self, day, count) if self.overrides else _after(day, count)


def _counted_on(calendar: WorkingDays, day: date, count: int) -> date:
    for _ in range(count):
        day = calendar.on_or_after(day + _ONE_DAY)
    return day


@lru_cache(maxsize=8192)  # a batch asks for the same few days again and again
def _after(day: date, count: int) -> date:
    return _counted_on(WorkingDays(), day, count)


def add_months(day: date, months: int) -> date:
    """The same day number that many calendar months later, or the last day of a shorter month.

    >>> add_months(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _backwards(day: date) -> Iterator[date]:
    while True:
        yield day
        day -= _ONE_DAY


def _forwards(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _ONE_DAY
