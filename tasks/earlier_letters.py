"""What letters of days that are over told of classes which have been moved to this day.

A day's letters tell where its classes have gone, until the last class of that day has begun. What
becomes of them afterwards is told by the letters of the day to which they went: also to those whom
the plan of that day does not concern (any more), and to the calendars that have the class.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models.journal import entries_of
from models.letter import LetterKind, told_letters
from models.study_day import LEFT_DAY
from rules.facts import ClassFacts, facts_from_json
from rules.timetable import ClassStatus

EarlierLetters = Mapping[str, Mapping[str, ClassFacts]]


def earlier_letters(session: Session, day: date, kind: LetterKind, today: date) -> EarlierLetters:
    """Person -> class -> the class as told to be held on `day`, where no letter of that day is newer."""
    found: dict[str, dict[str, ClassFacts]] = {}
    moved = _moved_here(session, day, today)
    newest = told_letters(session, day, kind) if moved else {}
    for source, classes in moved.items():
        for person, letter in told_letters(session, source, kind).items():
            own = newest.get(person)
            if own is None or (own.id or 0) < (letter.id or 0):
                told = {
                    item["class_id"]: facts_from_json([item])[0]
                    for item in letter.facts
                    if item["class_id"] in classes and _is_held_on(day, item)
                }
                found.setdefault(person, {}).update(told)
    return {person: told for person, told in found.items() if told}


def _moved_here(session: Session, day: date, today: date) -> Mapping[date, set[str]]:
    """Days that are over, and their classes that were moved to `day`, there to stay or not."""
    moved: dict[date, set[str]] = {}
    for entry in entries_of(session, LEFT_DAY):
        if entry.day is not None and entry.day < today and entry.details["to"] == day.isoformat():
            moved.setdefault(entry.day, set()).add(entry.subject)
    return moved


def _is_held_on(day: date, told: Mapping[str, Any]) -> bool:
    """Whether that is what the letter said; its moments are in local time."""
    is_on = datetime.fromisoformat(told["start"]).date() == day
    return is_on and told["status"] == ClassStatus.PLANNED
