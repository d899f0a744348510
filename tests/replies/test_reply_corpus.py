"""Every message of our own corpus, and of the reference examples, is read as a person reads it.

Adding a case: put `name.eml` and `name.json` (what is known, and the outcome) into tests/corpus.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deployments.cli.reply_manifest import context_of
from rules.replies import Verdict, read_reply

CORPUS = Path(__file__).parent.parent / "corpus"
RIGA = ZoneInfo("Europe/Riga")


def reading(verdict: Verdict) -> dict[str, Any]:
    counts = {"counts": dict(verdict.counts)} if verdict.counts else {}
    return {"outcome": str(verdict.outcome), **counts}


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.json")))
def test_corpus(name: str) -> None:
    case = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    known = context_of(case["context"], case["context"], RIGA)

    verdict = read_reply((CORPUS / f"{name}.eml").read_bytes(), known)

    assert reading(verdict) == case["expected"], verdict.why


def test_every_message_has_its_expectation() -> None:
    messages = {path.stem for path in CORPUS.glob("*.eml")}

    assert messages == {path.stem for path in CORPUS.glob("*.json")}
    assert len(messages) >= 150


def _judge(expected: Mapping[str, Any], verdict: Verdict) -> str:
    counts = expected.get("counts", {})
    if any(counts.get(key) != number for key, number in verdict.counts.items()):
        return "wrong accepted"
    if verdict.outcome == "ignore" and expected["outcome"] != "ignore":
        return "lost"
    return "right" if reading(verdict) == expected else "to a person"


def test_reference_examples(shared: Path) -> None:
    folder = shared / "examples" / "replies"
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))

    judged = {
        entry["file"]: _judge(
            entry["expected"],
            read_reply((folder / entry["file"]).read_bytes(), context_of(entry, labels, RIGA)),
        )
        for entry in labels["messages"]
    }

    assert judged == dict.fromkeys(judged, "right")
    assert len(judged) == 40
