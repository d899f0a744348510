"""What a row's rule is given (`Case`) and what it answers (`Draft`): the calculator's own types."""

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from rules.fees.inputs import Inputs
from rules.fees.nouns import UNITS_LV, UNITS_LV_OF_ROW
from rules.fees.price_list import PriceList, Row
from rules.fees.refusals import Code, Refusal, refusal
from rules.fees.request import Request
from rules.fees.sentences import Sentence, Value, say
from rules.wording import Text

NOTHING = Decimal("0.00")


class PointKind(StrEnum):
    """Whether a point is only to be known, or waits for a person."""

    WARNING = "warning"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Point:
    """Something to tell the person who uses the quote; `item` counts from 0."""

    kind: PointKind
    sentence: Sentence
    row: str | None = None
    item: int | None = None

    @property
    def key(self) -> str:
        """A stable name of the point."""
        return self.sentence.key

    def at(self, item: int) -> "Point":
        return replace(self, item=item)


@dataclass(frozen=True, slots=True)
class Case:
    """One item at its row, its inputs read, and the request that it stands in."""

    row: Row
    given: Inputs
    request: Request
    prices: PriceList
    free_extension_used: bool = False  # by an earlier item of the same request

    @property
    def quantity(self) -> int:
        return self.given.get("quantity", 1)

    @property
    def price(self) -> Decimal:
        """The row's printed price; a row without one is never charged by guess."""
        if self.row.amount is None:
            raise self.refused(Code.NOT_PRICED, "no_amount", row=self.row.id)
        return self.row.amount

    def refused(self, code: Code, key: str, /, **values: Value) -> Refusal:
        """A refusal of this row."""
        return refusal(code, self.row.id, key, **values)

    def warning(self, key: str, **values: Value) -> Point:
        return Point(PointKind.WARNING, say(key, **values), self.row.id)

    def decision(self, key: str, **values: Value) -> Point:
        return Point(PointKind.DECISION, say(key, **values), self.row.id)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a rule makes of a case: units, price and amount, and why; `note` is a footnote used."""

    units: int | Decimal
    unit_price: Decimal
    amount: Decimal
    sentences: tuple[Sentence, ...]
    points: tuple[Point, ...] = ()
    note: str | None = None

    def saying(self, *sentences: Sentence) -> "Draft":
        return replace(self, sentences=(*self.sentences, *sentences))

    def noting(self, *points: Point) -> "Draft":
        return replace(self, points=(*self.points, *points))

    def at(self, item: int) -> "Draft":
        """The same with its points placed at their item."""
        if not self.points:
            return self
        return replace(self, points=tuple(point.at(item) for point in self.points))

    def free(self, reason: Sentence, note: str | None = None) -> "Draft":
        """The same without charge; the reason takes the place of the arithmetic."""
        return replace(self, amount=NOTHING, sentences=(reason,), note=note)


def priced(case: Case, units: int, *before: Sentence) -> Draft:
    """The row's price times the units, explained after what led to the units."""
    price = case.price
    amount = price * units
    sentence = say("units", units=units, price=price, unit=unit_of(case.row), amount=amount)
    return Draft(units, price, amount, (*before, sentence))


def unit_of(row: Row) -> Text:
    """What the price is for; a unit that only a later order knows keeps its English name."""
    english = row.unit or "unit"
    return Text(UNITS_LV_OF_ROW.get(row.id) or UNITS_LV.get(english, english), english)
