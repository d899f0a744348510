"""Whatever `sac fee quote` and `sac rule run` are given: an answer or a refusal in the agreed form."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from deployments.cli import app
from rules.regulations.registry import RULES
from rules.regulations.rule import parameters_of

COMMANDS = (("fee", "quote"), ("rule", "run", "late_fee"))
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.sampled_from(["2026-11-23", "1.1", "0.005", "-1", "", "autumn", "A" * 3000, "\udfff"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


def refusal(result: Result) -> Any:
    assert (result.exit_code, result.exception.__class__) == (2, SystemExit), result.output
    document = json.loads(result.stdout)
    assert list(document) == ["error"]
    error = document["error"]
    assert list(error) == ["code", "message", "details"]
    assert error["code"]
    assert error["message"]
    return error


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "5", '"text"', '{"a": 1, "a": 2}', '{"a": NaN}', "\x00", "[5]", "[null]"],
)
def test_what_is_no_request_is_refused(command: tuple[str, ...], text: str) -> None:
    result = CliRunner().invoke(app, [*command, "-", "--json"], input=text)

    assert refusal(result)["code"] == "invalid_input"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("kind", ["missing", "folder", "bytes", "table"])
def test_what_cannot_be_read_is_refused(
    command: tuple[str, ...], kind: str, tmp_path: Path
) -> None:
    path = tmp_path / ("given.csv" if kind == "table" else "given.json")
    if kind == "folder":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(b"\xff\xfe\x00")

    result = CliRunner().invoke(app, [*command, str(path), "--json"])

    assert refusal(result)["code"] == "invalid_input"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_file_too_large_to_be_meant_is_refused(command: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "given.json"
    with path.open("wb") as file:
        file.truncate(10**9)

    result = CliRunner().invoke(app, [*command, str(path), "--json"])

    assert "larger than" in refusal(result)["message"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_closed_standard_input_is_refused(command: tuple[str, ...]) -> None:
    program = "import sys; sys.stdin = None; from deployments.cli import main; main()"
    arguments = [sys.executable, "-c", program, *command, "-", "--json"]
    result = subprocess.run(arguments, capture_output=True, text=True, check=False)

    assert (result.returncode, json.loads(result.stdout)["error"]) == (
        2,
        {"code": "invalid_input", "message": "standard input: closed", "details": []},
    )


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(PLAIN, st.sampled_from(["requested_on", "items", "semesters", "holidays", "paid_on"]))
def test_any_value_in_a_fee_request_is_answered_or_refused(value: object, name: str) -> None:
    request = {"requested_on": "2026-11-23", "items": [{"row": "1.1"}]} | {name: value}
    result = CliRunner().invoke(app, ["fee", "quote", "-", "--json"], input=json.dumps(request))

    if result.exit_code != 0:
        refusal(result)


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_value_of_any_argument_is_answered_or_refused(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(RULES)))
    values = {argument: data.draw(PLAIN) for argument in parameters_of(RULES[name])}
    command = ["rule", "run", name, "-", "--json"]
    result = CliRunner().invoke(app, command, input=json.dumps(values))

    if result.exit_code != 0:
        assert refusal(result)["code"] in {"invalid_input", "missing_input", "unknown_input"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("fee", "list", "--on", "tomorrow"), "invalid_input"),
        (("fee", "compare", "none.toml", "none.toml"), "invalid_input"),
        (("rule", "run", "no_such_rule", "-"), "unknown_rule"),
        (("rule", "show", ""), "unknown_clause"),
        (("rule", "checklist", "99"), "unknown_clause"),
    ],
)
def test_other_arguments_that_mean_nothing_are_refused(
    arguments: tuple[str, ...], code: str
) -> None:
    result = CliRunner().invoke(app, [*arguments, "--json"], input="{}")

    assert refusal(result)["code"] == code


def test_every_rule_refuses_to_be_asked_with_nothing_it_needs() -> None:
    unanswered = []
    for name in RULES:
        result = CliRunner().invoke(app, ["rule", "run", name, "-", "--json"], input="{}")
        if result.exit_code == 0:
            unanswered.append(name)
        else:
            assert refusal(result)["code"] == "missing_input"

    assert unanswered == ["rights_during_leave"]
