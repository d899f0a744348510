"""Readings of 2.17: notices of debts, and what a debt leads to."""

from rules.ambiguities import Ambiguity
from rules.regulations.readings.example import shown

READINGS = (
    Ambiguity(
        "first_notice_earliest",
        "2.17.1",
        "ne vēlāk kā 20 dienas pēc",
        "The first notice may go from the day after the due date.",
        "It goes on the twentieth day.",
        lambda: (
            "Autumn 2026: any day from 2026-09-11 to "
            + shown("dunning_calendar", semester="autumn", year=2026)
            + "."
        ),
    ),
    Ambiguity(
        "loan_is_no_debt",
        "2.17.1",
        "par kuriem grāmatvedībā nav informācijas",
        "A student whose planned loan covers the rest is not on the list of debtors.",
        "Only credited money counts.",
        lambda: (
            "500.00 EUR unpaid, a loan of 500.00 EUR pending: debtor "
            f"{shown('is_debtor', unpaid='500.00', planned_loan='500.00')}; otherwise "
            f"{shown('is_debtor', unpaid='500.00')}."
        ),
        "planned_loan",
    ),
    Ambiguity(
        "no_public_lists",
        "2.17.1",
        "ieveitoti Augstskolas mājas lapā",
        "The list goes to the Study Department and directors, and each debtor is written to; names "
        "are neither published nor sent to group elders (personal data).",
        "The list is published and sent to group elders, as printed.",
        "Nobody outside the office would see another student's debt by default; otherwise all would.",
    ),
    Ambiguity(
        "second_notice_needed",
        "2.17.2",
        "ja līdz semestra beigām šīs parads saglabājas",
        "Without the second notice a debt after the semester is a ground with a point to decide.",
        "The debt alone is enough.",
        lambda: (
            "1.00 EUR after the semester without notice: "
            + shown(
                "expel_for_debt",
                debt="1.00",
                semester_end="2027-01-31",
                on="2027-02-01",
                second_notice_sent=False,
            )
            + " with a decision; otherwise without one."
        ),
        "second_notice_sent",
    ),
)
