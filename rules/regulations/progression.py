"""Study regulations, 7.1: enrolment in the next study year. The order itself is a person's (7.2)."""

from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.rule import rule
from rules.regulations.shapes import Euros, Ordinal, Positive, Quantity


class CreditRule(StrEnum):
    """How the two halves of the first criterion are joined; the text says "vai" (or)."""

    OR = "or"
    AND = "and"


_CREDITS = Point(
    "credit_points",
    "nav iegūti visi iepriekšējo gadu kredītpunkti vai 70 % no kārtējā gada",
    "neither all credit points of earlier years nor 70% of the current year are earned",
)
_DUTIES = Point("contract_duties", "nav izpildītas līguma saistības", "contract duties are not met")
_DEBT = Point(
    "financial_debt",
    "ir finansiāls parāds par iepriekšējo semestri",
    "there is a debt for the previous semester",
)
_LITTLE = Point(
    "less_than_70_percent",
    "kārtējā gadā iegūts mazāk par 70 %, pārcelt ļauj tikai iepriekšējo gadu kredītpunkti",
    "less than 70% is earned this year, only earlier credit points let the student through",
)


@rule("7.1", "7.1 (unnumbered criterion)", "7.1.1", "7.1.2")
def may_progress(  # noqa: PLR0913, PLR0917 - the criteria of the clause; the last is the reading
    year: Ordinal,
    all_previous_credits_earned: bool,
    planned_cp_current_year: Positive,
    earned_cp_current_year: Quantity,
    contract_duties_met: bool,
    financial_debt_previous_semester: Euros,
    credit_rule: CreditRule = CreditRule.OR,
) -> Answer[bool]:
    """Whether the criteria for the next study year are met (7.1); the rector orders (7.2).

    A first-year student has no earlier years and must earn the 70%.
    """
    share = earned_cp_current_year * 100 / planned_cp_current_year
    # Cut, not rounded: 69.999% must not be shown as 70.
    shown = share.quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    enough = share >= figures.PROGRESS_PERCENT.value
    earlier = all_previous_credits_earned and year > 1
    if credit_rule is CreditRule.AND:
        credits_met = enough and (earlier or year == 1)
    else:
        credits_met = enough or earlier
    checks = (
        (_CREDITS, credits_met),
        (_DUTIES, contract_duties_met),
        (_DEBT, financial_debt_previous_semester == 0),
    )
    reasons = tuple(point for point, met in checks if not met)
    words = {"earned": earned_cp_current_year, "planned": planned_cp_current_year, "share": shown}
    yes = say(
        "Var pārcelt nākamajā studiju gadā: iegūti {earned} no {planned} KP ({share:pct})",
        "May be enrolled in the next study year: {earned} of {planned} CP earned ({share:pct})",
        **words,
    )
    no = say(
        "Nākamajā studiju gadā pārcelt nevar, iegūti {earned} no {planned} KP ({share:pct})",
        "May not be enrolled, {earned} of {planned} CP earned ({share:pct})",
        **words,
    )
    decide = (_LITTLE,) if not reasons and not enough else ()
    return verdict(("7.1", "7.1.1", "7.1.2"), yes, no, reasons, decide)
