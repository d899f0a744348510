"""Readings of sections 7.3 to 14: changes, exmatriculation, leave, reinstatement, individual study."""

from rules.ambiguities import Ambiguity
from rules.regulations.readings.example import shown


def _leave(*spans: tuple[str, str], asked: int = 1, **more: str) -> str:
    leaves = [{"programme": "A", "start": start, "end": end} for start, end in spans]
    return shown("leave_allowed", previous_leaves=leaves, requested_semesters=asked, **more)


_TWO_LEAVES = (("2025-02-01", "2025-09-01"), ("2025-09-01", "2026-02-01"))


def _after(deposit: str, discount: str = "0") -> str:
    return shown(
        "tuition_after_leave",
        new_stream_tariff="1000.00",
        deposit=deposit,
        discount_percent=discount,
    )


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
    Ambiguity(
        "active_semester_breaks_row",
        "12.1",
        "ne vairāk kā divas reizes pēc kārtas",
        "An active semester between leaves breaks the row.",
        "At most two leaves in one programme, ever.",
        lambda: (
            "After two leaves and an active semester: "
            f"{_leave(*_TWO_LEAVES, starts='2026-09-01')}; otherwise {_leave(*_TWO_LEAVES)}."
        ),
        "starts",
    ),
    Ambiguity(
        "deposit_only_for_leave",
        "12.1 (second paragraph)",
        "bet ne mazāk kā 20% no semestra  studiju maksas",
        "Only what is paid towards the leave is credited later, not tuition of a studied semester.",
        "All payments of the semester are credited.",
        lambda: (
            "1000.00 EUR tuition paid and studied, 200.00 EUR towards leave: later "
            f"{_after('200.00')} EUR; otherwise {_after('1000.00')} EUR."
        ),
    ),
    Ambiguity(
        "late_leave_application",
        "12.2",
        "ne vēlāk kā nedēļu pirms attiecīgā semestra sākuma",
        "Later than a week before, up to 1 October or 1 March: late, a person decides.",
        "A late application is refused.",
        lambda: (
            "26 January for 1 February: "
            + shown(
                "leave_application_window",
                semester_start="2027-02-01",
                semester="spring",
                on="2027-01-26",
            )
            + " with a decision; otherwise refused."
        ),
    ),
    Ambiguity(
        "leave_starts_as_named",
        "12.2",
        "stingri piesaistītam tam studiju semestrim, kurā šis iesniegums uzrakstīts",
        "Leave starts with the semester that the application names, at the earliest the coming one; "
        "otherwise applying a week before would be impossible.",
        "Leave starts in the semester in which the application was written.",
        "Applied on 25 January 2027 for 1 February 2027: leave from spring 2027; otherwise from "
        "autumn 2026.",
    ),
    Ambiguity(
        "leave_end_by_order",
        "12.3",
        "atvaļinājuma termiņa beigām, kurš norādīts iesniegumā",
        "The end of leave is that of the order; of the application only where there is no order.",
        "It is always that of the application.",
        lambda: (
            "Order to 1 February, application to 1 September 2027: due "
            + shown("leave_return_due", leave_end="2027-02-01")
            + "; otherwise "
            + shown("leave_return_due", leave_end="2027-09-01")
            + "."
        ),
    ),
    Ambiguity(
        "deposit_is_the_twenty_percent",
        "12.6",
        "ķīlas summa, kura tika iemaksāta pirms aiziešanas",
        "The deposit is the sum paid before leave under 12.1.",
        "It is another sum, named in the contract.",
        lambda: (
            f"200.00 EUR before leave: later {_after('200.00')} EUR; otherwise {_after('0')} EUR."
        ),
    ),
    Ambiguity(
        "discount_before_deposit",
        "12.6",
        "No studiju maksas pirmajā semestrī",
        "A discount is taken off the tariff first, then the deposit.",
        "The deposit is taken off first, the discount off the rest.",
        lambda: f"10% and 200.00 EUR: {_after('200.00', '10')} EUR; otherwise 720.00 EUR.",
    ),
    Ambiguity(
        "deposit_carried_over",
        "12.6",
        "tiek izskaitīta ķīlas summa",
        "What of the deposit exceeds the first semester's tuition is carried over as credit.",
        "It is lost, or paid out.",
        lambda: (
            "1200.00 EUR against 1000.00 EUR: credit "
            + shown("deposit_left_over", new_stream_tariff="1000.00", deposit="1200.00")
            + " EUR; otherwise 0.00 EUR."
        ),
    ),
    Ambiguity(
        "extension_counts",
        "12.7",
        "Studiju pārtraukums var tikt pagarināts",
        "An extension is the next leave in a row.",
        "It lengthens the same leave and does not count as another.",
        lambda: f"A second extension: {_leave(*_TWO_LEAVES)}; otherwise true.",
    ),
    Ambiguity(
        "half_fee_semester",
        "13.4",
        "semestris, kura laikā tika piešķirts akadēmiskais atvaļinājums",
        "Read as the semester in which the earlier studies stopped, since excluded and failing "
        "students need not have been on leave (13.5 alike).",
        "Only students who had been on leave pay half.",
        lambda: (
            "Excluded without a leave, semester fully paid: "
            + shown("repeat_semester_fee", tuition="1000.00", earlier_semester_fully_paid=True)
            + " EUR; otherwise "
            + shown("repeat_semester_fee", tuition="1000.00", earlier_semester_fully_paid=False)
            + " EUR."
        ),
    ),
    Ambiguity(
        "defence_fee_rows",
        "13.7",
        "saskaņā ar spēkā esošajiem  Senāta apstiprinātajiem tarifiem",
        "The fee is that of rows 8.x within a year of exmatriculation, of rows 9.x later.",
        "One fee for both.",
        lambda: (
            "Exmatriculated on 30 June 2025: row 8 until "
            + shown("defence_without_changes_until", exmatriculated_on="2025-06-30")
            + ", then row 9."
        ),
    ),
    Ambiguity(
        "extra_semester_fee",
        "13.9",
        "apmaksas lielumu nosaka individuāli pēc studējošā iesnieguma Augstskolas Valdes loceklim",
        "The Board member to whom the application goes sets the fee.",
        "The whole Board, or the rector, sets it.",
        "The question goes to the Board member; otherwise to the Board or the rector.",
    ),
    Ambiguity(
        "schedule_fee",
        "14.2",
        "Studijas pēc individuālā grafika ir maksas pakalpojums",
        "Row 10 of the price list names a plan only; the fee of a schedule needs a decision.",
        "Row 10 covers the schedule as well.",
        "A person settles the fee; otherwise it is that of row 10.",
    ),
)
