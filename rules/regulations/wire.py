"""The study regulations as others call them: plain (JSON, CSV) data in, plain data out.

One case or many; a table of cases is answered whole or refused whole, with every refusal at once.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.people import Language
from rules.regulations.answer import Answer, Point
from rules.regulations.refusal import Refusal, invalid
from rules.regulations.registry import find_rule
from rules.regulations.rule import Maybe, parameters_of, read_arguments
from rules.regulations.shapes import Flag, Scalar, Whole

_YES = frozenset({"true", "jā", "yes"})
_NO = frozenset({"false", "nē", "no"})


@dataclass(frozen=True, slots=True)
class CaseRefusal:
    """What is wrong with one of many cases; the first case is number 1."""

    case: int
    argument: str
    code: str
    message: str


class CasesRefused(ValueError):
    """Some of many cases cannot be answered; `refusals` names each."""

    def __init__(self, refusals: Sequence[CaseRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(refusals[0].message)


def run(name: str, given: object) -> Answer[object]:
    """The answer of the rule of that name to plain arguments; a Refusal if they are bad.

    >>> run("is_pass", {"g": 4}).value
    True
    """
    rule = find_rule(name)
    if not isinstance(given, dict):
        raise Refusal("invalid_input", "", "arguments are an object: argument name -> value")
    return rule(**read_arguments(parameters_of(rule), given))


def run_many(name: str, cases: Sequence[object]) -> tuple[Answer[object], ...]:
    """The answers to many cases, in order; CasesRefused if one of them is bad."""
    find_rule(name)
    answers, refusals = [], []
    for number, given in enumerate(cases, start=1):
        try:
            answers.append(run(name, given))
        except Refusal as refusal:
            refusals.append(CaseRefusal(number, refusal.argument, refusal.code, refusal.message))
    if refusals:
        raise CasesRefused(refusals)
    return tuple(answers)


def from_text(name: str, row: Mapping[str, str]) -> dict[str, object]:
    """A row of a CSV table as plain arguments: empty cells are absent, lists and objects are JSON."""
    known = parameters_of(find_rule(name))
    given: dict[str, object] = {}
    for column, cell in row.items():
        if cell.strip():
            shape = known[column].shape if column in known else None
            given[column] = _from_cell(column, cell.strip(), shape)
    return given


def _from_cell(column: str, cell: str, shape: Scalar | None) -> object:
    kind = shape.inner if isinstance(shape, Maybe) else shape
    if cell[0] in "[{":
        try:
            plain: object = json.loads(cell)
        except ValueError:
            raise invalid(column, "a list or an object is written as JSON") from None
        return plain
    if isinstance(kind, Flag) and cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    if isinstance(kind, Whole) and cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    return cell


def to_plain(value: object) -> object:
    """A value as JSON data: dates ISO, money, percentages and points as strings."""
    match value:
        case StrEnum():
            plain: object = value.value
        case Decimal():
            plain = f"{value:f}"
        case date():
            plain = value.isoformat()
        case tuple():
            plain = [to_plain(item) for item in value]
        case _ if is_dataclass(value):
            plain = {part.name: to_plain(getattr(value, part.name)) for part in fields(value)}
        case _:
            plain = value
    return plain


def answer_to_plain(answer: Answer[object]) -> dict[str, object]:
    """An answer as JSON data; `needs_decision` and `reasons` in English, `points` in both languages."""
    return {
        "value": to_plain(answer.value),
        "clauses": list(answer.clauses),
        "explanation": {language.value: answer.explain(language) for language in Language},
        "needs_decision": [point.en for point in answer.needs_decision],
        "reasons": [point.en for point in answer.reasons],
        "points": [
            *(_point("reason", point) for point in answer.reasons),
            *(_point("decision", point) for point in answer.needs_decision),
        ],
    }


def _point(kind: str, point: Point) -> dict[str, object]:
    return {"kind": kind, "code": str(point.code), "lv": point.lv, "en": point.en}
