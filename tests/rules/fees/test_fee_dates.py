"""Months, anniversaries, academic years and the validity of protocols."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.fees.dates import (
    AcademicYear,
    Term,
    academic_year,
    anniversary,
    protocol_valid_to,
)
from rules.people import Language
from rules.working_days import WorkingDays, add_months

DAYS = st.dates(date(1995, 1, 1), date(2090, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


AUTUMN = Term("2026-autumn", day("2026-08-31"), day("2027-01-24"))
SPRING = Term("2027-spring", day("2027-02-01"), day("2027-06-30"))
NEXT = Term("2027-autumn", day("2027-09-06"), day("2028-01-23"))
TERMS = (NEXT, AUTUMN, SPRING)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("2026-11-23", 1, "2026-12-23"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2026-10-31", 1, "2026-11-30"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start: str, months: int, expected: str) -> None:
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("left", "expected"), [("2025-11-23", "2026-11-23"), ("2024-02-29", "2025-02-28")]
)
def test_the_anniversary(left: str, expected: str) -> None:
    assert anniversary(day(left)) == day(expected)


@pytest.mark.parametrize(
    ("on", "terms", "start", "end"),
    [
        ("2026-09-01", (), "2026-09-01", "2027-08-31"),
        ("2027-08-31", (), "2026-09-01", "2027-08-31"),
        ("2026-08-31", TERMS, "2026-08-31", "2027-09-05"),
        ("2026-08-30", TERMS, "2025-09-01", "2026-08-30"),
        ("2027-09-06", TERMS, "2027-09-06", "2028-08-31"),
    ],
)
def test_the_academic_year(on: str, terms: tuple[Term, ...], start: str, end: str) -> None:
    assert academic_year(day(on), terms) == AcademicYear(day(start), day(end))


def test_an_academic_year_is_written_by_language() -> None:
    year = academic_year(day("2099-11-23"))

    assert [year.of(language) for language in Language] == ["2099./2100.", "2099/00"]


@pytest.mark.parametrize(
    ("issued", "valid_to"),
    [
        ("2026-08-31", day("2027-06-30")),
        ("2027-01-24", day("2027-06-30")),
        ("2027-01-25", None),  # between semesters: which one is "this" is not said
        ("2027-02-01", day("2028-01-23")),
        ("2027-09-06", None),  # the following semester is not in the calendar
    ],
)
def test_a_protocol_is_valid_to_the_end_of_the_next_semester(
    issued: str, valid_to: date | None
) -> None:
    assert protocol_valid_to(day(issued), TERMS) == valid_to


@given(DAYS, st.integers(1, 40))
def test_ready_is_a_working_day_with_so_many_working_days_up_to_it(start: date, count: int) -> None:
    calendar = WorkingDays()

    ready = calendar.after(start, count)

    span = (start + timedelta(days=number) for number in range(1, (ready - start).days + 1))
    assert calendar.is_working(ready)
    assert sum(calendar.is_working(each) for each in span) == count


@given(DAYS)
def test_a_decree_handed_in_moves_the_day_by_one(start: date) -> None:
    plain = WorkingDays().after(start, 3)

    moved = WorkingDays({plain: False}).after(start, 3)

    assert moved == WorkingDays().after(plain)


@given(DAYS)
def test_every_day_lies_in_its_academic_year(on: date) -> None:
    year = academic_year(on, TERMS)

    assert year.holds(on)
    assert year.start < year.end
