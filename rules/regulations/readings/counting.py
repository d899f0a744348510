"""Readings that hold in every section: how days, months, limits and cents are counted."""

from datetime import date

from rules.ambiguities import Ambiguity
from rules.regulations.figures import APPEAL_WORKING_DAYS
from rules.regulations.readings.example import shown
from rules.working_days import WorkingDays

_GRADED = date(2026, 6, 25)  # Saturday 27 June 2026 is worked instead of Monday 22 June


def _appeal() -> str:
    return shown("grade_appeal_due", assessed_on=str(_GRADED), received_on=str(_GRADED))


def _appeal_without_moved_days() -> date:
    unmoved = WorkingDays({date(2026, 6, 22): True, date(2026, 6, 27): False})
    return unmoved.after(_GRADED, APPEAL_WORKING_DAYS.value)


READINGS = (
    Ambiguity(
        "day_zero",
        "11.3.5",
        "divu nedēļu laikā no norīkojuma saņemšanas",
        "Days and weeks count from the day after the event; a week is 7 days.",
        "The day of the event is day 1.",
        lambda: (
            "A slip received on 23 November 2026: "
            + shown("permission_dates", received_on="2026-11-23")
            + "; otherwise a target of 2026-12-06."
        ),
    ),
    Ambiguity(
        "calendar_month",
        "2.7",
        "ne vēlāk kā mēnesi pēc",
        "A month is a calendar month: the same day number, or the last day of a shorter month.",
        "A month is 30 days.",
        lambda: (
            "Contract of 31 January 2027: "
            + shown("personal_file_due", contract_date="2027-01-31")
            + "; otherwise 2027-03-02."
        ),
    ),
    Ambiguity(
        "working_day",
        "5.10.1",
        "5 darba dienu laikā",
        "Monday to Friday without public holidays, and moved working Saturdays.",
        "Monday to Friday without public holidays, as if no day had been moved.",
        lambda: (
            f"A grade received on {_GRADED}: {_appeal()}; otherwise {_appeal_without_moved_days()}."
        ),
    ),
    Ambiguity(
        "limits_belong",
        "12.5",
        "līdz 30%",
        "“Līdz”, “vismaz” and “ne zemāk par” include the number named, “mazāka par” does not.",
        "“Līdz” stops short of the number.",
        lambda: (
            "A difference of exactly 30%: "
            + shown("programme_difference_ok", percent_compulsory="30")
            + "; otherwise false."
        ),
    ),
    Ambiguity(
        "rounded_once",
        "13.4",
        "50% apmērā",
        "Money is rounded once, at the end, half up to whole cents.",
        "Parts of a cent are cut off.",
        lambda: (
            "Half of 999.99 EUR: "
            + shown("repeat_semester_fee", tuition="999.99", earlier_semester_fully_paid=True)
            + " EUR; otherwise 499.99 EUR."
        ),
    ),
    Ambiguity(
        "due_date_of_the_contract",
        "2.16.4",
        "pēc līguma noteiktā termiņa",
        "The penalty counts from the due date of the contract; where it names none, from 2.16.2.",
        "It always counts from the date of 2.16.2.",
        lambda: (
            "Contract date 20 September, 1000.00 EUR paid on 25 September 2026: "
            f"{_penalty('2026-09-20')} EUR; otherwise {_penalty('2026-09-10')} EUR."
        ),
        "due_date",
    ),
    Ambiguity(
        "one_department",
        "2.20.9",
        "mācību daļas vadītājas",
        "Mācību daļa and studiju daļa are the same unit, the Study Department.",
        "They are two units.",
        "A student needs one approval of the department's head; otherwise those of two heads.",
    ),
    Ambiguity(
        "figures_of_2009",
        "17 (text)",
        "Nolikums stājas spēkā",
        "The limits and dates of 2009 are applied as printed; all stand in one table, "
        "`rules/regulations/figures.py`.",
        "Later decisions of the Senate have changed some of them.",
        lambda: (
            "Tuition of autumn 2026 is due on "
            + shown("tuition_due_date", semester="autumn", calendar_year=2026)
            + "; otherwise on the day that a later decision names."
        ),
    ),
)


def _penalty(due_date: str) -> str:
    return shown(
        "late_fee",
        tuition="1000.00",
        due_date=due_date,
        payments=[{"on": "2026-09-25", "amount": "1000.00"}],
        as_of="2026-12-01",
    )
