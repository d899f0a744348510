"""The list as data: complete, true to the order, and refused when anything is wrong with it."""

import re
import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from rules.fees.loading import PriceListError, load_price_list, price_list_on
from rules.fees.price_list import RowKind
from rules.fees.quoting import quote
from rules.fees.request import Item, Request
from rules.people import Language

TEXT = files("rules.fees").joinpath("orders/1.5-3-149.toml").read_text("utf-8")
PRICES = price_list_on(date(2026, 11, 23))

SMALL = """
[order]
title_lv = "Par cenrādi"
title_en = "On prices"
number = "1"
date = 2026-01-01
in_force_from = 2026-02-01
[[footnote]]
marker = "*"
text_lv = "piezīme"
text_en = "note"
[[row]]
id = "1"
nr = "1"
kind = "item"
name_lv = "Izziņa"
name_en = "Certificate"
amount = "3.00"
footnotes = ["*"]
"""


def test_all_95_records_are_there() -> None:
    kinds = Counter(row.kind for row in PRICES.rows.values())

    assert kinds == {
        RowKind.HEADING: 13,
        RowKind.ITEM: 71,
        RowKind.VARIANTS: 2,
        RowKind.VARIANT: 8,
        RowKind.FORMULA: 1,
    }


def test_the_order_is_named_with_what_it_repeals_and_what_prevails() -> None:
    order = PRICES.order

    assert (order.number, order.issued_on, order.in_force_from) == (
        "1.5-3/149",
        date(2023, 10, 19),
        date(2023, 10, 19),
    )
    assert (order.repeals, order.prevails_number, order.prevails_date) == (
        "1.5-3/141",
        "27-11/033",
        date(2014, 6, 10),
    )


def test_the_five_notes_stand_at_the_rows_that_carry_them() -> None:
    carried = {
        marker: tuple(row.id for row in PRICES.rows.values() if marker in row.footnotes)
        for marker in PRICES.footnotes
    }
    inherited = ("8.1", "8.2", "8.3")  # printed on heading 8 only

    assert carried == {
        marker: note.rows if marker != "**" else _with_inherited(note.rows, inherited)
        for marker, note in PRICES.footnotes.items()
    }


def _with_inherited(printed: tuple[str, ...], inherited: tuple[str, ...]) -> tuple[str, ...]:
    position = printed.index("8") + 1
    return (*printed[:position], *inherited, *printed[position:])


def test_the_printed_order_has_the_same_rows_and_prices(shared: Path) -> None:
    (source,) = (shared / "sources").glob("002_*.txt")
    text = source.read_text("utf-8")
    printed = dict(
        re.findall(
            r"^(\d+(?:\.\d+)?)\.\t.*?\t(\d+,\d\d)(?: eur/ dienā)?(?:\t|$)", text, re.MULTILINE
        )
    )
    by_size = dict(re.findall(r"\t(A\d|\d+-\d+ gab)\t(\d+,\d\d)", text))
    sizes = {size.removesuffix(" gab"): amount for size, amount in by_size.items()}

    priced = [row for row in PRICES.rows.values() if row.amount is not None]

    assert {row.id: f"{row.amount}".replace(".", ",") for row in priced} == {
        row.id: sizes[row.variant] if row.variant else printed[row.nr] for row in priced
    }
    assert {row.nr for row in PRICES.rows.values()} == set(
        re.findall(r"^(\d+(?:\.\d+)?)\.\t", text, re.MULTILINE)
    )


def test_the_data_is_that_of_the_reference_material(shared: Path) -> None:
    reference = tomllib.loads((shared / "spec" / "price_list.toml").read_text("utf-8"))
    shipped = tomllib.loads(TEXT)
    for row in (*reference["row"], *shipped["row"]):
        row.pop("notes", None)  # remarks for the reader

    assert shipped == reference


def test_a_row_is_named_in_either_language() -> None:
    row = PRICES.rows["1.1"]

    assert (row.name(Language.LATVIAN), row.name(Language.ENGLISH)) == (row.name_lv, row.name_en)


@pytest.mark.parametrize("day", ["2023-10-18", "2023-10-19", "2026-12-31"])
def test_the_list_of_a_day_is_the_one_in_force_or_the_oldest(day: str) -> None:
    assert price_list_on(date.fromisoformat(day)) is PRICES


