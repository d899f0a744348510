"""Study regulations, 2.16.4: the penalty for tuition that is paid late (soda nauda).

Counted in whole cents and days, so that a single answer and a batch (`late_fee_batch.py`) agree to
the cent; rounded half up once, at the end.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial

from rules.money import euros
from rules.people import Language
from rules.regulations import figures
from rules.regulations.answer import Answer, counted_days, percent
from rules.regulations.rule import rule
from rules.regulations.shapes import Euros
from rules.wording import Text, short_date

CENTS = 100
# Percentages with three decimals are whole numbers of hundred-thousandths.
SCALE = 100_000
DAILY = int(figures.LATE_FEE_DAILY_PERCENT.value * 1000)
CAP = int(figures.LATE_FEE_CAP_PERCENT.value * 1000)
GRACE = figures.LOAN_REFUSAL_DAYS.value
_ZERO = Decimal(0)


class CapBase(StrEnum):
    """What the cap of 20% is counted from; the text names no base."""

    LARGEST_UNPAID = "largest_unpaid"
    SEMESTER_TUITION = "semester_tuition"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money credited to the university's account on that day (2.16.3), in EUR."""

    on: date
    amount: Euros


def _periods(
    tuition: int, start: int, end: int, changes: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """(days, base in cents) from the day after `start` to `end`; changes act from the day after."""
    periods = []
    base = tuition
    for day, change in changes:
        if day >= end:
            break
        if day > start:
            if base > 0:
                periods.append((day - start, base))
            start = day
        base += change
    if base > 0 and end > start:
        periods.append((end - start, base))
    return periods


def _sum(periods: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Cents times days, and the largest base."""
    cent_days = largest = 0
    for days, base in periods:
        cent_days += days * base
        if base > largest:  # noqa: PLR1730 - twice as fast as max(), on the hottest path
            largest = base
    return cent_days, largest


@rule("2.16.4")
def late_fee(  # noqa: PLR0913, PLR0917 - the regulations ask for these facts; the last is the reading
    tuition: Euros,
    due_date: date,
    payments: tuple[Payment, ...],
    as_of: date,
    planned_loan: Euros = _ZERO,
    loan_refused_on: date | None = None,
    cap_base: CapBase = CapBase.LARGEST_UNPAID,
) -> Answer[Decimal]:
    """The penalty in EUR from the day after `due_date` to `as_of` (2.16.4).

    0.1% a day of what was unpaid at the start of the day, at most 20%. A planned loan does not count
    until 14 days after its refusal.

    >>> from datetime import date
    >>> paid = (Payment(date(2026, 9, 30), Decimal(1000)),)
    >>> late_fee(Decimal(1000), date(2026, 9, 10), paid, date(2026, 12, 1)).value
    Decimal('20.00')
    """
    changes = [(payment.on.toordinal(), -int(payment.amount * CENTS)) for payment in payments]
    base = cents = int(tuition * CENTS)
    if planned_loan:
        loan = int(planned_loan * CENTS)
        base -= loan
        if loan_refused_on is not None:
            changes.append((loan_refused_on.toordinal() + GRACE, loan))
    changes.sort()
    periods = _periods(base, due_date.toordinal(), as_of.toordinal(), changes)
    cent_days, largest = _sum(periods)
    if cap_base is CapBase.LARGEST_UNPAID:
        cents = largest
    units = min(cent_days * DAILY, cents * CAP)
    fee = Decimal((units + SCALE // 2) // SCALE).scaleb(-2)
    said = partial(_in_words, periods, fee, cents)
    if planned_loan:
        said = partial(_with_loan, said, planned_loan, due_date, loan_refused_on)
    return Answer(fee, ("2.16.4",), said)


_NOTHING = Text(
    "Soda naudas nav: neviena nokavēta diena ar parādu", "No penalty: no late day with a debt"
)
_CAPPED = Text(
    "{sum}, bet ne vairāk kā {cap} no {base} = {fee}", "{sum}, but at most {cap} of {base} = {fee}"
)
_OF = Text("{days} x {rate} no {base}", "{days} x {rate} of {base}")


_PLANNED = Text(
    "; plānotais studiju kredīts {loan} parādā neietilpst",
    "; the planned study loan of {loan} is not part of the debt",
)
_REFUSED = Text(
    "; atteiktais studiju kredīts {loan} parādā ietilpst no {day}",
    "; the refused study loan of {loan} is part of the debt from {day}",
)


def _with_loan(
    said: Callable[[Language], str],
    loan: Decimal,
    due_date: date,
    refused_on: date | None,
    language: Language,
) -> str:
    """The sum, and why the loan is not in it, or from which day it is."""
    sum_of_loan = euros(loan, language)
    if refused_on is None:
        return said(language) + _PLANNED.of(language).format(loan=sum_of_loan)
    counted = max(due_date, refused_on + timedelta(days=GRACE)) + timedelta(days=1)
    day = short_date(counted, language)
    return said(language) + _REFUSED.of(language).format(loan=sum_of_loan, day=day)


def _in_words(
    periods: Sequence[tuple[int, int]], fee: Decimal, cap_base: int, language: Language
) -> str:
    """The sum written out: `15 dienas x 0,1 % no 1200,00 EUR = 18,00 EUR`."""
    if not periods:
        return _NOTHING.of(language)
    rate = percent(figures.LATE_FEE_DAILY_PERCENT.value, language)
    total = " + ".join(
        _OF.of(language).format(
            days=counted_days(days, language),
            rate=rate,
            base=euros(Decimal(base).scaleb(-2), language),
        )
        for days, base in periods
    )
    if _sum(periods)[0] * DAILY <= CAP * cap_base:
        return f"{total} = {euros(fee, language)}"
    return _CAPPED.of(language).format(
        sum=total,
        cap=percent(figures.LATE_FEE_CAP_PERCENT.value, language),
        base=euros(Decimal(cap_base).scaleb(-2), language),
        fee=euros(fee, language),
    )
