"""The worked examples of the price list, one test each, from examples.toml."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from rules.fees.loading import price_list_on
from rules.fees.price_list import RowKind
from rules.fees.quoting import Quote, quote_many
from rules.fees.refusals import Code, Refusal
from rules.fees.request import read_request

EXAMPLES = tomllib.loads((Path(__file__).parent / "examples.toml").read_text(encoding="utf-8"))[
    "example"
]
ANSWERS = ("number", "total", "refused", "ready_on", "delivery_estimate", "why")


def answered(example: dict[str, object]) -> Quote | Refusal:
    asked = {name: value for name, value in example.items() if name not in ANSWERS}
    (answer,) = quote_many([read_request(asked)])
    return answer


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['number']}")
def test_the_example_comes_out_as_worked_by_hand(example: dict[str, object]) -> None:
    answer = answered(example)

    if isinstance(answer, Refusal):
        assert (answer.code.value, None) == (example.get("refused"), example.get("total"))
    else:
        found = (str(answer.total), answer.ready_on, answer.delivery_estimate)
        expected = tuple(example.get(key) for key in ("total", "ready_on", "delivery_estimate"))
        assert found == expected


def test_every_row_that_has_a_price_is_quoted_in_an_example() -> None:
    quoted = {
        line.row.id
        for answer in map(answered, EXAMPLES)
        if isinstance(answer, Quote)
        for line in answer.lines
    }
    prices = price_list_on(date(2026, 11, 23))
    unpriced = {RowKind.HEADING, RowKind.VARIANTS}

    assert quoted == {row.id for row in prices.rows.values() if row.kind not in unpriced}


def test_every_refusal_and_every_heading_is_met_in_an_example() -> None:
    refusals = [answer for answer in map(answered, EXAMPLES) if isinstance(answer, Refusal)]
    prices = price_list_on(date(2026, 11, 23))
    headings = {row.id for row in prices.rows.values() if row.kind is RowKind.HEADING}

    assert {refusal.code for refusal in refusals} == set(Code)
    assert {each.row for each in refusals if each.code is Code.HEADING_ROW} == headings


def test_no_number_stands_twice() -> None:
    numbers = [example["number"] for example in EXAMPLES]

    assert sorted(numbers) == sorted(set(numbers))
