"""Whether a plan's letters may go out: open problems hold them, and so may the head of SAC."""

from integrations.settings import Release
from models.database import writing
from models.question import (
    Question,
    QuestionKind,
    QuestionState,
    ask,
    open_questions,
)
from rules.people import Role
from rules.process import StepState
from tasks.context import StepContext, StepResult
from tasks.wording import counted


def held_back(context: StepContext) -> StepResult | None:
    """Why the letters wait, as the result of the step; None when they may go."""
    with writing(context.services.engine) as session:
        problems = [
            question
            for question in open_questions(session, context.day)
            if question.facts.get("holds_letters")
        ]
        if problems:
            what = counted(len(problems), "problem")
            return StepResult(
                StepState.NEEDS_PERSON,
                f"letters wait: the plan has {what} to decide (see the questions)",
            )
        if context.services.settings.release is Release.AUTO:
            return None
        answer = ask(session, _release(context))
        if answer.state is QuestionState.ANSWERED and answer.answer == "release":
            return None
    return StepResult(StepState.NEEDS_PERSON, "letters wait for the head of SAC to release them")


def _release(context: StepContext) -> Question:
    return Question(
        key=f"{context.day}/release",
        kind=QuestionKind.RELEASE,
        day=context.day,
        role=Role.HEAD_OF_SAC,
        text=f"Studiju dienas {context.day} plāns ir sagatavots. Vai drīkst izsūtīt vēstules?",
        choices=["release"],
        guess="release",
        opened_at=context.now,
    )
