"""The command `sac`: assembles the commands of this package's modules, each about one thing.

A group's module is imported when it is used: asking for a fee need not load Prefect.
"""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

# name -> (module, attribute, line of help); an attribute that is no Typer app is one command.
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "Runs a whole study day in a minute and a half, with everything."),
    "import": ("semester", "import_command", "Imports or updates a semester."),
    "day": ("day", "app", "Study days: list, show, preview, run, cancel, move."),
    "class": ("classes", "app", "One class: cancel, reinstate, move, assign, note."),
    "questions": ("questions", "questions", "What waits for a person."),
    "answer": ("questions", "answer", "Answers a question."),
    "letter": ("letter", "app", "Who was written what; one letter once more."),
    "mail": ("mail", "app", "The office mailbox."),
    "person": ("person", "app", "Personal data: export, erase."),
    "backup": ("keeping", "backup", "Writes the database into one checked file."),
    "restore": ("keeping", "restore", "Puts a backup in the database's place."),
    "tidy": ("keeping", "tidy", "Forgets old mails, letters' bytes and runs."),
    "alerts": ("alerts", "alerts", "Writes to the office about what needs it."),
    "fee": ("fee", "app", "Prices of paid services: list, quote, compare."),
    "rule": ("rule", "app", "Study regulations: list, show, run."),
    "reply": ("reply", "app", "Reads lecturers' replies from files."),
    "check": ("check", "check", "Looks at every connection and says how to mend it."),
    "settings": ("settings", "settings", "Lists every setting with its meaning."),
    "simulate": ("simulate", "simulate_command", "A semester in virtual time, with faults."),
    "sandbox": ("sandbox", "sandbox", "Zoom, Moodle and mail servers on this machine, for trials."),
    "up": ("serve", "up", "Prefect server, deployments, worker and mailbox reader, together."),
    "deploy": ("serve", "deploy", "Registers the deployments with the configured Prefect API."),
}


class LazyGroup(TyperGroup):
    """Finds a command in its module when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        return _command(cmd_name, getattr(import_module(f"deployments.cli.{module}"), attribute))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, without importing any of them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


def _command(name: str, found: Any) -> Any:
    if isinstance(found, typer.Typer):
        group = typer.main.get_command(found)
        group.name = name
        return group
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    single.command(name)(found)
    return typer.main.get_command(single)


app = typer.Typer(
    name="sac",
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _root() -> None:
    """Runs the study days of a Study Support Centre, from timetable to clean-up."""


def main() -> None:
    """Entry point of the console script."""
    try:
        app()
    except Exception as error:  # noqa: BLE001 - raised again unless it is one that we expect
        # What it needs is loaded already when such an error comes, and not for --help.
        from deployments.cli.failures import end_with  # noqa: PLC0415

        end_with(error)
