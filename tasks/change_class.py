"""Changes by hand of one class or a whole day; they stand above any import.

Nothing is sent here: the plan's revision grows, and the next run of the day carries the change to
Zoom, the LMS, the lecturers and the students.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.database import writing
from models.journal import write
from models.people import find_lecturer
from models.study_day import (
    REMOVED,
    ClassSession,
    StudyDay,
    change_plan,
    claim_class,
    classes_on,
    find_class,
    find_day,
    known_groups,
    leave_day,
)
from rules.timetable import ClassStatus, Mode, slot_of
from tasks.context import StepContext


class ChangeRefused(ValueError):
    """A change that cannot be made; says why in a coordinator's words."""


@dataclass(frozen=True, slots=True)
class ClassEdit:
    """A change of one class: fields of the class with their new values."""

    class_id: str
    action: str
    values: Mapping[str, Any]


def cancel_class(context: StepContext, class_id: str) -> ClassSession:
    """Atcelt: the class is not held; everybody who was told of it will be told."""
    return _edit(context, ClassEdit(class_id, "cancelled class", {"status": ClassStatus.CANCELLED}))


def reinstate_class(context: StepContext, class_id: str) -> ClassSession:
    """The class is held after all, whether it was cancelled or taken out by hand."""
    with writing(context.services.engine) as session:
        held = claim_class(session, class_id)
        if held is not None and held.is_removed and REMOVED in held.overridden:
            held.is_removed = False
            held.overridden = [name for name in held.overridden if name != REMOVED]
            session.flush()
        edit = ClassEdit(class_id, "reinstated class", {"status": ClassStatus.PLANNED})
        return _apply(session, context, _editable(session, context, class_id), edit)


def move_class(context: StepContext, class_id: str, start: datetime) -> ClassSession:
    """The class begins at `start` (aware), on this or another study day, and lasts as long."""
    with writing(context.services.engine) as session:
        held = _editable(session, context, class_id)
        _known_day(session, start.astimezone(context.services.settings.zone).date())
        return _move(session, context, held, start)


def assign_class(context: StepContext, class_id: str, lecturers: list[str]) -> ClassSession:
    """Other lecturers give the class; keys as in the semester's sheet."""
    with writing(context.services.engine) as session:
        unknown = [key for key in lecturers if find_lecturer(session, key) is None]
    if unknown or not lecturers:
        named = ", ".join(unknown) or "nobody"
        raise ChangeRefused(f"Unknown lecturer: {named}. Use keys of the sheet 'lecturers'.")
    edit = ClassEdit(class_id, "assigned class", {"lecturers": distinct(lecturers)})
    return _edit(context, edit)


def change_groups(context: StepContext, class_id: str, groups: list[str]) -> ClassSession:
    """The class is for these groups from now on; those who are no longer concerned are told."""
    with writing(context.services.engine) as session:
        unknown = sorted(set(groups) - known_groups(session))
    if unknown or not groups:
        named = ", ".join(unknown) or "none given"
        raise ChangeRefused(f"Unknown group: {named}. Use groups of the semester's students.")
    return _edit(context, ClassEdit(class_id, "changed groups", {"groups": distinct(groups)}))


def change_mode(context: StepContext, class_id: str, mode: Mode) -> ClassSession:
    """The class is held online or on site; an on-site class has no meeting and no link."""
    return _edit(context, ClassEdit(class_id, "changed mode", {"mode": mode}))


def remove_class(context: StepContext, class_id: str) -> ClassSession:
    """Takes the class out of the timetable; an import that still has it does not bring it back."""
    with writing(context.services.engine) as session:
        held = _editable(session, context, class_id)
        held.is_removed = True
        held.overridden = sorted({*held.overridden, REMOVED})
        session.add(held)
        change_plan(session, held.day)
        write(session, context.author, "removed class", held.id, day=held.day)
    return held


def note_class(context: StepContext, class_id: str, note: str) -> ClassSession:
    """What support the lecturer needs or was given; shown to the team, to nobody else."""
    with writing(context.services.engine) as session:
        held = find_class(session, class_id)
        if held is None:
            raise ChangeRefused(_unknown(class_id))
        held.support_note = note
        session.add(held)
        write(session, context.author, "noted support", class_id, day=held.day, note=note)
    return held


