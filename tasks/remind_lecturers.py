"""Step 3, reminding lecturers that online classes are held or cancelled: one letter per lecturer."""

from functools import partial

from sqlmodel import Session

from integrations.letters import Recipient, lecturer_change, lecturer_reminder
from models.letter import LetterKind, latest_letters
from models.people import lecturers
from rules.people import Role
from rules.plan import PlannedClass
from rules.process import Step
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan
from tasks.earlier_letters import EarlierLetters
from tasks.gone_classes import gone_classes
from tasks.notices import give_notice
from tasks.people_letters import Conversation, Listener

CONVERSATION = Conversation(LetterKind.LECTURER, lecturer_reminder, lecturer_change)


def remind_lecturers(context: StepContext) -> StepResult:
    """Atgādinājumu par nodarbību norisi vai atcelšanu izsūtīšana mācībspēkiem."""
    return give_notice(
        context, Step.REMIND_LECTURERS, CONVERSATION, lecturer_listeners, Role.HEAD_OF_SAC
    )


def lecturer_listeners(session: Session, plan: DayPlan, earlier: EarlierLetters) -> list[Listener]:
    """Every lecturer of the day, and those who were told of it and have no class any more."""
    people = lecturers(session)
    gone = gone_classes(session, plan, LetterKind.LECTURER, earlier)
    told = latest_letters(session, plan.day, LetterKind.LECTURER)
    keys = sorted({*plan.lecturers, *told, *earlier})
    return [
        Listener(
            key,
            Recipient(people[key].name, people[key].email, people[key].language),
            (*plan.of_lecturer(key), *gone.of(key, partial(_gives, key))),
        )
        for key in keys
        if people[key].email
    ]


def _gives(key: str, held: PlannedClass) -> bool:
    return key in {lecturer.key for lecturer in held.lecturers}
