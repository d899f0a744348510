"""Drift: what people have changed by hand in Zoom or Moodle, found by looking once a day.

What differs is named in the journal and no longer counts as standing; the day's next run mends it
(steps 2, 4 and 5) as it mends everything else, or asks. Nothing is changed outside here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from integrations.zoom import MeetingSpec, ZoomMeeting
from models.database import reading, writing
from models.journal import write
from models.lms import LmsItem, LmsKind, items_on
from models.meeting import Meeting
from models.study_day import prepared_days
from models.turns import turn_of
from rules.process import Step
from tasks.context import StepContext
from tasks.day_plan import load_plan
from tasks.meeting_plan import plan_of_meetings
from tasks.publish_links import event_of, plan_of_links
from tasks.publish_plan import plan_key, post_of


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing of ours that stands otherwise than we left it."""

    where: str  # Zoom or Moodle
    what: str
    differs: str

    @property
    def words(self) -> str:
        return f"{self.where}: {self.what}: {self.differs}"


def watched_days(context: StepContext) -> list[date]:
    """The study days that are prepared and not over."""
    today = context.now.astimezone(context.services.settings.zone).date()
    with reading(context.services.engine) as session:
        return sorted(day for day in prepared_days(session) if day >= today)


def find_drift(context: StepContext) -> list[Drift]:
    """Looks at every meeting and entry of the day that should stand. Raises as the services do.

    DayBusy while a run is at work on the day. What has begun is left as it is.
    """
    with turn_of(context.services.engine, context.day):
        return [*_in_zoom(context), *_in_moodle(context)]


def _in_zoom(context: StepContext) -> Iterator[Drift]:
    services = context.services
    with reading(services.engine) as session:
        plan = load_plan(session, context.day, services.settings.zone)
        meetings = plan_of_meetings(session, services.settings, plan, context.now)
    for class_id in meetings.difference.keep:
        wanted, row = meetings.wanted[class_id], meetings.existing[class_id]
        found = services.zoom.fetch_meeting(row.meeting_id)
        if differs := _difference(found, wanted.spec, row, context):
            yield _note(context, Drift("Zoom", wanted.planned.label, differs), row)


def _difference(
    found: ZoomMeeting | None, spec: MeetingSpec, row: Meeting, context: StepContext
) -> str:
    if found is None:
        return "the meeting is not there any more"
    parts = []
    if found.reference != spec.reference:
        parts.append("our reference is gone from its description")
    if found.topic != spec.topic:
        parts.append(f"topic “{found.topic}” instead of “{spec.topic}”")
    if found.start != spec.start_utc:
        parts.append(
            f"begins {_local(found.start, context)} instead of {_local(spec.start, context)}"
        )
    if found.duration_minutes != spec.duration_minutes:
        parts.append(f"lasts {found.duration_minutes} minutes instead of {spec.duration_minutes}")
    if found.passcode != spec.passcode:
        parts.append("another passcode")
    elif found.join_url != row.join_url:
        parts.append("another link")
    return "; ".join(parts)


def _local(moment: datetime | None, context: StepContext) -> str:
    zone = context.services.settings.zone
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else "at no time"


def _in_moodle(context: StepContext) -> Iterator[Drift]:
    moodle, links = context.services.moodle, plan_of_links(context)
    for key in links.difference.keep:
        planned, item = links.wanted[key], links.existing[key]
        if differs := moodle.event_difference(*event_of(key, planned), item.moodle_id):
            yield _note(context, Drift("Moodle", planned.label, differs), item)
    with reading(context.services.engine) as session:
        plan = items_on(session, context.day, LmsKind.PLAN).get(plan_key(context))
    if plan is not None and plan.content_hash:
        differs = moodle.plan_difference(*post_of(context), plan.content_hash, plan.moodle_id)
        if differs:
            yield _note(context, Drift("Moodle", "plan of the day", differs), plan)


def _note(context: StepContext, drift: Drift, row: Meeting | LmsItem) -> Drift:
    """Says so in the journal, and forgets that the thing stands as it should."""
    step = Step.PLAN_MEETINGS
    if isinstance(row, LmsItem):
        step = Step.PUBLISH_PLAN if row.kind is LmsKind.PLAN else Step.PUBLISH_LINKS
    with writing(context.services.engine) as session:
        row.content_hash = ""
        session.merge(row)
        write(
            session,
            context.author,
            f"differs in {drift.where}",
            row.class_id or "plan",
            day=context.day,
            step=step.value,
            what=drift.what,
            why=drift.differs,
        )
    return drift
