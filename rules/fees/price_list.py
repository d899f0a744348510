"""A price list as it was printed: the order, its rows and its footnotes, as plain data.

Reading it from TOML is `loading.py`; what a row costs in a given case is `quoting.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.people import Language


class RowKind(StrEnum):
    """What stands in a row's price column."""

    HEADING = "heading"  # no price of its own
    ITEM = "item"  # one price
    VARIANTS = "variants"  # priced by its sub-rows
    VARIANT = "variant"  # a sub-row, id such as "23.1/A5"
    FORMULA = "formula"  # computed (row 15)


PRICED = frozenset({RowKind.ITEM, RowKind.VARIANT})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the list; `amount` in EUR per `unit`, None for headings, variants and formulas.

    `working_days` and `months` are the column "Dokumenta izgatavošanas laiks"; months only in row 18.
    """

    id: str
    nr: str
    kind: RowKind
    name_lv: str
    name_en: str
    parent: str | None
    amount: Decimal | None
    unit: str | None
    working_days: int | None
    months: int | None
    footnotes: tuple[str, ...]
    protocol_valid: bool
    variant: str | None
    max_days_late: int | None
    period_days: int | None
    period_minutes: int | None
    max_area: Decimal | None
    min_pieces: int | None
    max_pieces: int | None

    def name(self, language: Language) -> str:
        return self.name_en if language is Language.ENGLISH else self.name_lv


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note under the list; `marker` is the one that its rows carry."""

    marker: str
    rows: tuple[str, ...]
    text_lv: str
    text_en: str
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The order that approved the list. `prevails_*`: clause 2, the rules that stand above it."""

    number: str
    issued_on: date
    in_force_from: date
    title_lv: str
    title_en: str
    repeals: str | None
    prevails_number: str | None
    prevails_date: date | None


@dataclass(frozen=True, slots=True)
class PriceList:
    """An order with all its rows, by id and in printed order."""

    order: Order
    rows: Mapping[str, Row]
    footnotes: Mapping[str, Footnote]

    def variants_of(self, row_id: str) -> tuple[Row, ...]:
        """The sub-rows of a row or heading, in printed order."""
        return tuple(row for row in self.rows.values() if row.parent == row_id)
