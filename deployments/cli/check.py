"""`sac check`: every connection, what is wrong with it, and how to mend it."""

from dataclasses import asdict

import typer
from rich.markup import escape
from rich.table import Table

from deployments.cli.output import ExitCode, print_json, screen
from deployments.cli.session import AsJson
from deployments.connections import check_everything
from integrations.checks import CheckResult
from integrations.settings import load_settings


def check(as_json: AsJson = False) -> None:
    """Looks at database, Prefect, Zoom, Moodle and mail, and says how to mend what is wrong.

    Example: sac check
    """
    rows = check_everything(load_settings())
    wrong = sum(not row.ok for row in rows)
    if as_json:
        print_json({"ok": not wrong, "checks": [asdict(row) for row in rows]})
    else:
        screen.print(_table(rows))
        screen.print(f"{wrong} of {len(rows)} need attention." if wrong else "Everything is right.")
    if wrong:
        raise typer.Exit(ExitCode.ATTENTION)


def _table(rows: list[CheckResult]) -> Table:
    table = Table("Connection", "What", "", "Found", "How to mend it")
    for row in rows:
        mark = "[green]right[/]" if row.ok else "[bold red]wrong[/]"
        table.add_row(row.service, row.what, mark, escape(row.detail), escape(row.advice))
    return table
