"""Quotes and refusals as plain data for JSON: money as strings, dates in ISO form, both languages."""

from datetime import date
from decimal import Decimal

from rules.fees.case import Point
from rules.fees.lines import Line
from rules.fees.price_list import Order
from rules.fees.quoting import Quote
from rules.fees.refusals import Problem, Refusal
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


def _point(point: Point) -> dict[str, Plain]:
    return {
        "kind": point.kind.value,
        "code": point.key,
        "item": point.item,
        "row": point.row,
        **{language.value: point.sentence.text(language) for language in Language},
    }


def _problem(problem: Problem) -> dict[str, Plain]:
    return {
        "item": problem.item,
        "row": problem.row,
        "code": problem.code.value,
        "message": problem.sentence.text(Language.ENGLISH),
        "message_lv": problem.sentence.text(Language.LATVIAN),
    }


def _sentence(point: Point) -> str:
    return point.sentence.text(Language.ENGLISH)


def _number(units: int | Decimal) -> Plain:
    """Whole units as a number, fractions of a credit point as a string: never a binary float."""
    return int(units) if units == int(units) else str(units)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
