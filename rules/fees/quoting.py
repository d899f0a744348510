"""The calculator: a request against a price list gives a quote, or a refusal with every problem.

Order No 1.5-3/149. It errs by asking: nothing is charged, waived or refused silently. What the
order leaves open is an adopted reading (`readings.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.fees import readers
from rules.fees.asking import case_of
from rules.fees.case import NOTHING, Case, Draft, Point, PointKind
from rules.fees.dates import ClockStart
from rules.fees.footnotes import justified, waived
from rules.fees.lines import Line, delivery_estimate, forced_supplements, line_of
from rules.fees.loading import price_list_on
from rules.fees.price_list import Order, PriceList
from rules.fees.refusals import Code, Problem, Refusal
from rules.fees.request import Request
from rules.fees.row_rules import rule_for
from rules.fees.sentences import say


@dataclass(frozen=True, slots=True)
class Quote:
    """What a request costs, when it is ready, and what a person must know or decide."""

    order: Order
    lines: tuple[Line, ...]
    total: Decimal
    ready_on: date | None
    delivery_estimate: date | None
    points: tuple[Point, ...]

    @property
    def warnings(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.kind is PointKind.WARNING)

    @property
    def needs_decision(self) -> tuple[Point, ...]:
        """Points that only a person can settle; until then nothing is invoiced automatically."""
        return tuple(point for point in self.points if point.kind is PointKind.DECISION)


def quote(
    request: Request,
    prices: PriceList | None = None,
    clock_start: ClockStart = ClockStart.REQUEST,
) -> Quote:
    """What the request costs by `prices`, or by the list in force on its day.

    Raises:
        Refusal: with every bad item; nothing is half computed.
    """
    _check(request)
    prices = prices or price_list_on(request.requested_on)
    cases, drafts = _drafts(request, prices)
    started_on = _started_on(request, clock_start)
    lines = [line_of(case, draft, started_on) for case, draft in zip(cases, drafts, strict=True)]
    lines += forced_supplements(cases, started_on)
    ready = max((line.ready_on for line in lines if line.ready_on), default=None)
    return Quote(
        order=prices.order,
        lines=tuple(lines),
        total=sum((line.amount for line in lines), NOTHING),
        ready_on=ready,
        delivery_estimate=delivery_estimate(lines, ready or started_on),
        points=tuple(_points(request, prices.order, drafts)),
    )


def quote_many(
    requests: Iterable[Request],
    prices: PriceList | None = None,
    clock_start: ClockStart = ClockStart.REQUEST,
) -> list[Quote | Refusal]:
    """Each request's quote or refusal, in order; one that is refused does not stop the others."""
    return [_quote_or_refusal(request, prices, clock_start) for request in requests]


def _quote_or_refusal(
    request: Request, prices: PriceList | None, clock_start: ClockStart
) -> Quote | Refusal:
    try:
        return quote(request, prices, clock_start)
    except Refusal as refused:
        return refused


def _check(request: Request) -> None:
    """What `read_request` has made sure of already when the request came as JSON."""
    if not request.items:
        raise Refusal([Problem(Code.INVALID_INPUT, say("no_items"))])
    for name, given in (("requested_on", request.requested_on), ("paid_on", request.paid_on)):
        try:
            _ = given is None or readers.day(given)
        except readers.Unfit as unfit:
            sentence = say(
                "bad_value", name=name, expected=unfit.expected, given=readers.shown(given)
            )
            raise Refusal([Problem(Code.INVALID_INPUT, sentence)]) from unfit


def _drafts(request: Request, prices: PriceList) -> tuple[list[Case], list[Draft]]:
    """Every item priced; the problems of all items are collected before any is refused."""
    cases: list[Case] = []
    drafts: list[Draft] = []
    problems: list[Problem] = []
    free_used = False
    for number, item in enumerate(request.items):
        try:
            case = case_of(item, request, prices, free_used=free_used)
            draft = _priced(case)
        except Refusal as refused:
            problems += [problem.at(number) for problem in refused.problems]
            continue
        cases.append(case)
        drafts.append(draft.at(number))
        free_used = free_used or draft.note == "*****"
    if problems:
        raise Refusal(problems)
    return cases, drafts


def _priced(case: Case) -> Draft:
    """The row's rule, then note **, then the waiver, then what is always said of the row."""
    rule = rule_for(case.row)
    draft = rule.price(case)
    if "**" in case.row.footnotes:
        draft = justified(case, draft)
    draft = waived(case, draft)
    if rule.remarks:
        draft = draft.saying(*(say(key) for key in rule.remarks))
    if rule.points:
        row = case.row.id
        draft = draft.noting(*(Point(kind, say(key, row=row), row) for kind, key in rule.points))
    return draft


def _started_on(request: Request, clock_start: ClockStart) -> date | None:
    """Day 0 of every turnaround; None while a payment that starts it is awaited."""
    if clock_start is ClockStart.REQUEST:
        return request.requested_on
    if request.paid_on is None:
        return None
    return max(request.requested_on, request.paid_on)


def _points(request: Request, order: Order, drafts: Sequence[Draft]) -> Iterable[Point]:
    """Points of the request itself, then those of its items."""
    if request.requested_on < order.in_force_from:
        day, number = request.requested_on, order.number
        sentence = say("before_order", day=day, number=number, from_day=order.in_force_from)
        yield Point(PointKind.WARNING, sentence)
    if request.double_degree and order.prevails_number and order.prevails_date:
        number, issued = order.prevails_number, order.prevails_date
        yield Point(PointKind.WARNING, say("double_degree", number=number, issued=issued))
    for draft in drafts:
        yield from draft.points
