"""What people are told of classes that are no longer online classes of the day.

A class that is held on site now, or on another day, or that was taken out of the timetable, is no
part of the day's plan; but whoever was told of it as such must hear what has become of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.letter import LetterKind, told_letters
from rules.facts import ClassFacts, facts_from_json
from rules.plan import PlannedClass
from tasks.day_plan import DayPlan
from tasks.earlier_letters import EarlierLetters


@dataclass(frozen=True, slots=True)
class GoneClasses:
    """The plan's classes elsewhere, and who was told of which of them.

    `here` are the facts that the day's letters told, and letters of days that are over told of the
    day. `there` are the pairs of person and class that letters of the other days have told.
    """

    classes: tuple[PlannedClass, ...]
    here: EarlierLetters
    there: frozenset[tuple[str, str]]

    def of(self, person: str, concerns: Callable[[PlannedClass], bool]) -> tuple[ClassFacts, ...]:
        """What that person should know of them: nothing, unless they were told of it before."""
        told = self.here.get(person, {})
        return tuple(
            self._facts(person, planned, told[planned.id])
            for planned in self.classes
            if planned.id in told and concerns(planned)
        )

    def _facts(self, person: str, planned: PlannedClass, told: ClassFacts) -> ClassFacts:
        """As it is now; what the other day's letters tell is not told twice."""
        return told if (person, planned.id) in self.there else planned.facts


def gone_classes(
    session: Session, plan: DayPlan, kind: LetterKind, earlier: EarlierLetters
) -> GoneClasses:
    """Looks up who was told of the plan's classes elsewhere."""
    if not plan.elsewhere:
        return GoneClasses((), {}, frozenset())
    ids = {planned.id for planned in plan.elsewhere}
    others = {planned.facts.start.date() for planned in plan.elsewhere} - {plan.day}
    return GoneClasses(
        plan.elsewhere,
        _joined(earlier, _told(session, plan.day, kind, ids)),
        frozenset(
            (person, class_id)
            for day in others
            for person, classes in _told(session, day, kind, ids).items()
            for class_id in classes
        ),
    )


def _told(session: Session, day: date, kind: LetterKind, ids: set[str]) -> EarlierLetters:
    return {
        person: {
            facts.class_id: facts
            for facts in facts_from_json(letter.facts)
            if facts.class_id in ids
        }
        for person, letter in told_letters(session, day, kind).items()
    }


def _joined(earlier: EarlierLetters, own: EarlierLetters) -> EarlierLetters:
    people = {*earlier, *own}
    return {key: {**own.get(key, {}), **earlier.get(key, {})} for key in people}
