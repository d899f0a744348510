"""Small quotes that show what an adopted reading changes; used by the registers of readings only."""

from datetime import date
from decimal import Decimal

from rules.fees.dates import ClockStart
from rules.fees.quoting import Quote, quote
from rules.fees.request import Item, Request

DAY = date(2026, 11, 23)


def quoted(*items: Item, on: date = DAY, paid: date | None = None) -> Quote:
    clock = ClockStart.REQUEST if paid is None else ClockStart.PAYMENT
    return quote(Request(on, items, paid_on=paid), clock_start=clock)


def item(row: str, **given: object) -> Item:
    return Item(row, given)


def cost(row: str, **given: object) -> Decimal:
    return quoted(item(row, **given)).total


def ready(row: str, on: date = DAY, paid: date | None = None) -> date | None:
    return quoted(item(row), on=on, paid=paid).ready_on


def extension(status: str, quantity: int = 1) -> Decimal:
    """Row 20 for somebody of that status who has used none."""
    return cost("20", status=status, quantity=quantity, free_extensions_used_this_academic_year=0)


def exam_of_june(on: date) -> Decimal:
    """Row 5.1 with a justified reason, for an exam planned on 10 June 2026."""
    claim = item(
        "5.1", justified_reason=True, document_submitted=True, planned_on=date(2026, 6, 10)
    )
    return quoted(claim, on=on).total
