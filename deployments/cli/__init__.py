"""The command `sac`: assembles the commands of this package's modules, each about one thing."""

import typer

from deployments.cli import reply

app = typer.Typer(
    name="sac",
    help="Runs the study days of a Study Support Centre, from timetable to clean-up.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

app.add_typer(reply.app, name="reply")


@app.callback()
def _root() -> None:
    """Present so that a single command keeps its name."""


def main() -> None:
    """Entry point of the console script."""
    app()
