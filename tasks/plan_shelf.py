"""The plans of the study days that one reading of the mailbox meets, each loaded once."""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.study_day import find_day
from rules.plan import PlannedClass
from tasks.day_plan import load_plan

ByLecturer = Mapping[str, Sequence[PlannedClass]]


class PlanShelf:
    """Held classes by lecturer; a plan that was changed meanwhile is loaded anew."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._plans: dict[tuple[date, int], ByLecturer] = {}

    def classes_of(self, session: Session, day: date, lecturer: str) -> Sequence[PlannedClass]:
        """The classes that the lecturer holds that day; none where the day has been moved away."""
        study_day = find_day(session, day)
        if study_day is None:
            return ()
        key = (day, study_day.plan_revision)
        if key not in self._plans:
            self._plans[key] = self._load(session, day)
        return self._plans[key].get(lecturer, ())

    def _load(self, session: Session, day: date) -> ByLecturer:
        found: dict[str, list[PlannedClass]] = {}
        for planned in load_plan(session, day, self._zone).held:
            for lecturer in planned.lecturers:
                found.setdefault(lecturer.key, []).append(planned)
        return found
