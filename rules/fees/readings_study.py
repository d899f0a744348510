"""Readings adopted of order No 1.5-3/149: dates, notes and the rows about studies (5 to 12).

All of them together are `readings.READINGS`.
"""

from datetime import date
from decimal import Decimal

from rules.ambiguities import Ambiguity
from rules.fees.reading_examples import DAY, cost, exam_of_june, item, quoted, ready
from rules.working_days import WorkingDays


def _resumed_in_time() -> Decimal:
    return cost("8.1", exmatriculated_on=date(2025, 11, 1), resumed_on=date(2026, 10, 30))


def _both() -> Decimal:
    plan = item("10", plan_exemption="recognition_of_prior_learning")
    return quoted(plan, item("12")).total


DATES = (
    Ambiguity(
        "in_force_from",
        "order, date",
        "19.10.2023.",
        "In force from the date of the order; earlier requests carry a warning.",
        "In force from another day, such as that of its publication.",
        lambda: (
            "A request of 18.10.2023 carries the warning "
            f"`{quoted(item('1.1'), on=date(2023, 10, 18)).warnings[0].key}`."
        ),
        "in_force_from in the order's file",
    ),
    Ambiguity(
        "clock_start",
        "column 4",
        "Dokumenta izgatavošanas laiks",
        "The time counts from the day of the request.",
        "It counts from the day of payment.",
        lambda: (
            f"Row 1.1 asked for on {DAY} and paid on 2026-11-25: ready on {ready('1.1')} "
            f"or on {ready('1.1', paid=date(2026, 11, 25))}."
        ),
        "SAC_FEE_CLOCK_START (with paid_on)",
    ),
    Ambiguity(
        "day_zero",
        "column 4",
        "3 darba dienas",
        "The day of the request is day 0; day 1 is the next working day.",
        "The day of the request, if worked, is day 1.",
        lambda: (
            f"Row 1.1 on {DAY}: ready on {ready('1.1')} instead of {WorkingDays().after(DAY, 2)}."
        ),
    ),
    Ambiguity(
        "working_day",
        "column 4",
        "darba dienas",
        "Monday to Friday without public holidays, and moved working Saturdays.",
        "Monday to Friday, or the office's own days.",
        lambda: (
            f"Row 1.1 on 2026-01-15: ready on {ready('1.1', on=date(2026, 1, 15))}, "
            "because Saturday 17 January is worked, instead of 2026-01-20."
        ),
        "holidays (field of the request)",
    ),
    Ambiguity(
        "singular_day",
        "row 1.2",
        "3 darba diena",
        "A slip of the pen for “3 darba dienas”.",
        "No other sense is likely.",
        lambda: f"None: ready on {ready('1.2')}, as row 1.1.",
    ),
    Ambiguity(
        "one_month",
        "rows 18.1–18.3, note ****",
        "1 mēnesis",
        "An estimate: a calendar month after the documents are ready, not moved off weekends.",
        "A month from the request, which includes preparing the documents.",
        lambda: (
            "Rows 1.3 and 18.1: estimated for "
            f"{quoted(item('1.3'), item('18.1')).delivery_estimate} instead of 2026-12-23."
        ),
    ),
    Ambiguity(
        "protocol_validity",
        "headings 5 and 6",
        "Individuālā pārbaudījuma protokola derīguma termiņš šis un nākamais semestris",
        "Until the last day of the semester after that of issue; rows 5.1, 5.2, 6.1 and 6.2 only, "
        "which issue protocols. Between semesters no date is given.",
        "All rows under the heading, or two semesters' length from the day of issue.",
        "No sum changes; rows 5.3 and 6.3–6.8 would carry a date too.",
        "semesters (field of the request)",
    ),
    Ambiguity(
        "academic_year",
        "notes ** and *****",
        "esošā akadēmiskajā gadā",
        "From 1 September to 31 August, or from the autumn semester's start in the calendar given.",
        "The calendar year of the study plan.",
        lambda: (
            "An exam planned for 10 June, asked for on 31 August: "
            f"{exam_of_june(date(2026, 8, 31))}; on 1 September: {exam_of_june(date(2026, 9, 1))}."
        ),
        "semesters (field of the request)",
    ),
)

