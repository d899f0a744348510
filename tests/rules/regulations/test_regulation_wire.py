"""Plain data in and out: one case, many cases, rows of a table, and the arguments' descriptions."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.regulations.refusal import Refusal
from rules.regulations.registry import RULES
from rules.regulations.rule import parameters_of
from rules.regulations.wire import (
    CaseRefusal,
    CasesRefused,
    answer_to_plain,
    from_text,
    run,
    run_many,
)

# The first call loads calendars and reads annotations; time is measured in benchmarks/.
STEADY = settings(deadline=None)
GRADES = st.lists(st.integers(1, 10).map(lambda grade: {"g": grade}))


def test_answer_as_plain_data() -> None:
    plain = answer_to_plain(run("earliest_retake", {"removed_on": "2026-12-31"}))

    assert json.loads(json.dumps(plain)) == {
        "value": "2027-01-01",
        "clauses": ["5.7"],
        "explanation": plain["explanation"],
        "needs_decision": ["whether to exmatriculate for forbidden aids"],
        "reasons": [],
        "points": [
            {
                "kind": "decision",
                "code": "exmatriculation",
                "lv": "vai eksmatrikulēt par neatļautiem līdzekļiem",
                "en": "whether to exmatriculate for forbidden aids",
            }
        ],
    }


@STEADY
@given(GRADES)
def test_many_cases_agree_with_single_ones(cases: list[dict[str, int]]) -> None:
    many = [answer_to_plain(answer) for answer in run_many("is_pass", cases)]

    assert many == [answer_to_plain(run("is_pass", case)) for case in cases]


def test_every_bad_case_is_named() -> None:
    with pytest.raises(CasesRefused) as refused:
        run_many("is_pass", [{"g": 4}, {"g": 11}, {}, 5])

    assert [(one.case, one.argument, one.code) for one in refused.value.refusals] == [
        (2, "g", "invalid_input"),
        (3, "g", "missing_input"),
        (4, "", "invalid_input"),
    ]
    assert refused.value.refusals[1] == CaseRefusal(
        3, "g", "missing_input", "g: missing; expected a grade, a whole number from 1 to 10"
    )


def test_unknown_rule_has_no_cases() -> None:
    with pytest.raises(Refusal):
        run_many("nothing", [])


ROWS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    ("is_pass", {"g": "4"}, {"g": 4}),
    ("is_pass", {"g": "4.0"}, {"g": "4.0"}),
    ("is_pass", {"g": " "}, {}),
    ("is_pass", {"h": "4"}, {"h": "4"}),
    ("may_use_facilities", {"contract_duties_met": "jā"}, {"contract_duties_met": True}),
    ("may_use_facilities", {"contract_duties_met": "No"}, {"contract_duties_met": False}),
    ("may_use_facilities", {"contract_duties_met": "2"}, {"contract_duties_met": "2"}),
    ("orphan_discount", {"percent": "12"}, {"percent": "12"}),
    ("honours_diploma", {"commission_grades": "[9, 10]"}, {"commission_grades": [9, 10]}),
]


@pytest.mark.parametrize(("name", "row", "given_"), ROWS)
def test_row_of_a_table(name: str, row: dict[str, str], given_: dict[str, Any]) -> None:
    assert from_text(name, row) == given_


def test_cell_that_is_not_json_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        from_text("honours_diploma", {"commission_grades": "[9, 10"})

    assert refused.value.argument == "commission_grades"


def test_arguments_tell_type_choices_and_default() -> None:
    told = {name: parameter.told for name, parameter in parameters_of(RULES["late_fee"]).items()}

    assert told == {
        "tuition": "an amount of money (EUR, e.g. 12.00)",
        "due_date": "a date (YYYY-MM-DD, 1990 to 2199)",
        "payments": "a list of an object {on: a date (YYYY-MM-DD, 1990 to 2199); "
        "amount: an amount of money (EUR, e.g. 12.00)}",
        "as_of": "a date (YYYY-MM-DD, 1990 to 2199)",
        "planned_loan": "an amount of money (EUR, e.g. 12.00) (default 0)",
        "loan_refused_on": "a date (YYYY-MM-DD, 1990 to 2199), or null (default null)",
        "cap_base": "one of largest_unpaid, semester_tuition (default largest_unpaid)",
    }
