"""Money: what is read as an amount, what is refused, rounding, and how people see it."""

from decimal import Decimal

import pytest

from rules.money import euros, read_euros, round_cents
from rules.people import Language

READ = {
    "12": "12.00",
    "12.5": "12.50",
    "12.500": "12.50",
    "-0.01": "-0.01",
    "999999999999999.99": "999999999999999.99",
}
REFUSED = [
    *("", " 12", "12,50", "1e3", "1_000", "NaN", "Infinity", "+5", "٣", "0.005", "1" * 16, "1.2.3"),
    *(
        True,
        False,
        12.0,
        0.1,
        None,
        [],
        10**15,
        -(10**40),
        Decimal("NaN"),
        Decimal("1E+30"),
        Decimal("1E-99999999"),
    ),
]


@pytest.mark.parametrize(("text", "amount"), READ.items())
def test_an_amount_is_read_exactly(text: str, amount: str) -> None:
    assert str(read_euros(text)) == amount


@pytest.mark.parametrize(("given", "amount"), [(7, "7.00"), (Decimal("2.5"), "2.50")])
def test_whole_numbers_and_decimals_are_read_too(given: object, amount: str) -> None:
    assert str(read_euros(given)) == amount


@pytest.mark.parametrize("bad", REFUSED, ids=repr)
def test_anything_else_is_no_money(bad: object) -> None:
    with pytest.raises(ValueError, match="money"):
        read_euros(bad)


def test_halves_of_a_cent_are_rounded_up() -> None:
    amounts = ["149.925", "149.924", "0.005", "-0.005"]

    assert [str(round_cents(Decimal(amount))) for amount in amounts] == [
        "149.93",
        "149.92",
        "0.01",
        "-0.01",
    ]


def test_latvian_and_english_forms() -> None:
    amount = Decimal("12345.6")

    assert euros(amount) == "12345,60 EUR"
    assert euros(amount, Language.ENGLISH) == "EUR 12,345.60"
