"""Euros and dates as people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from rules.money import euros, read_euros, round_cents
from rules.people import Language, Role
from rules.wording import clock, long_date, short_date, time_span

DAY = date(2026, 12, 5)


@pytest.mark.parametrize(
    ("amount", "rounded"), [("2.344", "2.34"), ("2.345", "2.35"), ("-2.345", "-2.35")]
)
def test_cents_are_rounded_half_up(amount: str, rounded: str) -> None:
    assert round_cents(Decimal(amount)) == Decimal(rounded)


@pytest.mark.parametrize(("text", "amount"), [("12.5", "12.50"), (7, "7.00"), ("0", "0.00")])
def test_money_is_read_exactly(text: object, amount: str) -> None:
    assert str(read_euros(text)) == amount


@pytest.mark.parametrize("text", [1.5, True, None, "", "12,50", "1.234", "NaN", "Infinity"])
def test_what_is_no_money_is_refused(text: object) -> None:
    with pytest.raises(ValueError, match="money"):
        read_euros(text)


def test_amounts_are_written_in_the_readers_language() -> None:
    assert [euros(Decimal(1200), language) for language in Language] == [
        "1200,00 EUR",
        "EUR 1,200.00",
    ]


def test_dates_and_times_are_written_in_the_readers_language() -> None:
    assert [long_date(DAY, language) for language in Language] == [
        "sestdiena, 2026. gada 5. decembris",
        "Saturday, 5 December 2026",
    ]
    assert [short_date(DAY, language) for language in Language] == ["05.12.2026.", "5 Dec 2026"]
    start, end = datetime(2026, 12, 5, 9, 5), datetime(2026, 12, 5, 12)  # noqa: DTZ001 - only shown
    assert (clock(start), time_span(start, end)) == ("09:05", "09:05–12:00")


def test_every_role_has_its_latvian_name() -> None:
    assert [role.latvian for role in Role] == [
        "SAC vadītājs",
        "SAC koordinators",
        "E-studiju vides koordinators",
        "Studiju daļa",
        "Grāmatvedība",
    ]
