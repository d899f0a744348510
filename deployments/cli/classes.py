"""`sac class`: changes of one class by hand. They stand above any import."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from deployments.cli.output import print_json, refuse, screen
from deployments.cli.session import AsJson, AsOf, By, Reason, carried_out, refusals
from deployments.cli.session import open_context as open_day
from deployments.trigger import Carried
from integrations.services import assemble
from integrations.settings import load_settings
from models.database import reading
from models.study_day import ClassSession, find_class
from rules.timetable import Mode
from tasks.add_class import NewClass, add_class
from tasks.change_class import (
    assign_class,
    cancel_class,
    change_groups,
    change_mode,
    move_class,
    note_class,
    reinstate_class,
    remove_class,
)
from tasks.context import StepContext
from tasks.count_by_hand import record_by_hand

app = typer.Typer(
    help="One class: cancel, reinstate, move, assign, groups, mode, add, remove, count, note.",
    no_args_is_help=True,
)

ClassId = Annotated[str, typer.Argument(help="The class's id, from: sac day show DATE")]


def _change(
    class_id: str,
    options: tuple[str | None, str, str, bool],
    change: Callable[[StepContext], ClassSession],
    *,
    is_plan: bool = True,
) -> None:
    as_of, _, _, as_json = options
    context = _context_of(class_id, options)
    day = context.day
    with refusals(as_json=as_json):
        changed = change(context)
    carried = carried_out(context, {day, changed.day} if is_plan else (), as_of)
    _say(context, changed, carried, is_plan=is_plan, as_json=as_json)


def _context_of(class_id: str, options: tuple[str | None, str, str, bool]) -> StepContext:
    """A context of the class's day, or the end of the command."""
    as_of, by, reason, as_json = options
    with reading(assemble().engine) as session:
        held = find_class(session, class_id)
    if held is None:
        message = f"There is no class {class_id}. See the ids with: sac day show DATE"
        refuse("unknown_class", message, as_json=as_json)
    return open_day(held.day, as_of, as_json=as_json, actor=by, reason=reason)


def _say(
    context: StepContext, changed: ClassSession, carried: Carried, *, is_plan: bool, as_json: bool
) -> None:
    if as_json:
        print_json({**_document(context, changed), "carried_out": carried.document})
        return
    screen.print(f"Done. See who will be told: sac day preview {changed.day}", markup=False)
    for sentence in carried.sentences if is_plan else ():
        screen.print(sentence, markup=False, soft_wrap=True)


def _document(context: StepContext, changed: ClassSession) -> dict[str, Any]:
    zone = context.services.settings.zone
    return {
        "key": changed.id,
        "day": changed.day.isoformat(),
        "start": changed.starts_at.astimezone(zone).isoformat(),
        "end": changed.ends_at.astimezone(zone).isoformat(),
        "status": "removed" if changed.is_removed else changed.status.value,
        "mode": changed.mode.value,
        "lecturers": changed.lecturers,
        "groups": changed.groups,
        "note": changed.support_note,
    }


def _moment(text: str, zone: ZoneInfo, *, as_json: bool) -> datetime:
    """A moment as the user wrote it: local time unless it has an offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        refuse("bad_moment", f"{text!r} is no moment: 2026-12-05T12:45", as_json=as_json)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


@app.command()
def cancel(
    class_id: ClassId, reason: Reason, by: By = "sac", as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """The class is not held; the next run of the day tells everybody who was told of it.

    Example: sac class cancel 3f2a9c01b7d4 --reason "Mācībspēks saslimis"
    """
    _change(class_id, (as_of, by, reason, as_json), lambda found: cancel_class(found, class_id))


@app.command()
def reinstate(
    class_id: ClassId, reason: Reason, by: By = "sac", as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """The class is held after all.

    Example: sac class reinstate 3f2a9c01b7d4 --reason "Mācībspēks izveseļojies"
    """
    _change(class_id, (as_of, by, reason, as_json), lambda found: reinstate_class(found, class_id))


@app.command()
def move(
    class_id: ClassId,
    start: Annotated[str, typer.Argument(help="The new beginning, e.g. 2026-12-05T12:45.")],
    reason: Reason,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The class begins at another time, on this or another study day, and lasts as long.

    Example: sac class move 3f2a9c01b7d4 2026-12-05T12:45 --reason "Auditorija aizņemta"
    """
    moment = _moment(start, load_settings().zone, as_json=as_json)
    options = (as_of, by, reason, as_json)
    _change(class_id, options, lambda found: move_class(found, class_id, moment))


