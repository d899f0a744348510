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
    run_table,
    to_plain,
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
    with pytest.raises(Refusal):
        run_table("nothing", ["g"], [])


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
    ("honours_diploma", {"commission_grades": "[9, 10"}, {"commission_grades": "[9, 10"}),
]


@pytest.mark.parametrize(("name", "row", "given_"), ROWS)
def test_row_of_a_table(name: str, row: dict[str, str], given_: dict[str, Any]) -> None:
    assert from_text(name, row) == given_


def refusals(name: str, heads: list[str], rows: list[list[str]]) -> list[tuple[int, str, str]]:
    with pytest.raises(CasesRefused) as refused:
        run_table(name, heads, rows)
    return [(one.case, one.argument, one.message) for one in refused.value.refusals]


def test_table_is_answered_row_by_row() -> None:
    heads = ["tuition", " due_date", "as_of", "payments", ""]
    rows = [
        ["1000.00", "2026-09-10", "2026-09-20", "[]", ""],
        ["1000", "2026-09-10", "2026-09-20", '[{"on": "2026-09-15", "amount": "400"}]', ""],
    ]

    assert [to_plain(one.value) for one in run_table("late_fee", heads, rows)] == ["10.00", "8.00"]


def test_table_without_cases_has_no_answers() -> None:
    assert run_table("is_pass", ["g"], []) == ()


@pytest.mark.parametrize(
    ("heads", "message"),
    [
        ([], "headers: the first line names the arguments"),
        (["", " "], "headers: the first line names the arguments"),
        (["g", "h", "g "], "headers: given twice: g"),
    ],
)
def test_table_without_headers_is_refused(heads: list[str], message: str) -> None:
    with pytest.raises(Refusal) as refused:
        run_table("is_pass", heads, [])

    assert refused.value.message == message


def test_every_fault_of_every_row_is_named() -> None:
    rows = [
        ["[9, 10]", "[8]"],
        ["[9, 10", "[7.5, 11]"],
        ["[9]"],
        ["[" * 100_000, '[{"a": 1, "a": 2}]'],
    ]
    grade, grades = "a grade, a whole number from 1 to 10", "expected a list of a grade, a whole"

    found = refusals("honours_diploma", ["commission_grades", "other_grades"], rows)

    assert [(case, argument) for case, argument, _ in found] == [
        (2, "commission_grades"),
        (2, "other_grades[0]"),
        (2, "other_grades[1]"),
        (3, "cells"),
        (4, "commission_grades"),
        (4, "other_grades"),
    ]
    assert found[0][2].startswith(f"commission_grades: {grades}")
    assert found[1][2] == f"other_grades[0]: expected {grade}, got 7.5"
    assert found[3][2] == "cells: 1, but there are 2 headers"


def test_a_cell_says_the_same_key_only_once() -> None:
    twice = '{"reason": "other", "reason": "illness"}'

    (case, argument, message) = refusals("free_permission", ["case"], [[twice]])[0]

    assert (case, argument) == (1, "case")
    assert 'got \'{"reason": "other"' in message


def test_a_text_may_begin_with_a_bracket() -> None:
    heads, row = ["subject", "semester_schedule"], ["[1] Loģika", '["[1] Loģika"]']

    assert run_table("may_attend", heads, [row])[0].value is True


def test_every_fault_of_one_case_is_named() -> None:
    given_ = {
        "tuition": 1.5,
        "due_date": "2026-02-30",
        "payments": [{"on": "2026-09-11", "amount": "1.00"}, {"on": 5, "by": "x"}],
        "planned_loan": None,
        "loan_refused_on": "soon",
        "cap_base": "largest",
        "tution": "1.00",
    }
    with pytest.raises(Refusal) as refused:
        run("late_fee", given_)

    assert [(one.code, one.argument) for one in refused.value.every] == [
        ("unknown_input", "tution"),
        ("missing_input", "as_of"),
        ("invalid_input", "tuition"),
        ("invalid_input", "due_date"),
        ("unknown_input", "payments[1].by"),
        ("missing_input", "payments[1].amount"),
        ("invalid_input", "payments[1].on"),
        ("invalid_input", "planned_loan"),
        ("invalid_input", "loan_refused_on"),
        ("invalid_input", "cap_base"),
    ]


def test_what_is_bad_only_together_is_refused_alone() -> None:
    late = {"semester_start": "2026-09-01", "applied_on": "2026-09-02", "decision_on": "2026-09-01"}
    with pytest.raises(Refusal) as refused:
        run("first_semester_programme_change", late)

    assert [one.code for one in refused.value.every] == ["dates_out_of_order"]


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
