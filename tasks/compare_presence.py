"""The second source of attendance: what Zoom saw, kept beside the number that lecturers report.

A difference is shown to people (`tasks/attendance.py`) and never corrected. Zoom being away delays
nothing: the reported numbers are what the process asks for.
"""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from integrations.errors import OutsideError
from models.database import reading, writing
from models.journal import write
from models.people import staff, zoom_accounts
from models.presence import Presence, presences
from rules.plan import PlannedClass
from rules.presence import Insiders, Stay, people_present
from rules.process import Step
from tasks.context import StepContext
from tasks.day_plan import read_plan


def compare_presence(context: StepContext) -> str:
    """Fetches Zoom's reports that are still to come; what went wrong, in words, or nothing."""
    faults = []
    for planned in _awaited(context):
        try:
            _fetch(context, planned)
        except OutsideError as error:
            faults.append(str(error))
    return faults[0] if faults else ""


def _awaited(context: StepContext) -> list[PlannedClass]:
    ended = [
        planned
        for planned in read_plan(context.services, context.day).held
        if planned.facts.end <= context.now and planned.facts.meeting_id
    ]
    with reading(context.services.engine) as session:
        known = presences(session, [planned.id for planned in ended])
    return [planned for planned in ended if planned.id not in known]


def _fetch(context: StepContext, planned: PlannedClass) -> None:
    meeting_id = planned.facts.meeting_id or ""
    participants = context.services.zoom.fetch_participants(meeting_id)
    if not participants:
        return  # not worked out yet, which is not the same as nobody
    stays = [
        Stay(one.name, one.email, one.joined, one.left, one.in_waiting_room) for one in participants
    ]
    with writing(context.services.engine) as session:
        people = _people(session, context, planned, stays)
        session.merge(
            Presence(
                class_id=planned.id,
                meeting_id=meeting_id,
                people=people,
                fetched_at=context.now,
            )
        )
        write(
            session,
            context.author,
            "Zoom's attendance",
            planned.label,
            day=context.day,
            step=Step.COLLECT_ATTENDANCE.value,
            people=people,
            stays=len(stays),
        )


def _people(
    session: Session, context: StepContext, planned: PlannedClass, stays: Sequence[Stay]
) -> int:
    people = [(lecturer.name, lecturer.email) for lecturer in planned.lecturers]
    people += [(member.name, member.email) for member in staff(session)]
    hosts = [account.email for account in zoom_accounts(session)]
    at_least = timedelta(minutes=context.services.settings.presence_minutes)
    return people_present(stays, Insiders.of(people, hosts), at_least)
