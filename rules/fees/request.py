"""A request for paid services: the day, the person's flags, and the items asked for.

Items keep their inputs as given; they are read against their row when the request is quoted.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from rules.fees import readers
from rules.fees.dates import Term
from rules.fees.readers import Unfit, shown
from rules.fees.refusals import Code, Problem, Refusal
from rules.fees.sentences import Sentence, say
from rules.wording import Text
from rules.working_days import WorkingDays

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One service asked for: the row and its inputs, not yet read.

    `unfit`: it had not even this form; said when its turn comes, so that every bad item is listed.
    """

    row: str
    given: Mapping[str, object] = field(default_factory=dict)
    unfit: Problem | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What one person asks for on one day; dates are calendar dates in Latvia."""

    requested_on: date
    items: tuple[Item, ...]
    double_degree: bool = False
    terms: tuple[Term, ...] = ()
    paid_on: date | None = None
    working_days: WorkingDays = field(default_factory=WorkingDays)


def read_request(document: object) -> Request:
    """A request from its JSON form (`requested_on`, `items`, ...).

    Raises:
        Refusal: with every problem of the request itself; its items are judged when quoted.
    """
    if not isinstance(document, Mapping):
        raise Refusal([_invalid(_bad("request", Text("JSON objekts", "a JSON object"), document))])
    reader = _Reader([])
    fields = reader.known(document)
    requested_on = reader.required(fields, "requested_on", readers.day)
    request = Request(
        requested_on=requested_on or date.max,
        items=tuple(reader.items(fields.get("items"))),
        double_degree=reader.optional(fields, "double_degree", readers.yes_or_no) or False,
        terms=reader.optional(fields, "semesters", _terms) or (),
        paid_on=reader.optional(fields, "paid_on", readers.day),
        working_days=reader.optional(fields, "holidays", _working_days) or WorkingDays(),
    )
    if reader.problems:
        raise Refusal([*reader.problems, *_unfit_items(request)])
    return request


def _unfit_items(request: Request) -> Iterator[Problem]:
    """What is wrong with items that have no form at all."""
    for number, item in enumerate(request.items):
        if item.unfit is not None:
            yield item.unfit.at(number)


_FIELDS = frozenset({"requested_on", "items", "double_degree", "semesters", "paid_on", "holidays"})


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a request's fields and notes every problem."""

    problems: list[Problem]

    def known(self, document: Mapping[object, object]) -> dict[str, object]:
        """The fields that are given and known; a null is as good as absent."""
        for name in document:
            if name not in _FIELDS:
                self.problems.append(_invalid(say("unknown_in_request", name=shown(name))))
        return {
            name: value
            for name, value in document.items()
            if isinstance(name, str) and value is not None
        }

    def required(
        self, fields: Mapping[str, object], name: str, read: Callable[[object], T]
    ) -> T | None:
        if name not in fields:
            sentence = say("missing_in_request", names=name)
            self.problems.append(Problem(Code.MISSING_INPUT, sentence))
        return self.optional(fields, name, read)

    def optional(
        self, fields: Mapping[str, object], name: str, read: Callable[[object], T]
    ) -> T | None:
        if name not in fields:
            return None
        try:
            return read(fields[name])
        except Unfit as unfit:
            self.problems.append(_invalid(_bad(name, unfit.expected, fields[name])))
            return None

    def items(self, given: object) -> Sequence[Item]:
        if not given:
            self.problems.append(_invalid(say("no_items")))
            return ()
        if not isinstance(given, Sequence) or isinstance(given, str):
            self.problems.append(_invalid(_bad("items", Text("saraksts", "a list"), given)))
            return ()
        return list(map(_item, given))


def _item(given: object) -> Item:
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        return _unfit("item", Text("objekts ar row", "an object with row"), given)
    row = given.get("row", "")
    if not isinstance(row, str):  # as a number, 22.10 would be row 22.1
        return _unfit("row", Text("teksts, piemēram, „22.10”", "a text such as “22.10”"), row)
    return Item(row, {name: value for name, value in given.items() if name != "row"})


def _unfit(name: str, expected: Text, given: object) -> Item:
    return Item("", unfit=_invalid(_bad(name, expected, given)))


def _bad(name: str, expected: Text, given: object) -> Sentence:
    return say("bad_value", name=name, expected=expected, given=shown(given))


def _invalid(sentence: Sentence) -> Problem:
    return Problem(Code.INVALID_INPUT, sentence)


def _terms(given: object) -> tuple[Term, ...]:
    """Semesters that do not overlap, each {name, start, end}."""
    expected = Text(
        "semestru saraksts {name, start, end} bez pārklāšanās",
        "a list of semesters {name, start, end} that do not overlap",
    )
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise Unfit(expected)
    terms = sorted((_term(each, expected) for each in given), key=lambda term: term.start)
    if any(later.start <= earlier.end for earlier, later in itertools.pairwise(terms)):
        raise Unfit(expected)
    return tuple(terms)


def _term(given: object, expected: Text) -> Term:
    if not isinstance(given, Mapping) or set(given) != {"name", "start", "end"}:
        raise Unfit(expected)
    term = Term(readers.word(given["name"]), readers.day(given["start"]), readers.day(given["end"]))
    if term.end < term.start:
        raise Unfit(expected)
    return term


def _working_days(given: object) -> WorkingDays:
    """Days that differ from the known calendar: {date: is it a working day}."""
    if not isinstance(given, Mapping):
        raise Unfit(Text("objekts {datums: true vai false}", "an object {date: true or false}"))
    overrides = {readers.day(on): readers.yes_or_no(works) for on, works in given.items()}
    return WorkingDays(MappingProxyType(overrides))
