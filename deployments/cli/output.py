"""How every command answers: one JSON document on standard output, words on standard error."""

import json
from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]

console = Console(stderr=True, highlight=False)
screen = Console(highlight=False)


class ExitCode(IntEnum):
    """What a command's exit code means to a script."""

    DONE = 0
    ATTENTION = 1
    BAD_INPUT = 2


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal | Path):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def print_json(document: Any) -> None:
    """The command's one document on standard output."""
    text = json.dumps(document, default=_plain, ensure_ascii=False, indent=2)
    # Half a character (from a file's name, or "\\ud800" in JSON) stays an escape: no output can take it.
    typer.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))


def refuse(
    code: str,
    message: str,
    details: Sequence[Any] = (),
    *,
    as_json: bool = False,
    exit_code: ExitCode = ExitCode.BAD_INPUT,
) -> NoReturn:
    """Ends the command, for bad input unless told otherwise, with every problem at once."""
    if as_json:
        print_json({"error": {"code": code, "message": message, "details": list(details)}})
    else:
        console.print(message, style="bold red", markup=False)
        for detail in details:
            console.print(f"  {detail}", markup=False)
    raise typer.Exit(exit_code)
