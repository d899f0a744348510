"""What the plan says to whom, in the form in which letters are read: the measure of every letter.

Made of the plan's history and the semester's sheets alone.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from deployments.simulation.books import ClassRow
from deployments.simulation.letters_seen import ClassTold
from deployments.simulation.people import People, Person
from deployments.simulation.plan_history import PlanHistory
from rules.people import Language

Known = Mapping[str, ClassTold]  # what somebody was told of a day, by class
_NEAR = timedelta(hours=24)  # changes of classes that begin sooner do not wait


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The plan at any moment, as a person should read it."""

    history: PlanHistory
    people: People
    zone: ZoneInfo

    def wanted(
        self,
        person: Person,
        day: date,
        moment: datetime,
        known: Known,
        perhaps: Collection[str] = (),
    ) -> Known:
        """What the plan of that moment says to the person; what has begun stays as it was told.

        A class that is held on site, or was taken out of the timetable, is no part of the plan, but
        of the letters of whoever was told of it, or may have been (`perhaps`).
        """
        rows = self.history.at(moment)
        begun = {key: told for key, told in known.items() if rows[key].start <= moment}
        coming = {
            row.id: self._as_told(row, person)
            for row in self.history.on(day, moment)
            if row.start > moment
            and person.concerns(row)
            and (row.is_planned or row.id in known or row.id in perhaps)
        }
        return {**begun, **coming}

    def pressing(self, day: date, moment: datetime, known: Known, wanted: Known) -> Known:
        """What cannot wait of `wanted`: what is off, what begins or was to begin soon."""

        def is_near(told: ClassTold) -> bool:
            start = datetime.combine(day, time.fromisoformat(told.start), self.zone)
            return moment < start <= moment + _NEAR

        kept = {}
        for key, new in wanted.items():
            old = known.get(key)
            if is_near(new) or (old is not None and (new.is_off or is_near(old))):
                kept[key] = new
            elif old is not None:
                kept[key] = old
        return kept

    def _as_told(self, row: ClassRow, person: Person) -> ClassTold:
        course = self.people.courses[row.course]
        english = person.language is Language.ENGLISH and course.name_en
        is_off = row.is_removed or not row.is_held
        names = ", ".join(self.people.names[key] for key in row.lecturers)
        return ClassTold(
            _clock(row.start, self.zone),
            _clock(row.end, self.zone),
            course.name_en if english else course.name_lv,
            ", ".join(row.groups),
            is_off,
            names if person.kind == "student" and not is_off else "",
            is_onsite=not is_off and not row.is_online,
        )


def are_apart(known: Known, wanted: Known) -> bool:
    """Whether somebody who knows the one must hear of the other.

    Whoever knows that a class is off need not hear when it would have been, or for whom.
    """
    off = {
        key
        for key, told in known.items()
        if told.is_off and (key not in wanted or wanted[key].is_off)
    }
    mine, others = (
        {key: told for key, told in side.items() if key not in off} for side in (known, wanted)
    )
    return mine != others


def comparable(told: Iterable[ClassTold], person: Person) -> tuple[ClassTold, ...]:
    """Without what the plan does not decide: the link, and who teaches in a lecturer's letter."""
    return in_order(
        [
            replace(one, link="", lecturers="" if person.kind == "lecturer" else one.lecturers)
            for one in told
        ]
    )


def in_order(told: Iterable[ClassTold]) -> tuple[ClassTold, ...]:
    """By time, as letters list them."""
    return tuple(sorted(told, key=lambda one: (one.start, one.end, one.course, one.groups)))


def _clock(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M}"


def shown(told: Iterable[ClassTold]) -> str:
    """For people who look for what went wrong."""
    return (
        "; ".join(
            " ".join(filter(None, (_mark(one), one.start, one.course, one.groups, one.lecturers)))
            for one in told
        )
        or "nothing"
    )


def _mark(told: ClassTold) -> str:
    if told.is_off:
        return "off"
    return "on site" if told.is_onsite else ""
