"""`sac reply read`: the document that scripts rely on, and what it says to a bad manifest."""

import json
from pathlib import Path
from typing import Any

import pytest
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


def refused(folder: Path) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["read", str(folder), "--json"])

    assert result.exit_code == 2
    error: dict[str, Any] = json.loads(result.stdout)["error"]
    assert error["code"] == "bad_manifest"
    return error


def test_missing_manifest(tmp_path: Path) -> None:
    error = refused(tmp_path)

    assert "there is no such file" in error["message"]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"messages": "text"}', "\\xff", "[" * 100_000],
    ids=["empty", "list", "nothing in it", "no list", "no JSON", "too deep"],
)
def test_a_manifest_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")

    assert refused(tmp_path)["details"] == []


def test_a_manifest_without_the_office(tmp_path: Path) -> None:
    error = refused(folder_with(tmp_path, office_address=None))

    assert error["details"] == ["office_address: Input should be a valid string"]


def test_every_bad_entry_is_named(tmp_path: Path) -> None:
    good = json.loads((folder_with(tmp_path) / "manifest.json").read_text(encoding="utf-8"))
    first = good["messages"][1]
    only_class = first["classes"][0]
    messages = [
        {key: value for key, value in first.items() if key != "file"},
        first | {"file": "none.eml"},
        "text",
        first | {"study_day": "5.12.2026", "prior_counts": {"a1": "24"}},
        first | {"classes": [only_class | {"start": "25:00", "groups": "LV-11", "enrolled": "32"}]},
    ]

    error = refused(folder_with(tmp_path, messages=messages))

    places = [": ".join(detail.split(": ")[:2]) for detail in error["details"]]
    assert places == [
        "message 1: file",
        "message 2: [Errno 2] No such file or directory",
        "message 3: entry",
        "message 4: study_day",
        "message 4: prior_counts.a1",
        "message 5: classes.0.start",
        "message 5: classes.0.groups",
        "message 5: classes.0.enrolled",
    ]


def test_what_else_a_label_says_is_ignored(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, expected={}, why=1)

    assert CliRunner().invoke(app, ["read", str(folder)]).exit_code == 0


def test_an_unknown_time_zone(tmp_path: Path) -> None:
    call = ["read", str(folder_with(tmp_path)), "--timezone", "Riga", "--json"]

    result = CliRunner().invoke(app, call)

    assert result.exit_code == 2
    assert json.loads(result.stdout)["error"]["code"] == "bad_time_zone"
