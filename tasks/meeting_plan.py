"""Which meetings should exist and how that differs from what we made; acts on nothing.

Used by step 2 and by the preview of a day.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from integrations.settings import Settings
from integrations.zoom import MeetingSpec, new_passcode
from models.meeting import Meeting, MeetingState, meetings_on
from models.people import zoom_accounts
from models.study_day import step_records
from rules.facts import content_hash
from rules.plan import PlannedClass
from rules.process import Step
from rules.reconcile import Difference, reconcile
from rules.timetable import ZoomAccount
from rules.zoom_accounts import ClassNeed, assign_accounts
from tasks.day_plan import DayPlan

_TOPIC_LIMIT = 200  # Zoom's own, for `topic`


@dataclass(frozen=True, slots=True)
class WantedMeeting:
    """The meeting that a class should have; its hash covers all that Zoom must be told."""

    planned: PlannedClass
    host: str
    spec: MeetingSpec

    @property
    def hash(self) -> str:
        spec = self.spec
        return content_hash(self.host, spec.topic, spec.start, spec.duration_minutes, spec.agenda)


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """Wanted and existing meetings by class id, and what follows from the two."""

    wanted: Mapping[str, WantedMeeting]
    existing: Mapping[str, Meeting]
    difference: Difference[str]


def plan_of_meetings(
    session: Session, settings: Settings, plan: DayPlan, now: datetime
) -> MeetingPlan:
    """Accounts for the whole day at once, then the comparison."""
    known = [planned.id for planned in (*plan.classes, *plan.elsewhere)]
    existing = {
        class_id: row
        for class_id, row in meetings_on(session, plan.day, known).items()
        if _is_ours(session, plan, class_id, row)
    }
    here = {planned.id: planned for planned in plan.held}
    moved = {planned.id: planned for planned in plan.moved if planned.id in existing}
    staying = {
        class_id: WantedMeeting(
            planned,
            planned.host,
            _spec(planned, settings.institution, existing.get(class_id), now),
        )
        for class_id, planned in (here | moved).items()
    }
    changed = {
        class_id
        for class_id, row in existing.items()
        if class_id in here and staying[class_id].hash != row.content_hash
    }
    buffer = timedelta(minutes=settings.buffer_minutes)
    hosts = dict(_hosts(plan, changed, zoom_accounts(session), buffer))
    # A class that goes to a day which is not planned yet takes its meeting along as it is.
    hosts |= {class_id: planned.host for class_id, planned in moved.items()}
    wanted = {
        class_id: replace(meeting, host=hosts[class_id])
        for class_id, meeting in staying.items()
        if class_id in hosts
    }
    return MeetingPlan(wanted, existing, _difference(plan, now, wanted, existing))


def _is_ours(session: Session, plan: DayPlan, class_id: str, row: Meeting) -> bool:
    """Whether this day's step takes care of the meeting.

    That of a class which is on another day now is the other day's, once that day has meetings.
    """
    here = {p.id for p in (*plan.classes, *plan.elsewhere) if p.facts.start.date() == plan.day}
    moved = {planned.id: planned.facts.start.date() for planned in plan.moved}
    if class_id not in moved:
        return row.day == plan.day or class_id in here
    return row.day == plan.day and Step.PLAN_MEETINGS not in step_records(session, moved[class_id])


def _hosts(
    plan: DayPlan, changed: Collection[str], pool: Sequence[ZoomAccount], buffer: timedelta
) -> Mapping[str, str]:
    """The account of each class.

    Where two meetings get in each other's way, the one whose class has changed goes elsewhere: its
    people are told anyway, and nobody else's link changes.
    """
    needs = [class_need(planned) for planned in plan.held]
    hosts = assign_accounts(needs, pool, buffer).accounts

    def disturbed(found: Mapping[str, str]) -> int:
        return sum(
            need.current is not None and found.get(need.class_id) != need.current
            for need in needs
            if need.class_id not in changed
        )

    if not changed or not disturbed(hosts):
        return hosts
    free = [replace(need, current=None) if need.class_id in changed else need for need in needs]
    others = assign_accounts(free, pool, buffer).accounts
    return others if disturbed(others) < disturbed(hosts) else hosts


def class_need(planned: PlannedClass) -> ClassNeed:
    """What the assignment of accounts must know of a class."""
    return ClassNeed(
        class_id=planned.id,
        start=planned.facts.start,
        end=planned.facts.end,
        lecturer=planned.lecturers[0].key if planned.lecturers else "",
        size=planned.size,
        current=planned.host or None,
    )


def reference(class_id: str) -> str:
    """What marks a meeting as ours, and as that class's."""
    return f"SAC-{class_id}"


def _difference(
    plan: DayPlan,
    now: datetime,
    wanted: Mapping[str, WantedMeeting],
    existing: Mapping[str, Meeting],
) -> Difference[str]:
    known_classes = (*plan.classes, *plan.elsewhere)
    begun = {planned.id for planned in known_classes if planned.facts.start <= now}
    over = {planned.id for planned in known_classes if planned.facts.end <= now}
    # An intention (creating) is no meeting yet: it is finished by creating.
    made = {class_id for class_id, row in existing.items() if row.state is MeetingState.ACTIVE}
    # A class that has begun keeps its meeting as it is; one that has none yet still gets it.
    hashes = {
        class_id: meeting.hash
        for class_id, meeting in wanted.items()
        if class_id not in over and not (class_id in begun and class_id in made)
    }
    known = {
        class_id: row.content_hash
        for class_id, row in existing.items()
        if class_id not in begun and (class_id in made or class_id not in hashes)
    }
    return reconcile(hashes, known)


def _spec(
    planned: PlannedClass, institution: str, row: Meeting | None, now: datetime
) -> MeetingSpec:
    facts = planned.facts
    # Zoom takes no start in the past: a class that has begun without a meeting gets one from now.
    start = max(facts.start, _next_minute(now).astimezone(facts.start.tzinfo))
    groups, lecturers = ", ".join(facts.groups), ", ".join(facts.lecturers)
    return MeetingSpec(
        reference=reference(planned.id),
        topic=f"{facts.course_lv} ({groups})"[:_TOPIC_LIMIT],
        start=start,
        duration_minutes=int((facts.end - start).total_seconds() // 60),
        agenda=f"{institution}. {facts.course_lv}. {lecturers}. {groups}",
        passcode=row.passcode if row else new_passcode(),
    )


def _next_minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
