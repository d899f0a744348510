"""`sac class`: changes of one class by hand. They stand above any import."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from deployments.cli.output import print_json, refuse, screen
from deployments.cli.session import AsJson, AsOf, By, Reason, carried_out, refusals
from deployments.cli.session import open_context as open_day
from integrations.services import assemble
from models.database import reading
from models.study_day import ClassSession, find_class
from tasks.change_class import (
    assign_class,
    cancel_class,
    move_class,
    note_class,
    reinstate_class,
)
from tasks.context import StepContext

app = typer.Typer(help="One class: cancel, reinstate, move, assign, note.", no_args_is_help=True)

ClassId = Annotated[str, typer.Argument(help="The class's id, from: sac day show DATE")]


def _change(
    class_id: str,
    options: tuple[str | None, str, str, bool],
    change: Callable[[StepContext], ClassSession],
    *,
    is_plan: bool = True,
) -> None:
    as_of, by, reason, as_json = options
    with reading(assemble().engine) as session:
        held = find_class(session, class_id)
    if held is None:
        message = f"There is no class {class_id}. See the ids with: sac day show DATE"
        refuse("unknown_class", message, as_json=as_json)
    context = open_day(held.day, as_of, as_json=as_json, actor=by, reason=reason)
    with refusals(as_json=as_json):
        changed = change(context)
    carried = carried_out(context, {held.day, changed.day} if is_plan else (), as_of)
    if as_json:
        print_json(
            {
                "key": changed.id,
                "day": changed.day.isoformat(),
                "start": changed.starts_at.astimezone(context.services.settings.zone).isoformat(),
                "status": changed.status.value,
                "lecturers": changed.lecturers,
                "note": changed.support_note,
                "carried_out": carried.document,
            }
        )
        return
    screen.print(f"Done. See who will be told: sac day preview {changed.day}", markup=False)
    for sentence in carried.sentences if is_plan else ():
        screen.print(sentence, markup=False, soft_wrap=True)


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
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        refuse("bad_moment", f"{start!r} is no moment: 2026-12-05T12:45", as_json=as_json)

    def change(context: StepContext) -> ClassSession:
        zone = context.services.settings.zone
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return move_class(context, class_id, aware)

    _change(class_id, (as_of, by, reason, as_json), change)


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
