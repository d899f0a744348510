"""`sac sandbox`: Zoom, Moodle, SMTP and IMAP on loopback, with the courses of an import."""

import logging
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.output import ExitCode, console, refuse
from deployments.cli.session import AsJson
from deployments.sample import SAMPLE
from deployments.sandbox_seed import sandbox_seed
from integrations.services import utc_now
from integrations.settings import load_settings
from integrations.spreadsheet import read_sheets
from rules.semester import parse_semester

_OFFICE = "sac@augstskola.example"
_HIGHEST_BASE = 65535 - 4  # five ports in a row


def sandbox(
    source: Annotated[
        Path | None,
        typer.Option("--input", help="Semester whose courses exist; the shipped sample if absent."),
    ] = None,
    port_base: Annotated[
        int | None,
        typer.Option(
            "--port-base", min=1024, max=_HIGHEST_BASE, help="First of five ports; free ones else."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Runs the sandbox until interrupted. Its first line, JSON, says where everything is.

    Example: sac sandbox --port-base 18500
    """
    path = source or SAMPLE
    semester, problems = parse_semester(read_sheets(path))
    if semester is None:
        details = [f"{p.sheet} {p.row or ''} {p.column or ''}: {p.message}" for p in problems]
        message = f"{path} has {len(problems)} problems; nothing was started."
        refuse("bad_input", message, details, as_json=as_json)
    now = utc_now().astimezone(load_settings().zone).replace(microsecond=0)
    seed = sandbox_seed(semester, _OFFICE, now)
    # Only our own mistakes are worth a line; dropped connections are the sandbox's business.
    logging.basicConfig(level=logging.ERROR)
    logging.getLogger("mail").setLevel(logging.CRITICAL)
    if not as_json:
        console.print("The settings that use it are under env. Stop with Ctrl-C.")
    _serve(seed, port_base)


def _serve(seed: dict[str, object], port_base: int | None) -> None:
    try:
        from deployments.sandbox.server import serve  # noqa: PLC0415 - its packages may be absent
    except ModuleNotFoundError as absent:
        console.print(f"The sandbox needs {absent.name}. Install it: uv sync --group sandbox")
        raise typer.Exit(ExitCode.ATTENTION) from absent
    try:
        serve(seed, port_base)
    except OSError as error:
        console.print(
            f"A port of {port_base} to {(port_base or 0) + 4} is in use ({error.strerror}). "
            "Choose other ones with --port-base."
        )
        raise typer.Exit(ExitCode.ATTENTION) from error