def test_a_small_list_loads() -> None:
    prices = load_price_list(SMALL)

    assert [(row.id, str(row.amount), row.footnotes) for row in prices.rows.values()] == [
        ("1", "3.00", ("*",))
    ]


WRONG = {
    "not = toml =": ["not a TOML file: Invalid value (at line 1, column 7)"],
    "": [
        "the file: order must be a table",
        *(
            problem
            for field in ("number", "date", "in_force_from", "title_lv", "title_en")
            for problem in [f"the order: {field} is missing"]
        ),
        "the list has no rows",
    ],
    SMALL.replace('number = "1"', "number = 1"): [
        "the order: number cannot be 1",
        "the order: number is missing",
    ],
    SMALL.replace('amount = "3.00"', "amount = 3.5"): [
        "row 1: amount: money is written as a string or a whole number",
        "row 1: a row of kind item must have an amount",
    ],
    SMALL.replace('amount = "3.00"', 'amount = "-3.00"'): ["row 1: amount must not be negative"],
    SMALL.replace('kind = "item"', 'kind = "heading"'): [
        "row 1: a row of kind heading must not have an amount"
    ],
    SMALL.replace('kind = "item"', 'kind = "odd"'): [
        "row 1: no such kind as odd",
        "row 1: a row of kind heading must not have an amount",
    ],
    SMALL.replace('footnotes = ["*"]', 'footnotes = ["**"]'): ["row 1: no footnote **"],
    SMALL.replace('footnotes = ["*"]', "footnotes = [1]"): [
        "row 1: footnotes must be a list of texts"
    ],
    SMALL + 'parent = "9"': ["row 1: its heading 9 is not on the list"],
    SMALL + "period_days = 0": ["row 1: period_days must be 1 or more"],
    SMALL + "period_days = true": ["row 1: period_days cannot be True"],
    SMALL + "turnaround = 3": ["row 1: turnaround must be a table"],
    SMALL + "turnaround = { working_days = 3, months = 1 }": [
        "row 1: its time is given in working days and in months"
    ],
    SMALL + SMALL[SMALL.index("[[row]]") :]: ["row 1 stands twice"],
    SMALL.replace("[[row]]", "[row]"): ["row must be written as [[row]]", "the list has no rows"],
}


RANGES = {
    ("min_pieces = 101\n", "min_pieces = 90\n"): ["row 23.3/101-500: its pieces must start at 101"],
    ("max_pieces = 100\n", "max_pieces = 80\n"): ["row 23.3/101-500: its pieces must start at 81"],
    ("min_pieces = 1\n", ""): ["row 23.3/1-100: its pieces must start at 1"],
    ("max_pieces = 500\n", ""): ["row 23.3/501-1000: the range of pieces before it has no end"],
    ("max_pieces = 1000\n", "max_pieces = 500\n"): [
        "row 23.3/501-1000: its pieces end before they start"
    ],
}


@pytest.mark.parametrize(("change", "problems"), RANGES.items(), ids=range(len(RANGES)))
def test_ranges_of_pieces_leave_no_gap_to_be_priced_by_guess(
    change: tuple[str, str], problems: list[str]
) -> None:
    assert TEXT.count(change[0]) == 1
    with pytest.raises(PriceListError) as raised:
        load_price_list(TEXT.replace(*change))

    assert list(raised.value.problems) == problems


def test_the_last_range_of_pieces_may_be_open() -> None:
    prices = load_price_list(TEXT.replace("max_pieces = 1000\n", ""))
    item = Item("23.3", {"pieces": 5000})

    assert str(quote(Request(date(2026, 11, 23), (item,)), prices).total) == "66.00"


@pytest.mark.parametrize("field", ["date", "in_force_from"])
def test_a_time_is_no_date(field: str) -> None:
    with pytest.raises(PriceListError) as raised:
        load_price_list(TEXT.replace(f"\n{field} = 2023-10-19", f"\n{field} = 2023-10-19T08:00:00"))

    assert list(raised.value.problems) == [
        f"the order: {field} cannot be datetime.datetime(2023, 10, 19, 8, 0)",
        f"the order: {field} is missing",
    ]


@pytest.mark.parametrize(("text", "problems"), WRONG.items(), ids=range(len(WRONG)))
def test_a_list_with_anything_wrong_says_all_of_it(text: str, problems: list[str]) -> None:
    with pytest.raises(PriceListError) as raised:
        load_price_list(text)

    assert list(raised.value.problems) == problems
