"""Reads what `sac fee` is given: requests as JSON, price lists as TOML; bad files end the command."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from deployments.cli.output import refuse
from rules.fees.loading import PriceListError, load_price_list
from rules.fees.price_list import PriceList
from rules.fees.refusals import Code, Refusal
from rules.fees.request import Request, read_request


def read_json(path: str, *, as_json: bool) -> Any:
    """One JSON document from a file, or from standard input when `path` is a dash."""
    return _parse(_text(path, as_json=as_json), path, as_json=as_json)


def read_requests(path: Path, *, as_json: bool) -> list[Request]:
    """Past requests: a JSON array, or one document a line in a .jsonl file. All must be readable."""
    text = _text(str(path), as_json=as_json)
    if path.suffix == ".jsonl":
        lines = [line for line in text.splitlines() if line.strip()]
        documents = [_parse(line, str(path), as_json=as_json) for line in lines]
    else:
        documents = _parse(text, str(path), as_json=as_json)
    if not isinstance(documents, list):
        _bad(f"{path}: expected a JSON array of requests", as_json=as_json)
    return [
        _request(number, document, as_json=as_json) for number, document in enumerate(documents)
    ]


def read_prices(path: Path, *, as_json: bool) -> PriceList:
    """A price list from its TOML file."""
    try:
        return load_price_list(_text(str(path), as_json=as_json))
    except PriceListError as error:
        details = [{"file": str(path), "message": problem} for problem in error.problems]
        refuse(Code.INVALID_INPUT, f"{path}: not a price list", details, as_json=as_json)


def _request(number: int, document: object, *, as_json: bool) -> Request:
    try:
        return read_request(document)
    except Refusal as refusal:
        _bad(f"request {number}: {refusal}", as_json=as_json)


def _text(path: str, *, as_json: bool) -> str:
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _bad(f"{path}: {error}", as_json=as_json)


def _parse(text: str, path: str, *, as_json: bool) -> Any:
    """JSON, strictly: no NaN, and no key twice, of which only the last would count."""
    try:
        return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        _bad(f"{path}: not JSON: {error}", as_json=as_json)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        twice = sorted({key for key, _ in pairs if [name for name, _ in pairs].count(key) > 1})
        raise ValueError(f"given twice: {', '.join(twice)}")
    return document


def _bad(message: str, *, as_json: bool) -> NoReturn:
    refuse(Code.INVALID_INPUT, message, as_json=as_json)
