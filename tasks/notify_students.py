"""Step 6, telling students that online classes are held or cancelled: one letter per student."""

from sqlmodel import Session

from integrations.letters import Recipient, student_change, student_notice
from models.letter import LetterKind, latest_letters
from models.people import find_students, students_of
from rules.people import Role
from rules.process import Step
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan
from tasks.notices import give_notice
from tasks.people_letters import Conversation, Listener

CONVERSATION = Conversation(LetterKind.STUDENT, student_notice, student_change)


def notify_students(context: StepContext) -> StepResult:
    """Informācijas par nodarbību norisi vai atcelšanu nosūtīšana studējošajiem."""
    return give_notice(
        context, Step.NOTIFY_STUDENTS, CONVERSATION, student_listeners, Role.COORDINATOR
    )


def student_listeners(session: Session, plan: DayPlan) -> list[Listener]:
    """Every student of the day's groups, and those who were told and are in none of them now."""
    people = {student.key: student for student in students_of(session, plan.groups)}
    told = latest_letters(session, plan.day, LetterKind.STUDENT)
    gone = find_students(session, set(told) - set(people))
    return [
        Listener(
            student.key,
            Recipient(student.name, student.email, student.language),
            plan.of_groups(student.groups) if student.key in people else (),
        )
        for student in (*people.values(), *gone)
        if student.email
    ]
