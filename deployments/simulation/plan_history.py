"""The plan as it stood at any moment: the classes as imported, and every change of the journal.

This is the checker's measure, so it is made of the plan's own history and of nothing that the
steps wrote down about meetings, letters or entries in the LMS.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from deployments.simulation.books import ClassRow, Entry
from rules.timetable import ClassStatus, Mode

_ADDED, _REMOVED, _REINSTATED = "added class", "removed class", "reinstated class"
_CHANGES = frozenset(
    {
        _ADDED,
        _REMOVED,
        _REINSTATED,
        "assigned class",
        "cancelled class",
        "changed groups",
        "changed mode",
        "moved class",
    }
)


@dataclass(frozen=True, slots=True)
class PlanHistory:
    """Versions of the plan, oldest first, each with the moment since which it stood."""

    moments: Sequence[datetime]
    versions: Sequence[Mapping[str, ClassRow]]
    _days: dict[tuple[int, date], Sequence[ClassRow]] = field(default_factory=dict)

    def at(self, moment: datetime) -> Mapping[str, ClassRow]:
        """Classes by id as they stood then; a change at that very moment counts."""
        return self.versions[max(0, bisect_right(self.moments, moment) - 1)]

    def on(self, day: date, moment: datetime) -> Sequence[ClassRow]:
        """The classes of that day as they stood then, also those that are not on its plan."""
        number = max(0, bisect_right(self.moments, moment) - 1)
        if (number, day) not in self._days:
            rows = self.versions[number].values()
            self._days[number, day] = [row for row in rows if row.day == day]
        return self._days[number, day]

    @property
    def last(self) -> Mapping[str, ClassRow]:
        return self.versions[-1]


def history_of(
    imported: Iterable[ClassRow], begins: datetime, journal: Iterable[Entry]
) -> PlanHistory:
    """Folds the journal's changes over the imported classes."""
    moments = [begins]
    versions: list[dict[str, ClassRow]] = [{row.id: row for row in imported}]
    for entry in journal:
        if entry.action in _CHANGES:
            moments.append(entry.at)
            versions.append({**versions[-1], entry.subject: _after(entry, versions[-1])})
    return PlanHistory(moments, versions)


def _after(entry: Entry, before: Mapping[str, ClassRow]) -> ClassRow:
    """The class as it stood after that change."""
    after = entry.details.get("after", {})  # one that is taken out stays as it was otherwise
    if entry.action == _ADDED:
        return ClassRow(entry.subject, course=after["course_code"], **_values(after))
    values = _values(after)
    if entry.action in {_REMOVED, _REINSTATED}:
        values["is_removed"] = entry.action == _REMOVED
    return replace(before[entry.subject], **values)


def _values(after: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if "status" in after:
        values["is_held"] = after["status"] == ClassStatus.PLANNED
    if "lecturers" in after:
        values["lecturers"] = tuple(after["lecturers"])
    if "groups" in after:
        values["groups"] = tuple(after["groups"])
    if "mode" in after:
        values["is_online"] = after["mode"] == Mode.ONLINE
    if "starts_at" in after:
        values["start"] = datetime.fromisoformat(after["starts_at"])
        values["end"] = datetime.fromisoformat(after["ends_at"])
        values["day"] = date.fromisoformat(after["day"])
    return values
