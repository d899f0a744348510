"""`sac person`: what is held about a person, and its erasure."""

from typing import Annotated

import typer

from deployments.cli.output import console, print_json, refuse, screen
from deployments.cli.session import AsJson, AsOf, By, Reason, read_moment
from integrations.services import assemble
from tasks.context import SYSTEM, StepContext
from tasks.personal_data import NoSuchPerson, StillNeeded, erase_person, export_person

app = typer.Typer(help="Personal data: export, erase.", no_args_is_help=True)

Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]


@app.command("export")
def export(email: Email, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Everything that is held about a person, as one JSON document on standard output.

    Example: sac person export anna@augstskola.example > anna.json
    """
    context = _context(as_of, SYSTEM, "", as_json=as_json)
    try:
        print_json(export_person(context, email))
    except NoSuchPerson as error:
        refuse("unknown_person", str(error), as_json=as_json)


@app.command("erase")
def erase(
    email: Email,
    reason: Reason = "",
    by: By = SYSTEM,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Erases a person's name, address, letters and mails; numbers of attendees and the journal stay.

    Example: sac person erase anna@augstskola.example --by dace --reason "Pieprasījums 3/2026"
    """
    context = _context(as_of, by, reason, as_json=as_json)
    try:
        figures = erase_person(context, email)
    except NoSuchPerson as error:
        refuse("unknown_person", str(error), as_json=as_json)
    except StillNeeded as error:
        refuse("still_needed", str(error), as_json=as_json)
    if as_json:
        print_json({"email": email, **figures})
        return
    for what, number in figures.items():
        screen.print(f"{what.replace('_', ' ')}: {number}", markup=False)
    console.print("Backups and Prefect's pages forget in their own time; see SAC_RETENTION__….")


def _context(as_of: str | None, by: str, reason: str, *, as_json: bool) -> StepContext:
    services = assemble()
    now = read_moment(as_of, services, as_json=as_json)
    today = now.astimezone(services.settings.zone).date()
    return StepContext(services, today, now, run="command line", actor=by, reason=reason)
