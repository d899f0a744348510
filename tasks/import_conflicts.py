"""Where an import and a person's change disagree: the change stands, and a person is asked.

Which fields disagree is found by `rules/semester_changes`; the import itself is
`tasks/import_semester`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.journal import Author, write
from models.question import Question, QuestionKind, ask, open_questions, withdraw
from models.study_day import REMOVED, ClassSession, change_plan
from rules.facts import content_hash
from rules.people import Role
from rules.semester_changes import Conflict
from tasks.import_values import follow_import, imported_form

KEEP, TAKE = "keep", "take"
_PREFIX = "conflict/"
_NAMES: Mapping[str, str] = {
    "day": "datums",
    "starts": "sākums",
    "ends": "beigas",
    "slot": "nodarbības numurs",
    "course_code": "kursa kods",
    "lecturers": "mācībspēki",
    "groups": "grupas",
    "mode": "norise",
    "status": "statuss",
    "note": "piezīmes",
}


def ask_about_conflicts(
    session: Session, conflicts: Sequence[Conflict], author: Author, zone: ZoneInfo
) -> None:
    """One question for each class; one whose two sides have come to agree is withdrawn."""
    gone = {conflict.known.id for conflict in conflicts if conflict.after is None}
    for question in open_questions(session, kind=QuestionKind.IMPORT_CONFLICT):
        if question.key.startswith(_PREFIX) and not _disagree(session, question, gone, zone):
            withdraw(session, question, author.now)
    ordered = sorted(conflicts, key=lambda conflict: conflict.known.id)
    for class_id, found in groupby(ordered, key=lambda conflict: conflict.known.id):
        held = session.get_one(ClassSession, class_id)
        ask(session, _question(held, list(found), author, zone))


def _disagree(session: Session, question: Question, gone: set[str], zone: ZoneInfo) -> bool:
    held = session.get_one(ClassSession, question.class_id)
    fields = question.facts["fields"]
    if question.facts["removes"]:
        return held.id in gone
    if not fields:
        return held.is_removed
    now, said = imported_form(held, zone), held.imported or {}
    return any(now[name] != said.get(name) for name in fields)


def _question(
    held: ClassSession, found: Sequence[Conflict], author: Author, zone: ZoneInfo
) -> Question:
    fields = [conflict.field for conflict in found if conflict.field is not None]
    removes = found[0].after is None
    now, said = imported_form(held, zone), held.imported or {}
    local = held.starts_at.astimezone(zone)
    what = f"{local:%d.%m.%Y. %H:%M} {held.course_code} ({', '.join(held.groups)})"
    return Question(
        key=f"{_PREFIX}{held.id}/{content_hash(removes, {name: said[name] for name in fields})}",
        kind=QuestionKind.IMPORT_CONFLICT,
        day=held.day,
        class_id=held.id,
        role=Role.HEAD_OF_SAC,
        text=f"Nodarbība {what}: {_words(held, fields, now, said, removes=removes)} "
        f"Atstāt, kā noteikts ar roku (“{KEEP}”), vai ņemt no grafika (“{TAKE}”)?",
        facts={"fields": fields, "removes": removes},
        choices=[KEEP, TAKE],
        guess=KEEP,
        opened_at=author.now,
    )


def _words(
    held: ClassSession,
    fields: Iterable[str],
    now: Mapping[str, Any],
    said: Mapping[str, Any],
    *,
    removes: bool,
) -> str:
    if removes:
        return "ar roku mainīta, bet jaunajā grafikā tās vairs nav."
    if held.is_removed:
        return "ar roku izņemta, bet jaunajā grafikā ir mainīta."
    return (
        "; ".join(
            f"{_NAMES[name]} ar roku {_shown(name, now)}, jaunajā grafikā {_shown(name, said)}"
            for name in fields
        )
        + "."
    )


def _shown(name: str, values: Mapping[str, Any]) -> str:
    value = values[name]
    if name in {"starts", "ends"}:
        return f"{time.fromisoformat(value):%H:%M}"
    return ", ".join(value) if isinstance(value, list) else str(value or "–")


def settle_conflict(
    session: Session, author: Author, question: Question, value: str, zone: ZoneInfo
) -> None:
    """Does what the answer says; "keep" leaves the class as a person set it."""
    if value != TAKE or not question.key.startswith(_PREFIX):
        return
    held = session.get_one(ClassSession, question.class_id)
    before, fields = held.day, list(question.facts["fields"])
    if question.facts["removes"]:
        held.is_removed = True
        write(session, author, "removed class", held.id, day=held.day, by="import")
    elif not fields:
        held.is_removed = False
        held.overridden = [name for name in held.overridden if name != REMOVED]
        fields = [name for name in _NAMES if name not in held.overridden]
    held.overridden = [name for name in held.overridden if name not in fields]
    if fields:
        follow_import(session, author, held, fields, zone)
    session.add(held)
    for day in {before, held.day}:
        change_plan(session, day)
