"""The command `sac`: assembles the commands of this package's modules, each about one thing."""

import typer

from deployments.cli import rule

app = typer.Typer(
    name="sac",
    help="Runs the study days of a Study Support Centre, from timetable to clean-up.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def _root() -> None:
    """Present so that a single command keeps its name."""


app.add_typer(rule.app)


def main() -> None:
    """Entry point of the console script."""
    app()
