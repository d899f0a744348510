"""Readings of sections 7.3 to 9: changes and transfers, exmatriculation, certificates."""

from rules.ambiguities import Ambiguity
from rules.regulations.readings.example import shown

READINGS = (
    Ambiguity(
        "change_before_start",
        "7.3",
        "nepārsniedz pirmās divas studiju nedēļas no konkrētā studiju semestra sākuma",
        "An order before the start of the semester is ordinary.",
        "Only the first two weeks are ordinary.",
        lambda: (
            "Order of 20 August: "
            + shown("study_place_change", semester_start="2026-09-01", on="2026-08-20")
            + "; otherwise exceptional."
        ),
    ),
    Ambiguity(
        "programme_change_before_start",
        "7.6",
        "pirmo divu studiju nedēļu laikā",
        "An application before the start of the semester is in time.",
        "Only applications within the two weeks are.",
        lambda: (
            "Applied on 20 August: "
            + shown(
                "first_semester_programme_change",
                semester_start="2026-09-01",
                applied_on="2026-08-20",
                decision_on="2026-08-25",
            )
            + "; otherwise not in time."
        ),
    ),
    Ambiguity(
        "change_fee_row",
        "7.7",
        "maksa par  dokumentu pārnoformēšanu",
        "Row 16 of the price list is the nearest tariff; a person settles the amount.",
        "There is no tariff, so no fee.",
        lambda: (
            "Change of branch at the student's wish is charged: "
            + shown(
                "change_fee_due",
                what="branch",
                initiative="student",
                after_leave=False,
                repeated_studies=False,
            )
            + ", 48.00 EUR by row 16; otherwise 0.00 EUR."
        ),
    ),
    Ambiguity(
        "entries_in_parallel",
        "7.4",
        "Paralēli augstskolas mācību daļas darbinieki ieraksta grozījumus",
        "Study card and database are changed at the same time as the contract, by whoever enters it.",
        "They are changed after both have signed the contract.",
        "The card shows the new branch at once; otherwise only after the student has signed.",
    ),
    Ambiguity(
        "receiving_director",
        "7.9",
        "studiju programmas direktors vienlaicīgi sastāda pārskaitīšanas veidlapu",
        "The director of the receiving programme draws up the transfer form and names the semester.",
        "Each of the two directors draws up a form.",
        "One form goes to the Admissions Commission; otherwise two.",
    ),
    Ambiguity(
        "after_the_second_decision",
        "9.5",
        "domstarpības risina LR normatīvajos aktos",
        "Against the decision on an appeal only the way of the law is open; no term is computed.",
        "The month of 9.5 runs again from the second decision.",
        lambda: (
            "Decided on 30 November, again on 28 December 2026: one appeal, by "
            + shown("decision_appeal_due", decision_on="2026-11-30")
            + "; otherwise another by "
            + shown("decision_appeal_due", decision_on="2026-12-28")
            + "."
        ),
    ),
    Ambiguity(
        "shorter_appeals_stay",
        "9.5",
        "viena mēneša laikā no lēmuma pieņemšanas datuma",
        "The month does not replace the shorter terms of 5.10 and 5.11.",
        "A grade may be appealed within a month as well.",
        lambda: (
            "A grade of 16 November 2026: by "
            + shown("grade_appeal_due", assessed_on="2026-11-16", received_on="2026-11-16")
            + "; otherwise by "
            + shown("decision_appeal_due", decision_on="2026-11-16")
            + "."
        ),
    ),
    Ambiguity(
        "certificate_language",
        "9.6",
        "akadēmisko izziņu valsts valodā bez papildus apmaksas",
        "In another language the certificate is charged by tariff.",
        "It is free in any language.",
        lambda: (
            "In English: "
            + shown(
                "academic_certificate",
                file_in_archive=False,
                clearance_signed_by_accounting=True,
                clearance_signed_by_library=True,
                in_state_language=False,
            )
            + "; otherwise free."
        ),
        "in_state_language",
    ),
)
