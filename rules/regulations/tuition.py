"""Study regulations, 2.13, 2.16.2, 2.16.3 and 2.16.5: due dates, refunds, where a payment goes.

The penalty for late payment is in `late_fee.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.money import round_cents
from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.refusal import in_order, invalid
from rules.regulations.rule import rule
from rules.regulations.shapes import Euros, SemesterName, Year
from rules.regulations.terms import Semester
from rules.wording import Text
from rules.working_days import add_months

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed for one semester, in EUR."""

    semester: SemesterName
    tuition: Euros
    penalty: Euros = _ZERO


class DebtPart(StrEnum):
    """The parts of a debt, in the order in which they are paid."""

    TUITION = "tuition"
    PENALTY = "penalty"


@dataclass(frozen=True, slots=True)
class Allocated:
    """The part of a payment that clears one part of one semester's debt."""

    semester: str
    part: DebtPart
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Allocation:
    """Where a payment goes; what is left over is a credit balance."""

    parts: tuple[Allocated, ...]
    surplus: Decimal


class RefundKind(StrEnum):
    """How clause 2.13 treats a broken contract."""

    PARTIAL = "partial"
    NONE = "none"
    NOT_REGULATED = "not_regulated"


@dataclass(frozen=True, slots=True)
class Refund:
    """What is returned, in EUR, and by when; None where the text says nothing."""

    kind: RefundKind
    amount: Decimal | None
    repay_by: date | None


_GAP = Point(
    "between_start_and_classes",
    "semestris jau sācies, bet nodarbības vēl ne: nolikums šo gadījumu neregulē",
    "the semester has begun but classes have not: the regulations do not cover this case",
)


_PART = Text("{amount:eur} – {part} par {semester}", "{amount:eur} – {part} of {semester}")
_SEASONS = {
    Semester.AUTUMN: Text("{} gada rudens semestri", "autumn {}"),
    Semester.SPRING: Text("{} gada pavasara semestri", "spring {}"),
}
_PART_NAMES = {
    DebtPart.TUITION: Text("studiju maksa", "tuition"),
    DebtPart.PENALTY: Text("soda nauda", "penalty"),
}


def ordinary_due_date(semester: Semester, year: int) -> date:
    """The due date of 2.16.2: 10 September or 15 February."""
    autumn = semester is Semester.AUTUMN
    figure = figures.TUITION_DUE_AUTUMN if autumn else figures.TUITION_DUE_SPRING
    return date(year, *figure.value)


@rule("2.16.2", "2.16.3")
def tuition_due_date(
    semester: Semester, calendar_year: Year, branch_override: date | None = None
) -> Answer[date]:
    """The last day on which tuition is credited in time (2.16.2); a branch may have its own date."""
    due = branch_override or ordinary_due_date(semester, calendar_year)
    said = say(
        "Studiju maksai jābūt ieskaitītai Augstskolas kontā līdz {due}{branch}",
        "Tuition must be credited to the university's account by {due}{branch}",
        due=due,
        branch=Text(" (filiāles termiņš)", " (the branch's date)")
        if branch_override
        else Text("", ""),
    )
    return Answer(due, ("2.16.2", "2.16.3"), said)


def _owed(debts: Sequence[Debt]) -> Iterator[tuple[str, DebtPart, Decimal]]:
    # "2025-spring" comes before "2025-autumn", and the other way round in the alphabet.
    for debt in sorted(debts, key=lambda debt: (debt.semester[:4], debt.semester[5:] == "autumn")):
        yield debt.semester, DebtPart.TUITION, debt.tuition
        yield debt.semester, DebtPart.PENALTY, debt.penalty


def _semester_name(label: str) -> Text:
    year, _, season = label.partition("-")
    names = _SEASONS[Semester(season)]
    return Text(names.lv.format(f"{year}."), names.en.format(year))


@rule("2.16.5")
def allocate_payment(amount: Euros, debts: tuple[Debt, ...]) -> Answer[Allocation]:
    """Where a payment goes (2.16.5): the oldest semester first, in it tuition before penalty."""
    if amount <= 0:
        raise invalid("amount", "a payment is more than 0.00")
    if len({debt.semester for debt in debts}) < len(debts):
        raise invalid("debts", "each semester stands once")
    left, parts = amount, []
    for semester, part, owed in _owed(debts):
        paid = min(left, owed)
        left -= paid
        if paid > 0:
            parts.append(Allocated(semester, part, round_cents(paid)))
    if not parts:
        said = say("Parādu nav, pāri paliek {left:eur}", "No debts, {left:eur} is left", left=left)
        return Answer(Allocation((), round_cents(left)), ("2.16.5",), said)
    said = say(
        "{amount:eur} vispirms dzēš agrāko semestru parādus: {parts}; pāri paliek {left:eur}",
        "{amount:eur} first clears the debts of earlier semesters: {parts}; {left:eur} is left",
        amount=amount,
        parts=tuple(
            say(
                *_PART,
                amount=part.amount,
                part=_PART_NAMES[part.part],
                semester=_semester_name(part.semester),
            )
            for part in parts
        ),
        left=left,
    )
    return Answer(Allocation(tuple(parts), round_cents(left)), ("2.16.5",), said)


@rule("2.13")
def refund(
    paid_for_semester: Euros, semester_start: date, classes_start: date, application_received: date
) -> Answer[Refund]:
    """What is returned when the student breaks the contract (2.13): 75% before the semester starts.

    Between the start of the semester and of classes the text says nothing: a person decides.
    """
    in_order(("semester_start", semester_start), ("classes_start", classes_start))
    if application_received >= classes_start:
        said = say(
            "Nodarbības sākušās {start}, iesniegums saņemts {day}: samaksātos {paid:eur} neatmaksā",
            "Classes began on {start}, the application came on {day}: of {paid:eur} nothing is returned",
            start=classes_start,
            day=application_received,
            paid=paid_for_semester,
        )
        return Answer(Refund(RefundKind.NONE, _ZERO, None), ("2.13",), said)
    if application_received >= semester_start:
        said = say(
            "No nolikuma teksta atmaksas summu noteikt nevar",
            "The text does not settle the sum to return",
        )
        return Answer(Refund(RefundKind.NOT_REGULATED, None, None), ("2.13",), said, (_GAP,))
    share = figures.REFUND_PERCENT.value
    amount = round_cents(paid_for_semester * share / 100)
    by = add_months(application_received, figures.REFUND_MONTHS.value)
    said = say(
        "{share:pct} no {paid:eur} = {amount:eur}, jāatmaksā līdz {by}",
        "{share:pct} of {paid:eur} = {amount:eur}, to be returned by {by}",
        share=share,
        paid=paid_for_semester,
        amount=amount,
        by=by,
    )
    return Answer(Refund(RefundKind.PARTIAL, amount, by), ("2.13",), said)
