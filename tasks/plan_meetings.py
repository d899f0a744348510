"""Step 2, planning the classes in ZOOM: one meeting for each class that is held, none besides.

Creating is not idempotent in Zoom, so the intention is recorded first; an intention found later is
looked up by our reference on its host before anything is created again.
"""

from functools import partial

from integrations.errors import DoubtfulOutcome
from integrations.zoom import ZoomMeeting
from models.database import reading, writing
from models.journal import write
from models.meeting import Meeting, MeetingState, meetings_on
from rules.process import Step, StepState
from tasks.context import StepContext, StepResult
from tasks.day_plan import load_plan, read_plan
from tasks.effects import Effects, waiting_for
from tasks.meeting_plan import MeetingPlan, WantedMeeting, plan_of_meetings, reference
from tasks.reports import plan_report
from tasks.wording import tally


def plan_meetings(context: StepContext) -> StepResult:
    """Nodarbību plānošana ZOOM."""
    services = context.services
    with reading(services.engine) as session:
        plan = load_plan(session, context.day, services.settings.zone)
        meetings = plan_of_meetings(session, services.settings, plan, context.now)
    effects = Effects(context, Step.PLAN_MEETINGS, meetings.effects)
    _remove_meetings(context, meetings, effects)  # first, so that their accounts are free
    _change_meetings(context, meetings, effects)
    _create_meetings(context, meetings, effects)
    effects.raise_failure()
    return _result(context, effects)


def _remove_meetings(context: StepContext, meetings: MeetingPlan, effects: Effects) -> None:
    for class_id in meetings.difference.withdraw:
        row = meetings.existing[class_id]
        effects.attempt(
            "removed", class_id, f"Meeting {row.meeting_id}", partial(_remove, context, row)
        )


def _change_meetings(context: StepContext, meetings: MeetingPlan, effects: Effects) -> None:
    for class_id in meetings.difference.update:
        wanted, row = meetings.wanted[class_id], meetings.existing[class_id]
        change = _change if wanted.host == row.host else _replace
        effects.attempt(
            "changed", class_id, wanted.planned.label, partial(change, context, wanted, row)
        )


def _create_meetings(context: StepContext, meetings: MeetingPlan, effects: Effects) -> None:
    for class_id in meetings.difference.create:
        wanted = meetings.wanted[class_id]
        was_tried = class_id in meetings.existing
        effects.attempt(
            "made", class_id, wanted.planned.label, partial(_create, context, wanted, was_tried)
        )


def _result(context: StepContext, effects: Effects) -> StepResult:
    plan = read_plan(context.services, context.day)
    without_link = [
        planned.id
        for planned in plan.held
        if not planned.facts.join_url and planned.facts.end > context.now
    ]
    accounts = {planned.host for planned in plan.held if planned.host}
    result = StepResult(
        StepState.DONE,
        tally(effects.figures),
        {**effects.figures, "accounts": len(accounts), "without_link": without_link},
        plan_report(plan),
        is_idle=not effects.figures,
    )
    return waiting_for(max(effects.questions(), len(without_link)), result)


def _create(context: StepContext, wanted: WantedMeeting, was_tried: bool) -> None:  # noqa: FBT001 - bound by name above
    _save(context, _row(context, wanted, MeetingState.CREATING))
    made = _find_ours(context, wanted) if was_tried else None
    if made is None:
        try:
            made = context.services.zoom.create_meeting(wanted.host, wanted.spec)
        except DoubtfulOutcome:
            made = _find_ours(context, wanted)
            if made is None:
                raise
    _record(context, wanted, made, "made")


def _find_ours(context: StepContext, wanted: WantedMeeting) -> ZoomMeeting | None:
    """The meeting that an earlier try made; of several, all but the oldest are removed."""
    zoom = context.services.zoom
    found = sorted(
        (
            meeting
            for meeting in zoom.find_meetings(wanted.host)
            if meeting.reference == wanted.spec.reference
        ),
        key=lambda meeting: int(meeting.id),
    )
    for surplus in found[1:]:
        zoom.delete_meeting(surplus.id)
    # A list tells neither passcode nor whole agenda; bringing it up to date does.
    return zoom.update_meeting(found[0].id, wanted.spec) if found else None


def _change(context: StepContext, wanted: WantedMeeting, row: Meeting) -> None:
    changed = context.services.zoom.update_meeting(row.meeting_id, wanted.spec)
    _record(context, wanted, changed, "changed")


def _replace(context: StepContext, wanted: WantedMeeting, row: Meeting) -> None:
    """The class moved to another account: Zoom cannot move a meeting, so it gets a new one."""
    context.services.zoom.delete_meeting(row.meeting_id)
    _create(context, wanted, was_tried=False)


def _remove(context: StepContext, row: Meeting) -> None:
    meeting_id = row.meeting_id or _lost_meeting(context, row)
    if meeting_id:
        context.services.zoom.delete_meeting(meeting_id)
    row.state, row.changed_at = MeetingState.DELETED, context.now
    _save(context, row, "removed")


def _lost_meeting(context: StepContext, row: Meeting) -> str | None:
    """The id of a meeting whose creation was never confirmed, if it was made after all."""
    wanted = reference(row.class_id)
    found = context.services.zoom.find_meetings(row.host)
    return next((meeting.id for meeting in found if meeting.reference == wanted), None)


def _row(context: StepContext, wanted: WantedMeeting, state: MeetingState) -> Meeting:
    return Meeting(
        class_id=wanted.planned.id,
        day=context.day,
        host=wanted.host,
        state=state,
        passcode=wanted.spec.passcode,
        changed_at=context.now,
    )


def _record(context: StepContext, wanted: WantedMeeting, made: ZoomMeeting, verb: str) -> None:
    row = _row(context, wanted, MeetingState.ACTIVE)
    row.meeting_id, row.join_url, row.passcode = made.id, made.join_url, made.passcode
    row.content_hash = wanted.hash
    _save(context, row, verb)


def _save(context: StepContext, row: Meeting, verb: str = "") -> None:
    with writing(context.services.engine) as session:
        session.merge(row)
        if verb:
            write(
                session,
                context.author,
                f"{verb} meeting",
                row.class_id,
                day=context.day,
                step=Step.PLAN_MEETINGS.value,
                meeting=row.meeting_id,
                host=row.host,
            )


def known_meetings(context: StepContext) -> dict[str, Meeting]:
    """The day's meetings as recorded."""
    with reading(context.services.engine) as session:
        return meetings_on(session, context.day)
