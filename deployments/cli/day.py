"""`sac day`: looking at study days, previewing and running them, cancelling and moving."""

from typing import Annotated, Any

import typer
from rich.table import Table

from deployments.cli.documents import day_document, day_row, outcome_document, preview_document
from deployments.cli.output import ExitCode, console, print_json, refuse, screen
from deployments.cli.session import (
    AsJson,
    AsOf,
    By,
    Day,
    Reason,
    carried_out,
    open_context,
    read_day,
    refusals,
)
from deployments.trigger import Carried
from integrations.services import assemble
from models.database import reading
from models.study_day import study_days
from rules.process import STEPS, Step, StepState
from tasks.change_class import cancel_day, move_day
from tasks.day_overview import failed_words
from tasks.done_outside import mark_done_outside
from tasks.find_drift import find_drift
from tasks.preview import preview_day
from tasks.run_steps import StepOutcome, run_day

app = typer.Typer(
    help="Study days: list, show, preview, run, compare, cancel, move.", no_args_is_help=True
)

_COLOURS = {
    StepState.DONE: "green",
    StepState.DUE: "yellow",
    StepState.NOT_DUE: "dim",
    StepState.NEEDS_PERSON: "magenta",
    StepState.FAILED: "bold red",
    StepState.MISSED: "red",
}


