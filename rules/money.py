"""Euros as Decimal, never binary floats: reading, rounding, and the forms people read."""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import format_decimal

from rules.people import Language

CENT = Decimal("0.01")


def round_cents(amount: Decimal) -> Decimal:
    """Rounded half up to whole cents, as invoices are.

    >>> round_cents(Decimal("2.345"))
    Decimal('2.35')
    """
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def read_euros(text: object) -> Decimal:
    """Money from a string or a whole number; ValueError for anything else (floats, booleans).

    >>> read_euros("12.5")
    Decimal('12.50')
    """
    if isinstance(text, bool) or not isinstance(text, str | int):
        raise ValueError("money is written as a string or a whole number")  # noqa: TRY004 - one refusal for every kind of bad money
    try:
        amount = Decimal(str(text))
    except InvalidOperation as error:
        raise ValueError(f"not an amount of money: {text!r}") from error
    if not amount.is_finite() or amount != amount.quantize(CENT):
        raise ValueError(f"money has at most two decimals: {text!r}")
    return amount.quantize(CENT)


def euros(amount: Decimal, language: Language = Language.LATVIAN) -> str:
    """An amount as people write it, Latvian or English.

    >>> euros(Decimal("1200"))
    '1200,00 EUR'
    >>> euros(Decimal("1200"), Language.ENGLISH)
    'EUR 1,200.00'
    """
    if language is Language.ENGLISH:
        return f"EUR {format_decimal(amount, '#,##0.00', locale='en')}"
    return f"{format_decimal(amount, '0.00', locale='lv')} EUR"
