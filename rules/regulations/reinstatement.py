"""Study regulations, section 13: reinstatement, repeated studies, and a defence later on."""

from datetime import date, timedelta
from decimal import Decimal

from rules.money import round_cents
from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.rule import rule
from rules.regulations.shapes import Count, Euros
from rules.wording import Text
from rules.working_days import add_months

_LEFT_FOR_REPETITION = Point(
    "repeated_studies",
    "nesekmīgu studentu atkārtotai apmācībai atstāj rektors vai Valdes locekļi (13.5.)",
    "a failing student is left for repeated studies by the rector or Board members (13.5)",
)
_FEE_BY_BOARD = Point(
    "fee_by_board_member",
    "maksu individuāli nosaka Valdes loceklis",
    "a Board member sets the fee individually",
)
_WAS_PAID, _WAS_NOT_PAID = Text("bija", "was"), Text("nebija", "was not")
_POSSIBLE = Text(
    "Papildu vienošanās ir iespējama: ilgums {n:semesters}, atļauti 1–2 semestri",
    "An additional agreement is possible: for {n:semesters}, 1 to 2 are allowed",
)
_NOT_POSSIBLE = Text(
    "Papildu vienošanās nav iespējama: ilgums {n:semesters}, atļauti 1–2 semestri",
    "An additional agreement is not possible: for {n:semesters}, 1 to 2 are allowed",
)


@rule("13.3")
def further_tests_list_due(submitted_on: date) -> Answer[date]:
    """The last day on which the director returns the list of further tests (13.3): two weeks."""
    due = submitted_on + timedelta(days=figures.FURTHER_TESTS_DAYS.value)
    said = say(
        "Turpmāko ieskaišu un eksāmenu saraksts jāsagatavo līdz {due} ({count:days} pēc {day}); maksā pēc jaunās plūsmas tarifa",
        "The list of further tests is due by {due} ({count:days} after {day}); the tariff of the new stream applies",
        due=due,
        count=figures.FURTHER_TESTS_DAYS.value,
        day=submitted_on,
    )
    return Answer(due, ("13.3",), said)


@rule("13.4", "13.5")
def repeat_semester_fee(tuition: Euros, earlier_semester_fully_paid: bool) -> Answer[Decimal]:
    """What a repeated semester costs in EUR: half if the earlier one was fully paid (13.4, 13.5).

    >>> repeat_semester_fee(Decimal("999.99"), True).value
    Decimal('500.00')
    """
    paid = earlier_semester_fully_paid
    share = figures.REPEATED_SEMESTER_PERCENT.value if paid else Decimal(100)
    fee = round_cents(tuition * share / 100)
    said = say(
        "{share:pct} no {tuition:eur} = {fee:eur}: semestris iepriekš {paid} pilnībā apmaksāts",
        "{share:pct} of {tuition:eur} = {fee:eur}: the semester {paid} fully paid before",
        paid=_WAS_PAID if paid else _WAS_NOT_PAID,
        share=share,
        tuition=tuition,
        fee=fee,
    )
    return Answer(fee, ("13.4", "13.5"), said, (_LEFT_FOR_REPETITION,))


@rule("13.6")
def defence_without_changes_until(exmatriculated_on: date) -> Answer[date]:
    """The last day to apply for a defence without later programme changes (13.6): one year."""
    until = add_months(exmatriculated_on, figures.DEFENCE_MONTHS.value)
    said = say(
        "Pieteikties aizstāvēšanai, neņemot vērā programmas grozījumus, var līdz {until} (gads pēc {day})",
        "Application for the defence without programme changes is possible until {until} (a year after {day})",
        until=until,
        day=exmatriculated_on,
    )
    return Answer(until, ("13.6",), said)


@rule("13.7")
def defence_agreement_due(defence_on: date) -> Answer[date]:
    """The last day for the agreement on a later defence (13.7): two months before it."""
    due = add_months(defence_on, -figures.DEFENCE_AGREEMENT_MONTHS.value)
    said = say(
        "Vienošanās jānoslēdz līdz {due} (2 mēnešus pirms aizstāvēšanas {day}); maksa pēc cenrāža 8. vai 9. punkta",
        "The agreement is due by {due} (2 months before the defence of {day}); the fee is that of row 8 or 9 of the price list",
        due=due,
        day=defence_on,
    )
    return Answer(due, ("13.7",), said)


@rule("13.9")
def extra_semesters_valid(n: Count) -> Answer[bool]:
    """Whether an additional agreement may be for that many semesters: one or two (13.9)."""
    valid = 1 <= n <= figures.EXTRA_SEMESTERS_MOST.value
    said = say(*(_POSSIBLE if valid else _NOT_POSSIBLE), n=n)
    return Answer(valid, ("13.9",), said, (_FEE_BY_BOARD,) if valid else ())
