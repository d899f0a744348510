"""`sac simulate`: a whole semester in virtual time, with faults, and proof that all was right."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

from deployments.cli.output import ExitCode, console, print_json, refuse, screen
from deployments.cli.session import AsJson
from deployments.sample import SAMPLE
from deployments.simulation.driver import RunSeen
from deployments.simulation.report import write_report
from deployments.simulation.semester import Outcome, Plot, online_days, simulate
from integrations.spreadsheet import read_sheets
from rules.semester import parse_semester


def simulate_command(
    source: Annotated[
        Path | None, typer.Option("--input", help="A semester; the shipped sample without it.")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, help="Only the first study days.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed, the same semester.")] = 1,
    faults: Annotated[
        float, typer.Option(min=0, max=1, help="Share of the runs that meet a fault.")
    ] = 0.1,
    out: Annotated[Path, typer.Option(help="Folder for the report.")] = Path("simulate-out"),
    as_json: AsJson = False,
) -> None:
    """Replays a semester in virtual time with faults, changes and late replies, and checks it.

    Example: sac simulate --faults 0.1 --seed 1
    """
    plot = _plot(source or SAMPLE, days, seed, faults, as_json=as_json)
    with _bar() as bar:
        task = bar.add_task("", total=1.0)

        def progress(run: RunSeen, share: float) -> None:
            bar.update(task, completed=share, description=f"{run.moment:%Y-%m-%d}")
            bar.refresh()

        outcome = simulate(plot, progress)
    write_report(outcome, out)
    if as_json:
        print_json(outcome.document())
    else:
        _tell(outcome, out)
    if outcome.violations:
        raise typer.Exit(ExitCode.ATTENTION)


def _plot(source: Path, days: int | None, seed: int, faults: float, *, as_json: bool) -> Plot:
    semester, problems = parse_semester(read_sheets(source))
    if semester is None:
        details = [
            f"{one.sheet}, row {one.row}, column {one.column}: {one.message}" for one in problems
        ]
        refuse("bad_semester", f"{source} has {len(problems)} problems.", details, as_json=as_json)
    chosen = tuple(online_days(semester)[:days])
    if not chosen:
        refuse("no_days", f"{source} has no online class.", as_json=as_json)
    return Plot(semester, chosen, seed, faults)


@contextmanager
def _bar() -> Iterator[Progress]:
    # Without a thread of its own: the simulation forks.
    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
    bar = Progress(*columns, TimeElapsedColumn(), console=console, auto_refresh=False)
    with bar:
        yield bar


def _tell(outcome: Outcome, out: Path) -> None:
    for name, value in outcome.document().items():
        if name != "violations":
            screen.print(f"{name.replace('_', ' ')}: {value}")
    for violation in outcome.violations:
        screen.print(
            f"! {violation.day} {violation.invariant}: {violation.what}", markup=False, style="red"
        )
    screen.print(f"{len(outcome.violations)} violations; the report is in {out}")
