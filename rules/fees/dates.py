"""Dates of the price list: turnaround, delivery, anniversaries, academic years, validity.

The list prints only lengths ("3 darba dienas", "1 mēnesis", "šis un nākamais semestris"); how they
are counted are adopted readings (`readings.py`). Working days and months are `rules/working_days.py`.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.people import Language
from rules.working_days import add_months


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

    def of(self, language: Language) -> str:
        """`2026/27`, in Latvian `2026./2027.`."""
        if language is Language.ENGLISH:
            return f"{self.start.year}/{self.end.year % 100:02d}"
        return f"{self.start.year}./{self.end.year}."


def anniversary(day: date) -> date:
    """The same date a year on; for 29 February 28 February."""
    return add_months(day, 12)


def academic_year(day: date, terms: Sequence[Term] = ()) -> AcademicYear:
    """The academic year that holds `day`: from 1 September, or from the autumn start of `terms`.

    >>> academic_year(date(2026, 8, 31)).of(Language.ENGLISH)
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
