"""What a person or the LMS is told of a class, and how two tellings differ.

`ClassFacts` is the unit of every letter, LMS entry and plan row. Its content hash decides whether
somebody must be told anew; so it holds everything that is shown and nothing else.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from rules.people import Language
from rules.timetable import ClassStatus, Mode


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """One class as it is told. Times are aware; join data is None unless planned and online."""

    class_id: str
    start: datetime
    end: datetime
    slot: int | None
    course_code: str
    course_lv: str
    course_en: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]
    mode: Mode
    status: ClassStatus
    join_url: str | None = None
    meeting_id: str | None = None
    passcode: str | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.status is ClassStatus.CANCELLED

    def course(self, language: Language) -> str:
        """The course's name in that language, Latvian where no English one is known."""
        return (
            (self.course_en or self.course_lv) if language is Language.ENGLISH else self.course_lv
        )


class ChangeKind(StrEnum):
    """What happened to a class since a person was last told."""

    ADDED = "added"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"  # no longer concerns this person: given to somebody else
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One class before and after; exactly one side is None when it is new or gone."""

    kind: ChangeKind
    before: ClassFacts | None
    after: ClassFacts | None

    @property
    def now(self) -> ClassFacts:
        """The side to show first: how it is now, or how it was when it is gone."""
        facts = self.after or self.before
        if facts is None:
            raise ValueError("a change has at least one side")
        return facts


def _kind(before: ClassFacts, after: ClassFacts) -> ChangeKind:
    if before.is_cancelled != after.is_cancelled:
        return ChangeKind.CANCELLED if after.is_cancelled else ChangeKind.REINSTATED
    if (before.start, before.end) != (after.start, after.end):
        return ChangeKind.MOVED
    return ChangeKind.CHANGED


def changes(told: Sequence[ClassFacts], wanted: Sequence[ClassFacts]) -> tuple[Change, ...]:
    """What to tell somebody who knows `told` so that they know `wanted`, in order of time."""
    before = {facts.class_id: facts for facts in told}
    after = {facts.class_id: facts for facts in wanted}
    found: list[Change] = []
    for class_id in before.keys() | after.keys():
        old, new = before.get(class_id), after.get(class_id)
        if old is None:
            found.append(Change(ChangeKind.ADDED, None, new))
        elif new is None:
            # Somebody who was told of a cancellation need not hear that it is gone altogether.
            if not old.is_cancelled:
                found.append(Change(ChangeKind.WITHDRAWN, old, None))
        elif old != new and not (old.is_cancelled and new.is_cancelled):
            # Who would have taught a class that is off, and when, concerns nobody.
            found.append(Change(_kind(old, new), old, new))
    return tuple(sorted(found, key=lambda change: (change.now.start, change.now.class_id)))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"no plain form for {type(value).__name__}")


def content_hash(*parts: object) -> str:
    """A short stable hash of plain data (dataclasses as dictionaries), for comparing contents."""
    text = json.dumps(parts, default=_plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def facts_to_json(classes: Iterable[ClassFacts]) -> list[dict[str, Any]]:
    """Facts as JSON data, to be kept beside a letter; `facts_from_json` reads it back."""
    return [json.loads(json.dumps(asdict(facts), default=_plain)) for facts in classes]


def facts_from_json(data: Iterable[Mapping[str, Any]]) -> tuple[ClassFacts, ...]:
    """The inverse of `facts_to_json`."""
    return tuple(
        ClassFacts(
            **{
                **item,
                "start": datetime.fromisoformat(item["start"]),
                "end": datetime.fromisoformat(item["end"]),
                "lecturers": tuple(item["lecturers"]),
                "groups": tuple(item["groups"]),
                "mode": Mode(item["mode"]),
                "status": ClassStatus(item["status"]),
            }
        )
        for item in data
    )
