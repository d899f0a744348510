"""How everything stands that somebody may have to hear of: steps, questions, and who is who."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from models.database import reading
from models.journal import failing_since
from models.people import staff
from models.question import Question, QuestionKind, open_questions
from models.study_day import classes_on, prepared_days, study_days
from rules.alerts import StepStanding, WaitingQuestion
from rules.people import Role
from rules.process import Step
from rules.timetable import StaffMember
from tasks.context import StepContext
from tasks.day_plan import read_plan
from tasks.run_steps import day_status

# The step that waits for the answer; other questions hold no step up.
_WAITS: Mapping[QuestionKind, Step] = {
    QuestionKind.PLAN_PROBLEM: Step.REMIND_LECTURERS,
    QuestionKind.RELEASE: Step.REMIND_LECTURERS,
    QuestionKind.MEETING_HELD: Step.BRIEF_TEAM,
    QuestionKind.DUTY: Step.BRIEF_TEAM,
    QuestionKind.UNCLEAR_REPLY: Step.COLLECT_ATTENDANCE,
}


def step_standings(context: StepContext) -> list[StepStanding]:
    """Every step of the study days that are under way or ahead; past ones only if they were ours."""
    found: list[StepStanding] = []
    for day in _days(context):
        with reading(context.services.engine) as session:
            failing = failing_since(session, day)
        found.extend(
            StepStanding(
                day, one.step, one.state, one.window, one.summary, failing.get(one.step.value)
            )
            for one in day_status(replace(context, day=day))
        )
    return found


def _days(context: StepContext) -> list[date]:
    today = context.now.astimezone(UTC).date()
    look_back = context.services.settings.alerts.policy.look_back
    with reading(context.services.engine) as session:
        prepared = prepared_days(session)
        days = [row.day for row in study_days(session) if classes_on(session, row.day)]
    return [
        day
        for day in days
        if (day in prepared or day >= today)
        and context.calendar.due_on(Step.CLEAR_LMS, day) + look_back >= today
    ]


def waiting_questions(context: StepContext) -> list[WaitingQuestion]:
    """Every open question, with the due moment of the step that waits for it."""
    with reading(context.services.engine) as session:
        questions = open_questions(session)
    return [
        WaitingQuestion(
            question.id or 0,
            question.day,
            question.role,
            question.text,
            question.opened_at,
            _due(context, question),
        )
        for question in questions
    ]


def _due(context: StepContext, question: Question) -> datetime | None:
    step = _WAITS.get(question.kind)
    if step is None or question.day is None:
        return None
    times = read_plan(context.services, question.day).times
    return context.calendar.window(step, question.day, times).due


def colleagues(context: StepContext) -> Sequence[StaffMember]:
    """The office's active staff."""
    with reading(context.services.engine) as session:
        return staff(session)


def keys_by_role(members: Sequence[StaffMember]) -> dict[Role | None, list[str]]:
    """Who acts in each role, by key; only those who can be written to."""
    found: dict[Role | None, list[str]] = {}
    for member in members:
        if member.email:
            found.setdefault(member.role, []).append(member.key)
    return found
