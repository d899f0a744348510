"""`sac reply`: reads lecturers' replies from a folder, to see what the reader makes of them.

Nothing is recorded and no mailbox is touched: that is `sac mail`.
"""

import json
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.table import Table

from deployments.cli.output import print_json, refuse, screen
from rules.replies import ClassQuestion, ReplyContext, Verdict, read_reply

app = typer.Typer(
    help="Reads lecturers' replies with the numbers of attendees.", no_args_is_help=True
)

_MANIFEST = "manifest.json"
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.callback()
def _root() -> None:
    """Present so that a single command keeps its name."""


def _moment(day: str, clock: str, zone: ZoneInfo) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=zone)


def _question(data: Mapping[str, Any], day: str, zone: ZoneInfo) -> ClassQuestion:
    return ClassQuestion(
        id=data["id"],
        slot=data.get("slot"),
        start=_moment(day, data["start"], zone),
        end=_moment(day, data["end"], zone),
        course_names=(data["course"],),
        groups=tuple(data["groups"]),
        enrolled=data.get("enrolled"),
    )


def context_of(
    entry: Mapping[str, Any], manifest: Mapping[str, Any], zone: ZoneInfo
) -> ReplyContext:
    """What is known about one message of a manifest. Raises KeyError, ValueError or TypeError."""
    lecturer = entry["lecturer"]
    return ReplyContext(
        lecturer_key=lecturer["key"],
        lecturer_name=lecturer["name"],
        known_addresses=tuple(lecturer["known_addresses"]),
        classes=tuple(_question(data, entry["study_day"], zone) for data in entry["classes"]),
        prior_counts=dict(entry.get("prior_counts", {})),
        reminder_message_ids=(entry["reminder_message_id"],),
        authserv_id=manifest.get("authserv_id", ""),
        office_address=manifest["office_address"],
        letter_texts=(entry["letter"],) if entry.get("letter") else (),
    )


def _messages(
    folder: Path, zone: ZoneInfo, *, as_json: bool
) -> list[tuple[str, bytes, ReplyContext]]:
    """The folder's messages with what is known of them; all problems at once, or none."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        entries = list(manifest["messages"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        refuse("bad_manifest", f"{folder / _MANIFEST}: {error}", as_json=as_json)
    found, problems = [], []
    for number, entry in enumerate(entries, 1):
        try:
            raw = (folder / entry["file"]).read_bytes()
            found.append((entry["file"], raw, context_of(entry, manifest, zone)))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            problems.append(f"message {number}: {type(error).__name__}: {error}")
    if problems:
        refuse("bad_manifest", "The manifest has problems.", problems, as_json=as_json)
    return found


def _document(read: list[tuple[str, Verdict]], seconds: float) -> dict[str, Any]:
    return {
        "messages": [
            {
                "file": file,
                "outcome": verdict.outcome,
                "counts": dict(verdict.counts),
                "why": verdict.why,
                "words": verdict.words,
                "guess": dict(verdict.guess) if verdict.guess else None,
            }
            for file, verdict in read
        ],
        "seconds": round(seconds, 4),
    }


def _show(read: list[tuple[str, Verdict]]) -> None:
    table = Table("message", "outcome", "numbers", "why")
    for file, verdict in read:
        numbers = ", ".join(f"{key} {number}" for key, number in verdict.counts.items())
        table.add_row(file, verdict.outcome, numbers, verdict.sentence())
    screen.print(table)


@app.command(epilog="Example: sac reply read replies/ --json")
def read(
    folder: Annotated[Path, typer.Argument(help="Folder with .eml files and a manifest.json.")],
    timezone: Annotated[
        str, typer.Option(help="Time zone of the manifest's times.")
    ] = "Europe/Riga",
    as_json: AsJson = False,
) -> None:
    """Reads every message of the folder; one that a person must read is no failure (exit 0)."""
    messages = _messages(folder, ZoneInfo(timezone), as_json=as_json)
    began = time.perf_counter()
    verdicts = [(file, read_reply(raw, known)) for file, raw, known in messages]
    seconds = time.perf_counter() - began
    if as_json:
        print_json(_document(verdicts, seconds))
    else:
        _show(verdicts)
