"""Dates of the price list: turnaround, delivery, anniversaries, academic years, validity.

The list prints only lengths ("3 darba dienas", "1 mēnesis", "šis un nākamais semestris"); how they
are counted are adopted readings (`readings.py`). Working days are `rules/working_days.py`.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from rules.people import Language
from rules.working_days import WorkingDays

_PLAIN_CALENDAR = WorkingDays()


class ClockStart(StrEnum):
    """The day from which a turnaround counts; the order does not say."""

    REQUEST = "request"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Term:
    """A semester of the caller's calendar, both ends included."""

    name: str
    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class AcademicYear:
    """An academic year, both ends included."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        return self.start <= day <= self.end

    def text(self, language: Language) -> str:
        """`2026/27`, in Latvian `2026./2027.`."""
        if language is Language.ENGLISH:
            return f"{self.start.year}/{self.end.year % 100:02d}"
        return f"{self.start.year}./{self.end.year}."


def ready_on(start: date, working_days: int, calendar: WorkingDays) -> date:
    """The day on which a document is ready; `start` is day 0, day 1 the next working day.

    >>> ready_on(date(2026, 11, 16), 3, WorkingDays())  # 18 November is free
    datetime.date(2026, 11, 20)
    """
    if calendar.overrides:
        return calendar.after(start, working_days)
    return _ready_on(start, working_days)


@lru_cache(maxsize=8192)  # a batch asks for the same few days again and again
def _ready_on(start: date, working_days: int) -> date:
    return _PLAIN_CALENDAR.after(start, working_days)


def months_after(day: date, months: int) -> date:
    """The same day number some months on, or the last day of a shorter month.

    >>> months_after(date(2027, 1, 31), 1)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return min(last, first + timedelta(days=day.day - 1))


def anniversary(day: date) -> date:
    """The same date a year on; for 29 February 28 February."""
    return months_after(day, 12)


def academic_year(day: date, terms: Sequence[Term] = ()) -> AcademicYear:
    """The academic year that holds `day`: from 1 September, or from the autumn start of `terms`.

    >>> academic_year(date(2026, 8, 31)).text(Language.ENGLISH)
    '2025/26'
    """
    start = _year_start(day.year, terms)
    first_year = day.year if day >= start else day.year - 1
    return AcademicYear(
        _year_start(first_year, terms), _year_start(first_year + 1, terms) - timedelta(days=1)
    )


def _year_start(year: int, terms: Sequence[Term]) -> date:
    """The first day of the autumn: of a term that starts in August to October, or 1 September."""
    starts = [
        term.start for term in terms if term.start.year == year and 8 <= term.start.month <= 10
    ]
    return min(starts, default=date(year, 9, 1))


def protocol_valid_to(issued_on: date, terms: Sequence[Term]) -> date | None:
    """The last day of the semester after that of issue; None where `terms` do not show it."""
    ordered = sorted(terms, key=lambda term: term.start)
    for this, following in itertools.pairwise(ordered):
        if this.holds(issued_on):
            return following.end
    return None
