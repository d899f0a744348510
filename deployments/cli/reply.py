"""`sac reply`: reads lecturers' replies from a folder, to see what the reader makes of them.

Nothing is recorded and no mailbox is touched: that is `sac mail`.
"""

import time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.table import Table

from deployments.cli.output import print_json, refuse, screen
from deployments.cli.reply_manifest import BadManifestError, messages_of
from rules.replies import Verdict, read_reply

app = typer.Typer(
    help="Reads lecturers' replies with the numbers of attendees.", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


@app.callback()
def _root() -> None:
    """Present so that a single command keeps its name."""


def _zone(name: str, *, as_json: bool) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        refuse("bad_time_zone", f"There is no time zone “{name}”.", as_json=as_json)


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
    try:
        messages = messages_of(folder, _zone(timezone, as_json=as_json))
    except BadManifestError as error:
        refuse("bad_manifest", str(error), error.details, as_json=as_json)
    began = time.perf_counter()
    verdicts = [(file, read_reply(raw, known)) for file, raw, known in messages]
    seconds = time.perf_counter() - began
    if as_json:
        print_json(_document(verdicts, seconds))
    else:
        _show(verdicts)
