"""Euros as Decimal, never binary floats: reading, rounding, and the forms people read."""

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_decimal

from rules.people import Language

CENT = Decimal("0.01")

# Plain figures only: Decimal() itself would also take "1e9", "1_000", "NaN" and other scripts' digits.
_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


def round_cents(amount: Decimal) -> Decimal:
    """Rounded half up to whole cents, as invoices are.

    >>> round_cents(Decimal("2.345"))
    Decimal('2.35')
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def read_euros(text: object) -> Decimal:
    """Money from a string, a whole number or a Decimal; ValueError for anything else (floats, booleans).

    >>> read_euros("12.5")
    Decimal('12.50')
    """
    if isinstance(text, bool) or not isinstance(text, str | int | Decimal):
        raise ValueError("money is written as a string or a whole number")  # noqa: TRY004 - one refusal for every kind of bad money
    written = _figures(text)
    if not _AMOUNT.fullmatch(written):
        raise ValueError(f"not an amount of money: {written[:40]!r}")
    amount = Decimal(written)
    if amount != round_cents(amount):
        raise ValueError(f"money has at most two decimals: {written!r}")
    return round_cents(amount)


def _figures(text: str | int | Decimal) -> str:
    """The plain figures of what was given; a number too long for money is not even written out."""
    if isinstance(text, str):
        return text
    if isinstance(text, Decimal):
        fits = text.is_finite() and -15 <= text.adjusted() < 15
        return format(text, "f") if fits else "no plain number"
    return str(text) if abs(text) < 10**15 else "a huge number"


@lru_cache(maxsize=1024)  # the same few hundred prices are written again and again
def euros(amount: Decimal, language: Language = Language.LATVIAN) -> str:
    """An amount as people write it, Latvian or English.

    >>> euros(Decimal("1200"))
    '1200,00 EUR'
    >>> euros(Decimal("1200"), Language.ENGLISH)
    'EUR 1,200.00'
    """
    if language is Language.ENGLISH:
        return f"EUR {format_decimal(amount, '#,##0.00;−#,##0.00', locale='en')}"
    return f"{format_decimal(amount, '0.00;−0.00', locale='lv')} EUR"
