"""Quotes and refusals as plain data for JSON: money as strings, dates in ISO form, both languages."""

from datetime import date
from decimal import Decimal

from rules.fees.case import Point
from rules.fees.compare import Comparison, EntryChange, RequestChange
from rules.fees.lines import Line
from rules.fees.price_list import Order, PriceList, Row
from rules.fees.quoting import Quote
from rules.fees.refusals import Problem, Refusal
from rules.fees.row_rules import terms_of
from rules.people import Language

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


def quote_document(quote: Quote) -> dict[str, Plain]:
    """A quote; `warnings` and `needs_decision` in English, `points` the same with both languages."""
    return {
        "lines": [_line(line) for line in quote.lines],
        "total": str(quote.total),
        "ready_on": _iso(quote.ready_on),
        "delivery_estimate": _iso(quote.delivery_estimate),
        "warnings": [_sentence(point) for point in quote.warnings],
        "needs_decision": [_sentence(point) for point in quote.needs_decision],
        "points": [_point(point) for point in quote.points],
        "price_list": order_document(quote.order),
    }


def order_document(order: Order) -> dict[str, Plain]:
    """The order that a price comes from."""
    return {"number": order.number, "date": order.issued_on.isoformat()}


def price_list_document(prices: PriceList) -> dict[str, Plain]:
    """The whole list, with the inputs that each row takes."""
    return {
        "price_list": order_document(prices.order),
        "rows": [_row(row) for row in prices.rows.values()],
        "footnotes": [
            {"marker": note.marker, "lv": note.text_lv, "en": note.text_en, "rows": list(note.rows)}
            for note in prices.footnotes.values()
        ],
    }


def comparison_document(old: Order, new: Order, comparison: Comparison) -> dict[str, Plain]:
    """What a new order changes."""
    return {
        "old": order_document(old),
        "new": order_document(new),
        "rows": [_change(change) for change in comparison.rows],
        "footnotes": [_change(change) for change in comparison.footnotes],
        "to_check": list(comparison.to_check),
        "requests": [_request_change(each) for each in comparison.requests],
        "difference": str(comparison.difference),
    }


def problem_documents(refusal: Refusal) -> list[dict[str, Plain]]:
    """Every problem of a refused request; `item` counts the request's items from 0."""
    return [_problem(problem) for problem in refusal.problems]


def _line(line: Line) -> dict[str, Plain]:
    return {
        "row": line.row.id,
        "name_lv": line.row.name_lv,
        "name_en": line.row.name_en,
        "quantity": _number(line.units),
        "unit": line.row.unit,
        "unit_price": str(line.unit_price),
        "amount": str(line.amount),
        "free": line.free,
        "ready_on": _iso(line.ready_on),
        "valid_to": _iso(line.valid_to),
        "explanation": {language.value: line.explanation(language) for language in Language},
    }


def _row(row: Row) -> dict[str, Plain]:
    terms = terms_of(row)
    return {
        "row": row.id,
        "kind": row.kind.value,
        "name_lv": row.name_lv,
        "name_en": row.name_en,
        "amount": None if row.amount is None else str(row.amount),
        "unit": row.unit,
        "working_days": row.working_days,
        "months": row.months,
        "footnotes": list(row.footnotes),
        "inputs": list(terms.takes),
        "needs": list(terms.needs),
    }


def _change(change: EntryChange) -> dict[str, Plain]:
    return {
        "key": change.key,
        "change": change.kind.value,
        "fields": {field.name: {"old": field.old, "new": field.new} for field in change.fields},
        "difference": None if change.difference is None else str(change.difference),
    }


def _request_change(change: RequestChange) -> dict[str, Plain]:
    difference = change.difference
    return {
        "request": change.number,
        "old": _outcome(change.old),
        "new": _outcome(change.new),
        "difference": None if difference is None else str(difference),
        "same": change.same,
    }


def _outcome(answer: Quote | Refusal) -> dict[str, Plain]:
    if isinstance(answer, Refusal):
        return {"error": answer.code.value}
    return {"total": str(answer.total)}


def _point(point: Point) -> dict[str, Plain]:
    return {
        "kind": point.kind.value,
        "code": point.key,
        "item": point.item,
        "row": point.row,
        **{language.value: point.sentence.of(language) for language in Language},
    }


def _problem(problem: Problem) -> dict[str, Plain]:
    return {
        "item": problem.item,
        "row": problem.row,
        "code": problem.code.value,
        "message": problem.sentence.of(Language.ENGLISH),
        "message_lv": problem.sentence.of(Language.LATVIAN),
    }


def _sentence(point: Point) -> str:
    return point.sentence.of(Language.ENGLISH)


def _number(units: int | Decimal) -> Plain:
    """Whole units as a number, fractions of a credit point as a string: never a binary float."""
    return int(units) if units == int(units) else str(units)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
