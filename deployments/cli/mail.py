"""`sac mail`: reading the office mailbox by hand, outside the schedule."""

from typing import Annotated

import typer

from deployments.cli.output import ExitCode, console, print_json, screen
from deployments.cli.session import AsJson, AsOf, read_moment
from integrations.errors import OutsideError
from integrations.services import assemble
from tasks.context import StepContext
from tasks.read_mail import read_mail
from tasks.wording import tally

app = typer.Typer(help="The office mailbox.", no_args_is_help=True)


@app.callback()
def _mail() -> None:
    """The office mailbox."""


@app.command()
def read(
    once: Annotated[
        bool, typer.Option("--once", help="Read what is there and end (the only way by hand).")
    ] = True,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Reads lecturers' replies, records numbers, files the messages, asks where unclear.

    Example: sac mail read --once
    """
    del once
    services = assemble()
    now = read_moment(as_of, services, as_json=as_json)
    context = StepContext(services, now.date(), now, run="sac mail read")
    try:
        figures = read_mail(context)
    except OutsideError as error:
        console.print(str(error), markup=False)
        raise typer.Exit(ExitCode.ATTENTION) from error
    if as_json:
        print_json({"read": sum(figures.values()), **figures})
        return
    screen.print(tally(figures, nothing="no new mail"))
