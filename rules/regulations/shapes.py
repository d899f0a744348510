"""The kinds of arguments that rules take: what is allowed, how it is read, how it is described.

A rule names them in its annotations (`paid: Euros`); `rule.py` checks every call by them, so that no
rule can forget to refuse a float as money or a boolean as a number. JSON is read by `wire.py`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, NoReturn, Protocol

from rules.money import CENT
from rules.regulations.refusal import invalid

_LIMIT = Decimal(10) ** 9
_FIRST_DAY, _LAST_DAY = date(1990, 1, 1), date(2199, 12, 31)
_SHOWN = 40
_JSON_WORDS = {None: "null", True: "true", False: "false"}


class Scalar(Protocol):
    """A kind of plain value."""

    @property
    def told(self) -> str:
        """The kind in words, for people who fill it in."""
        ...

    def check(self, argument: str, value: object) -> None:
        """Refuses a value that is not of this kind."""
        ...

    def read(self, argument: str, value: object) -> object:
        """The value from its plain (JSON) form; not yet checked."""
        ...


def trimmed(number: Decimal) -> Decimal:
    """The same number without an exponent and without needless zeros, as answers give it.

    >>> trimmed(Decimal("50.00"))
    Decimal('50')
    """
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def refuse(argument: str, told: str, value: object) -> NoReturn:
    """Refuses a value, showing its beginning; numbers too long to print are not printed."""
    shown = _shown(value)
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…"
    raise invalid(argument, f"expected {told}, got {shown}")


def _shown(value: object) -> str:
    """A value as whoever gave it may know it."""
    if value is None or isinstance(value, bool):
        return _JSON_WORDS[value]
    if isinstance(value, Decimal | date):
        return str(value)
    try:
        return repr(value)
    except ValueError:  # more digits than Python prints
        return "a huge number"


@dataclass(frozen=True, slots=True)
class Number:
    """A Decimal between two limits (inclusive), a multiple of `step`; read from a string or an int."""

    told: str
    low: Decimal
    high: Decimal
    step: Decimal

    def check(self, argument: str, value: object) -> None:
        if (
            type(value) is not Decimal
            or not value.is_finite()
            or not self.low <= value <= self.high
            # Most values have exactly the decimals of the step, which is the quicker question.
            or not (value.same_quantum(self.step) or value.quantize(self.step) == value)
        ):
            refuse(argument, self.told, value)

    def read(self, argument: str, value: object) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, str | int):
            refuse(argument, f"{self.told} as a string or a whole number", value)
        try:
            return Decimal(value)
        except InvalidOperation:
            refuse(argument, self.told, value)


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two limits (inclusive); booleans are not numbers."""

    told: str
    low: int
    high: int

    def check(self, argument: str, value: object) -> None:
        if type(value) is not int or not self.low <= value <= self.high:
            refuse(argument, self.told, value)

    def read(self, argument: str, value: object) -> object:  # noqa: ARG002 - same form as its neighbours
        return value


class Day:
    """A calendar date without a time."""

    told = "a date (YYYY-MM-DD, 1990 to 2199)"

    def check(self, argument: str, value: object) -> None:
        if type(value) is not date or not _FIRST_DAY <= value <= _LAST_DAY:
            refuse(argument, self.told, value)

    def read(self, argument: str, value: object) -> date:
        if not isinstance(value, str) or len(value) != len("2026-09-10"):
            refuse(argument, self.told, value)
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            refuse(argument, self.told, value)


class Flag:
    """Yes or no."""

    told = "true or false"

    def check(self, argument: str, value: object) -> None:
        if type(value) is not bool:
            refuse(argument, self.told, value)

    def read(self, argument: str, value: object) -> object:  # noqa: ARG002 - same form as its neighbours
        return value


@dataclass(frozen=True, slots=True)
class Words:
    """A non-empty text, of a given form if there is one."""

    told: str = "a text"
    pattern: str = r"\S.{0,499}"

    def check(self, argument: str, value: object) -> None:
        if not (
            isinstance(value, str) and value.isprintable() and re.fullmatch(self.pattern, value)
        ):
            refuse(argument, self.told, value)

    def read(self, argument: str, value: object) -> object:  # noqa: ARG002 - same form as its neighbours
        return value


_HUNDRED, _FINE = Decimal(100), Decimal("0.0001")
Euros = Annotated[Decimal, Number("an amount of money (EUR, e.g. 12.00)", Decimal(0), _LIMIT, CENT)]
Percent = Annotated[Decimal, Number("a percentage from 0 to 100", Decimal(0), _HUNDRED, _FINE)]
Inflation = Annotated[
    Decimal, Number("a percentage from -100 to 1000", -_HUNDRED, Decimal(1000), _FINE)
]
Quantity = Annotated[
    Decimal, Number("a number from 0, at most 4 decimals", Decimal(0), Decimal(10**6), _FINE)
]
Positive = Annotated[
    Decimal, Number("a number above 0, at most 4 decimals", _FINE, Decimal(10**6), _FINE)
]
Count = Annotated[int, Whole("a whole number from 0", 0, 10**6)]
Ordinal = Annotated[int, Whole("a whole number from 1", 1, 10**6)]
Grade = Annotated[int, Whole("a grade, a whole number from 1 to 10", 1, 10)]
Year = Annotated[int, Whole("a year (1990 to 2198)", 1990, 2198)]
SemesterName = Annotated[
    str, Words("a semester, e.g. 2025-autumn", r"(19|20|21)\d\d-(autumn|spring)")
]
PLAIN: dict[type, Scalar] = {date: Day(), bool: Flag(), str: Words()}
