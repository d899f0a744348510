"""The JSON forms of quotes, refusals, lists and comparisons."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from rules.fees.compare import compare
from rules.fees.documents import (
    comparison_document,
    price_list_document,
    problem_documents,
    quote_document,
)
from rules.fees.loading import load_price_list, price_list_on
from rules.fees.quoting import quote, quote_many
from rules.fees.refusals import Refusal
from rules.fees.request import read_request

PRICES = price_list_on(date(2026, 11, 23))
TEXT = files("rules.fees").joinpath("orders/1.5-3-149.toml").read_text("utf-8")


def read_back(document: object) -> Any:
    """What a script sees: the document after a trip through JSON."""
    return json.loads(json.dumps(document))


ORDER = {"number": "1.5-3/149", "date": "2023-10-19"}


def test_a_quote_has_the_agreed_keys() -> None:
    request = {
        "requested_on": "2026-11-23",
        "semesters": [
            {"name": "a", "start": "2026-09-01", "end": "2027-01-31"},
            {"name": "b", "start": "2027-02-01", "end": "2027-06-30"},
        ],
        "items": [{"row": "5.1", "quantity": 2}, {"row": "6.8"}],
    }

    document = read_back(quote_document(quote(read_request(request))))

    first, second = document.pop("lines")
    assert document == {
        "total": "117.00",
        "ready_on": None,
        "delivery_estimate": None,
        "warnings": [],
        "needs_decision": [
            "The Study Affairs Commission has not yet decided whether the reason is justifying"
        ],
        "points": [
            {
                "kind": "decision",
                "code": "commission_open",
                "item": 1,
                "row": "6.8",
                "lv": "Studiju jautājumu komisija vēl nav lēmusi par attaisnojošu iemeslu",
                "en": "The Study Affairs Commission has not yet decided whether the reason is "
                "justifying",
            }
        ],
        "price_list": ORDER,
    }
    assert first == {
        "row": "5.1",
        "name_lv": PRICES.rows["5.1"].name_lv,
        "name_en": PRICES.rows["5.1"].name_en,
        "quantity": 2,
        "unit": "individual test protocol",
        "unit_price": "33.00",
        "amount": "66.00",
        "free": False,
        "ready_on": None,
        "valid_to": "2027-06-30",
        "explanation": {
            "lv": "2 x 33,00 EUR par individuālā pārbaudījuma protokolu = 66,00 EUR. Protokols ir "
            "derīgs šajā un nākamajā semestrī, līdz 30.06.2027. Rīkojums Nr. 1.5-3/149, cenrāža "
            "5.1. punkts.",
            "en": "2 x EUR 33.00 per individual test protocol = EUR 66.00. The protocol is valid "
            "for this and the next semester, until 30 Jun 2027. Order No 1.5-3/149, row 5.1.",
        },
    }
    assert (second["row"], second["amount"]) == ("6.8", "51.00")


def test_fractions_of_credit_points_are_strings() -> None:
    tuition = {"row": "15", "annual_tuition": "2400.00", "annual_credit_points": 60}
    items = [{**tuition, "credit_points": points} for points in ("1.5", "3.00")]
    request = read_request({"requested_on": "2026-11-23", "items": items})

    quoted = read_back(quote_document(quote(request)))

    assert [line["quantity"] for line in quoted["lines"]] == ["1.50", 3]


def test_a_refusal_lists_its_problems() -> None:
    request = read_request({"requested_on": "2026-11-23", "items": [{"row": "1.1"}, {"row": "8"}]})

    (refused,) = quote_many([request])

    assert isinstance(refused, Refusal)
    assert problem_documents(refused) == [
        {
            "item": 1,
            "row": "8",
            "code": "heading_row",
            "message": "Row 8 is a heading without a price; choose one of its rows (8.1, 8.2, 8.3)",
            "message_lv": "8. punkts ir virsraksts bez cenas; jāizvēlas kāds no apakšpunktiem "
            "(8.1, 8.2, 8.3)",
        }
    ]


def test_the_whole_list_with_its_inputs() -> None:
    document = read_back(price_list_document(PRICES))
    rows = {row["row"]: row for row in document["rows"]}

    assert document["price_list"] == ORDER
    assert list(rows) == list(PRICES.rows)
    assert rows["23.2"] == {
        "row": "23.2",
        "kind": "item",
        "name_lv": "Reklāmas stends (cena norādīta par viena reklāmas stenda izvietošanu 14 dienu "
        "garumā)",
        "name_en": "Advertising stand (price is for placing one advertising stand for 14 days)",
        "amount": "60.00",
        "unit": "stand (up to 2 m²) per 14 days",
        "working_days": None,
        "months": None,
        "footnotes": [],
        "inputs": ["area_m2", "days"],
        "needs": ["area_m2", "days"],
    }
    assert rows["15"]["amount"] is None


def test_a_comparison() -> None:
    new = load_price_list(
        TEXT.replace('amount = "102.00"', 'amount = "110.50"')
        .replace('id = "13"\nnr = "13"', 'id = "24"\nnr = "24"')
        .replace('number = "1.5-3/149"', 'number = "2.0"')
    )
    items = ({"row": "19.2"}, {"row": "13"})
    past = [read_request({"requested_on": "2026-11-23", "items": [item]}) for item in items]

    document = read_back(comparison_document(PRICES.order, new.order, compare(PRICES, new, past)))

    rows = document.pop("rows")
    assert document == {
        "old": ORDER,
        "new": {"number": "2.0", "date": "2023-10-19"},
        "footnotes": [],
        "to_check": ["24"],
        "requests": [
            {
                "request": 0,
                "old": {"total": "102.00"},
                "new": {"total": "110.50"},
                "difference": "8.50",
                "same": False,
            },
            {
                "request": 1,
                "old": {"total": "60.00"},
                "new": {"error": "unknown_row"},
                "difference": None,
                "same": False,
            },
        ],
        "difference": "8.50",
    }
    assert [(row["key"], row["change"], row["difference"]) for row in rows] == [
        ("13", "removed", None),
        ("19.2", "changed", "8.50"),
        ("24", "added", None),
    ]
