"""The worked examples of both registers through the commands themselves: shapes, types, exit codes.

Whether the answers are right is asked in `tests/rules`; here, that the command gives them unchanged.
"""

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from deployments.cli import app
from rules.regulations.registry import RULES

RULE_FILE = Path(__file__).parents[1] / "rules/regulations/examples.toml"
FEE_FILE = Path(__file__).parents[1] / "rules/fees/examples.toml"
CASES: dict[str, Any] = tomllib.loads(RULE_FILE.read_text("utf-8"))
QUOTES: list[dict[str, Any]] = tomllib.loads(FEE_FILE.read_text("utf-8"))["example"]
EXPECTED = ("number", "total", "refused", "ready_on", "delivery_estimate", "why")
MONEY = re.compile(r"-?\d+\.\d\d")


def sac(*arguments: str, given: object, code: int) -> Any:
    text = json.dumps(given, default=date.isoformat)
    result = CliRunner().invoke(app, [*arguments, "-", "--json"], input=text)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def without_nulls(plain: Any) -> Any:
    """TOML has no null."""
    if isinstance(plain, dict):
        return {key: without_nulls(value) for key, value in plain.items() if value is not None}
    return plain


def texts(found: Any) -> bool:
    return isinstance(found, list) and all(isinstance(text, str) and text for text in found)


@pytest.mark.parametrize("name", list(RULES))
def test_every_rule_answers_its_examples_in_the_agreed_form(name: str) -> None:
    base, cases = CASES[name].get("base", {}), CASES[name]["cases"]
    good = [case for case in cases if "refused" not in case]

    answers = sac("rule", "run", name, given=[base | case["given"] for case in good], code=0)

    assert [without_nulls(answer["value"]) for answer in answers] == [
        case.get("value") for case in good
    ]
    assert [bool(answer["needs_decision"]) for answer in answers] == [
        case.get("decide", False) for case in good
    ]
    for answer in answers:
        assert texts(answer["clauses"])
        assert texts([*answer["explanation"].values()])
        assert answer["needs_decision"] == [] or texts(answer["needs_decision"])


@pytest.mark.parametrize(
    "name", [name for name in RULES if any("refused" in each for each in CASES[name]["cases"])]
)
def test_every_refused_example_is_refused_by_the_command(name: str) -> None:
    base, cases = CASES[name].get("base", {}), CASES[name]["cases"]
    bad = [case for case in cases if "refused" in case]

    error = sac("rule", "run", name, given=[base | case["given"] for case in bad], code=2)["error"]

    assert error["code"] == bad[0]["refused"]
    assert [each["code"] for each in error["details"]] == [case["refused"] for case in bad]


@pytest.mark.parametrize("example", QUOTES, ids=lambda example: str(example["number"]))
def test_every_quote_has_the_agreed_form(example: dict[str, Any]) -> None:
    request = {name: value for name, value in example.items() if name not in EXPECTED}
    if "refused" in example:
        error = sac("fee", "quote", given=request, code=2)["error"]
        first = error["details"][0]
        assert (error["code"], first["code"]) == (example["refused"], example["refused"])
        assert error["message"] == first["message"]
        return

    quote = sac("fee", "quote", given=request, code=0)

    dates = {
        name: example[name].isoformat()
        for name in ("ready_on", "delivery_estimate")
        if name in example
    }
    assert (
        without_nulls({name: quote[name] for name in ("total", "ready_on", "delivery_estimate")})
        == {"total": example["total"]} | dates
    )
    for line in quote["lines"]:
        assert MONEY.fullmatch(line["amount"])
        assert MONEY.fullmatch(line["unit_price"])
        assert line["free"] == (line["amount"] == "0.00")
        assert texts([*line["explanation"].values()])
    assert texts(quote["warnings"] + ["-"])
    assert texts(quote["needs_decision"] + ["-"])
    assert quote["price_list"] == {"number": "1.5-3/149", "date": "2023-10-19"}
