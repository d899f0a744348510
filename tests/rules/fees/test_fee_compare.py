"""A new order against the old: what it changes, and what it would have changed."""

from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from rules.fees.compare import ChangeKind, EntryChange, FieldChange, compare
from rules.fees.loading import load_price_list
from rules.fees.quoting import quote
from rules.fees.refusals import Code, Refusal
from rules.fees.request import Request, read_request

OLD_TEXT = files("rules.fees").joinpath("orders/1.5-3-149.toml").read_text("utf-8")
OLD = load_price_list(OLD_TEXT)


def changed(*pairs: tuple[str, str]) -> str:
    text = OLD_TEXT
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


ROW_13 = OLD_TEXT[OLD_TEXT.index('[[row]]\nid = "13"') : OLD_TEXT.index('[[row]]\nid = "14"')]
ROW_24 = ROW_13.replace('"13"', '"24"')
ROW_7_2_LIMIT = "max_calendar_days_late = 10\n"
NEW = load_price_list(
    changed(
        ('number = "1.5-3/149"', 'number = "2.0"'),
        (ROW_13, ""),
        ('amount = "102.00"', 'amount = "110.50"'),
        ('"Angļu valodā"', '"Angļu vai vācu valodā"'),
        ('"lv_permanent_residence_permit"]', '"lv_permanent_residence_permit", "lv_non_citizen"]'),
        (ROW_7_2_LIMIT, ""),
    )
    + ROW_24
)


def request(*items: dict[str, Any]) -> Request:
    return read_request({"requested_on": "2026-11-23", "items": list(items)})


EXTENSION = {
    "row": "20",
    "status": "lv_non_citizen",
    "free_extensions_used_this_academic_year": 0,
}


def test_the_same_list_changes_nothing() -> None:
    comparison = compare(OLD, OLD, [request({"row": "1.1"})])

    assert (comparison.rows, comparison.footnotes, comparison.to_check) == ((), (), ())
    assert [each.same for each in comparison.requests] == [True]
    assert comparison.difference == 0


def test_every_changed_row_is_named_with_its_fields() -> None:
    rows = {change.key: change for change in compare(OLD, NEW).rows}

    assert {key: change.kind for key, change in rows.items()} == {
        "7.2": ChangeKind.CHANGED,
        "13": ChangeKind.REMOVED,
        "19.2": ChangeKind.CHANGED,
        "24": ChangeKind.ADDED,
    }
    assert rows["19.2"] == EntryChange(
        "19.2",
        ChangeKind.CHANGED,
        (
            FieldChange("name_lv", "Angļu valodā", "Angļu vai vācu valodā"),
            FieldChange("amount", "102.00", "110.50"),
        ),
        Decimal("8.50"),
    )
    assert rows["7.2"].fields == (FieldChange("max_days_late", "10", None),)


def test_a_removed_row_shows_what_it_was() -> None:
    (removed,) = [change for change in compare(OLD, NEW).rows if change.key == "13"]

    assert [(field.name, field.new) for field in removed.fields] == [
        ("id", None),
        ("nr", None),
        ("kind", None),
        ("name_lv", None),
        ("name_en", None),
        ("amount", None),
        ("unit", None),
    ]


def test_headings_have_no_difference_in_price() -> None:
    renamed = load_price_list(changed(('"Izziņas:"', '"Izziņas un izraksti:"')))

    (change,) = compare(OLD, renamed).rows

    assert (change.key, change.difference) == ("1", None)


def test_changed_notes_are_named() -> None:
    (change,) = compare(OLD, NEW).footnotes

    assert (change.key, [field.name for field in change.fields]) == ("*****", ["statuses"])


def test_rows_whose_rule_a_person_must_look_at() -> None:
    # 7.2 lost the limit that its rule needs, 19.2 has other words, 24 has no rule.
    assert compare(OLD, NEW).to_check == ("7.2", "19.2", "24")


def test_what_past_requests_would_have_cost() -> None:
    past = [
        request({"row": "19.2", "quantity": 2}),
        request({"row": "13"}),
        request(EXTENSION),
        request({"row": "24.1"}),
        request({"row": "1.1"}),
    ]

    comparison = compare(OLD, NEW, past)

    assert [(each.number, each.difference, each.same) for each in comparison.requests] == [
        (0, Decimal("17.00"), False),
        (1, None, False),
        (2, Decimal("-6.00"), False),
        (3, None, True),
        (4, Decimal("0.00"), True),
    ]
    assert comparison.difference == Decimal("11.00")


def test_a_row_without_a_checked_rule_is_quoted_plainly_and_flagged() -> None:
    quoted = quote(request({"row": "24", "quantity": 2}), NEW)

    assert (str(quoted.total), [point.key for point in quoted.needs_decision]) == (
        "120.00",
        ["no_rule_yet"],
    )


def test_a_row_that_lost_what_its_rule_needs_is_flagged_too() -> None:
    stripped = load_price_list(changed(('footnotes = ["*****"]', "footnotes = []")))

    quoted = quote(request({"row": "20"}), stripped)

    assert [point.key for point in quoted.needs_decision] == ["no_rule_yet"]


def test_a_row_that_is_picked_but_no_longer_on_the_list_is_refused() -> None:
    start = OLD_TEXT.index('[[row]]\nid = "18.3"')
    end = OLD_TEXT.index('[[row]]\nid = "19"')
    shorter = load_price_list(OLD_TEXT[:start] + OLD_TEXT[end:])

    with pytest.raises(Refusal) as raised:
        quote(request({"row": "18", "country": "US"}), shorter)

    assert str(raised.value) == "There is no row “18.3” on the price list"


def test_a_formula_that_nobody_has_encoded_is_never_guessed() -> None:
    formula = ROW_24.replace('kind = "item"', 'kind = "formula"').replace('amount = "60.00"', "")
    prices = load_price_list(OLD_TEXT + formula)

    with pytest.raises(Refusal) as raised:
        quote(request({"row": "24"}), prices)

    assert (raised.value.code, str(raised.value)) == (
        Code.NOT_PRICED,
        "Row 24 has no printed price; a person decides what is charged",
    )


def test_supplements_are_forced_by_the_note_not_by_the_row_number() -> None:
    diploma = OLD_TEXT[OLD_TEXT.index('id = "4.2"') : OLD_TEXT.index('id = "4.3"')]
    freed = OLD_TEXT.replace(diploma, diploma.replace('footnotes = ["*"]', ""))

    assert str(quote(request({"row": "4.2"}), load_price_list(freed)).total) == "51.00"


def test_a_forced_supplement_that_is_not_on_the_list_is_refused() -> None:
    start, end = OLD_TEXT.index('[[row]]\nid = "4.4"'), OLD_TEXT.index('[[row]]\nid = "5"')
    without = load_price_list(OLD_TEXT[:start] + OLD_TEXT[end:])

    with pytest.raises(Refusal) as raised:
        quote(request({"row": "4.2"}), without)

    assert (raised.value.row, str(raised.value)) == (
        "4.2",
        "There is no row 4.4 on the price list",
    )


def test_an_order_without_clause_2_warns_nobody_of_it() -> None:
    without = load_price_list(changed(('prevails_number = "27-11/033"', "")))
    asked = read_request(
        {"requested_on": "2026-11-23", "double_degree": True, "items": [{"row": "1.1"}]}
    )

    assert quote(asked, without).points == ()
