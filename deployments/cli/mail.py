"""`sac mail`: reading the office mailbox by hand, outside the schedule: once, or as mail comes."""

from contextlib import suppress
from datetime import datetime
from typing import Annotated

import typer
from rich.table import Table

from deployments.cli.output import ExitCode, console, print_json, screen
from deployments.cli.session import AsJson, AsOf, read_day, read_moment
from integrations.errors import OutsideError
from integrations.services import Services, assemble, utc_now
from tasks.context import StepContext
from tasks.find_mail import find_mails
from tasks.follow_mail import follow_mail
from tasks.read_mail import read_mail
from tasks.wording import tally

app = typer.Typer(help="The office mailbox.", no_args_is_help=True)


@app.callback()
def _mail() -> None:
    """The office mailbox."""


@app.command()
def read(
    once: Annotated[bool, typer.Option("--once", help="Read what is there, and end.")] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Reads lecturers' replies, records numbers, files the messages, asks where unclear.

    Stays connected and reads new mail as it comes, until interrupted; with --once, --as-of or --json
    it reads once.

    Example: sac mail read --once
    """
    services = assemble()
    try:
        if once or as_of or as_json:
            _read_once(services, read_moment(as_of, services, as_json=as_json), as_json=as_json)
        else:
            _follow(services)
    except OutsideError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(ExitCode.ATTENTION) from error


def _context(services: Services, now: datetime) -> StepContext:
    return StepContext(
        services, now.astimezone(services.settings.zone).date(), now, run="sac mail read"
    )


def _read_once(services: Services, now: datetime, *, as_json: bool) -> None:
    figures = read_mail(_context(services, now))
    if as_json:
        print_json({"read": sum(figures.values()), **figures})
        return
    screen.print(tally(figures, nothing="no new mail"))


def _follow(services: Services) -> None:
    screen.print("Reading new mail as it comes; Ctrl+C ends.", markup=False)
    # An interruption is how this ends; what was begun is taken up by the next reading.
    with suppress(KeyboardInterrupt):
        for told in follow_mail(lambda: _context(services, utc_now())):
            screen.print(told if isinstance(told, str) else tally(told), markup=False)


@app.command()
def find(
    word: Annotated[str, typer.Argument(help="Part of a name, an address, a subject or a text.")],
    day: Annotated[str | None, typer.Option(help="Only about this study day.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Show what the mails say.")] = False,
    as_json: AsJson = False,
) -> None:
    """Received mails, and how each was read: recorded, asked about, or put aside.

    Example: sac mail find anna@augstskola.example --day 2026-12-05
    """
    services = assemble()
    wanted = read_day(day, as_json=as_json) if day else None
    found = find_mails(_context(services, utc_now()), word, wanted)
    if as_json:
        print_json({"mails": found})
        return
    table = Table("Received", "From", "Subject", "Read as", "Why")
    for mail in found:
        received = f"{mail.received.astimezone(services.settings.zone):%d.%m.%Y %H:%M}"
        table.add_row(received, mail.sender, mail.subject, mail.verdict, mail.why)
    screen.print(table if found else "No such mail.")
    for mail in found if full else ():
        screen.print(f"\n{mail.sender} · {mail.subject}\n{mail.text}", markup=False)
