"""Step 2, planning the classes in ZOOM: one meeting for each class that is held, none besides.

Creating is not idempotent in Zoom, so the intention is recorded first; an intention found later is
looked up by our reference on its host before anything is created again.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from integrations.errors import DoubtfulOutcome
from integrations.zoom import MeetingGone, ZoomMeeting
from models.database import reading, writing
from models.journal import count_actions, write
from models.meeting import Meeting, MeetingState
from models.question import QuestionKind, open_questions
from rules.plan import ProblemCode
from rules.process import Step, StepState
from rules.step_sentences import meetings_planned
from rules.wording import Text
from tasks.context import StepContext, StepResult
from tasks.day_plan import load_plan, read_plan
from tasks.effects import Effects
from tasks.meeting_plan import MeetingPlan, WantedMeeting, plan_of_meetings, reference
from tasks.reports import plan_report

_LATER = ("changed", "replaced", "removed")  # what may happen to a meeting once it is made


def plan_meetings(context: StepContext) -> StepResult:
    """Nodarbību plānošana ZOOM."""
    services = context.services
    with reading(services.engine) as session:
        plan = load_plan(session, context.day, services.settings.zone)
        meetings = plan_of_meetings(session, services.settings, plan, context.now)
    effects = Effects(context, Step.PLAN_MEETINGS, meetings.difference.size)
    _remove_meetings(context, meetings, effects)  # first, so that their accounts are free
    _change_meetings(context, meetings, effects)
    _create_meetings(context, meetings, effects)
    effects.finish()
    return _result(context, effects)


def _remove_meetings(context: StepContext, meetings: MeetingPlan, effects: Effects) -> None:
    for class_id in meetings.difference.withdraw:
        row = meetings.existing[class_id]
        effects.attempt(
            "removed", class_id, f"Sapulce {row.meeting_id}", partial(_remove, context, row)
        )


def _change_meetings(context: StepContext, meetings: MeetingPlan, effects: Effects) -> None:
    for class_id in meetings.difference.update:
        wanted, row = meetings.wanted[class_id], meetings.existing[class_id]
        if effects.was_asked(class_id, MeetingGone):  # and has stayed away
            action = partial(_create, context, wanted, row, verb="replaced")
        else:
            change = _change if wanted.host == row.host else _replace
            action = partial(change, context, wanted, row)
        effects.attempt("changed", class_id, wanted.planned.label, action)


def _create_meetings(context: StepContext, meetings: MeetingPlan, effects: Effects) -> None:
    for class_id in meetings.difference.create:
        wanted, row = meetings.wanted[class_id], meetings.existing.get(class_id)
        effects.attempt(
            "made", class_id, wanted.planned.label, partial(_create, context, wanted, row)
        )


def _result(context: StepContext, effects: Effects) -> StepResult:
    plan = read_plan(context.services, context.day)
    with reading(context.services.engine) as session:
        done = count_actions(session, context.day, Step.PLAN_MEETINGS.value)
        shortages = [
            question
            for question in open_questions(session, context.day, QuestionKind.PLAN_PROBLEM)
            if question.facts["code"] == ProblemCode.TOO_FEW_ACCOUNTS
        ]
    linked = [planned for planned in plan.held if planned.facts.join_url]
    evidence = {
        "meetings": len(linked),
        "accounts": len({planned.host for planned in linked}),
        "without_link": [planned.id for planned in plan.held if planned not in linked],
        **{verb: done.get(f"{verb} meeting", 0) for verb in _LATER},
    }
    result = StepResult(
        StepState.DONE,
        _words(evidence),
        evidence,
        plan_report(plan),
        is_idle=not effects.figures,
    )
    if shortages:  # asked by step 1; until somebody has decided, this step waits too
        return replace(result, state=StepState.NEEDS_PERSON)
    return effects.waiting_for(result)


def _words(evidence: Mapping[str, Any]) -> Text:
    return meetings_planned(
        evidence["meetings"],
        evidence["accounts"],
        len(evidence["without_link"]),
        {verb: evidence[verb] for verb in _LATER},
    )


def _create(
    context: StepContext, wanted: WantedMeeting, earlier: Meeting | None, verb: str = "made"
) -> None:
    """Makes the meeting; `earlier` is the row of a try whose outcome is not known."""
    if earlier is not None and earlier.host != wanted.host:
        _delete_lost(context, earlier)  # before the row forgets where it may be
    _save(context, _row(context, wanted, MeetingState.CREATING))
    made = _find_ours(context, wanted) if earlier is not None else None
    if made is None:
        try:
            made = context.services.zoom.create_meeting(wanted.host, wanted.spec)
        except DoubtfulOutcome:
            made = _find_ours(context, wanted)
            if made is None:
                raise
    _record(context, wanted, made, verb)


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
    _create(context, wanted, None, verb="replaced")


def _remove(context: StepContext, row: Meeting) -> None:
    if row.meeting_id:
        context.services.zoom.delete_meeting(row.meeting_id)
    else:
        _delete_lost(context, row)
    row.state, row.changed_at = MeetingState.DELETED, context.now
    _save(context, row, "removed")


def _delete_lost(context: StepContext, row: Meeting) -> None:
    """Deletes what a creation that was never confirmed made after all."""
    for meeting in context.services.zoom.find_meetings(row.host):
        if meeting.reference == reference(row.class_id):
            context.services.zoom.delete_meeting(meeting.id)


def _row(context: StepContext, wanted: WantedMeeting, state: MeetingState) -> Meeting:
    return Meeting(
        class_id=wanted.planned.id,
        day=wanted.planned.facts.start.date(),
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
