"""`sac demo`: a whole study day in a minute and a half, with servers of its own."""

import shutil
import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from deployments.cli.output import ExitCode, console, print_json, refuse, screen
from deployments.cli.session import AsJson, read_day
from deployments.demo.servers import Servers, servers
from deployments.demo.stage import Stage, set_stage
from deployments.demo.summary import Ending
from deployments.demo.world import DemoRefused, DemoWorld, read_world

_MARK = ".sac-demo"  # only a folder with this file is ever emptied


def demo(
    source: Annotated[
        Path | None,
        typer.Option("--input", help="Semester to replay; the shipped sample if absent."),
    ] = None,
    day: Annotated[str | None, typer.Option(help="Study day to replay, e.g. 2026-12-05.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for documents, letters and report.")] = Path(
        "demo-out"
    ),
    keep: Annotated[
        bool, typer.Option("--keep", help="Leave the Prefect UI and the sandbox running.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Replays one study day from timetable to clean-up and shows what happened.

    Example: sac demo --keep
    """
    chosen = read_day(day, as_json=as_json) if day else None
    world = _world(source, chosen, as_json=as_json)
    folder = _fresh_folder(out, as_json=as_json)
    began = time.monotonic()
    with servers(keep=keep) as started:
        document, letters, url = _play(world, folder, started)
    if as_json:
        print_json(document)
    else:
        _show(document, letters, time.monotonic() - began)
    if keep:
        _say_kept(url, started, folder)
    if document["problems"]:
        raise typer.Exit(ExitCode.ATTENTION)


def _world(source: Path | None, day: date | None, *, as_json: bool) -> DemoWorld:
    try:
        return read_world(source, day, ZoneInfo("Europe/Riga"))
    except DemoRefused as error:
        details = [f"{p.sheet} {p.row or ''} {p.column or ''}: {p.message}" for p in error.problems]
        refuse("bad_input", str(error), details, as_json=as_json)


def _fresh_folder(out: Path, *, as_json: bool) -> Path:
    """An empty folder; only what an earlier demo made is ever removed."""
    if out.exists():
        if any(out.iterdir()) and not (out / _MARK).exists():
            refuse(
                "folder_in_use",
                f"{out} holds files that no demo made. Choose another folder with --out.",
                as_json=as_json,
            )
        shutil.rmtree(out)
    out.mkdir(parents=True)
    (out / _MARK).touch()
    return out.resolve()


def _play(world: DemoWorld, out: Path, started: Servers) -> tuple[dict[str, Any], int, str]:
    with _progress() as bar:
        task = bar.add_task("Starting Prefect, Zoom, Moodle and mail servers", total=None)
        with set_stage(started, world, out) as stage:
            most = _scenes(stage, bar, task)
            bar.update(task, description="Writing letters and report")
            ending = Ending(stage.context, stage.sandbox, out, most)
            letters = ending.write_letters()
            ending.write_report()
            return ending.document(), letters, stage.prefect_url


def _scenes(stage: Stage, bar: Progress, task: Any) -> int:
    """Plays every scene; returns the most entries that stood in the LMS at any time."""
    replay = stage.replay()
    scenes = replay.scenes()
    bar.update(task, total=len(scenes))
    most = 0
    for scene in scenes:
        bar.update(task, description=scene.title)
        replay.play(scene)
        most = max(most, stage.lms_items())
        bar.advance(task)
    stage.ended_at(scenes[-1].moment)
    return most


def _progress() -> Progress:
    columns = (
        SpinnerColumn(),
        BarColumn(20),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    return Progress(*columns, console=console, transient=True)


def _show(document: dict[str, Any], letters: int, seconds: float) -> None:
    table = Table(
        "Step", "Name", "Due", "State", "What happened", title=f"Study day {document['day']}"
    )
    for step in document["steps"]:
        colour = "green" if step["state"] == "done" else "bold red"
        due = step["due"][:10]
        state = f"[{colour}]{step['state']}[/]"
        table.add_row(str(step["number"]), step["name"], due, state, step["summary"])
    screen.print(table)
    attendance = document["attendance"]
    screen.print(
        f"{document['classes']} online classes, {document['cancelled']} of them cancelled · "
        f"{document['meetings']} Zoom meetings · {letters} letters · "
        f"{document['lms_items']} entries in Moodle, all taken down · "
        f"{attendance['reported']} numbers of attendees, {attendance['missing']} missing · "
        f"{document['questions']} questions answered"
    )
    for kind, number in document["letters"].items():
        screen.print(f"  {number:>5} {kind.replace('_', ' ')}")
    out = Path(document["out"])
    documents = out / "documents" / document["day"]
    for what, path in (
        ("Plan", documents / "plan.pdf"),
        ("Attendance", documents / "attendance.xlsx"),
        ("Letters", out / "letters"),
        ("Report", out / "report.md"),
    ):
        screen.print(f"{what + ':':<12}{path}", markup=False, soft_wrap=True)
    for problem in document["problems"]:
        screen.print(f"! {problem}", style="bold red", markup=False)
    screen.print(f"Took {seconds:.0f} s.")


def _say_kept(url: str, started: Servers, out: Path) -> None:
    pids = " ".join(f"-{process.pid}" for process in started.processes)
    console.print(f"Prefect UI: {url}", soft_wrap=True)
    console.print(f"Settings:   source {out / 'work' / 'environment'}", soft_wrap=True)
    console.print(f"Stop with:  kill -- {pids}", soft_wrap=True)