@app.command()
def assign(
    class_id: ClassId,
    lecturers: Annotated[list[str], typer.Argument(help="Keys of the sheet 'lecturers'.")],
    reason: Reason,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Other lecturers give the class.

    Example: sac class assign 3f2a9c01b7d4 L07 --reason "Aizvieto"
    """
    options = (as_of, by, reason, as_json)
    _change(class_id, options, lambda found: assign_class(found, class_id, lecturers))


@app.command()
def groups(
    class_id: ClassId,
    names: Annotated[list[str], typer.Argument(help="All groups of the class from now on.")],
    reason: Reason,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The class is for these groups; one that joins is told, one that leaves as well.

    Example: sac class groups 3f2a9c01b7d4 PSK-2 PSK-3 --reason "Grupas apvienotas"
    """
    options = (as_of, by, reason, as_json)
    _change(class_id, options, lambda found: change_groups(found, class_id, names))


@app.command()
def mode(
    class_id: ClassId,
    how: Annotated[Mode, typer.Argument(help="How the class is held.")],
    reason: Reason,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """The class is held online or on site; on site it has no meeting, and everybody is told so.

    Example: sac class mode 3f2a9c01b7d4 onsite --reason "Laboratorijas darbs"
    """
    options = (as_of, by, reason, as_json)
    _change(class_id, options, lambda found: change_mode(found, class_id, how))


@app.command()
def remove(
    class_id: ClassId, reason: Reason, by: By = "sac", as_of: AsOf = None, as_json: AsJson = False
) -> None:
    """Takes the class out of the timetable; whoever was told of it is told that it is off.

    `sac class reinstate` puts it back.

    Example: sac class remove 3f2a9c01b7d4 --reason "Ierakstīta kļūdas pēc"
    """
    _change(class_id, (as_of, by, reason, as_json), lambda found: remove_class(found, class_id))


@app.command()
def add(
    start: Annotated[str, typer.Argument(help="The beginning, e.g. 2026-12-05T16:00.")],
    end: Annotated[str, typer.Argument(help="The end, e.g. 2026-12-05T19:00.")],
    course: Annotated[str, typer.Argument(help="The course's code.")],
    lecturer: Annotated[list[str], typer.Option(help="A key of 'lecturers'; repeatable.")],
    group: Annotated[list[str], typer.Option(help="A group; repeatable.")],
    reason: Reason,
    *,
    how: Annotated[Mode, typer.Option("--mode", help="How it is held.")] = Mode.ONLINE,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Adds a class to a study day.

    Example: sac class add 2026-12-05T16:00 2026-12-05T19:00 PSI-101 --lecturer L07 --group PSK-2
    --reason "Papildu nodarbība"
    """
    zone = load_settings().zone
    begins = _moment(start, zone, as_json=as_json)
    new = NewClass(
        begins, _moment(end, zone, as_json=as_json), course, tuple(lecturer), tuple(group), how
    )
    day = begins.astimezone(zone).date()
    context = open_day(day, as_of, as_json=as_json, actor=by, reason=reason)
    with refusals(as_json=as_json):
        held = add_class(context, new)
    _say(context, held, carried_out(context, [held.day], as_of), is_plan=True, as_json=as_json)


@app.command()
def count(
    class_id: ClassId,
    number: Annotated[int, typer.Argument(help="How many attended.")],
    reason: Reason,
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Records a number of attendees that came by telephone, or puts a wrong one right.

    Example: sac class count 3f2a9c01b7d4 23 --reason "Mācībspēks pa tālruni" --by dace
    """
    context = _context_of(class_id, (as_of, by, reason, as_json))
    with refusals(as_json=as_json):
        report = record_by_hand(context, class_id, number, by)
    if as_json:
        print_json({"key": class_id, "count": report.count, "by": report.reported_by})
        return
    said = (
        f"Recorded: {report.count} ({report.reported_by}). Bring the day's sheet up to date with: "
    )
    screen.print(f"{said}sac day run {context.day} --step 10", markup=False, soft_wrap=True)


@app.command()
def note(
    class_id: ClassId,
    text: Annotated[str, typer.Argument(help="What support is needed or was given.")],
    reason: Reason = "",
    by: By = "sac",
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Keeps a note for the team: the briefing and the day's record show it.

    Example: sac class note 3f2a9c01b7d4 "Pirmo reizi vada tiešsaistē"
    """
    options = (as_of, by, reason, as_json)
    _change(class_id, options, lambda found: note_class(found, class_id, text), is_plan=False)
