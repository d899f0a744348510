"""Bad input is refused with a code and a sentence, never guessed at, and all of it at once."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from rules.fees import pricing
from rules.fees.inputs import READERS, Inputs
from rules.fees.quoting import quote
from rules.fees.readers import Waiver, shown
from rules.fees.refusals import Code, Refusal
from rules.fees.request import Item, Request, read_request
from rules.people import Language

DAY = date(2026, 11, 23)
TERM = {"name": "a", "start": "2026-09-01", "end": "2027-01-31"}


def refused(document: object) -> Refusal:
    with pytest.raises(Refusal) as raised:
        quote(read_request(document))
    return raised.value


def refused_item(**item: Any) -> Refusal:
    return refused({"requested_on": "2026-11-23", "items": [item]})


def problems(refusal: Refusal) -> list[tuple[int | None, str | None, str, str]]:
    return [
        (problem.item, problem.row, problem.code.value, problem.sentence.of(Language.ENGLISH))
        for problem in refusal.problems
    ]


HUGE = 10**5000
BAD_VALUES: list[tuple[str, str, list[object]]] = [
    ("1.1", "quantity", [0, -1, True, 2.0, "2", [], HUGE, Decimal(2), float("nan")]),
    ("4.3", "languages", [0, False, 1.5, "lv"]),
    ("6.4", "group_members", [0, True, "3"]),
    ("7.2", "days_late", [-1, True, 0.0, "1", None.__class__, 10**15, HUGE]),
    ("7.2", "due_on", ["23.11.2026", "20261123", "2026-W48-1", "2026-02-30", 5, "1990-12-31"]),
    (
        "7.2",
        "submitted_on",
        [datetime(2026, 11, 23, tzinfo=UTC), "2100-01-01", date(9999, 12, 31), True],
    ),
    ("5.1", "justified_reason", [1, "true", "yes"]),
    ("15", "annual_tuition", [1.5, True, "1e9", "-0.01", "12.345", "10000000000", HUGE, {}]),
    ("15", "credit_points", [0, "0.00", -3, "0.001", 1.5, "six"]),
    ("15", "annual_credit_points", [0, True, 60.0, Decimal("NaN")]),
    ("16", "change", ["", "course", 1]),
    ("17.1", "stage", ["signed", None.__class__]),
    ("18", "country", ["lv", "Latvia", "XX", "", 371]),
    ("20", "status", ["", "   ", 5, "x" * 201, "two\nlines", "half \ud800"]),
    ("23.1", "size", ["A6", "a5", 5]),
    ("23.2", "area_m2", [0, -1, True, "2", float("nan"), float("inf"), HUGE, Decimal(-1)]),
    ("23.3", "pieces", [0, True, 1.0, HUGE]),
    ("23.4", "minutes", [0, True, 45.0, HUGE]),
    ("23.7", "recipients", [0, True, "all"]),
    ("1.1", "waiver", ["9.6", {}, {"clause": "", "reason": "x"}, {"clause": "9.6", "reason": 5}]),
]


@pytest.mark.parametrize(
    ("row", "name", "value"),
    [(row, name, value) for row, name, values in BAD_VALUES for value in values],
    ids=lambda value: "huge" if value is HUGE else str(value)[:20],
)
def test_a_bad_value_is_an_invalid_input(row: str, name: str, value: object) -> None:
    refusal = refused_item(row=row, **{name: value})

    assert (refusal.code, refusal.row) == (Code.INVALID_INPUT, row)
    assert str(refusal).startswith(f"{name} must be ")


def test_every_problem_of_every_item_is_listed_in_order() -> None:
    document = {
        "requested_on": "2026-11-23",
        "items": [
            {"row": "1.1", "quantity": 0, "size": "A4"},
            {"row": "1.2"},
            {"row": "20"},
            {"row": "9.1", "exmatriculated_on": "2026-01-01"},
        ],
    }

    assert problems(refused(document)) == [
        (0, "1.1", "invalid_input", "quantity must be a whole number, 1–1000000, not “0”"),
        (0, "1.1", "invalid_input", "Row 1.1 does not know the input “size”"),
        (2, "20", "missing_input", "Row 20 needs: status, free_extensions_used_this_academic_year"),
        (
            3,
            "9.1",
            "wrong_row",
            (
                "No more than a year passed from exmatriculation on 1 Jan 2026 to 23 Nov 2026: "
                "row 8.1 applies"
            ),
        ),
    ]


def test_an_item_without_a_form_is_listed_in_its_turn() -> None:
    items = [{"row": "24.1"}, {"row": 5}, {"row": "1.1"}, "x"]

    assert problems(refused({"requested_on": "2026-11-23", "items": items})) == [
        (0, "24.1", "unknown_row", "There is no row “24.1” on the price list"),
        (1, None, "invalid_input", "row must be a text such as “22.10”, not “5”"),
        (3, None, "invalid_input", "item must be an object with row, not “x”"),
    ]
    assert problems(refused({"items": items})) == [
        (None, None, "missing_input", "The request needs: requested_on"),
        (1, None, "invalid_input", "row must be a text such as “22.10”, not “5”"),
        (3, None, "invalid_input", "item must be an object with row, not “x”"),
    ]


def test_what_is_missing_is_listed_with_what_is_bad() -> None:
    assert problems(refused_item(row="15", annual_tuition=1.5, credit_points=None)) == [
        (
            0,
            "15",
            "invalid_input",
            "annual_tuition must be money as text (“2500.00”), 0 or more, not “1.5”",
        ),
        (0, "15", "missing_input", "Row 15 needs: annual_credit_points, credit_points"),
    ]


def test_a_lateness_beyond_all_reason_is_over_the_limit_and_can_be_said() -> None:
    refusal = refused_item(row="7.2", days_late=10**14)

    assert refusal.code is Code.LIMIT_EXCEEDED
    assert refusal.text(Language.LATVIAN).startswith("100000000000000 kavētas kalendārās dienas")


def test_what_no_output_can_take_is_not_repeated() -> None:
    refusal = refused_item(row="\ud800\x1b[2J")

    assert (refusal.row, str(refusal)) == ("��[2J", "There is no row “��[2J” on the price list")


SENTENCES: list[tuple[dict[str, Any], str]] = [
    ({"row": "24.1"}, "There is no row “24.1” on the price list"),
    ({"row": 22.10}, "row must be a text such as “22.10”, not “22.1”"),
    ({}, "There is no row “” on the price list"),
    (
        {"row": "9"},
        "Row 9 is a heading without a price; choose one of its rows (9.1, 9.2, 9.3)",
    ),
    ({"row": "23.1", "days": 3}, "Row 23.1 needs: size"),
    ({"row": "7.2"}, "Row 7.2 needs: days_late (due_on + submitted_on)"),
    (
        {"row": "6.3", "days_late": 6},
        (
            "6 calendar days late, but row 6.3 allows at most 5 calendar days; for an applied study "
            "outside the deadline see row 6.4"
        ),
    ),
    (
        {"row": "23.3", "pieces": 1001},
        "1001 pieces: the list has prices only up to 1000 pieces",
    ),
    (
        {"row": "23.2", "area_m2": 2.1},
        "A stand of 2.1 m²: the list has a price only up to 2 m²",
    ),
    (
        {"row": "8.1", "exmatriculated_on": "2025-11-22"},
        (
            "More than a year passed from exmatriculation on 22 Nov 2025 to 23 Nov 2026: "
            "row 9.1 applies"
        ),
    ),
    (
        {"row": "8.1", "exmatriculated_on": "2026-11-24"},
        "requested_on must not be before exmatriculated_on",
    ),
    ({"row": "23.7", "recipients": 2, "quantity": 3}, "quantity and recipients do not agree"),
]


@pytest.mark.parametrize(("item", "sentence"), SENTENCES, ids=lambda value: str(value)[:40])
def test_an_operator_reads_what_is_wrong(item: dict[str, Any], sentence: str) -> None:
    assert str(refused_item(**item)) == sentence


def test_a_bad_value_is_explained_in_latvian() -> None:
    refusal = refused_item(row="1.1", quantity=0)

    assert refusal.text(Language.LATVIAN) == (
        "quantity: sagaidāmā vērtība – vesels skaitlis, 1–1000000; dotā – „0”"
    )


def test_the_same_is_said_in_latvian() -> None:
    refusal = refused_item(row="7.2", days_late=11)

    assert refusal.text(Language.LATVIAN) == (
        "11 kavētas kalendārās dienas, bet 7.2. punkts pieļauj ne vairāk kā 10 kalendārās dienas; "
        "tālāk lemj atbildīgā persona"
    )


A_DAY = {"requested_on": "2026-11-23", "items": [{"row": "1.1"}]}


@pytest.mark.parametrize(
    ("fields", "code", "sentence"),
    [
        ({"requested_on": None}, "missing_input", "The request needs: requested_on"),
        (
            {"requested_on": 20261123},
            "invalid_input",
            "requested_on must be a date YYYY-MM-DD, 1991 to 2099, not “20261123”",
        ),
        ({"items": []}, "invalid_input", "The request has no items"),
        ({"items": "1.1"}, "invalid_input", "items must be a list, not “1.1”"),
        (
            {"items": ["1.1"]},
            "invalid_input",
            "item must be an object with row, not “1.1”",
        ),
        (
            {"double_degree": "no"},
            "invalid_input",
            "double_degree must be true or false, not “no”",
        ),
        (
            {"double_degre": True},
            "invalid_input",
            "The request does not know the field “double_degre”",
        ),
        ({5: True}, "invalid_input", "The request does not know the field “5”"),
        *(
            (
                {"semesters": bad},
                "invalid_input",
                (
                    "semesters must be a list of semesters {name, start, end} that do not overlap, "
                    f"not {said}"
                ),
            )
            for bad, said in [
                ("x", "“x”"),
                ([5], "a value of another kind"),
                ([{**TERM, "end": "2026-08-01"}], "a value of another kind"),
                ([TERM, {**TERM, "name": "b"}], "a value of another kind"),
            ]
        ),
        (
            {"holidays": ["2026-11-24"]},
            "invalid_input",
            "holidays must be an object {date: true or false}, not a value of another kind",
        ),
        (
            {"paid_on": "soon"},
            "invalid_input",
            "paid_on must be a date YYYY-MM-DD, 1991 to 2099, not “soon”",
        ),
    ],
    ids=str,
)
def test_a_bad_request_is_refused(fields: dict[Any, Any], code: str, sentence: str) -> None:
    refusal = refused({**A_DAY, **fields})

    assert [(problem.code.value, str(refusal)) for problem in refusal.problems] == [
        (code, sentence)
    ]


def test_a_request_that_is_no_object_is_refused() -> None:
    assert str(refused([])) == "request must be a JSON object, not a value of another kind"


def test_several_faults_of_a_request_are_listed_together() -> None:
    assert [problem.code.value for problem in refused({}).problems] == [
        "missing_input",
        "invalid_input",
    ]


def test_a_request_made_in_python_is_checked_as_well() -> None:
    for request in (Request(DAY, ()), Request(date(9999, 12, 31), (Item("1.1"),))):
        with pytest.raises(Refusal) as raised:
            quote(request)

        assert raised.value.code is Code.INVALID_INPUT


def test_a_null_is_as_good_as_absent() -> None:
    item = Item("8.1", {"exmatriculated_on": None, "quantity": None})

    assert str(quote(Request(DAY, (item,))).total) == "105.00"


def test_python_values_are_read_like_json() -> None:
    item = Item(
        "15",
        {
            "annual_tuition": Decimal(2500),
            "annual_credit_points": 60,
            "credit_points": Decimal("1.5"),
            "waiver": Waiver("9.6", "why"),
        },
    )

    assert str(quote(Request(DAY, (item,))).total) == "0.00"


def test_every_input_has_a_reader_of_its_type() -> None:
    assert set(READERS) == set(Inputs.__annotations__)


def test_what_was_given_is_shown_short_and_safe() -> None:
    given = [True, 5, HUGE, "x" * 100, 2.5, DAY, object()]

    assert [shown(each).en for each in given] == [
        "true",
        "“5”",
        "a huge number",
        f"“{'x' * 40}”",
        "“2.5”",
        "“2026-11-23”",
        "a value of another kind",
    ]


def test_rules_are_documented_with_the_row_they_price() -> None:
    rules = [rule for name, rule in vars(pricing).items() if callable(rule) and name[0] != "_"]
    ours = [rule for rule in rules if rule.__module__ == pricing.__name__]

    assert [rule.__name__ for rule in ours if not rule.__doc__] == []
