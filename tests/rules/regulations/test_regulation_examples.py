"""The worked examples of `examples.toml`: value, reasons, and whether a person must decide."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from rules.people import Language
from rules.regulations.refusal import Refusal
from rules.regulations.registry import RULES
from rules.regulations.wire import run, to_plain

_EXAMPLES = tomllib.loads(Path(__file__).with_name("examples.toml").read_text("utf-8"))
_CASES = [
    pytest.param(name, entry.get("base", {}) | case["given"], case, id=f"{name}-{number}")
    for name, entry in _EXAMPLES.items()
    for number, case in enumerate(entry["cases"], start=1)
]


def without_none(plain: Any) -> Any:
    """TOML has no null: names without a value are left out on both sides."""
    if isinstance(plain, dict):
        return {key: without_none(value) for key, value in plain.items() if value is not None}
    return plain


@pytest.mark.parametrize(("name", "given", "case"), _CASES)
def test_example(name: str, given: dict[str, Any], case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Refusal) as refused:
            run(name, given)
        assert refused.value.code == case["refused"]
        return

    answer = run(name, given)

    assert without_none(to_plain(answer.value)) == (None if "null" in case else case["value"])
    assert bool(answer.needs_decision) == case.get("decide", False)
    if "reasons" in case or answer.value is False:
        assert [point.code for point in answer.reasons] == case.get("reasons", [])


@pytest.mark.parametrize(("name", "given", "case"), _CASES)
def test_every_example_is_explained_with_its_clause(
    name: str, given: dict[str, Any], case: dict[str, Any]
) -> None:
    if "refused" in case:
        return

    answer = run(name, given)

    latvian, english = answer.explain(), answer.explain(Language.ENGLISH)
    assert latvian != english
    assert "{" not in latvian + english
    assert latvian.endswith(" p.).")
    assert "(Studiju nolikums, " + answer.clauses[0].split(" ")[0] in latvian
    assert "(study regulations, " + answer.clauses[0].split(" ")[0] in english


def test_every_rule_has_an_example() -> None:
    assert sorted(_EXAMPLES) == sorted(RULES)
