"""Orphans: meetings in Zoom that carry our reference and that we know nothing of.

A crash, a restored backup or another installation leaves such. They are named in a question and
never deleted: whoever uses them is not known here.
"""

from collections.abc import Iterator

from sqlmodel import select

from integrations.zoom import ZoomMeeting
from models.database import reading, writing
from models.meeting import Meeting, MeetingState
from models.people import zoom_accounts
from models.question import SKIP, Question, QuestionKind, ask, open_questions, withdraw
from rules.people import Role
from tasks.context import StepContext
from tasks.effects import MENDED
from tasks.meeting_plan import reference

_PREFIX = "orphan/"


def find_orphans(context: StepContext) -> list[ZoomMeeting]:
    """Asks about every orphan on our accounts; withdraws the questions about those that are gone."""
    with reading(context.services.engine) as session:
        hosts = [account.email for account in zoom_accounts(session)]
    standing = [meeting for host in hosts for meeting in context.services.zoom.find_meetings(host)]
    orphans = list(_unknown(context, standing))
    keys = {f"{_PREFIX}{meeting.id}" for meeting in orphans}
    with writing(context.services.engine) as session:
        for question in open_questions(session, kind=QuestionKind.OUTSIDE_PROBLEM):
            if question.key.startswith(_PREFIX) and question.key not in keys:
                withdraw(session, question, context.now)
        for meeting in orphans:
            ask(session, _question(context, meeting), again_after=MENDED)
    return orphans


def _unknown(context: StepContext, standing: list[ZoomMeeting]) -> Iterator[ZoomMeeting]:
    """Those that no class of ours has. Zoom was asked first, so what is made meanwhile is known."""
    with reading(context.services.engine) as session:
        rows = session.exec(select(Meeting).where(Meeting.state != MeetingState.DELETED)).all()
    known = {row.meeting_id for row in rows}
    # An intention has no number yet: what it made is found by its reference, in step 2.
    intended = {reference(row.class_id) for row in rows if row.state is MeetingState.CREATING}
    for meeting in standing:
        is_over = meeting.start is not None and meeting.start <= context.now
        if meeting.id not in known and meeting.reference not in intended and not is_over:
            yield meeting


def _question(context: StepContext, meeting: ZoomMeeting) -> Question:
    zone = context.services.settings.zone
    when = f"{meeting.start.astimezone(zone):%d.%m.%Y. %H:%M}" if meeting.start else "bez laika"
    return Question(
        key=f"{_PREFIX}{meeting.id}",
        kind=QuestionKind.OUTSIDE_PROBLEM,
        role=Role.HEAD_OF_SAC,
        text=f"ZOOM kontā {meeting.host} ir sapulce {meeting.id} “{meeting.topic}” ({when}) ar mūsu "
        f"atsauci {meeting.reference}, bet nevienai nodarbībai tā nepieder. Ja to neviens "
        "neizmanto, izdzēsiet to ZOOM un atbildiet “mended”; ja tā vajadzīga, “skip”.",
        facts={
            "service": "Zoom",
            "operation": "find meetings",
            "error": "Orphan",
            "effects": [meeting.id],
            "holds_letters": False,
        },
        choices=[MENDED, SKIP],
        opened_at=context.now,
    )
