"""Step 6, telling students that online classes are held or cancelled: one letter per student."""

from sqlmodel import Session

from integrations.letters import Recipient, student_change, student_notice
from models.letter import LetterKind, latest_letters
from models.people import find_students, students_of
from rules.facts import ClassFacts
from rules.people import Role
from rules.process import Step
from rules.timetable import Student
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan
from tasks.earlier_letters import EarlierLetters
from tasks.gone_classes import GoneClasses, gone_classes
from tasks.notices import give_notice
from tasks.people_letters import Conversation, Listener

CONVERSATION = Conversation(LetterKind.STUDENT, student_notice, student_change)


def notify_students(context: StepContext) -> StepResult:
    """Informācijas par nodarbību norisi vai atcelšanu nosūtīšana studējošajiem."""
    return give_notice(
        context, Step.NOTIFY_STUDENTS, CONVERSATION, student_listeners, Role.COORDINATOR
    )


def student_listeners(session: Session, plan: DayPlan, earlier: EarlierLetters) -> list[Listener]:
    """Every student of the day's groups, and those who were told and are in none of them now."""
    gone = gone_classes(session, plan, LetterKind.STUDENT, earlier)
    groups = {*plan.groups, *(group for held in gone.classes for group in held.facts.groups)}
    people = {student.key: student for student in students_of(session, groups)}
    told = latest_letters(session, plan.day, LetterKind.STUDENT)
    left = find_students(session, {*told, *earlier} - set(people))
    return [
        Listener(
            student.key,
            Recipient(student.name, student.email, student.language),
            _wanted(plan, gone, student) if student.key in people else (),
        )
        for student in (*people.values(), *left)
        if student.email
    ]


def _wanted(plan: DayPlan, gone: GoneClasses, student: Student) -> tuple[ClassFacts, ...]:
    mine = set(student.groups)
    elsewhere = gone.of(student.key, lambda held: not mine.isdisjoint(held.facts.groups))
    return (*plan.of_groups(mine), *elsewhere)
