"""Warnings and decision points: what a quote never settles silently."""

from typing import Any

import pytest

from rules.fees.quoting import Quote, quote
from rules.fees.request import read_request
from rules.people import Language

CLAIM = {"justified_reason": True, "document_submitted": True}
NONE_USED = {"free_extensions_used_this_academic_year": 0}
EU = {"row": "20", "status": "eu_citizen", **NONE_USED}


def ask(*items: dict[str, Any], on: str = "2026-11-23", **fields: Any) -> Quote:
    return quote(read_request({"requested_on": on, "items": list(items), **fields}))


def points(quoted: Quote) -> list[tuple[str, str, int | None]]:
    return [(point.kind.value, point.key, point.item) for point in quoted.points]


POINTS: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
    ({"row": "1.1"}, []),
    ({"row": "1.7"}, [("warning", "archive_certificate")]),
    ({"row": "1.8"}, [("decision", "data_request")]),
    ({"row": "5.1"}, []),
    ({"row": "5.1", **CLAIM, "planned_on": "2026-10-20"}, []),
    ({"row": "5.1", **CLAIM}, [("warning", "not_planned_known")]),
    ({"row": "5.1", "planned_on": "2026-06-10"}, [("warning", "other_row_kind")]),
    (
        {"row": "6.1", **CLAIM, "planned_on": "2026-06-10"},
        [("warning", "other_row_kind"), ("warning", "not_this_year")],
    ),
    (
        {"row": "6.5", "justified_reason": True},
        [("warning", "not_document"), ("warning", "not_planned_known")],
    ),
    (
        {"row": "6.5", "document_submitted": True, "planned_on": "2026-10-20"},
        [("warning", "not_justified_reason")],
    ),
    ({"row": "5.2", **CLAIM, "planned_on": "2026-01-20"}, [("decision", "previous_years_claim")]),
    ({"row": "6.2", "justified_reason": True}, [("decision", "previous_years_claim")]),
    ({"row": "5.2", "planned_on": "2026-10-20"}, [("warning", "other_row_kind")]),
    ({"row": "5.2", "planned_on": "2026-01-20"}, []),
    ({"row": "6.8"}, [("decision", "commission_open")]),
    ({"row": "6.8", "commission_accepted_reason": False}, []),
    ({"row": "7.1"}, [("warning", "pre_defence")]),
    ({"row": "18", "country": "GP"}, [("decision", "territory")]),
    ({"row": "18", "country": "FR"}, []),
    (EU, []),
    ({**EU, "status": "lv_non_citizen"}, [("decision", "status_not_listed")]),
]


@pytest.mark.parametrize(("item", "expected"), POINTS, ids=lambda value: str(value)[:60])
def test_each_doubt_is_said_at_its_item(
    item: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    quoted = ask({"row": "1.2"}, item)

    assert points(quoted) == [(kind, key, 1) for kind, key in expected]


def test_a_free_extension_is_given_once_in_a_request() -> None:
    quoted = ask(EU, EU, EU)

    assert [str(line.amount) for line in quoted.lines] == ["0.00", "6.00", "6.00"]
    assert points(quoted) == [("warning", "already_covered", 1), ("warning", "already_covered", 2)]


def test_double_degree_students_are_warned_by_name_of_the_regulations() -> None:
    quoted = ask({"row": "1.1"}, double_degree=True)

    assert [point.sentence.of(Language.ENGLISH) for point in quoted.warnings] == [
        (
            "For a double-degree student the list applies only so far as it does not contradict the "
            "Senate regulations No 27-11/033 of 10 Jun 2014; they prevail and are not checked here"
        )
    ]


def test_a_request_before_the_order_is_warned() -> None:
    assert points(ask({"row": "1.1"}, on="2023-10-18")) == [("warning", "before_order", None)]
    assert points(ask({"row": "1.1"}, on="2023-10-19")) == []


def test_warnings_and_decisions_are_told_apart() -> None:
    quoted = ask({"row": "1.7"}, {"row": "1.8"})

    assert [point.key for point in quoted.warnings] == ["archive_certificate"]
    assert [point.key for point in quoted.needs_decision] == ["data_request"]


def test_a_row_for_a_territory_is_priced_as_the_rest_of_the_world_until_decided() -> None:
    assert str(ask({"row": "18", "country": "RE"}).total) == "96.00"
