"""Readers of single values: each answers the value in its own type, or says what was expected.

Input comes from JSON or from Python, so dates are read from ISO strings or dates, money from
strings, whole numbers or Decimals. Whole numbers are strict: no booleans, no 2.0, no "2".
Which input is read how is `inputs.py`.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from rules.fees.countries import CODES
from rules.money import read_euros
from rules.wording import Text

# Beyond these a number is a slip of the keyboard; they also keep every sum exact in Decimal.
LARGEST_COUNT = 1_000_000
LARGEST_MONEY = Decimal(1_000_000_000)
HUGE = 10**15  # from here on a number is not even written out
FIRST_YEAR, LAST_YEAR = 1991, 2099  # the calendar of public holidays reaches a year further


@dataclass(frozen=True, slots=True)
class Waiver:
    """A charge waived by another document: its clause and the reason; never made up here."""

    clause: str
    reason: str


class Unfit(ValueError):
    """A value that cannot be what it should be; `expected` completes "must be ..."."""

    def __init__(self, expected: Text) -> None:
        self.expected = expected
        super().__init__(expected.en)


def whole(least: int, most: int | None = None) -> Callable[[object], int]:
    """A reader of whole numbers from `least` to `most`; without `most` to what can be written out."""
    until = "" if most is None else f"–{most}"
    expected = Text(
        f"vesels skaitlis, {least}{until or ' vai vairāk'}",
        f"a whole number, {least}{until or ' or more'}",
    )

    def read(given: object) -> int:
        if isinstance(given, bool) or not isinstance(given, int):
            raise Unfit(expected)
        if not least <= given <= (HUGE - 1 if most is None else most):
            raise Unfit(expected)
        return given

    return read


def yes_or_no(given: object) -> bool:
    """True or false, nothing that merely looks like it."""
    if not isinstance(given, bool):
        raise Unfit(Text("true vai false", "true or false"))
    return given


def day(given: object) -> date:
    """A date, or its ISO form `2026-11-23`."""
    expected = Text(
        f"datums GGGG-MM-DD, {FIRST_YEAR}.–{LAST_YEAR}. gads",
        f"a date YYYY-MM-DD, {FIRST_YEAR} to {LAST_YEAR}",
    )
    found = given
    if isinstance(given, str):
        try:
            found = date.fromisoformat(given)
        except ValueError as error:
            raise Unfit(expected) from error
        if found.isoformat() != given:  # 20261123 and 2026-W48-1 are ISO too, but slips here
            raise Unfit(expected)
    if not isinstance(found, date) or isinstance(found, datetime):
        raise Unfit(expected)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unfit(expected)
    return found


def money(given: object) -> Decimal:
    """Euros from 0, exact."""
    return _decimal(
        given,
        Decimal(0),
        Text(
            "naudas summa kā teksts („2500.00”), 0 vai vairāk",
            "money as text (“2500.00”), 0 or more",
        ),
    )


def points(given: object) -> Decimal:
    """Credit points, more than 0, at most two decimals."""
    return _decimal(
        given,
        Decimal("0.01"),
        Text(
            "kredītpunkti kā teksts vai vesels skaitlis, vairāk par 0",
            "credit points as text or a whole number, more than 0",
        ),
    )


def _decimal(given: object, least: Decimal, expected: Text) -> Decimal:
    try:
        amount = read_euros(given)
    except ValueError as error:
        raise Unfit(expected) from error
    if not least <= amount <= LARGEST_MONEY:
        raise Unfit(expected)
    return amount


def area(given: object) -> Decimal:
    """Square metres: any number more than 0, fractions and floats included."""
    expected = Text("laukums m², vairāk par 0", "an area in m², more than 0")
    if isinstance(given, bool) or not isinstance(given, int | float | Decimal):
        raise Unfit(expected)
    # A whole number may be too long for a float, a Decimal may refuse to be compared.
    finite = given.is_finite() if isinstance(given, Decimal) else given < math.inf
    if not finite or not 0 < given <= LARGEST_COUNT:
        raise Unfit(expected)
    return Decimal(str(given))


def choice(*choices: str) -> Callable[[object], str]:
    """A reader of one of a few words."""
    listed = ", ".join(choices)
    expected = Text(f"viens no: {listed}", f"one of: {listed}")

    def read(given: object) -> str:
        if not isinstance(given, str) or given not in choices:
            raise Unfit(expected)
        return given

    return read


def country(given: object) -> str:
    """An ISO 3166-1 alpha-2 code in capitals."""
    if not isinstance(given, str) or given not in CODES:
        raise Unfit(
            Text("valsts kods (ISO 3166-1), piemēram, LV", "a country code (ISO 3166-1) such as LV")
        )
    return given


def word(given: object) -> str:
    """One line of text; what cannot be printed cannot be explained to anybody."""
    expected = Text("viena teksta rinda (1–200 rakstzīmes)", "one line of 1 to 200 characters")
    if not isinstance(given, str):
        raise Unfit(expected)
    text = given.strip()
    if not (0 < len(text) <= 200 and text.isprintable()):
        raise Unfit(expected)
    return text


def waiver(given: object) -> Waiver:
    """A waiver: an object with `clause` and `reason`, both texts."""
    if isinstance(given, Waiver):
        return given
    if not isinstance(given, Mapping) or set(given) != {"clause", "reason"}:
        raise Unfit(Text("objekts ar clause un reason", "an object with clause and reason"))
    return Waiver(word(given["clause"]), word(given["reason"]))


def shown(given: object) -> Text:
    """What was given, short enough for a sentence."""
    if isinstance(given, bool):
        return Text(str(given).lower(), str(given).lower())
    if isinstance(given, int) and abs(given) >= HUGE:
        return Text("milzīgs skaitlis", "a huge number")
    if isinstance(given, str | int | float | Decimal | date):
        start = printable(str(given))
        return Text(f"„{start}”", f"“{start}”")
    return Text("cita veida vērtība", "a value of another kind")


def printable(text: str) -> str:
    r"""The beginning of a text that somebody made up; what no output can take is replaced.

    >>> printable("1.1\n")
    '1.1�'
    """
    return "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text[:40]
    )
