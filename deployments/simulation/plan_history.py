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
from rules.timetable import ClassStatus

_CHANGES = frozenset({"cancelled class", "reinstated class", "moved class", "assigned class"})


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
        """The classes of that day as they stood then."""
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
            before = versions[-1]
            changed = _changed(before[entry.subject], entry.details["after"])
            moments.append(entry.at)
            versions.append({**before, entry.subject: changed})
    return PlanHistory(moments, versions)


def _changed(row: ClassRow, after: Mapping[str, Any]) -> ClassRow:
    values: dict[str, Any] = {}
    if "status" in after:
        values["is_held"] = after["status"] == ClassStatus.PLANNED
    if "lecturers" in after:
        values["lecturers"] = tuple(after["lecturers"])
    if "starts_at" in after:
        values["start"] = datetime.fromisoformat(after["starts_at"])
        values["end"] = datetime.fromisoformat(after["ends_at"])
        values["day"] = date.fromisoformat(after["day"])
    return replace(row, **values)
