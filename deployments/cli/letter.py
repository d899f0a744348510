"""`sac letter`: who was written what, and one letter once more."""

from typing import Annotated, Any

import typer
from rich.table import Table

from deployments.cli.output import ExitCode, console, print_json, screen
from deployments.cli.session import AsJson, AsOf, By, Day, Reason, open_context, read_day
from models.letter import Letter
from tasks.context import SYSTEM
from tasks.send_again import NotSent, letters_of, send_again

app = typer.Typer(help="Letters: list, resend.", no_args_is_help=True)


@app.command("list")
def list_letters(
    day: Day,
    to: Annotated[str, typer.Option("--to", help="Only to this key or address.")] = "",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Who was written what about a study day, and what became of it.

    Example: sac letter list 2026-12-05 --to anna@augstskola.example
    """
    context = open_context(read_day(day, as_json=as_json), as_of, as_json=as_json)
    zone = context.services.settings.zone
    rows = [_row(letter) for letter in letters_of(context, to)]
    if as_json:
        print_json({"day": day, "letters": rows})
        return
    table = Table("Sent", "To", "Subject", "State", "Detail")
    for row in rows:
        sent = f"{row['sent_at'].astimezone(zone):%d.%m. %H:%M}" if row["sent_at"] else ""
        table.add_row(sent, row["email"], row["subject"], row["state"], row["detail"])
    screen.print(table if rows else "No letters.")


@app.command()
def resend(
    day: Day,
    who: Annotated[str, typer.Argument(help="The person's key or address.")],
    reason: Reason = "",
    by: By = SYSTEM,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Sends a person the newest letter about a study day once more, unchanged.

    Example: sac letter resend 2026-12-05 anna --by inga --reason "Nevar atrast vēstuli"
    """
    context = open_context(
        read_day(day, as_json=as_json), as_of, as_json=as_json, actor=by, reason=reason
    )
    try:
        letter = send_again(context, who)
    except NotSent as error:
        console.print(str(error), style="bold red", markup=False)
        raise typer.Exit(ExitCode.ATTENTION) from error
    if as_json:
        print_json({"day": day, "letter": _row(letter)})
        return
    screen.print(f"Sent again to {letter.email}: {letter.subject}", markup=False)


def _row(letter: Letter) -> dict[str, Any]:
    return {
        "person": letter.person,
        "email": letter.email,
        "kind": letter.kind.value,
        "subject": letter.subject,
        "state": letter.state.value,
        "sent_at": letter.sent_at,
        "detail": "" if letter.sent_at else letter.detail,
    }
