"""What holds of every quote: sums, refusals, batches, and input that nobody thought of."""

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.fees.documents import problem_documents, quote_document
from rules.fees.inputs import READERS
from rules.fees.loading import price_list_on
from rules.fees.quoting import Quote, quote, quote_many
from rules.fees.refusals import Refusal
from rules.fees.request import read_request
from rules.fees.row_rules import terms_of

PRICES = price_list_on(date(2026, 11, 23))
SETTINGS = settings(max_examples=100)

GOOD: Mapping[str, st.SearchStrategy[Any]] = {
    "days_late": st.integers(0, 12),
    "due_on": st.just("2026-11-20"),
    "submitted_on": st.dates(date(2026, 11, 18), date(2026, 12, 5)).map(str),
    "planned_on": st.dates(date(2025, 9, 1), date(2027, 8, 31)).map(str),
    "exmatriculated_on": st.dates(date(2024, 1, 1), date(2026, 11, 23)).map(str),
    "resumed_on": st.dates(date(2026, 1, 1), date(2027, 1, 1)).map(str),
    "plan_exemption": st.sampled_from(["none", "recognition_of_prior_learning"]),
    "annual_tuition": st.decimals(0, 10_000, places=2).map(str),
    "annual_credit_points": st.integers(1, 60),
    "credit_points": st.integers(1, 30) | st.sampled_from(["1.5", "0.25"]),
    "change": st.sampled_from(["programme", "group"]),
    "stage": st.sampled_from(["decision", "nominated", "agreement", "funding_signed"]),
    "kind": st.just("place_change"),
    "country": st.sampled_from(["LV", "EE", "NO", "CH", "GP"]),
    "status": st.sampled_from(["eu_citizen", "other"]),
    "free_extensions_used_this_academic_year": st.integers(0, 2),
    "size": st.sampled_from(["A5", "A4", "A3", "A2", "A1"]),
    "days": st.integers(1, 100),
    "area_m2": st.sampled_from([0.5, 2, 2.5]),
    "pieces": st.integers(1, 1100),
    "minutes": st.integers(1, 300),
    "recipients": st.integers(1, 2000),
    "quantity": st.integers(1, 20),
    "languages": st.integers(1, 4),
    "group_members": st.integers(1, 6),
    "waiver": st.just({"clause": "9.6", "reason": "why"}),
}
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=8)  # halves of characters and controls among them
    | st.sampled_from([10**14, 10**15, 10**400, -(10**400)]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=4,
)


@st.composite
def items(draw: st.DrawFn) -> dict[str, Any]:
    """An item with a random choice of the inputs that its row takes."""
    row = draw(st.sampled_from(sorted(PRICES.rows)))
    names = [*terms_of(PRICES.rows[row]).takes, "quantity"]
    chosen = draw(st.lists(st.sampled_from(names), unique=True))
    given_inputs = {name: draw(GOOD.get(name, st.booleans())) for name in chosen}
    waiver = draw(st.sampled_from([{}, {}, {"waiver": {"clause": "9.6", "reason": "why"}}]))
    return {"row": row, **given_inputs, **waiver}


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "requested_on": str(draw(st.dates(date(2023, 1, 1), date(2027, 12, 31)))),
        "double_degree": draw(st.booleans()),
        "items": draw(st.lists(items(), min_size=1, max_size=4)),
    }


def answer(document: object) -> Quote | Refusal:
    try:
        return quote(read_request(document))
    except Refusal as refusal:
        return refusal


@SETTINGS
@given(requests())
def test_the_total_is_the_sum_of_its_lines(document: dict[str, Any]) -> None:
    quoted = answer(document)

    if isinstance(quoted, Quote):
        assert quoted.total == sum((line.amount for line in quoted.lines), Decimal(0))
        assert quoted.total == quoted.total.quantize(Decimal("0.01"))
        for line in quoted.lines:
            if line.amount and line.row.id != "15":
                assert line.amount == line.units * line.unit_price
            assert line.free == (line.amount == 0)


@SETTINGS
@given(requests())
def test_ready_on_is_the_latest_day_of_the_lines(document: dict[str, Any]) -> None:
    quoted = answer(document)

    if isinstance(quoted, Quote):
        days = [line.ready_on for line in quoted.lines if line.ready_on]
        assert quoted.ready_on == (max(days) if days else None)
        shipped = any(line.row.parent == "18" for line in quoted.lines)
        assert (quoted.delivery_estimate is not None) == shipped


@SETTINGS
@given(st.lists(requests(), max_size=5))
def test_a_batch_says_exactly_what_single_quotes_say(documents: list[dict[str, Any]]) -> None:
    batch = quote_many([read_request(document) for document in documents])

    assert [as_json(each) for each in batch] == [
        as_json(answer(document)) for document in documents
    ]


def as_json(answered: Quote | Refusal) -> bytes:
    if isinstance(answered, Refusal):
        return json.dumps(problem_documents(answered), ensure_ascii=False).encode()
    return json.dumps(quote_document(answered), ensure_ascii=False).encode()


@settings(max_examples=400)
@given(st.sampled_from(sorted(PRICES.rows)), st.data())
def test_whatever_the_inputs_there_is_a_quote_or_a_refusal_with_a_sentence(
    row: str, data: st.DataObject
) -> None:
    own = [*terms_of(PRICES.rows[row]).takes, "quantity", "waiver"]
    names = st.sampled_from(own) | st.sampled_from(sorted(READERS))
    inputs = {
        name: data.draw(ANYTHING | GOOD.get(name, st.booleans()))
        for name in data.draw(st.lists(names, unique=True, max_size=4))
    }

    answered = answer({"requested_on": "2026-11-23", "items": [{"row": row, **inputs}]})

    assert len(as_json(answered)) > 2


@SETTINGS
@given(ANYTHING | st.fixed_dictionaries({"requested_on": ANYTHING, "items": ANYTHING}))
def test_whatever_the_request_there_is_a_refusal(document: object) -> None:
    answered = answer(document)

    assert isinstance(answered, Refusal)
    assert all(
        problem["message"] and problem["message_lv"] for problem in problem_documents(answered)
    )


@SETTINGS
@given(requests(), requests())
def test_a_bad_item_refuses_the_whole_request(
    document: dict[str, Any], other: dict[str, Any]
) -> None:
    both = {**document, "items": [*document["items"], *other["items"], {"row": "24.1"}]}

    answered = answer(both)

    assert isinstance(answered, Refusal)
    assert answered.problems[-1].item == len(both["items"]) - 1


@SETTINGS
@given(st.integers(1, 9), st.integers(1, 5), st.integers(0, 60))
def test_supplements_never_fall_short_of_the_diplomas(
    diplomas: int, languages: int, ordered: int
) -> None:
    wanted = [{"row": "4.2", "quantity": diplomas, "languages": languages}]
    own = [{"row": "4.4", "quantity": ordered}] if ordered else []

    quoted = quote(read_request({"requested_on": "2026-11-23", "items": [*wanted, *own]}))

    supplements = sum(line.units for line in quoted.lines if line.row.id == "4.4")
    assert supplements == max(ordered, diplomas * languages)
