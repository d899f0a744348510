"""`sac fee` from the outside: exit codes, JSON on standard output, tables for people."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli import app

TEXT = files("rules.fees").joinpath("orders/1.5-3-149.toml").read_text("utf-8")
REQUEST = {"requested_on": "2026-11-16", "items": [{"row": "1.1"}]}
runner = CliRunner()


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAC_FEE_CLOCK_START", raising=False)


def fee(*arguments: str, stdin: str | None = None, code: int = 0) -> str:
    result = runner.invoke(app, ["fee", *arguments], input=stdin)
    assert result.exit_code == code, result.output
    return result.stdout


def fee_json(*arguments: str, stdin: str | None = None, code: int = 0) -> Any:
    return json.loads(fee(*arguments, "--json", stdin=stdin, code=code))


def test_a_quote_from_standard_input() -> None:
    document = fee_json("quote", "-", stdin=json.dumps(REQUEST))

    assert (document["total"], document["ready_on"]) == ("3.00", "2026-11-20")


def test_a_quote_from_a_file_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "request.json"
    path.write_text(json.dumps(REQUEST), encoding="utf-8-sig")

    assert fee_json("quote", str(path))["total"] == "3.00"


def test_a_quote_as_a_table_says_all_that_the_json_says() -> None:
    items = [{"row": "1.8"}, {"row": "18", "country": "LV"}, {"row": "7.1"}]

    shown = fee("quote", "-", stdin=json.dumps({**REQUEST, "items": items}))

    words = " ".join(shown.split())
    assert "Kopā: 321,00 EUR" in words
    assert "Gatavs: 04.01.2027." in words
    assert "Piegāde (aptuveni): 04.02.2027." in words
    assert "Ievēro: Nevar pārbaudīt: cenrāža 7.1. punktu" in words
    assert "Vajadzīgs lēmums: Par savu datu pieprasījumu" in words


def test_a_quote_in_english() -> None:
    shown = fee("quote", "-", "--language", "en", stdin=json.dumps(REQUEST))

    assert "In total: EUR 3.00" in shown
    assert "Ready on: 20 Nov 2026" in shown


def test_the_clock_setting_is_heeded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAC_FEE_CLOCK_START", "payment")

    document = fee_json("quote", "-", stdin=json.dumps({**REQUEST, "paid_on": "2026-11-23"}))

    assert document["ready_on"] == "2026-11-26"


def test_a_refusal_is_bad_input_with_every_problem() -> None:
    bad = {**REQUEST, "items": [{"row": "7.2", "days_late": 11}, {"row": "1.1"}, {"row": "23"}]}

    error = fee_json("quote", "-", stdin=json.dumps(bad), code=2)["error"]

    assert error["code"] == "limit_exceeded"
    assert [(each["item"], each["row"], each["code"]) for each in error["details"]] == [
        (0, "7.2", "limit_exceeded"),
        (2, "23", "heading_row"),
    ]


def test_a_refusal_for_people_counts_items_from_one() -> None:
    bad = {**REQUEST, "items": [{"row": "1.1"}, {"row": "20"}, {"row": "24.1"}]}

    result = runner.invoke(app, ["fee", "quote", "-", "--language", "en"], input=json.dumps(bad))

    assert (result.exit_code, result.stdout) == (2, "")
    assert " ".join(result.stderr.split()) == (
        "Row 20 needs: status, free_extensions_used_this_academic_year "
        "2. Row 20 needs: status, free_extensions_used_this_academic_year [missing_input] "
        "3. There is no row “24.1” on the price list [unknown_row]"
    )


def test_a_single_problem_is_said_once() -> None:
    bad = {**REQUEST, "items": [{"row": "24.1"}]}

    result = runner.invoke(app, ["fee", "quote", "-"], input=json.dumps(bad))

    assert (result.exit_code, result.stderr) == (2, "Cenrādī nav punkta „24.1”\n")


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        '{"requested_on": "2026-11-16", "requested_on": "2026-11-17", "items": [{"row": "1.1"}]}',
        '{"requested_on": "2026-11-16", "items": [{"row": "23.2", "area_m2": NaN, "days": 1}]}',
        "[" * 100_000,
        '{"items": ' + "9" * 5000 + "}",
        "",
    ],
    ids=["words", "twice", "nan", "deep", "huge", "empty"],
)
def test_what_is_not_json_is_bad_input(text: str) -> None:
    assert fee_json("quote", "-", stdin=text, code=2)["error"]["code"] == "invalid_input"


@pytest.mark.parametrize("content", [None, b"\xff\xfe"], ids=["missing", "bytes"])
def test_an_unreadable_file_is_bad_input(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "request.json"
    if content is not None:
        path.write_bytes(content)

    assert fee_json("quote", str(path), code=2)["error"]["code"] == "invalid_input"


def test_half_a_character_ends_in_a_refusal_too(tmp_path: Path) -> None:
    bad = '{"requested_on": "2026-11-16", "items": [{"row": "\\ud800"}], "\\ud800": 1}'

    error = fee_json("quote", "-", stdin=bad, code=2)["error"]

    assert error["message"] == "The request does not know the field “�”"
    missing = fee_json("quote", str(tmp_path / "\udcff.json"), code=2)["error"]["message"]
    assert missing == f"{tmp_path}/\udcff.json: No such file or directory"


def test_a_quote_from_another_list(tmp_path: Path) -> None:
    path = tmp_path / "new.toml"
    path.write_text(TEXT.replace('amount = "3.00"', 'amount = "4.00"', 1), encoding="utf-8")

    document = fee_json("quote", "-", "--prices", str(path), stdin=json.dumps(REQUEST))

    assert document["total"] == "4.00"


def test_the_list_as_json_and_as_a_table() -> None:
    document = fee_json("list", "--on", "2026-11-23")

    assert (len(document["rows"]), document["price_list"]["number"]) == (95, "1.5-3/149")
    assert "1 mēnesis" in fee("list", "--on", "2026-11-23")
    assert "Order No 1.5-3/149" in fee("list", "--language", "en", "--on", "2026-11-23")


@pytest.fixture
def lists(tmp_path: Path) -> tuple[str, str]:
    old, new = tmp_path / "old.toml", tmp_path / "new.toml"
    old.write_text(TEXT, encoding="utf-8")
    dearer = TEXT.replace('amount = "102.00"', 'amount = "110.50"')
    new.write_text(dearer.replace('id = "13"', 'id = "24"'), encoding="utf-8")
    return str(old), str(new)


PAST = [{"requested_on": "2026-11-16", "items": [{"row": "19.2"}]}, REQUEST]


@pytest.mark.parametrize(
    ("name", "text"),
    [("past.json", json.dumps(PAST)), ("past.jsonl", "\n\n".join(map(json.dumps, PAST)))],
)
def test_a_comparison_on_past_requests(
    lists: tuple[str, str], tmp_path: Path, name: str, text: str
) -> None:
    past = tmp_path / name
    past.write_text(text, encoding="utf-8")

    document = fee_json("compare", *lists, "--requests", str(past))

    assert [change["key"] for change in document["rows"]] == ["13", "19.2", "24"]
    assert [each["same"] for each in document["requests"]] == [False, True]
    assert document["difference"] == "8.50"


def test_a_comparison_as_a_table(lists: tuple[str, str], tmp_path: Path) -> None:
    past = tmp_path / "past.json"
    past.write_text(json.dumps(PAST), encoding="utf-8")

    shown = fee("compare", *lists, "--requests", str(past))

    assert "+8.50" in shown
    assert "2 requests: 1 unchanged; in total +8.50 EUR" in shown
    assert "Rules to check by hand: 24" in shown
    assert "requests:" not in fee("compare", lists[0], lists[0])


def test_a_bad_price_list_says_all_that_is_wrong(tmp_path: Path, lists: tuple[str, str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("", encoding="utf-8")

    error = fee_json("compare", lists[0], str(bad), code=2)["error"]

    assert error["details"][-1] == {"file": str(bad), "message": "the list has no rows"}


@pytest.mark.parametrize("text", ['{"a": 1}', '[{"items": []}]'])
def test_bad_past_requests_are_bad_input(lists: tuple[str, str], tmp_path: Path, text: str) -> None:
    past = tmp_path / "past.json"
    past.write_text(text, encoding="utf-8")

    error = fee_json("compare", *lists, "--requests", str(past), code=2)["error"]

    assert error["code"] == "invalid_input"


def test_every_bad_past_request_is_listed(lists: tuple[str, str], tmp_path: Path) -> None:
    past = tmp_path / "past.json"
    bad = [REQUEST, {**REQUEST, "paid_on": 5}, {"items": [{"row": "1.1"}, "x"]}]
    past.write_text(json.dumps(bad), encoding="utf-8")

    error = fee_json("compare", *lists, "--requests", str(past), code=2)["error"]
    shown = runner.invoke(app, ["fee", "compare", *lists, "--requests", str(past)]).stderr

    assert error["message"].startswith("request 1: paid_on must be a date")
    assert [(each["request"], each["item"]) for each in error["details"]] == [
        (1, None),
        (2, None),
        (2, 1),
    ]
    assert " ".join(shown.split()).endswith(
        "request 2: The request needs: requested_on "
        "request 2: item must be an object with row, not “x”"
    )


def test_a_line_that_is_not_json_is_named(lists: tuple[str, str], tmp_path: Path) -> None:
    past = tmp_path / "past.jsonl"
    past.write_text(f"{json.dumps(REQUEST)}\n\n{{\n", encoding="utf-8")

    error = fee_json("compare", *lists, "--requests", str(past), code=2)["error"]

    assert error["message"].startswith(f"{past}, line 3: not JSON: ")


def test_the_page_of_sources_is_markdown() -> None:
    assert fee("sources").startswith("# The price list\n")
