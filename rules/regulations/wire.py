"""The study regulations as others call them: plain (JSON, CSV) data in, plain data out.

One case or many; a table of cases is answered whole or refused whole, with every refusal at once.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial

from rules.people import Language
from rules.regulations.answer import Answer, Point
from rules.regulations.faults import faults_of
from rules.regulations.refusal import Refusal, invalid, together
from rules.regulations.registry import find_rule
from rules.regulations.rule import Many, Maybe, Record, parameters_of, read_arguments
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
    """The answer of the rule of that name to plain arguments; a Refusal with all that is bad in them.

    >>> run("is_pass", {"g": 4}).value
    True
    """
    rule = find_rule(name)
    if not isinstance(given, dict):
        raise Refusal("invalid_input", "", "arguments are an object: argument name -> value")
    parameters = parameters_of(rule)
    try:
        return rule(**read_arguments(parameters, given))
    except Refusal:
        faults = tuple(faults_of(parameters, given))
        if not faults:  # each argument is good, the rule refuses them together: dates out of order
            raise
        raise together(faults) from None


def run_many(name: str, cases: Sequence[object]) -> tuple[Answer[object], ...]:
    """The answers to many cases, in order; CasesRefused if one of them is bad."""
    find_rule(name)
    return _all(partial(run, name, given) for given in cases)


def run_table(
    name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[Answer[object], ...]:
    """The answers to the rows of a CSV table; `heads` name the arguments."""
    find_rule(name)
    names = [head.strip() for head in heads]
    if not any(names):
        raise invalid("headers", "the first line names the arguments")
    twice = sorted({one for one in names if one and names.count(one) > 1})
    if twice:
        raise invalid("headers", f"given twice: {', '.join(twice)}")
    return _all(partial(_run_row, name, names, row) for row in rows)


def _run_row(name: str, heads: Sequence[str], row: Sequence[str]) -> Answer[object]:
    if len(row) != len(heads):
        raise invalid("cells", f"{len(row)}, but there are {len(heads)} headers")
    return run(name, from_text(name, dict(zip(heads, row, strict=True))))


def _all(answering: Iterable[Callable[[], Answer[object]]]) -> tuple[Answer[object], ...]:
    answers, refusals = [], []
    for number, answer in enumerate(answering, start=1):
        try:
            answers.append(answer())
        except Refusal as refused:
            refusals += [
                CaseRefusal(number, one.argument, one.code, one.message) for one in refused.every
            ]
    if refusals:
        raise CasesRefused(refusals)
    return tuple(answers)


def from_text(name: str, row: Mapping[str, str]) -> dict[str, object]:
    """A row of a CSV table as plain arguments: empty cells are absent, lists and objects are JSON.

    What a cell cannot be stays a text, which the rule then refuses with all else that is bad.
    """
    known = parameters_of(find_rule(name))
    given: dict[str, object] = {}
    for column, cell in row.items():
        if cell.strip():
            shape = known[column].shape if column in known else None
            given[column] = _from_cell(cell.strip(), shape)
    return given


def _from_cell(cell: str, shape: Scalar | None) -> object:
    kind = shape.inner if isinstance(shape, Maybe) else shape
    if isinstance(kind, Many | Record):
        return _from_json(cell)
    if isinstance(kind, Flag) and cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    if isinstance(kind, Whole) and cell.isascii() and cell.isdigit() and len(cell) < 10:
        return int(cell)
    return cell


def _from_json(cell: str) -> object:
    try:
        plain: object = json.loads(cell, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return cell
    return plain


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object none of whose keys is given twice, of which only the last would count."""
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a key is given twice")
    return document


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