def cancel_day(context: StepContext) -> int:
    """Cancels every class of the day that has not begun; returns how many."""
    with writing(context.services.engine) as session:
        study_day = _known_day(session, context.day)
        study_day.is_cancelled = True
        study_day.schedule_revision += 1
        session.add(study_day)
        classes = [held for held in classes_on(session, context.day) if _may_cancel(held, context)]
        for held in classes:
            values = {"status": ClassStatus.CANCELLED}
            _apply(session, context, held, ClassEdit(held.id, "cancelled class", values))
    return len(classes)


def move_day(context: StepContext, to: date) -> int:
    """Moves every class of the day to another date, keeping its times; returns how many.

    All of them or none: ChangeRefused when one has begun, or would have.
    """
    zone = context.services.settings.zone
    with writing(context.services.engine) as session:
        study_day = _known_day(session, context.day)
        if to == context.day:
            raise ChangeRefused(f"The study day is on {to} already.")
        if find_day(session, to) is None:
            session.add(StudyDay(day=to))
            session.flush()
        study_day.moved_to = to
        study_day.schedule_revision += 1
        session.add(study_day)
        classes = classes_on(session, context.day)
        for held in classes:
            local = held.starts_at.astimezone(zone)
            _move(session, context, held, datetime.combine(to, local.time(), tzinfo=zone))
    return len(classes)


def distinct(names: Iterable[str]) -> list[str]:
    """Each name once, in the order given."""
    return list(dict.fromkeys(names))


def _may_cancel(held: ClassSession, context: StepContext) -> bool:
    return held.is_planned and held.starts_at > context.now


def _edit(context: StepContext, edit: ClassEdit) -> ClassSession:
    with writing(context.services.engine) as session:
        return _apply(session, context, _editable(session, context, edit.class_id), edit)


def _move(
    session: Session, context: StepContext, held: ClassSession, start: datetime
) -> ClassSession:
    _not_past(context, held.starts_at)
    _not_past(context, start)
    zone = context.services.settings.zone
    end = start + (held.ends_at - held.starts_at)
    values = {
        "day": start.astimezone(zone).date(),
        "starts_at": start,
        "ends_at": end,
        "slot": slot_of(start.astimezone(zone).time(), end.astimezone(zone).time()),
    }
    return _apply(session, context, held, ClassEdit(held.id, "moved class", values))


def _apply(
    session: Session, context: StepContext, held: ClassSession, edit: ClassEdit
) -> ClassSession:
    days = {held.day, edit.values.get("day", held.day)}
    before = {name: _plain(getattr(held, name)) for name in edit.values}
    leave_day(session, context.author, held, edit.values.get("day", held.day))
    for name, value in edit.values.items():
        setattr(held, name, value)
    held.overridden = sorted({*held.overridden, *map(_import_name, edit.values)})
    session.add(held)
    for day in days:
        change_plan(session, day)
    write(
        session,
        context.author,
        edit.action,
        held.id,
        day=held.day,
        before=before,
        after={name: _plain(value) for name, value in edit.values.items()},
    )
    return held


def _import_name(name: str) -> str:
    return name.removesuffix("_at")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _editable(session: Session, context: StepContext, class_id: str) -> ClassSession:
    held = claim_class(session, class_id)
    if held is None or held.is_removed:
        raise ChangeRefused(_unknown(class_id))
    _not_past(context, held.starts_at)
    return held


def _unknown(class_id: str) -> str:
    return f"There is no class {class_id}. See the ids with: sac day show DATE"


def _not_past(context: StepContext, start: datetime) -> None:
    if start <= context.now:
        raise ChangeRefused("The class has begun; what has happened cannot be changed.")


def _known_day(session: Session, day: date) -> StudyDay:
    study_day = session.get(StudyDay, day, populate_existing=True, with_for_update=True)
    if study_day is None:
        raise ChangeRefused(f"{day} is not a study day. Move the whole day, or import it first.")
    return study_day
