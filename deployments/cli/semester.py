"""`sac import`: a semester from a folder of CSV files or a workbook, all of it or nothing."""

from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.table import Table

from deployments.cli.output import ExitCode, console, print_json, screen
from deployments.cli.session import AsJson, AsOf, By, carried_out, read_moment
from integrations.services import assemble
from integrations.spreadsheet import read_sheets
from models.journal import Author
from rules.semester import parse_semester
from rules.timetable import Problem
from tasks.context import StepContext
from tasks.import_semester import ImportOptions, ImportOutcome, import_semester


def import_command(
    path: Annotated[Path, typer.Argument(help="Folder of CSV files, or one .xlsx workbook.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only; change nothing.")] = False,
    as_of: AsOf = None,
    accept_removals: Annotated[
        int,
        typer.Option(
            "--accept-removals", min=0, help="How many classes of prepared days may be removed."
        ),
    ] = 0,
    by: By = "sac",
    as_json: AsJson = False,
) -> None:
    """Imports or updates a semester.

    Example: sac import semestris.xlsx --dry-run
    """
    semester, problems = parse_semester(read_sheets(path))
    if semester is None:
        _refuse(ImportOutcome(0, 0, problems=problems), as_json=as_json)
    services = assemble()
    now = read_moment(as_of, services, as_json=as_json)
    options = ImportOptions(services.settings.zone, accept_removals, dry_run)
    outcome = import_semester(services.engine, semester, Author(by, "sac import", now), options)
    if outcome.problems:
        _refuse(outcome, as_json=as_json)
    context = StepContext(services, now.date(), now, "sac import", by, "new timetable")
    carried = carried_out(context, () if dry_run else outcome.touched_days, as_of)
    if as_json:
        print_json({**import_document(outcome), "carried_out": carried.document})
        return
    verb = "Would import" if dry_run else "Imported"
    screen.print(
        f"{verb} {outcome.classes} classes on {outcome.days} days: {outcome.added} added, "
        f"{outcome.changed} changed, {outcome.removed} removed."
    )
    for conflict in outcome.conflicts:
        screen.print(f"! {conflict}", markup=False)
    for sentence in carried.sentences if outcome.touched_days and not dry_run else ():
        screen.print(sentence, markup=False, soft_wrap=True)


def import_document(outcome: ImportOutcome) -> dict[str, Any]:
    """The contract's answer, with or without problems."""
    return {
        "days": outcome.days,
        "classes": outcome.classes,
        "added": outcome.added,
        "changed": outcome.changed,
        "removed": outcome.removed,
        "problems": [problem_document(problem) for problem in outcome.problems],
        "conflicts": list(outcome.conflicts),
    }


def problem_document(problem: Problem) -> dict[str, Any]:
    return {
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column,
        "message": problem.message,
    }


def _refuse(outcome: ImportOutcome, *, as_json: bool) -> NoReturn:
    if as_json:
        print_json(import_document(outcome))
    else:
        table = Table("Sheet", "Row", "Column", "Problem")
        for problem in outcome.problems:
            row = "" if problem.row is None else str(problem.row)
            table.add_row(problem.sheet, row, problem.column or "", problem.message)
        console.print(table)
        console.print("Nothing was changed. Mend these and import again.")
    raise typer.Exit(ExitCode.BAD_INPUT)
