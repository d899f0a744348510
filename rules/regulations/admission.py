"""Study regulations, 2.4 to 2.14 and 2.18: the contract, matriculation and the entry tariff.

Payment terms are in `tuition.py`, discounts in `discounts.py`.
"""

from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from rules.money import CENT, round_cents
from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.rule import rule
from rules.regulations.shapes import Count, Euros, Inflation
from rules.wording import Text
from rules.working_days import add_months


class Load(StrEnum):
    """Full-time (pilna laika) or part-time (nepilna laika) studies."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"


class Card(StrEnum):
    """What a matriculated student gets."""

    ISIC = "isic"
    STUDENT_CARD = "student_card"


class Suspension(StrEnum):
    """Grounds on which a contract may be suspended (2.12)."""

    CURRENT_SEMESTER_NOT_PAID = "current_semester_not_fully_paid"
    EARLIER_PLAN_NOT_FULFILLED = "earlier_study_plan_not_fulfilled"


_NOT_PAID = Point(
    "not_fully_paid", "pirmais semestris nav pilnībā apmaksāts", "semester one is not fully paid"
)
_LATER_STAGE_DECISION = Point(
    "rector_decides",
    "par studiju uzsākšanu vēlākā posmā pēc programmas direktora ierosinājuma lemj rektors",
    "the rector decides on entry at a later stage, on the programme director's proposal",
)
_SPECIAL_GRADUATE = Point(
    "special_graduate_tariff",
    "tarifs „Sociālās palīdzības organizatora” absolventam, kas turpina 5. semestrī: teksts "
    "paredz izņēmumu, bet ne summu",
    "the tariff of a graduate of “Sociālās palīdzības organizators” who continues in semester 5: "
    "the text makes an exception but names no sum",
)
_ENTRY = Text(
    "Vēlākā posmā maksā 1. kursa 1. semestra tarifu: {tariff:eur} (cenrāža 15. punkts vēlāku "
    "iestāšanos rēķina pēc kredītpunktiem; šeit piemērots nolikums)",
    "Entry at a later stage is charged the tariff of year 1, semester 1: {tariff:eur} (row 15 of "
    "the price list counts by credit points instead; the regulations are applied here)",
)


_ALLOWED = Text("ir atļauta", "is allowed")
_NOT_ALLOWED = Text("nav atļauta", "is not allowed")


@rule("2.4", "2.16.1")
def may_sign_contract(paid: Euros, first_semester_fee: Euros) -> Answer[bool]:
    """Whether the first semester (fee after discounts) is fully paid, so that a contract may be made (2.4).

    >>> may_sign_contract(Decimal("999.99"), Decimal("1000.00")).value
    False
    """
    missing = first_semester_fee - paid
    yes = say(
        "Līgumu drīkst slēgt: samaksāti {paid:eur} no {fee:eur}",
        "The contract may be concluded: {paid:eur} of {fee:eur} is paid",
        paid=paid,
        fee=first_semester_fee,
    )
    no = say(
        "Līgumu vēl nedrīkst slēgt, trūkst {missing:eur}",
        "The contract may not be concluded yet, {missing:eur} is missing",
        missing=missing,
    )
    return verdict(("2.4", "2.16.1"), yes, no, (_NOT_PAID,) if missing > 0 else ())


@rule("2.7")
def personal_file_due(contract_date: date) -> Answer[date]:
    """The last day on which the Admissions Commission hands over the personal file (2.7)."""
    due = add_months(contract_date, figures.PERSONAL_FILE_MONTHS.value)
    said = say(
        "Uzņemšanas komisija personas lietu nodod Studiju daļai līdz {due} (mēnesis pēc {day})",
        "The Admissions Commission hands the personal file to the Study Department by {due} "
        "(a month after {day})",
        due=due,
        day=contract_date,
    )
    return Answer(due, ("2.7",), said)


@rule("2.10")
def student_card_kind(load: Load) -> Answer[Card]:
    """ISIC for full-time students, the university's student card for part-time ones (2.10)."""
    if load is Load.FULL_TIME:
        return Answer(
            Card.ISIC,
            ("2.10",),
            say(
                "Pilna laika studējošais saņem ISIC karti", "A full-time student gets an ISIC card"
            ),
        )
    said = say(
        "Nepilna laika studējošais saņem Augstskolas studenta apliecību",
        "A part-time student gets the university's student card",
    )
    return Answer(Card.STUDENT_CARD, ("2.10",), said)


