"""The files of `sac fee`: price lists as TOML, past requests as JSON; bad files end the command."""

from pathlib import Path

from deployments.cli.given import bad_input, parse_json, read_text
from deployments.cli.output import refuse
from rules.fees.loading import PriceListError, load_price_list
from rules.fees.price_list import PriceList
from rules.fees.refusals import Code, Refusal
from rules.fees.request import Request, read_request


def read_requests(path: Path, *, as_json: bool) -> list[Request]:
    """Past requests: a JSON array, or one document a line in a .jsonl file. All must be readable."""
    text = read_text(str(path), as_json=as_json)
    if path.suffix == ".jsonl":
        lines = [line for line in text.splitlines() if line.strip()]
        documents = [parse_json(line, str(path), as_json=as_json) for line in lines]
    else:
        documents = parse_json(text, str(path), as_json=as_json)
    if not isinstance(documents, list):
        bad_input(f"{path}: expected a JSON array of requests", as_json=as_json)
    return [
        _request(number, document, as_json=as_json) for number, document in enumerate(documents)
    ]


def read_prices(path: Path, *, as_json: bool) -> PriceList:
    """A price list from its TOML file."""
    try:
        return load_price_list(read_text(str(path), as_json=as_json))
    except PriceListError as error:
        details = [{"file": str(path), "message": problem} for problem in error.problems]
        refuse(Code.INVALID_INPUT, f"{path}: not a price list", details, as_json=as_json)


def _request(number: int, document: object, *, as_json: bool) -> Request:
    try:
        return read_request(document)
    except Refusal as refusal:
        bad_input(f"request {number}: {refusal}", as_json=as_json)
