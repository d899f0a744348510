"""What commands are given: text from a file or standard input, and JSON read strictly.

Whatever cannot be read ends the command with a refusal; what the data means is the command's own.
"""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from deployments.cli.output import refuse

_MOST_BYTES = 200_000_000


def read_text(source: str, *, as_json: bool) -> str:
    """The text of a file, or of standard input when `source` is a dash; UTF-8, with or without BOM."""
    try:
        return _bytes(source).decode("utf-8-sig")
    except OSError as error:
        bad_input(f"{_named(source)}: {error.strerror or error}", as_json=as_json)
    except ValueError as error:
        bad_input(f"{_named(source)}: {error}", as_json=as_json)


def read_json(source: str, *, as_json: bool) -> Any:
    """One JSON document from a file or from standard input."""
    return parse_json(read_text(source, as_json=as_json), source, as_json=as_json)


def parse_json(text: str, source: str, *, as_json: bool) -> Any:
    """JSON without NaN, and without a key that is given twice, of which only the last would count."""
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except RecursionError:
        bad_input(f"{_named(source)}: nested too deeply", as_json=as_json)
    except ValueError as error:
        # Python's own words on too many digits advise its programmers.
        reason = "a number is too long" if "digits" in str(error) else error
        bad_input(f"{_named(source)}: not JSON: {reason}", as_json=as_json)


def bad_input(message: str, *, as_json: bool) -> NoReturn:
    """Ends the command because of what it was given."""
    refuse("invalid_input", message, as_json=as_json)


def _bytes(source: str) -> bytes:
    if source == "-":
        if sys.stdin is None:  # closed by whoever started the command
            raise ValueError("closed")
        return sys.stdin.buffer.read()
    path = Path(source)
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"larger than {_MOST_BYTES} bytes")
    return path.read_bytes()


def _named(source: str) -> str:
    return "standard input" if source == "-" else source


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        twice = sorted({key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1})
        raise ValueError(f"given twice: {', '.join(twice)}")
    return document
