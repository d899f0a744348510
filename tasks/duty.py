"""The SAC work schedule of a day: one or two coordinators look after it (step 8)."""

from datetime import datetime

from models.database import reading, writing
from models.people import duty_on, staff
from models.question import Question, QuestionKind
from rules.people import Role
from rules.timetable import StaffMember
from tasks.context import StepContext
from tasks.questions import keep_questions


def check_duty(context: StepContext) -> int:
    """Asks the head of SAC when not one or two coordinators are on duty; returns how many are."""
    with writing(context.services.engine) as session:
        people = {
            member.key
            for _, member in duty_on(session, context.day)
            if member.role is Role.COORDINATOR
        }
        fits = 1 <= len(people) <= 2
        wanted = [] if fits else [_question(context, len(people))]
        keep_questions(session, context, QuestionKind.DUTY, wanted)
    return len(people)


def _question(context: StepContext, number: int) -> Question:
    return Question(
        key=f"{context.day}/duty",
        kind=QuestionKind.DUTY,
        day=context.day,
        role=Role.HEAD_OF_SAC,
        text=f"Studiju dienā {context.day} dežurē {number} koordinatori, bet jābūt vienam vai "
        "diviem. Salabojiet darba grafiku semestra datos vai apstipriniet.",
        choices=["accept"],
        opened_at=context.now,
    )


def on_duty(context: StepContext, moment: datetime) -> list[StaffMember]:
    """Coordinators on duty at that moment; else all of that day's; else every coordinator."""
    local = moment.astimezone(context.services.settings.zone).time()
    with reading(context.services.engine) as session:
        roster = duty_on(session, context.day)
        everybody = staff(session, Role.COORDINATOR)
    now = [member for duty, member in roster if duty.starts <= local <= duty.ends]
    return now or [member for _, member in roster] or everybody
