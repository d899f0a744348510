"""Every clause of the order is accounted for, every reading is written down, the page is up to date."""

import importlib
import re
from datetime import date
from pathlib import Path

import pytest

from rules.ambiguities import Ambiguity
from rules.fees.clauses import Clause, register
from rules.fees.loading import price_list_on
from rules.fees.readings import READINGS
from rules.fees.source_page import source_page

ROOT = Path(__file__).resolve().parents[3]
PRICES = price_list_on(date(2026, 11, 23))
CLAUSES = register(PRICES)


def test_every_row_note_and_clause_is_accounted_for_once() -> None:
    places = [clause.place for clause in CLAUSES]

    assert places == [
        *("number and date", "title", "legal basis", "clause 1", "column 3", "column 4"),
        *(f"row {row_id}" for row_id in PRICES.rows),
        *("clause 2", "clause 3"),
        *(f"note {marker}" for marker in PRICES.footnotes),
        "signature",
    ]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.place)
def test_a_clause_names_what_carries_it_out_or_says_why_nothing_does(clause: Clause) -> None:
    assert clause.functions or clause.remark
    for name in clause.functions:
        module, function = name.split(".")
        assert callable(getattr(importlib.import_module(f"rules.fees.{module}"), function))


def test_a_function_says_which_row_it_carries_out() -> None:
    by_place = {clause.place: clause for clause in CLAUSES}

    assert by_place["row 7.2"].functions == ("pricing.thesis_late", "footnotes.justified")
    assert by_place["row 16"].functions == ("pricing.change_of_group", "pricing.plain")
    assert by_place["row 18"].remark == "No price of its own; `country` picks the row."
    assert by_place["row 1.8"].remark == "Says `data_request`."
    assert by_place["legal basis"].functions == ()


def test_readings_have_their_own_keys_and_say_what_the_other_would_change() -> None:
    keys = [reading.key for reading in READINGS]

    assert sorted(set(keys)) == sorted(keys)
    assert [reading.key for reading in READINGS if not reading.shown_effect()] == []


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.key)
def test_a_reading_quotes_the_order_itself(reading: Ambiguity, shared: Path) -> None:
    (source,) = (shared / "sources").glob("002_*.txt")
    text = re.sub(r"<i>|</i>", "", source.read_text("utf-8"))
    parts = re.split(r" ?… ?| / ", reading.source_words)

    assert [part for part in parts if part not in text] == []


def test_an_effect_is_worked_out_by_the_calculator() -> None:
    effects = {reading.key: reading.shown_effect() for reading in READINGS}

    assert effects["flat_lateness"] == "Three days late: 15.00 instead of 45.00."
    assert effects["clock_start"] == (
        "Row 1.1 asked for on 2026-11-23 and paid on 2026-11-25: ready on 2026-11-26 "
        "or on 2026-11-30."
    )


def test_the_page_of_the_order_is_up_to_date() -> None:
    page = (ROOT / "docs" / "sources" / "price_list.md").read_text("utf-8")

    assert page == source_page(), "run: uv run sac fee sources > docs/sources/price_list.md"
