"""Bad input of every kind: a refusal with a code and a sentence, never anything else."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.money import CENT
from rules.regulations.assessment import is_pass
from rules.regulations.late_fee import Payment, late_fee
from rules.regulations.late_fee_batch import LateFeeCase, LateFeeColumns
from rules.regulations.refusal import Refusal
from rules.regulations.registry import RULES
from rules.regulations.rule import parameters_of
from rules.regulations.shapes import Number, refuse
from rules.regulations.wire import run

LATE = {"tuition": "1000.00", "due_date": "2026-09-10", "payments": [], "as_of": "2026-09-20"}
DUE = date(2026, 9, 10)
BAD_WIRE: dict[str, dict[str, Any]] = {
    "float money": {"tuition": 1000.0},
    "boolean money": {"tuition": True},
    "negative money": {"tuition": "-0.01"},
    "three decimals": {"tuition": "1.005"},
    "not a number": {"tuition": "NaN"},
    "infinite": {"tuition": "Infinity"},
    "huge exponent": {"tuition": "1E+400"},
    "tiny exponent": {"tuition": "1E-400"},
    "huge number": {"tuition": 10**5000},
    "words": {"tuition": "tūkstotis"},
    "empty": {"tuition": ""},
    "null money": {"tuition": None},
    "a date with a time": {"as_of": "2026-09-20T10:00"},
    "no such day": {"as_of": "2026-02-30"},
    "a number for a date": {"as_of": 20260920},
    "another order": {"as_of": "20.09.2026"},
    "far past": {"as_of": "0001-01-01"},
    "far future": {"as_of": "9999-12-31"},
    "null date": {"as_of": None},
    "an object for a list": {"payments": {"on": "2026-09-10"}},
    "a text in the list": {"payments": ["400.00"]},
    "unknown choice": {"cap_base": "largest"},
    "a list for a choice": {"cap_base": ["largest_unpaid"]},
}


@pytest.mark.parametrize("bad", BAD_WIRE.values(), ids=BAD_WIRE)
def test_bad_value_is_refused(bad: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        run("late_fee", LATE | bad)

    (argument,) = bad
    assert refused.value.code == "invalid_input"
    assert refused.value.argument.startswith(argument)
    assert refused.value.message.startswith(argument)
    assert len(refused.value.message) < 300


def test_bad_part_of_a_list_is_named() -> None:
    payments = [{"on": "2026-09-10", "amount": "1.00"}, {"on": "2026-09-11", "amount": 2.5}]
    with pytest.raises(Refusal) as refused:
        run("late_fee", LATE | {"payments": payments})

    assert refused.value.argument == "payments[1].amount"


@pytest.mark.parametrize(
    ("given_", "code", "argument"),
    [
        ({}, "missing_input", "tuition"),
        (LATE | {"tution": "1.00"}, "unknown_input", "tution"),
        (LATE | {"payments": [{"on": "2026-09-10"}]}, "missing_input", "payments[0].amount"),
        (
            LATE | {"payments": [{"on": "2026-09-10", "amount": "1.00", "by": "x"}]},
            "unknown_input",
            "payments[0].by",
        ),
        ([], "invalid_input", ""),
        ("late", "invalid_input", ""),
        (None, "invalid_input", ""),
    ],
)
def test_bad_arguments_are_refused(given_: object, code: str, argument: str) -> None:
    with pytest.raises(Refusal) as refused:
        run("late_fee", given_)

    assert (refused.value.code, refused.value.argument) == (code, argument)


def test_a_grade_that_nobody_knows_of_has_no_term() -> None:
    with pytest.raises(Refusal) as refused:
        run("grade_appeal_due", {"assessed_on": "2026-11-16", "received_on": None})

    assert refused.value.code == "missing_input"


def test_unknown_rule_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        run("late_fees", LATE)

    assert refused.value.code == "unknown_rule"


@pytest.mark.parametrize(
    ("name", "bad"),
    [
        ("contact_hours", {"group_size": 3.0, "form": "day"}),
        ("contact_hours", {"group_size": True, "form": "day"}),
        ("contact_hours", {"group_size": -1, "form": "day"}),
        ("contact_hours", {"group_size": 10**5000, "form": "day"}),
        ("appeal_commission_valid", {"members": 3, "approved_by_rector": 1}),
        ("appeal_commission_valid", {"members": 3, "approved_by_rector": "true"}),
        ("tuition_due_date", {"semester": "winter", "calendar_year": 2026}),
        ("tuition_due_date", {"semester": "autumn", "calendar_year": 20260}),
        ("tuition_due_date", {"semester": "autumn", "calendar_year": "2026"}),
        ("orphan_discount", {"percent": 10.5}),
        ("orphan_discount", {"percent": "-1"}),
        ("may_attend", {"subject": "", "semester_schedule": []}),
        ("may_attend", {"subject": "x" * 501, "semester_schedule": []}),
        ("may_attend", {"subject": "\ud800", "semester_schedule": []}),
        ("may_attend", {"subject": "a\nb", "semester_schedule": []}),
        ("may_attend", {"subject": 5, "semester_schedule": []}),
        ("allocate_payment", {"amount": "1", "debts": [{"semester": "2025", "tuition": "1"}]}),
    ],
)
def test_bad_facts_are_refused(name: str, bad: dict[str, Any]) -> None:
    with pytest.raises(Refusal) as refused:
        run(name, bad)

    assert refused.value.code == "invalid_input"


@pytest.mark.parametrize(
    "bad",
    [
        {"tuition": 1000},
        {"tuition": 1000.0},
        {"tuition": "1000.00"},
        {"tuition": Decimal("1000.001")},
        {"tuition": Decimal("NaN")},
        {"tuition": Decimal(-1)},
        {"due_date": datetime(2026, 9, 10, tzinfo=UTC)},
        {"payments": [Payment(DUE, Decimal(1))]},
        {"payments": (Payment(DUE, 1.0),)},  # type: ignore[arg-type]  # a float is the point
        {"payments": ((DUE, Decimal(1)),)},
        {"cap_base": "largest_unpaid"},
    ],
)
def test_python_callers_are_checked_as_well(bad: dict[str, Any]) -> None:
    good = {"tuition": Decimal(1000), "due_date": DUE, "payments": (), "as_of": DUE}
    with pytest.raises(Refusal) as refused:
        late_fee(**(good | bad))

    assert refused.value.code == "invalid_input"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("-0.01"), "-0.01"),
        (True, "true"),
        (None, "null"),
        (date(2026, 9, 10), "2026-09-10"),
        ("x", "'x'"),
        (10**5000, "a huge number"),
        ("x" * 100, f"'{'x' * 39}…"),
    ],
    ids=["number", "yes", "nothing", "date", "text", "huge", "long"],
)
def test_a_refused_value_is_shown_as_it_was_given(value: object, shown: str) -> None:
    with pytest.raises(Refusal) as refused:
        refuse("tuition", "money", value)

    assert refused.value.message == f"tuition: expected money, got {shown}"


def test_arguments_by_position_are_checked_too() -> None:
    with pytest.raises(Refusal):
        is_pass(True)
    with pytest.raises(TypeError):
        is_pass(4, grade=5)  # type: ignore[call-arg]  # an unknown name is the caller's mistake


def test_trailing_zeros_are_not_decimals() -> None:
    Number("money", Decimal(0), Decimal(10), CENT).check("amount", Decimal("1.2300"))


def test_columns_refuse_what_is_not_cents_and_days() -> None:
    good = LateFeeColumns.of([LateFeeCase(Decimal(1), DUE, (), DUE, Decimal(0), None)])
    columns = {name: getattr(good, name) for name in LateFeeColumns.__slots__}

    with pytest.raises(Refusal):
        LateFeeColumns(**(columns | {"tuition": good.tuition.astype("float64")}))
    with pytest.raises(Refusal):
        LateFeeColumns(**(columns | {"due": good.due * 10}))


CASE = LateFeeCase(Decimal(1), DUE, (), DUE, Decimal(0), None)


@pytest.mark.parametrize(
    ("changed", "argument"),
    [
        ({"tuition": 1000.5}, "tuition"),
        ({"tuition": Decimal("0.005")}, "tuition"),
        ({"tuition": Decimal("NaN")}, "tuition"),
        ({"tuition": Decimal("1e30")}, "tuition"),
        ({"planned_loan": Decimal("Infinity")}, "planned_loan"),
        ({"payments": (Payment(DUE, "1.00"),)}, "payments.amount"),
        ({"payments": (Payment(None, Decimal(1)),)}, "payments.on"),
        ({"due_date": "2026-09-10"}, "due_date"),
        ({"tuition": Decimal(-1)}, "cents"),
        ({"as_of": date(1200, 1, 1)}, "days"),
    ],
    ids=str,
)
def test_a_batch_refuses_what_a_single_case_refuses(changed: dict[str, Any], argument: str) -> None:
    with pytest.raises(Refusal) as refused:
        LateFeeColumns.of([CASE, replace(CASE, **changed)])

    assert refused.value.argument == argument
    with pytest.raises(Refusal):
        late_fee(*[getattr(replace(CASE, **changed), name) for name in CASE.__slots__])


# The first call loads calendars and reads annotations; time is measured in benchmarks/.
STEADY = settings(deadline=None)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text("āb1.-", max_size=12)
    | st.just(math.inf)
    | st.sampled_from(["2026-09-10", "12.00", "autumn", "9" * 5000]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["on", "kind", "x"]), inner)
    ),
    max_leaves=6,
)


@STEADY
@given(st.sampled_from(sorted(RULES)), st.data())
def test_whatever_comes_is_answered_or_refused(name: str, data: st.DataObject) -> None:
    keys = st.sampled_from([*parameters_of(RULES[name]), "x"])
    given_ = data.draw(st.dictionaries(keys, JSON))
    try:
        words = run(name, given_).explain()
    except Refusal as refusal:
        words = refusal.message

    assert words
