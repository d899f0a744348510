"""Study regulations, 2.21 to 2.23: how discounts combine, and until when they are asked for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.refusal import invalid
from rules.regulations.rule import rule
from rules.regulations.shapes import Percent, Year, trimmed
from rules.regulations.terms import Semester
from rules.wording import Text

_ZERO, _ALL = Decimal(0), Decimal(100)


class DiscountKind(StrEnum):
    """The discounts of 2.20 and the special case of 2.23."""

    CONTEST_WINNER = "contest_winner"
    HONOURS_GRADUATE = "honours_graduate"
    GRADUATE = "graduate"
    EXCELLENT_STUDENT = "excellent_student"
    STAFF_FAMILY = "staff_family"
    FAMILY = "family"
    DISABILITY = "disability"
    ORPHAN = "orphan"
    STUDENT_COUNCIL = "student_council"
    GROUP_ELDER = "group_elder"
    SENATE = "senate"
    SPECIAL_CASE = "special_case"


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount that was granted, in percent of the full tariff."""

    kind: DiscountKind
    percent: Percent


# "netiek dzēsta ar lielāku": kept beside a larger one.
STACKING = frozenset({DiscountKind.FAMILY, DiscountKind.GROUP_ELDER})
NAMES = {
    DiscountKind.CONTEST_WINNER: Text("konkursa uzvarētājs", "contest winner"),
    DiscountKind.HONOURS_GRADUATE: Text("absolvents ar izcilību", "honours graduate"),
    DiscountKind.GRADUATE: Text("BPMA absolvents", "BPMA graduate"),
    DiscountKind.EXCELLENT_STUDENT: Text("teicamnieks", "excellent student"),
    DiscountKind.STAFF_FAMILY: Text("darbinieks vai ģimenes loceklis", "staff or family of staff"),
    DiscountKind.FAMILY: Text("BPMA ĢIMENE", "BPMA ĢIMENE (family)"),
    DiscountKind.DISABILITY: Text("invaliditāte", "disability"),
    DiscountKind.ORPHAN: Text("bārenis", "orphan"),
    DiscountKind.STUDENT_COUNCIL: Text("Studentu pārvalde", "student council"),
    DiscountKind.GROUP_ELDER: Text("grupas vecākais", "group elder"),
    DiscountKind.SENATE: Text("Senāta noteikta", "set by the Senate"),
    DiscountKind.SPECIAL_CASE: Text("īpašs gadījums", "special case"),
}
_CLAUSES = {
    kind: f"2.20.{number}"
    for kind, number in zip(DiscountKind, (1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 10), strict=False)
} | {DiscountKind.SPECIAL_CASE: "2.23"}
_CAPPED = Text(
    "; kopā {whole:pct}, bet nevar pārsniegt pilnu maksu",
    "; together {whole:pct}, but no more than the whole fee",
)
_PART = Text("{name} {percent:pct}", "{name} {percent:pct}")
_SPECIAL = Point(
    "special_case",
    "vai īpašā gadījuma atlaidi (2.23.) piešķir papildus citām",
    "whether the special-case discount (2.23) is granted beside others",
)


def _kept(discounts: tuple[Discount, ...]) -> tuple[Discount, ...]:
    """The largest of those that do not add up (the first of equal ones), and all that stack."""
    largest = max(
        (discount for discount in discounts if discount.kind not in STACKING and discount.percent),
        key=lambda discount: discount.percent,
        default=None,
    )
    return tuple(
        discount
        for discount in discounts
        if discount is largest or (discount.kind in STACKING and discount.percent)
    )


@rule("2.23", "2.20.6", "2.20.9 (unnumbered paragraph)")
def combined_discount(discounts: tuple[Discount, ...]) -> Answer[Decimal]:
    """The discount that counts, in percent of the full tariff, at most 100 (2.23).

    >>> fifty = Discount(DiscountKind.DISABILITY, Decimal(50))
    >>> combined_discount((fifty, Discount(DiscountKind.FAMILY, Decimal(25)))).value
    Decimal('75')
    """
    if len({discount.kind for discount in discounts}) < len(discounts):
        raise invalid("discounts", "each kind stands once")
    kept = _kept(discounts)
    whole = sum((discount.percent for discount in kept), _ZERO)
    total = trimmed(min(whole, _ALL))
    if not kept:
        return Answer(total, ("2.23",), say("Atlaides nav", "No discount"))
    clauses = tuple(dict.fromkeys(_CLAUSES[discount.kind] for discount in kept))
    said = say(
        "Atlaide {total:pct} ({parts}{cap}): summē tikai ģimenes un grupas vecākā atlaidi, no pārējām piemēro lielāko",
        "Discount of {total:pct} ({parts}{cap}): only those of family and group elder add up, of the others "
        "the largest counts",
        total=total,
        cap=say(*_CAPPED, whole=whole) if whole > _ALL else "",
        parts=tuple(say(*_PART, name=NAMES[one.kind], percent=one.percent) for one in kept),
    )
    special = {discount.kind for discount in discounts} >= {DiscountKind.SPECIAL_CASE}
    decide = (_SPECIAL,) if special and len(discounts) > 1 else ()
    return Answer(total, ("2.23", *(c for c in clauses if c != "2.23")), said, decide)


@rule("2.21")
def discount_application_due(semester: Semester, year: Year) -> Answer[date]:
    """The last day for a student's application (2.21); a later one a person may still accept."""
    autumn = semester is Semester.AUTUMN
    figure = figures.DISCOUNT_DUE_AUTUMN if autumn else figures.DISCOUNT_DUE_SPRING
    due = date(year, *figure.value)
    said = say(
        "Atlaides iesniegums jāiesniedz līdz {due}",
        "Discount applications are due by {due}",
        due=due,
    )
    return Answer(due, ("2.21",), said)


@rule("2.22")
def discount_list_due(semester: Semester, year: Year) -> Answer[date]:
    """The last day for the list after that semester (2.22): 10 February of the next year, 25 July."""
    if semester is Semester.AUTUMN:
        due = date(year + 1, *figures.LIST_DUE_AFTER_AUTUMN.value)
    else:
        due = date(year, *figures.LIST_DUE_AFTER_SPRING.value)
    said = say(
        "Studiju daļa un filiāles sarakstu iesniedz grāmatvedībai līdz {due}",
        "The Study Department and branches hand the list to Accounting by {due}",
        due=due,
    )
    return Answer(due, ("2.22",), said)
