"""The study-day plan as data: the day's online classes in order, with people and join data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from integrations.services import Services
from models.database import reading
from models.meeting import Meeting, MeetingState, meetings_on
from models.people import courses, group_sizes, lecturers, staff
from models.study_day import ClassSession, classes_gone, find_day, online_classes
from rules.facts import ClassFacts
from rules.people import Role
from rules.plan import PlannedClass
from rules.timetable import ClassStatus, ClassTime, Course, Lecturer, Mode, StaffMember


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The plan at one revision. `classes` holds cancelled ones too, in the order of the day.

    `elsewhere` are no part of it: classes of the day that are held on site, or on another day now,
    or were taken out of the timetable.
    """

    day: date
    revision: int
    classes: tuple[PlannedClass, ...]
    elsewhere: tuple[PlannedClass, ...] = ()

    @property
    def onsite(self) -> tuple[PlannedClass, ...]:
        """The day's classes that are held on site."""
        return tuple(
            planned
            for planned in self.elsewhere
            if planned.facts.mode is Mode.ONSITE and planned.facts.start.date() == self.day
        )

    @property
    def moved(self) -> tuple[PlannedClass, ...]:
        """Online classes that were the day's and are held on another day."""
        return tuple(
            planned
            for planned in self.elsewhere
            if planned.is_held
            and planned.facts.mode is Mode.ONLINE
            and planned.facts.start.date() != self.day
        )

    @property
    def held(self) -> tuple[PlannedClass, ...]:
        return tuple(planned for planned in self.classes if planned.is_held)

    @property
    def times(self) -> tuple[ClassTime, ...]:
        return tuple(planned.time for planned in self.classes)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(sorted({group for planned in self.classes for group in planned.facts.groups}))

    @property
    def lecturers(self) -> Mapping[str, Lecturer]:
        people = (person for planned in self.classes for person in planned.lecturers)
        return {person.key: person for person in people}

    def of_lecturer(self, key: str) -> tuple[ClassFacts, ...]:
        """What that lecturer should know: all their classes of the day, cancelled ones named."""
        return tuple(
            planned.facts
            for planned in self.classes
            if key in {lecturer.key for lecturer in planned.lecturers}
        )

    def of_groups(self, groups: Iterable[str]) -> tuple[ClassFacts, ...]:
        """What a student of these groups should know."""
        wanted = set(groups)
        return tuple(
            planned.facts for planned in self.classes if wanted.intersection(planned.facts.groups)
        )


class UnknownDay(LookupError):
    """No study day of that date has been imported."""

    def __init__(self, day: date) -> None:
        super().__init__(f"{day} is not a study day of the imported semester.")


def load_plan(session: Session, day: date, zone: ZoneInfo) -> DayPlan:
    """The plan as it stands; UnknownDay when the day was never imported."""
    study_day = find_day(session, day)
    if study_day is None:
        raise UnknownDay(day)
    classes, gone = online_classes(session, day), classes_gone(session, day)
    meetings = meetings_on(session, day, [held.id for held in (*classes, *gone)])
    shelf = _Shelf(lecturers(session), courses(session), group_sizes(session), meetings, zone)
    return DayPlan(
        day,
        study_day.plan_revision,
        tuple(map(shelf.planned, classes)),
        tuple(map(shelf.planned, gone)),
    )


@dataclass(frozen=True, slots=True)
class _Shelf:
    """What every class of a day is completed with."""

    people: Mapping[str, Lecturer]
    catalogue: Mapping[str, Course]
    sizes: Mapping[str, int]
    meetings: Mapping[str, Meeting]
    zone: ZoneInfo

    def planned(self, held: ClassSession) -> PlannedClass:
        course = self.catalogue[held.course_code]
        meeting = self.meetings.get(held.id)
        return PlannedClass(
            facts=_facts(held, course, self.people, meeting, self.zone),
            lecturers=tuple(self.people[key] for key in held.lecturers if key in self.people),
            course=course,
            size=_size(held, self.sizes),
            note=held.note,
            support_note=held.support_note,
            host=meeting.host if meeting else "",
        )


def read_plan(services: Services, day: date) -> DayPlan:
    """`load_plan` in a session of its own."""
    with reading(services.engine) as session:
        return load_plan(session, day, services.settings.zone)


def _facts(
    held: ClassSession,
    course: Course,
    people: Mapping[str, Lecturer],
    meeting: Meeting | None,
    zone: ZoneInfo,
) -> ClassFacts:
    joinable = (
        meeting is not None
        and meeting.state is MeetingState.ACTIVE
        and held.is_planned
        and held.mode is Mode.ONLINE
    )
    return ClassFacts(
        class_id=held.id,
        start=held.starts_at.astimezone(zone),
        end=held.ends_at.astimezone(zone),
        slot=held.slot,
        course_code=held.course_code,
        course_lv=course.name_lv,
        course_en=course.name_en,
        lecturers=tuple(people[key].name for key in held.lecturers if key in people),
        groups=tuple(held.groups),
        mode=held.mode,
        # One that was taken out of the timetable is not held: so it is told to whoever knows of it.
        status=ClassStatus.PLANNED if held.is_planned else ClassStatus.CANCELLED,
        join_url=meeting.join_url if meeting and joinable else None,
        meeting_id=meeting.meeting_id if meeting and joinable else None,
        passcode=meeting.passcode if meeting and joinable else None,
    )


def _size(held: ClassSession, sizes: Mapping[str, int]) -> int | None:
    known = [sizes[group] for group in held.groups if group in sizes]
    return sum(known) if known and len(known) == len(held.groups) else None


def responsible(session: Session, role: Role) -> StaffMember:
    """Who acts in that role; without one, the head of SAC; PersonNeeded is the import's check."""
    for wanted in (role, Role.HEAD_OF_SAC):
        if members := staff(session, wanted):
            return members[0]
    return StaffMember("sac", "SAC", "", Role.HEAD_OF_SAC)
