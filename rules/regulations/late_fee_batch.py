"""Study regulations, 2.16.4, for many students at once: whole columns of cents and day numbers.

The same sum as `late_fee.late_fee`, to the cent; a property test holds the two together. Imported
alone, because only it needs numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from rules.regulations.late_fee import CAP, CENTS, DAILY, GRACE, SCALE, CapBase, Payment
from rules.regulations.refusal import invalid
from rules.regulations.shapes import Euros

Whole = npt.NDArray[np.int64]
_NEVER = np.int64(date.max.toordinal())
_NO_DAY = date.min
_HUNDRED = Decimal(CENTS)
# Beyond these a column cannot have come from euros and dates, and sums could overflow.
_MOST_CENTS = 10**11
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1).toordinal(), date(2199, 12, 31).toordinal()


@dataclass(frozen=True, slots=True)
class LateFeeCase:
    """The facts of one student, as `late_fee` takes them."""

    tuition: Euros
    due_date: date
    payments: tuple[Payment, ...]
    as_of: date
    planned_loan: Euros
    loan_refused_on: date | None


@dataclass(frozen=True, slots=True, eq=False)
class LateFeeColumns:
    """Cents and proleptic day numbers, a row per student; payments are padded with 0 cents.

    `refused` is 0 where no loan was refused.
    """

    tuition: Whole
    due: Whole
    as_of: Whole
    loan: Whole
    refused: Whole
    paid_on: Whole
    paid: Whole

    def __post_init__(self) -> None:
        _refuse_outside("cents", (self.tuition, self.loan, self.paid), (0, _MOST_CENTS))
        days = (self.due, self.as_of, self.paid_on[self.paid > 0], self.refused[self.refused > 0])
        _refuse_outside("days", days, (_FIRST_DAY, _LAST_DAY))

    @classmethod
    def of(cls, cases: Sequence[LateFeeCase]) -> "LateFeeColumns":
        """The columns of these cases."""
        counts = np.fromiter((len(case.payments) for case in cases), np.int64, len(cases))
        payments = [payment for case in cases for payment in case.payments]
        # Which places of the padded table hold a payment: row by row, from the left.
        places = np.arange(counts.max(initial=0)) < counts[:, None]
        paid_on, paid = (np.zeros(places.shape, np.int64) for _ in range(2))
        paid_on[places] = _days("payments.on", [payment.on for payment in payments])
        paid[places] = _cents("payments.amount", [payment.amount for payment in payments])
        refused = _days("loan_refused_on", [case.loan_refused_on or _NO_DAY for case in cases])
        refused[refused == _NO_DAY.toordinal()] = 0
        return cls(
            tuition=_cents("tuition", [case.tuition for case in cases]),
            due=_days("due_date", [case.due_date for case in cases]),
            as_of=_days("as_of", [case.as_of for case in cases]),
            loan=_cents("planned_loan", [case.planned_loan for case in cases]),
            refused=refused,
            paid_on=paid_on,
            paid=paid,
        )


def _cents(name: str, amounts: Sequence[Decimal]) -> Whole:
    """Euros as whole cents; what a single case would refuse (a float, a part of a cent) is refused."""
    try:
        scaled = list(map(_HUNDRED.__mul__, amounts))
        cents = list(map(int, scaled))
        column = np.array(cents, np.int64)
    except (ArithmeticError, TypeError, ValueError):
        raise invalid(name, "money is a Decimal") from None
    if cents != scaled:
        raise invalid(name, "money has at most two decimals")
    return column


def _days(name: str, days: Sequence[date]) -> Whole:
    try:
        return np.fromiter(map(date.toordinal, days), np.int64, len(days))
    except TypeError:
        raise invalid(name, "a day is a date") from None


def _refuse_outside(name: str, columns: Sequence[Whole], limits: tuple[int, int]) -> None:
    for column in columns:
        if column.dtype != np.int64:
            raise invalid(name, "columns hold whole numbers (int64)")
        if column.size and not limits[0] <= column.min() <= column.max() <= limits[1]:
            raise invalid(name, f"outside {limits[0]} to {limits[1]}")


def late_fees(columns: LateFeeColumns, cap_base: CapBase = CapBase.LARGEST_UNPAID) -> Whole:
    """The penalties of 2.16.4 in cents, one per row.

    >>> from decimal import Decimal
    >>> day = date(2026, 9, 10)
    >>> nothing = LateFeeCase(Decimal(1000), day, (), date(2026, 9, 20), Decimal(0), None)
    >>> late_fees(LateFeeColumns.of([nothing])).tolist()
    [1000]
    """
    loan_ends = np.where(columns.refused > 0, columns.refused + GRACE, _NEVER)
    days = np.column_stack([columns.paid_on, loan_ends])
    changes = np.column_stack([-columns.paid, columns.loan])
    order = np.argsort(days, axis=1, kind="stable")
    days, changes = (np.take_along_axis(array, order, 1) for array in (days, changes))
    first = (columns.tuition - columns.loan)[:, None]
    bases = np.maximum(np.hstack([first, first + np.cumsum(changes, axis=1)]), 0)
    edges = np.hstack([columns.due[:, None], days, columns.as_of[:, None]])
    edges = np.clip(edges, columns.due[:, None], np.maximum(columns.due, columns.as_of)[:, None])
    lengths = np.diff(edges, axis=1)
    cap = columns.tuition
    if cap_base is CapBase.LARGEST_UNPAID:
        cap = np.where(lengths > 0, bases, 0).max(axis=1)
    units = np.minimum((lengths * bases).sum(axis=1) * DAILY, cap * CAP)
    fees: Whole = (units + SCALE // 2) // SCALE
    return fees
