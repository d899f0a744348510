"""`sac fee`: prices, quotes, and what a new order changes. The rules are `rules/fees/`."""

from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from deployments.cli import fee_tables
from deployments.cli.fee_files import read_prices, read_requests
from deployments.cli.given import bad_input, read_json
from deployments.cli.output import AsJson, print_json, refuse
from integrations.settings import load_settings
from rules.fees import readers
from rules.fees.compare import compare as compare_lists
from rules.fees.documents import (
    comparison_document,
    price_list_document,
    problem_documents,
    quote_document,
)
from rules.fees.loading import price_list_on, price_lists
from rules.fees.quoting import quote as quote_request
from rules.fees.refusals import Refusal
from rules.fees.request import read_request
from rules.fees.source_page import source_page
from rules.people import Language

app = typer.Typer(
    help="Prices of paid services: the list, quotes, what a new order changes.",
    epilog="Example: sac fee quote request.json",
    no_args_is_help=True,
)

In = Annotated[Language, typer.Option("--language", help="Language of the table.")]


@app.command("list")
def list_prices(
    *,
    on: Annotated[
        str | None,
        typer.Option(help="The list in force on that day (YYYY-MM-DD); else the newest."),
    ] = None,
    language: In = Language.LATVIAN,
    as_json: AsJson = False,
) -> None:
    """Prints the price list.

    Example: sac fee list --language en
    """
    prices = price_list_on(_day(on, as_json=as_json)) if on else price_lists()[-1]
    if as_json:
        print_json(price_list_document(prices))
    else:
        fee_tables.show_price_list(prices, language)


@app.command()
def quote(
    request: Annotated[str, typer.Argument(help="A JSON file, or - for standard input.")],
    *,
    prices: Annotated[
        Path | None, typer.Option(help="A price list to quote from, instead of the one in force.")
    ] = None,
    language: In = Language.LATVIAN,
    as_json: AsJson = False,
) -> None:
    """What the services of one request cost, when they are ready, and what a person must decide.

    Example: echo '{"requested_on": "2026-11-23", "items": [{"row": "1.1"}]}' | sac fee quote -
    """
    document = read_json(request, as_json=as_json)
    chosen = read_prices(prices, as_json=as_json) if prices else None
    try:
        quoted = quote_request(read_request(document), chosen, load_settings().fee_clock_start)
    except Refusal as refusal:
        _refuse(refusal, language, as_json=as_json)
    if as_json:
        print_json(quote_document(quoted))
    else:
        fee_tables.show_quote(quoted, language)


@app.command()
def compare(
    old: Annotated[Path, typer.Argument(help="The price list before (TOML).")],
    new: Annotated[Path, typer.Argument(help="The price list after (TOML).")],
    *,
    requests: Annotated[
        Path | None,
        typer.Option(help="Past requests: a JSON array, or one JSON document a line (.jsonl)."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Row by row what a new order changes, and what it would have changed on past requests.

    Example: sac fee compare rules/fees/orders/1.5-3-149.toml new.toml --requests past.jsonl
    """
    before, after = read_prices(old, as_json=as_json), read_prices(new, as_json=as_json)
    asked = read_requests(requests, as_json=as_json) if requests else []
    comparison = compare_lists(before, after, asked, load_settings().fee_clock_start)
    if as_json:
        print_json(comparison_document(before.order, after.order, comparison))
    else:
        fee_tables.show_comparison(before.order, after.order, comparison)


@app.command()
def sources() -> None:
    """Prints how each clause is carried out, and the readings adopted (Markdown).

    Example: sac fee sources > docs/sources/price_list.md
    """
    typer.echo(source_page(), nl=False)


def _day(given: str, *, as_json: bool) -> date:
    try:
        return readers.day(given)
    except readers.Unfit as unfit:
        bad_input(f"--on must be {unfit.expected.en}", as_json=as_json)


def _refuse(refusal: Refusal, language: Language, *, as_json: bool) -> NoReturn:
    """Every problem: as data for scripts, as sentences in their language for people."""
    if as_json:
        refuse(refusal.code, str(refusal), problem_documents(refusal), as_json=True)
    lines = fee_tables.problem_lines(refusal, language)
    refuse(refusal.code, refusal.text(language), lines if len(lines) > 1 else ())
