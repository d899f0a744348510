"""`sac reply read`: the document that scripts rely on, and what it says to a bad manifest."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from deployments.cli.reply import app

CORPUS = Path(__file__).parent.parent / "corpus"
NAMES = ("two_slots_words", "one_approx_ap", "one_thanks")


def folder_with(tmp_path: Path, **changes: Any) -> Path:
    entries = []
    for name in NAMES:
        case = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
        (tmp_path / f"{name}.eml").write_bytes((CORPUS / f"{name}.eml").read_bytes())
        entries.append({"file": f"{name}.eml", **case["context"]})
    manifest = {
        "authserv_id": "mx.augstskola.example",
        "office_address": "sac@augstskola.example",
        "messages": entries,
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest | changes), encoding="utf-8")
    return tmp_path


def test_json_document(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(folder_with(tmp_path)), "--json"])

    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert [(m["file"], m["outcome"], m["counts"]) for m in document["messages"]] == [
        ("two_slots_words.eml", "counts", {"b1": 21, "b2": 30}),
        ("one_approx_ap.eml", "review", {}),
        ("one_thanks.eml", "ignore", {}),
    ]
    assert document["messages"][1]["why"] == "approximate: The number is not exact (ap 24)"
    assert document["messages"][1]["guess"] == {"a1": 24}


def test_table_for_people(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(folder_with(tmp_path))])

    assert result.exit_code == 0
    assert "b1 21, b2 30" in result.stdout


def test_missing_manifest(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["read", str(tmp_path), "--json"])

    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "bad_manifest"


def test_every_bad_entry_is_named(tmp_path: Path) -> None:
    messages = [{"file": "none.eml"}, {"no": "file"}, "text"]

    result = CliRunner().invoke(
        app, ["read", str(folder_with(tmp_path, messages=messages)), "--json"]
    )

    details = json.loads(result.stdout)["error"]["details"]
    assert result.exit_code == 2
    assert [detail.split(":")[0] for detail in details] == ["message 1", "message 2", "message 3"]
