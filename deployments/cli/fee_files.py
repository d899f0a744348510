"""The files of `sac fee`: price lists as TOML, past requests as JSON; bad files end the command."""

from collections.abc import Sequence
from pathlib import Path

from deployments.cli.given import bad_input, parse_json, read_text
from deployments.cli.output import refuse
from rules.fees.documents import problem_documents
from rules.fees.loading import PriceListError, load_price_list
from rules.fees.price_list import PriceList
from rules.fees.refusals import Code, Refusal
from rules.fees.request import Request, read_request


def read_requests(path: Path, *, as_json: bool) -> list[Request]:
    """Past requests: a JSON array, or one document a line in a .jsonl file. All must be readable."""
    text = read_text(str(path), as_json=as_json)
    if path.suffix == ".jsonl":
        documents = [
            parse_json(line, f"{path}, line {number}", as_json=as_json)
            for number, line in enumerate(text.split("\n"), start=1)
            if line.strip()
        ]
    else:
        documents = parse_json(text, str(path), as_json=as_json)
    if not isinstance(documents, list):
        bad_input(f"{path}: expected a JSON array of requests", as_json=as_json)
    return _requests(documents, as_json=as_json)


def read_prices(path: Path, *, as_json: bool) -> PriceList:
    """A price list from its TOML file."""
    try:
        return load_price_list(read_text(str(path), as_json=as_json))
    except PriceListError as error:
        details = [{"file": str(path), "message": problem} for problem in error.problems]
        refuse(Code.INVALID_INPUT, f"{path}: not a price list", details, as_json=as_json)


def _requests(documents: Sequence[object], *, as_json: bool) -> list[Request]:
    """The requests, counted from 0 as in the comparison; every problem of every one is listed."""
    requests, details = [], []
    for number, document in enumerate(documents):
        try:
            requests.append(read_request(document))
        except Refusal as refusal:
            details += [{"request": number, **each} for each in problem_documents(refusal)]
    if details:
        sentences = [f"request {each['request']}: {each['message']}" for each in details]
        more = details if as_json else sentences[1:]
        refuse(Code.INVALID_INPUT, sentences[0], more, as_json=as_json)
    return requests
