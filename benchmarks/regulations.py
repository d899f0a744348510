"""Microseconds per decision of the study regulations, batches of 100,000, and the import.

Run with `uv run python benchmarks/regulations.py`.
"""

import os
import random
import subprocess
import sys
import timeit
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from time import process_time

from rules.people import Language
from rules.regulations.appeals import grade_appeal_due
from rules.regulations.discount_sum import Discount, DiscountKind, combined_discount
from rules.regulations.late_fee import Payment, late_fee
from rules.regulations.late_fee_batch import LateFeeCase, LateFeeColumns, late_fees
from rules.regulations.wire import run

MANY = 100_000
DUE, LATER = date(2026, 9, 10), date(2026, 12, 1)
TUITION = Decimal("1000.00")
PAYMENTS = (
    Payment(date(2026, 9, 20), Decimal("400.00")),
    Payment(date(2026, 9, 30), Decimal("600.00")),
)
WIRE = {"tuition": "1000.00", "due_date": "2026-09-10", "payments": [], "as_of": "2026-12-01"}


def microseconds(work: Callable[[], object], times: int = 5_000) -> float:
    work()
    # Processor time: other programs of the machine do not count.
    return min(timeit.repeat(work, timer=process_time, number=times, repeat=7)) / times * 1e6


def seconds(work: Callable[[], object]) -> float:
    return min(timeit.repeat(work, timer=process_time, number=1, repeat=5))


def children() -> float:
    """Processor time of the programs started so far."""
    spent = os.times()
    return spent.children_user + spent.children_system


def process(code: str) -> float:
    command = [sys.executable, "-c", code]
    return min(
        timeit.repeat(
            lambda: subprocess.run(command, check=True), timer=children, number=1, repeat=3
        )
    )


def invented(count: int) -> list[LateFeeCase]:
    chance = random.Random(7)
    return [
        LateFeeCase(
            tuition=Decimal(chance.randrange(50_000, 200_000)).scaleb(-2),
            due_date=DUE,
            payments=tuple(
                Payment(
                    DUE + timedelta(days=chance.randrange(-20, 90)),
                    Decimal(chance.randrange(1_000, 90_000)).scaleb(-2),
                )
                for _ in range(chance.randrange(4))
            ),
            as_of=LATER,
            planned_loan=Decimal(chance.choice([0, 0, 300])),
            loan_refused_on=chance.choice([None, date(2026, 10, 1)]),
        )
        for _ in range(count)
    ]


def main() -> None:
    discounts = (
        Discount(DiscountKind.DISABILITY, Decimal(50)),
        Discount(DiscountKind.FAMILY, Decimal(25)),
    )
    answer = late_fee(TUITION, DUE, PAYMENTS, LATER)
    decisions: dict[str, Callable[[], object]] = {
        "late_fee, no payment": lambda: late_fee(TUITION, DUE, (), LATER),
        "late_fee, two payments": lambda: late_fee(TUITION, DUE, PAYMENTS, LATER),
        "late_fee from JSON data": lambda: run("late_fee", WIRE),
        "combined_discount": lambda: combined_discount(discounts),
        "grade_appeal_due": lambda: grade_appeal_due(DUE, DUE),
        "explanation (lv)": lambda: answer.explain(Language.LATVIAN),
    }
    for name, work in decisions.items():
        print(f"{name:28} {microseconds(work):8.2f} us")
    cases = invented(MANY)
    columns = LateFeeColumns.of(cases)
    print(f"{'columns of 100,000 cases':28} {seconds(lambda: LateFeeColumns.of(cases)):8.3f} s")
    print(f"{'late fees of 100,000':28} {seconds(lambda: late_fees(columns)):8.3f} s")
    imported = process("import rules.regulations.registry") - process("pass")
    print(f"{'import of all rules':28} {imported:8.3f} s")


if __name__ == "__main__":
    main()