STUDY_ROWS = (
    Ambiguity(
        "justified_by_plan",
        "note **",
        "studiju plānā noteiktie pārbaudījumi/eksāmeni esošā akadēmiskajā gadā",
        "The day for which the test was set in the study plan decides, not the day of taking it.",
        "The day on which the test is taken decides.",
        lambda: (
            f"An exam of June taken in September: {exam_of_june(date(2026, 9, 1))} instead of 0.00."
        ),
    ),
    Ambiguity(
        "previous_years",
        "rows 5.2 and 6.2, note **",
        "par iepriekšējiem akadēmiskajiem gadiem**",
        "The marker is printed, but the note speaks of the current year only: charged, and a "
        "person decides whether to waive.",
        "The marker counts: free with a justified reason.",
        lambda: f"Row 5.2: {cost('5.2')} instead of 0.00.",
        "waiver (field of the item)",
    ),
    Ambiguity(
        "asked_row_kept",
        "rows 5.1, 5.2, 6.1 and 6.2",
        "par esošo akadēmisko gadu / par iepriekšējiem akadēmiskajiem gadiem",
        "The row asked for is kept; a planned date of the other kind of year is a warning.",
        "The planned date picks the row.",
        lambda: f"Row 5.1 for an exam of last year: {cost('5.1')} instead of {cost('5.2')}.",
    ),
    Ambiguity(
        "note_on_heading",
        "heading 8, note **",
        "Valsts pārbaudījumu kārtošana, atjaunojoties studijām …**",
        "A note on the heading holds for its rows 8.1–8.3, under the same three conditions.",
        "It holds for none of them, as it stands at none.",
        lambda: f"Row 8.3 with a justified reason: 0.00 instead of {cost('8.3')}.",
    ),
    Ambiguity(
        "flat_lateness",
        "row 6.3",
        "maksimāli kavēto dienu skaits – 5 kalendārās dienas",
        "One flat price: row 7.2 prints “/ dienā”, this row does not.",
        "The price is per day late.",
        lambda: (
            f"Three days late: {cost('6.3', days_late=3)} instead of "
            f"{3 * cost('6.3', days_late=1)}."
        ),
    ),
    Ambiguity(
        "handed_in_on_time",
        "rows 6.3 and 7.2",
        "pēc studiju plānā noteiktā termiņa",
        "No day late: nothing to pay.",
        "The row cannot be asked for at all.",
        lambda: f"Row 7.2 with 0 days: {cost('7.2', days_late=0)} instead of a refusal.",
    ),
    Ambiguity(
        "beyond_the_limit",
        "rows 6.3 and 7.2",
        "maksimāli kavēto dienu skaits",
        "Nothing is charged beyond the limit: refused, and a person decides (row 6.4, or the next "
        "session).",
        "The highest price stays, or row 6.4 applies by itself.",
        lambda: (
            f"Row 7.2, 11 days: a refusal instead of {cost('7.2', days_late=10)}; row 6.3, "
            f"6 days: instead of {cost('6.4')} by row 6.4."
        ),
    ),
    Ambiguity(
        "commission_accepts",
        "row 6.8",
        "par attaisnojošu iemeslu lemj Studiju jautājumu komisija",
        "An accepted reason frees the line; undecided, it is charged and flagged.",
        "The commission's decision settles something else than the price.",
        lambda: f"{cost('6.8', commission_accepted_reason=True)} instead of {cost('6.8')}.",
    ),
    Ambiguity(
        "study_break",
        "heading 8",
        "viena gada laikā pēc eksmatrikulācijas vai pēc studiju pārtraukuma",
        "The year limits exmatriculation only; after a study break row 8 holds however long it was.",
        "The year limits the study break too.",
        lambda: (
            f"Row 8.1 after a long break: {cost('8.1')} instead of "
            f"{cost('9.1', exmatriculated_on=date(2024, 1, 1))} by row 9.1."
        ),
    ),
    Ambiguity(
        "within_one_year",
        "headings 8 and 9",
        "viena gada laikā / vēlāk kā gadu pēc",
        "The anniversary itself is still within the year; that of 29 February is 28 February.",
        "The year ends the day before the anniversary.",
        lambda: (
            "Bachelor's thesis on the anniversary: "
            f"{cost('8.2', exmatriculated_on=date(2025, 11, 23))} instead of "
            f"{cost('9.2', exmatriculated_on=date(2025, 11, 22))}."
        ),
    ),
    Ambiguity(
        "resumed_on",
        "headings 8 and 9",
        "atjaunojoties studijām",
        "The year is counted to the day of resuming studies; not given, to the day of the request.",
        "It is always counted to the day of the request.",
        lambda: (
            "Exmatriculated on 2025-11-01, resumed on 2026-10-30: "
            f"{_resumed_in_time()} by row 8.1 instead of "
            f"{cost('9.1', exmatriculated_on=date(2025, 11, 1))} by row 9.1."
        ),
        "resumed_on (field of the item)",
    ),
    Ambiguity(
        "plan_with_recognition",
        "rows 10 and 12",
        "izņemot ārpus formālās izglītības apgūto … atzīšanas gadījumā",
        "Asked for together, row 10 is free by its own exemption.",
        "Both are charged.",
        lambda: f"{_both()} instead of {cost('10') + cost('12')}.",
        "plan_exemption (field of the item)",
    ),
)
