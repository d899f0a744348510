"""From an item as given to a `Case`: the row it means, and its inputs read against that row.

Row 18 may be asked for with a country, 17 with a stage, 23.1 with a size, 23.3 with the number of
pieces; every other heading has no price.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import cast

from rules.fees.case import Case
from rules.fees.countries import shipping_row
from rules.fees.inputs import READERS, Inputs
from rules.fees.price_list import PriceList, Row, RowKind
from rules.fees.readers import Unfit, printable, shown
from rules.fees.refusals import Code, Problem, Refusal, refusal
from rules.fees.request import Item, Request
from rules.fees.row_rules import Terms, terms_of
from rules.fees.sentences import Count, say

_UNPRICED = frozenset({RowKind.HEADING, RowKind.VARIANTS})
_COMMON = frozenset({"quantity", "waiver"})
_STAGES = MappingProxyType(
    {"decision": "17.1", "nominated": "17.2", "agreement": "17.2", "funding_signed": "17.3"}
)


def case_of(item: Item, request: Request, prices: PriceList, *, free_used: bool) -> Case:
    """The item at the row that it means, complete and within the row's limits.

    Raises:
        Refusal: with every problem of the inputs, or the row's own limit, or what is missing.
    """
    if item.unfit is not None:
        raise Refusal([item.unfit])
    asked = prices.rows.get(item.row)
    if asked is None:
        raise refusal(Code.UNKNOWN_ROW, printable(item.row), "unknown_row", row=shown(item.row))
    if asked.kind in _UNPRICED and asked.id not in _PICKERS:
        raise _heading(asked, prices)
    terms = terms_of(asked)
    given = _read(asked, terms, item.given)
    row = _meant(asked, given, prices)
    case = Case(row, given, request, prices, free_used)
    terms = terms if row is asked else terms_of(row)
    terms.rule.limit(case)
    missing = [name for name in terms.needs if name not in given]
    if missing:
        raise _missing(row, missing)
    return case


def _read(asked: Row, terms: Terms, raw: Mapping[str, object]) -> Inputs:
    """The inputs, each read; a null is as good as absent."""
    read: dict[str, object] = {}
    problems: list[Problem] = []
    for name, value in raw.items():
        if name not in terms.takes and name not in _COMMON:
            sentence = say("unknown_input", row=asked.id, name=shown(name))
            problems.append(Problem(Code.INVALID_INPUT, sentence, asked.id))
        elif value is not None:
            try:
                read[name] = READERS[name](value)
            except Unfit as unfit:
                sentence = say("bad_value", name=name, expected=unfit.expected, given=shown(value))
                problems.append(Problem(Code.INVALID_INPUT, sentence, asked.id))
    if problems:
        missing = [name for name in terms.needs if raw.get(name) is None]
        raise Refusal([*problems, *(_missing(asked, missing).problems if missing else ())])
    return cast("Inputs", read)  # READERS gives every input its type; a test compares the two


def _missing(row: Row, names: list[str]) -> Refusal:
    return refusal(Code.MISSING_INPUT, row.id, "missing_input", row=row.id, names=", ".join(names))


def _meant(asked: Row, given: Inputs, prices: PriceList) -> Row:
    """The row with a price that is meant by the row asked for and its inputs."""
    picker = _PICKERS.get(asked.id) or _PICKERS.get(asked.parent or "")
    picked = picker.pick(given, prices) if picker else None
    if asked.kind not in _UNPRICED:
        if picker and picked not in {None, asked.id}:
            raise refusal(
                Code.INVALID_INPUT, asked.id, "unfit_value", row=asked.id, name=picker.name
            )
        return asked
    if picked is None and picker and asked.kind is RowKind.VARIANTS:
        raise _missing(asked, [picker.name])
    if picked is None:
        raise _heading(asked, prices)
    if picked not in prices.rows:
        raise refusal(Code.UNKNOWN_ROW, picked, "unknown_row", row=shown(picked))
    return prices.rows[picked]


def _heading(asked: Row, prices: PriceList) -> Refusal:
    children = ", ".join(row.id for row in prices.variants_of(asked.id))
    return refusal(Code.HEADING_ROW, asked.id, "heading_row", row=asked.id, children=children)


@dataclass(frozen=True, slots=True)
class _Picker:
    """An input that picks among the rows under a heading."""

    name: str
    pick: Callable[[Inputs, PriceList], str | None]


def _by_country(given: Inputs, _prices: PriceList) -> str | None:
    return shipping_row(given["country"]) if "country" in given else None


def _by_stage(given: Inputs, _prices: PriceList) -> str | None:
    """Rows 17.1 to 17.3 are stages of a withdrawal; 17.4 is a change of place, not a withdrawal."""
    if "kind" in given and "stage" in given:
        raise refusal(Code.INVALID_INPUT, "17", "disagreeing", first="kind", second="stage")
    if "kind" in given:
        return "17.4"
    return _STAGES[given["stage"]] if "stage" in given else None


def _by_size(given: Inputs, _prices: PriceList) -> str | None:
    return f"23.1/{given['size']}" if "size" in given else None


def _by_pieces(given: Inputs, prices: PriceList) -> str | None:
    if "pieces" not in given:
        return None
    pieces = given["pieces"]
    ranges = prices.variants_of("23.3")
    for row in ranges:
        if row.min_pieces and (row.max_pieces is None or pieces <= row.max_pieces):
            return row.id
    most = max((row.max_pieces or 0 for row in ranges), default=0)
    raise refusal(
        Code.NOT_PRICED,
        "23.3",
        "too_many_pieces",
        pieces=Count(pieces, "piece"),
        limit=Count(most, "piece_dative"),
    )


_PICKERS: Mapping[str, _Picker] = MappingProxyType(
    {
        "17": _Picker("stage", _by_stage),
        "18": _Picker("country", _by_country),
        "23.1": _Picker("size", _by_size),
        "23.3": _Picker("pieces", _by_pieces),
    }
)
