"""Readings of sections 12 to 14: leave, reinstatement, individual study."""

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
        "leave_end_written",
        "12.1",
        "Atvaļinājuma beigu datums sakrīt ar attiecīgā kalendārā semestra sākumu",
        "An end between semesters means the start of the next one: the last day before it is often "
        "written instead.",
        "The end is taken as written, and the semester in which it lies does not count.",
        lambda: (
            "Leave from 1 September 2024 to 30 June 2026, one semester more: "
            f"{_leave(('2024-09-01', '2026-06-30'))}; otherwise true."
        ),
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
        "changed_programme_on_return",
        "12.3",
        "tiek noformēta jauna pārskaitīšanas veidlapa",
        "Whoever returns to a changed programme gets a new transfer form and takes the added "
        "courses for pay, beside the terms of 12.5.",
        "The student finishes by the old programme.",
        "What was added is taken for pay; otherwise it is not asked for.",
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
        "plan_in_force",
        "14.1",
        "kurš ir spēkā individuāla plāna sastādīšanas brīdī",
        "The individual plan follows the programme in force when it is drawn up; the contract comes "
        "from the Admissions Commission.",
        "It follows each later change of the programme.",
        "A course added a year later is not asked for; otherwise it is.",
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