@app.command("list")
def list_days(as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Every study day with its classes and what is due.

    Example: sac day list
    """
    services = assemble()
    with reading(services.engine) as session:
        days = [study_day.day for study_day in study_days(session)]
    rows = [day_row(open_context(day, as_of, as_json=as_json)) for day in days]
    if as_json:
        print_json({"days": rows})
        return
    table = Table("Day", "Classes", "Cancelled", "Next step", "Due", "Questions")
    for row in rows:
        table.add_row(*(str(row[key] if row[key] is not None else "") for key in row))
    screen.print(table if rows else "No study days yet: sac import PATH")


@app.command()
def show(day: Day, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """The plan of a day with links, the eleven steps, and what waits for people.

    Example: sac day show 2026-12-05
    """
    context = open_context(read_day(day, as_json=as_json), as_of, as_json=as_json)
    with refusals(as_json=as_json):
        document = day_document(context)
    if as_json:
        print_json(document)
        return
    screen.print(_class_table(document["classes"]))
    screen.print(_step_table(document["steps"]))
    for question in document["questions"]:
        screen.print(f"? {question['id']}: {question['text']}", markup=False)


@app.command()
def preview(day: Day, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """What each step would create, update or withdraw; nothing is done.

    Example: sac day preview 2026-12-05
    """
    context = open_context(read_day(day, as_json=as_json), as_of, as_json=as_json)
    with refusals(as_json=as_json):
        previews = preview_day(context)
    if as_json:
        print_json({"day": day, "steps": [preview_document(found) for found in previews]})
        return
    table = Table("Step", "Name", "Create", "Update", "Withdraw")
    for found in previews:
        counts = (str(len(part) or "") for part in (found.create, found.update, found.withdraw))
        table.add_row(str(found.step.value), found.name, *counts)
    screen.print(table)
    for found in previews:
        for sign, part in (("+", found.create), ("~", found.update), ("-", found.withdraw)):
            for label in part:
                screen.print(f"{sign} {label}", markup=False)


@app.command()
def run(
    day: Day,
    step: Annotated[
        list[int] | None, typer.Option("--step", min=1, max=11, help="Only this step; repeatable.")
    ] = None,
    as_of: AsOf = None,
    reason: Reason = "",
    as_json: AsJson = False,
) -> None:
    """Runs what is due, without Prefect. Safe to run again.

    Example: sac day run 2026-12-05 --step 3 --step 6
    """
    given = read_day(day, as_json=as_json)
    context = open_context(given, as_of, as_json=as_json, reason=reason)
    only = {Step(number) for number in step} if step else None
    with refusals(as_json=as_json):
        outcomes = run_day(context, only)
    if as_json:
        print_json({"day": day, "steps": [outcome_document(one) for one in outcomes]})
    else:
        screen.print(_step_table([outcome_document(one) for one in outcomes]))
    if failed := failed_words(outcomes):
        console.print(failed.en, markup=False)
    if any(_needs_attention(one) for one in outcomes):
        raise typer.Exit(ExitCode.ATTENTION)


def _needs_attention(outcome: StepOutcome) -> bool:
    return outcome.state in {StepState.FAILED, StepState.NEEDS_PERSON, StepState.MISSED}


@app.command()
def compare(day: Day, as_of: AsOf = None, as_json: AsJson = False) -> None:
    """Looks whether meetings and entries stand as we left them; the day's next run mends them.

    Example: sac day compare 2026-12-05
    """
    context = open_context(read_day(day, as_json=as_json), as_of, as_json=as_json)
    with refusals(as_json=as_json):
        found = [drift.words for drift in find_drift(context)]
    if as_json:
        print_json({"day": day, "differs": found})
    else:
        for words in found:
            screen.print(f"~ {words}", markup=False, soft_wrap=True)
        end = f"Mend it with: sac day run {day}" if found else "Everything stands as we left it."
        screen.print(end)
    if found:
        raise typer.Exit(ExitCode.ATTENTION)


@app.command()
def cancel(
    day: Day, reason: Reason, by: By = "sac", as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """Cancels every class of the day that has not begun.

    Example: sac day cancel 2026-12-05 --reason "Elektrības pārtraukums"
    """
    given = read_day(day, as_json=as_json)
    context = open_context(given, as_of, as_json=as_json, actor=by, reason=reason)
    with refusals(as_json=as_json):
        number = cancel_day(context)
    carried = carried_out(context, [given], as_of)
    _say_changed(number, "cancelled", day, carried, as_json=as_json)


@app.command()
def move(
    day: Day,
    to: Annotated[str, typer.Argument(help="The new date.")],
    reason: Reason,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Moves every class of the day to another date, keeping its times.

    Example: sac day move 2026-12-05 2026-12-12 --reason "Sniega vētra"
    """
    given, target = read_day(day, as_json=as_json), read_day(to, as_json=as_json)
    if given == target:
        refuse("same_day", "The day stands on that date already.", as_json=as_json)
    context = open_context(given, as_of, as_json=as_json, actor=by, reason=reason)
    with refusals(as_json=as_json):
        number = move_day(context, target)
    carried = carried_out(context, [given, target], as_of)
    _say_changed(number, "moved", day, carried, as_json=as_json)


@app.command()
def done(
    day: Day,
    step: Annotated[int, typer.Argument(min=1, max=11, help="The step, 1 to 11.")],
    reason: Reason,
    evidence: Annotated[str, typer.Option(help="What shows that it was done.")],
    by: By,
    *,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Marks a step as done outside the system; it is not run again until the plan changes.

    Example: sac day done 2026-12-05 6 --reason "Serveris nedarbojās" --evidence "e-pasts" --by k1
    """
    given = read_day(day, as_json=as_json)
    context = open_context(given, as_of, as_json=as_json, actor=by, reason=reason)
    with refusals(as_json=as_json):
        summary = mark_done_outside(context, Step(step), evidence, by).en
    if as_json:
        print_json({"day": day, "step": step, "state": "done", "summary": summary})
        return
    screen.print(f"Step {step}: {summary}", markup=False)


def _say_changed(number: int, verb: str, day: str, carried: Carried, *, as_json: bool) -> None:
    if as_json:
        print_json({"day": day, verb: number, "carried_out": carried.document})
        return
    screen.print(f"{number} classes {verb}. See who will be told: sac day preview {day}")
    for sentence in carried.sentences:
        screen.print(sentence, markup=False, soft_wrap=True)


def _class_table(classes: list[dict[str, Any]]) -> Table:
    table = Table("Id", "Time", "Course", "Lecturers", "Groups", "Status", "Meeting ID", "Attended")
    for held in classes:
        span = f"{held['start'][11:16]}–{held['end'][11:16]}"
        attended = "" if held["attendance"] is None else str(held["attendance"])
        people = (", ".join(held["lecturers"]), ", ".join(held["groups"]))
        style = "strike dim" if held["status"] == "cancelled" else ""
        table.add_row(
            held["key"],
            span,
            held["course"],
            *people,
            held["status"],
            held["meeting_id"] or "",
            attended,
            style=style,
        )
    return table


def _step_table(steps: list[dict[str, Any]]) -> Table:
    table = Table("Step", "Name", "Due", "State", "What happened")
    for step in steps:
        state = StepState(step["state"])
        table.add_row(
            str(step["number"]),
            STEPS[Step(step["number"])].name,
            step["due"][:16].replace("T", " "),
            f"[{_COLOURS[state]}]{state}[/]",
            step["summary"],
        )
    return table
