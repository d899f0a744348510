"""What to write next to somebody who was told one thing and should know another.

Pure; the letters themselves are rendered in `integrations/letters` and kept in `models/letter.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rules.facts import Change, ChangeKind, ClassFacts, changes


class Variant(StrEnum):
    """The sort of a letter within a conversation."""

    FIRST = "first"
    CHANGE = "change"
    CANCELLATION = "cancellation"


@dataclass(frozen=True, slots=True)
class Telling:
    """The next letter: what it changes, and everything that its reader knows afterwards."""

    variant: Variant
    classes: tuple[ClassFacts, ...]
    changes: tuple[Change, ...]

    def is_urgent(self, now: datetime, within: timedelta) -> bool:
        """Whether it is about a class that begins, or was to begin, within that time."""
        sides = [side for change in self.changes for side in (change.before, change.after)]
        about = sides or list(self.classes)
        return any(_is_near(facts, now, within) for facts in about if facts is not None)


def pressing(
    told: Sequence[ClassFacts], wanted: Sequence[ClassFacts], now: datetime, within: timedelta
) -> tuple[ClassFacts, ...]:
    """What to tell of `wanted` while the rest must wait for a person: the others stay as told.

    That is what is off, and whatever begins, or was to begin, within that time.
    """
    before = {facts.class_id: facts for facts in told}
    after = {facts.class_id: facts for facts in wanted}
    kept = (_pressed(before.get(key), new, now, within) for key, new in after.items())
    return tuple(facts for facts in kept if facts is not None)


def _pressed(
    old: ClassFacts | None, new: ClassFacts, now: datetime, within: timedelta
) -> ClassFacts | None:
    is_off = old is not None and new.is_cancelled
    sides = [side for side in (old, new) if side is not None]
    return new if is_off or any(_is_near(side, now, within) for side in sides) else old


def _is_near(facts: ClassFacts, now: datetime, within: timedelta) -> bool:
    return now < facts.start <= now + within


def next_telling(
    told: Sequence[ClassFacts] | None, wanted: Sequence[ClassFacts], now: datetime
) -> Telling | None:
    """The letter that brings its reader from `told` to `wanted`, or None when none is needed.

    `told` is None for somebody who has had no letter. A class that has begun stays as it was told:
    a letter about it would be stale (steps 3 to 6 close class by class). One that was put off at
    the last moment has not begun.
    """
    classes = _open_classes(told or (), wanted, now)
    if told is None:
        return Telling(Variant.FIRST, classes, ()) if classes else None
    found = changes(told, classes)
    if not found:
        return None
    off = {ChangeKind.CANCELLED, ChangeKind.WITHDRAWN}
    only_off = all(change.kind in off for change in found)
    return Telling(Variant.CANCELLATION if only_off else Variant.CHANGE, classes, found)


def to_correct(
    certain: Sequence[ClassFacts], possible: Sequence[ClassFacts], wanted: Sequence[ClassFacts]
) -> tuple[ClassFacts, ...]:
    """What the next letter must correct, when nobody knows whether the last one arrived.

    Its reader knows `certain`, or `possible` if it did: of each class the side that is not as
    wanted. A change that is told twice is better than one that is never told.
    """
    outdated = {change.now.class_id for change in changes(certain, wanted)}
    return tuple(
        facts
        for side, is_outdated in ((certain, True), (possible, False))
        for facts in side
        if (facts.class_id in outdated) is is_outdated
    )


def _open_classes(
    told: Sequence[ClassFacts], wanted: Sequence[ClassFacts], now: datetime
) -> tuple[ClassFacts, ...]:
    starts = {facts.class_id: facts.start for facts in (*told, *wanted)}  # as wanted, if it is
    begun = [facts for facts in told if starts[facts.class_id] <= now]
    coming = [facts for facts in wanted if facts.start > now]
    return tuple(sorted((*begun, *coming), key=lambda facts: (facts.start, facts.class_id)))
