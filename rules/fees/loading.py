"""Price lists from TOML: the orders shipped in `orders/`, and any other that somebody hands in.

A list with anything wrong is refused with every problem at once. A later order is a further file
in `orders/`; the older ones stay, because past requests are priced by the list of their day.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rules.fees.price_list import PRICED, Footnote, Order, PriceList, Row, RowKind
from rules.fees.toml_fields import Fields


class PriceListError(ValueError):
    """A price list that cannot be used; `problems` says all that is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def load_price_list(text: str) -> PriceList:
    """A price list from the text of its TOML file.

    Raises:
        PriceListError: with every problem found.
    """
    try:
        document: dict[str, object] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PriceListError([f"not a TOML file: {error}"]) from error
    reader = _Reader([])
    order = reader.order(reader.table(document, "order", "the file"))
    notes = [reader.footnote(table) for table in reader.tables(document, "footnote")]
    rows = [reader.row(table) for table in reader.tables(document, "row")]
    problems = [*reader.problems, *_contradictions(rows, notes), *_broken_ranges(rows)]
    if problems:
        raise PriceListError(problems)
    return PriceList(
        order,
        MappingProxyType({row.id: row for row in rows}),
        MappingProxyType({note.marker: note for note in notes}),
    )


@cache
def price_lists() -> tuple[PriceList, ...]:
    """The lists of all shipped orders, the oldest first."""
    found = files("rules.fees").joinpath("orders").iterdir()
    texts = [item.read_text("utf-8") for item in found if item.name.endswith(".toml")]
    return tuple(sorted(map(load_price_list, texts), key=lambda each: each.order.in_force_from))


def price_list_on(day: date) -> PriceList:
    """The list in force on that day; the oldest one for days before it (a quote then says so).

    >>> price_list_on(date(2026, 11, 23)).order.number
    '1.5-3/149'
    """
    lists = price_lists()
    in_force = [each for each in lists if each.order.in_force_from <= day]
    return in_force[-1] if in_force else lists[0]


def _contradictions(rows: Sequence[Row], notes: Sequence[Footnote]) -> Iterator[str]:
    """What is wrong between rows that are each well formed."""
    if not rows:
        yield "the list has no rows"
    ids = Counter(row.id for row in rows)
    markers = {note.marker for note in notes}
    yield from (f"row {row_id} stands twice" for row_id, times in ids.items() if times > 1)
    for row in rows:
        if row.parent is not None and row.parent not in ids:
            yield f"row {row.id}: its heading {row.parent} is not on the list"
        if (row.amount is not None) != (row.kind in PRICED):
            yield f"row {row.id}: a row of kind {row.kind} must {'' if row.kind in PRICED else 'not '}have an amount"
        if row.working_days and row.months:
            yield f"row {row.id}: its time is given in working days and in months"
        yield from (
            f"row {row.id}: no footnote {mark}" for mark in row.footnotes if mark not in markers
        )


def _broken_ranges(rows: Sequence[Row]) -> Iterator[str]:
    """Ranges of pieces under one heading that overlap or leave a gap, which would be priced by guess."""
    starts: dict[str | None, int | None] = {}
    for row in rows:
        if row.min_pieces is None and row.max_pieces is None:
            continue
        start = starts.get(row.parent, 1)
        if start is None:
            yield f"row {row.id}: the range of pieces before it has no end"
        elif row.min_pieces != start:
            yield f"row {row.id}: its pieces must start at {start}"
        if row.max_pieces is not None and row.max_pieces < (row.min_pieces or 1):
            yield f"row {row.id}: its pieces end before they start"
        starts[row.parent] = None if row.max_pieces is None else row.max_pieces + 1


class _Reader(Fields):
    """Reads the tables of a price list."""

    __slots__ = ()

    def order(self, table: Mapping[str, object]) -> Order:
        clause = self.table(table, "clause_2", "the order", optional=True)
        repeals = self.table(table, "repeals", "the order", optional=True)
        return Order(
            number=self.text(table, "number", "the order"),
            issued_on=self.day(table, "date"),
            in_force_from=self.day(table, "in_force_from"),
            title_lv=self.text(table, "title_lv", "the order"),
            title_en=self.text(table, "title_en", "the order"),
            repeals=self.optional(repeals, "number", str, "the order"),
            prevails_number=self.optional(clause, "prevails_number", str, "clause 2"),
            prevails_date=self.optional(clause, "prevails_date", date, "clause 2"),
        )

    def footnote(self, table: Mapping[str, object]) -> Footnote:
        marker = self.text(table, "marker", "a footnote")
        where = f"footnote {marker}"
        return Footnote(
            marker=marker,
            rows=self.words(table, "on_rows", where),
            text_lv=self.text(table, "text_lv", where),
            text_en=self.text(table, "text_en", where),
            statuses=self.words(table, "statuses", where),
        )

    def row(self, table: Mapping[str, object]) -> Row:
        row_id = self.text(table, "id", "a row")
        where = f"row {row_id}"
        times = self.table(table, "turnaround", where, optional=True)
        return Row(
            id=row_id,
            nr=self.text(table, "nr", where),
            kind=self.kind(table, where),
            name_lv=self.text(table, "name_lv", where),
            name_en=self.text(table, "name_en", where),
            parent=self.optional(table, "parent", str, where),
            amount=self.amount(table, "amount", where),
            unit=self.optional(table, "unit", str, where),
            working_days=self.whole(times, "working_days", where),
            months=self.whole(times, "months", where),
            footnotes=self.words(table, "footnotes", where),
            # Printed on headings 5 and 6, but about protocols only; so only their rows have it.
            protocol_valid="protocol_valid" in table and table.get("kind") == RowKind.ITEM,
            variant=self.optional(table, "variant", str, where),
            max_days_late=self.whole(table, "max_calendar_days_late", where),
            period_days=self.whole(table, "period_days", where),
            period_minutes=self.whole(table, "period_minutes", where),
            max_area=self.amount(table, "max_area_m2", where),
            min_pieces=self.whole(table, "min_pieces", where),
            max_pieces=self.whole(table, "max_pieces", where),
        )

    def kind(self, table: Mapping[str, object], where: str) -> RowKind:
        found = self.text(table, "kind", where)
        if found in set(RowKind):
            return RowKind(found)
        self.problems.append(f"{where}: no such kind as {found}")
        return RowKind.HEADING
