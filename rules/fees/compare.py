"""What a new order changes: row by row, and on past requests (what it would have changed).

Quotes of single requests are `quoting.py`; this module only sets two answers side by side.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from rules.fees.case import NOTHING
from rules.fees.dates import ClockStart
from rules.fees.price_list import PRICED, Footnote, PriceList, Row
from rules.fees.quoting import Quote, quote_many
from rules.fees.refusals import Refusal
from rules.fees.request import Request
from rules.fees.row_rules import UNCHECKED, rule_for

T = TypeVar("T", Row, Footnote)


class ChangeKind(StrEnum):
    """What happened to a row or a footnote."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after, as text; None where it was empty."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class EntryChange:
    """A row (by its id) or a footnote (by its marker) that the new order changes."""

    key: str
    kind: ChangeKind
    fields: tuple[FieldChange, ...]
    difference: Decimal | None = None  # of the printed prices, where both are printed


@dataclass(frozen=True, slots=True)
class RequestChange:
    """One past request (counted from 0) under both orders; None where one of them refuses."""

    number: int
    old: Quote | Refusal
    new: Quote | Refusal

    @property
    def difference(self) -> Decimal | None:
        if isinstance(self.old, Refusal) or isinstance(self.new, Refusal):
            return None
        return self.new.total - self.old.total

    @property
    def same(self) -> bool:
        """Whether both orders give the same total, or refuse for the same reason."""
        return _outcome(self.old) == _outcome(self.new)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a new order changes; `to_check` are rows whose rule a person must look at."""

    rows: tuple[EntryChange, ...]
    footnotes: tuple[EntryChange, ...]
    to_check: tuple[str, ...]
    requests: tuple[RequestChange, ...]

    @property
    def difference(self) -> Decimal:
        """What the requests would have cost more (less: negative) under the new order."""
        return sum((each.difference or NOTHING for each in self.requests), NOTHING)


def compare(
    old: PriceList,
    new: PriceList,
    requests: Sequence[Request] = (),
    clock_start: ClockStart = ClockStart.REQUEST,
) -> Comparison:
    """Sets two price lists side by side, and the quotes of past requests under both."""
    quotes = zip(
        quote_many(requests, old, clock_start), quote_many(requests, new, clock_start), strict=True
    )
    return Comparison(
        rows=tuple(_changes(old.rows, new.rows, _price_difference)),
        footnotes=tuple(_changes(old.footnotes, new.footnotes, lambda _old, _new: None)),
        to_check=tuple(_to_check(old, new)),
        requests=tuple(RequestChange(number, *pair) for number, pair in enumerate(quotes)),
    )


def _changes(
    old: Mapping[str, T], new: Mapping[str, T], difference: Callable[[T, T], Decimal | None]
) -> Iterable[EntryChange]:
    """What is gone or changed in the old order's sequence, then what is new."""
    for key, before in old.items():
        after = new.get(key)
        if after is None:
            yield EntryChange(key, ChangeKind.REMOVED, _fields(before, None))
        elif after != before:
            found = _fields(before, after)
            yield EntryChange(key, ChangeKind.CHANGED, found, difference(before, after))
    for key, after in new.items():
        if key not in old:
            yield EntryChange(key, ChangeKind.ADDED, _fields(None, after))


def _fields(before: T | None, after: T | None) -> tuple[FieldChange, ...]:
    names = [field.name for field in fields(before or after or Row)]
    pairs = ((name, _text(before, name), _text(after, name)) for name in names)
    return tuple(FieldChange(name, old, new) for name, old, new in pairs if old != new)


def _text(entry: Row | Footnote | None, name: str) -> str | None:
    found = getattr(entry, name, None)
    if found is None or found == () or found is False:
        return None
    return ", ".join(found) if isinstance(found, tuple) else str(found)


def _price_difference(before: Row, after: Row) -> Decimal | None:
    if before.amount is None or after.amount is None:
        return None
    return after.amount - before.amount


def _to_check(old: PriceList, new: PriceList) -> Iterable[str]:
    """Rows that are new or have no rule that fits, and rows whose rule was made for other words."""
    for row in new.rows.values():
        if row.kind not in PRICED:
            continue
        before = old.rows.get(row.id)
        if before is None or before.name_lv != row.name_lv or rule_for(row) is UNCHECKED:
            yield row.id


def _outcome(answer: Quote | Refusal) -> tuple[str, str]:
    if isinstance(answer, Refusal):
        return ("refused", answer.code.value)
    return ("total", str(answer.total))