@rule("2.12")
def contract_suspension_grounds(
    unpaid_current_semester: Euros, earlier_plan_fulfilled: bool, due_date: date, as_of: date
) -> Answer[tuple[Suspension, ...]]:
    """Grounds for suspending the contract (2.12); unpaid tuition counts only after its due date."""
    reasons = {}
    if unpaid_current_semester > 0 and as_of > due_date:
        reasons[Suspension.CURRENT_SEMESTER_NOT_PAID] = (
            "kārtējais semestris nav pilnībā apmaksāts",
            "the current semester is not fully paid",
        )
    if not earlier_plan_fulfilled:
        reasons[Suspension.EARLIER_PLAN_NOT_FULFILLED] = (
            "nav izpildīts iepriekšējo semestru studiju plāns",
            "the study plan of earlier semesters is not fulfilled",
        )
    points = tuple(Point(code, lv, en) for code, (lv, en) in reasons.items())
    decide = Point(
        "suspend_contract", "vai apturēt līguma darbību", "whether to suspend the contract"
    )
    words = {"day": as_of, "unpaid": unpaid_current_semester}
    said = say(
        "{day} līgumu apturēt pamata nav, nesamaksāti {unpaid:eur}",
        "On {day} there is no ground for suspending the contract, {unpaid:eur} is unpaid",
        **words,
    )
    if points:
        said = say(
            "{day} ir pamats apturēt līgumu, nesamaksāti {unpaid:eur}",
            "On {day} there is ground for suspending the contract, {unpaid:eur} is unpaid",
            **words,
        )
    return Answer(tuple(reasons), ("2.12",), said, (decide,) if points else (), points)


@rule("2.14")
def may_enter_later_stage(years_completed: Count, programme_licensed: bool) -> Answer[bool]:
    """Whether the conditions for entering at a later stage are met (2.14); the rector decides."""
    reasons = []
    if years_completed < figures.LATER_STAGE_YEARS.value:
        reasons.append(
            Point(
                "first_year_not_completed",
                "nav sekmīgi pabeigts pirmais studiju gads",
                "the first study year is not completed",
            )
        )
    if not programme_licensed:
        reasons.append(
            Point(
                "programme_not_licensed",
                "iepriekšējā programma nav licencēta",
                "the earlier programme is not licensed",
            )
        )
    yes = Text(
        "Nosacījumi studiju uzsākšanai vēlākā posmā ir izpildīti",
        "The conditions for a later stage are met",
    )
    no = Text("Vēlākā posmā studijas uzsākt nevar", "Entry at a later stage is not possible")
    decide = () if reasons else (_LATER_STAGE_DECISION,)
    return verdict(("2.14",), say(*yes), say(*no), tuple(reasons), decide)


@rule("2.14")
def entry_tariff(
    first_year_tariff: Euros,
    special_graduate: bool = False,
) -> Answer[Decimal | None]:
    """The tariff for entry at a later stage in EUR (2.14); None for the excepted graduates."""
    said = say(*_ENTRY, tariff=first_year_tariff)
    if special_graduate:
        said = say("No nolikuma teksta tarifu noteikt nevar", "The text does not settle the tariff")
        return Answer(None, ("2.14",), said, (_SPECIAL_GRADUATE,))
    return Answer(round_cents(first_year_tariff), ("2.14",), said)


@rule("2.18")
def tuition_change_allowed(
    old: Euros, new: Euros, official_inflation: Inflation, studies_interrupted: bool
) -> Answer[bool]:
    """Whether a new tuition stays within official inflation (2.18); after a break it need not (12.6)."""
    if studies_interrupted:
        said = say(
            "Studijas pārtrauktas: piemēro jaunās plūsmas tarifu {new:eur}",
            "Studies were interrupted: the tariff of the new stream applies, {new:eur}",
            new=new,
        )
        return Answer(value=True, clauses=("2.18", "12.6"), said=said)
    exact = old * (100 + max(Decimal(0), official_inflation)) / 100
    # Whole cents below the limit, so that the sentence never contradicts the answer.
    ceiling = exact.quantize(CENT, rounding=ROUND_DOWN)
    said = say(
        "Jaunā maksa {new:eur} {verdict}: robeža {ceiling:eur} ({old:eur}, oficiālā inflācija {rate:pct})",
        "The new fee of {new:eur} {verdict}: the ceiling is {ceiling:eur} ({old:eur}, official "
        "inflation {rate:pct})",
        verdict=_ALLOWED if new <= ceiling else _NOT_ALLOWED,
        new=new,
        ceiling=ceiling,
        old=old,
        rate=official_inflation,
    )
    return Answer(new <= ceiling, ("2.18",), said)
