"""Whether a plan's letters may go out: open problems hold them, and so may the head of SAC."""

from sqlmodel import Session

from integrations.settings import Release
from models.database import writing
from models.question import (
    Question,
    QuestionKind,
    QuestionState,
    ask,
    find_by_key,
    open_questions,
)
from rules.people import Role
from rules.step_sentences import NOT_RELEASED, undecided_problems
from rules.wording import Text
from tasks.context import StepContext

_PLAN = QuestionKind.PLAN_PROBLEM


def held_back(context: StepContext) -> Text | None:
    """Why the plan's letters wait, if they do; asks the head of SAC where a release is wanted."""
    with writing(context.services.engine) as session:
        if why := _problems(session, context):
            return why
        if context.services.settings.release is Release.AUTO:
            return None
        return _unreleased(ask(session, _release(context)))


def would_be_held(session: Session, context: StepContext, plan_questions: int) -> bool:
    """The same for whoever only looks and asks nobody.

    `plan_questions`: how many of those that hold letters step 1 would leave open.
    """
    others = [one for one in _open_problems(session, context) if one.kind is not _PLAN]
    if plan_questions or others:
        return True
    if context.services.settings.release is Release.AUTO:
        return False
    return bool(_unreleased(find_by_key(session, _release(context).key)))


def _open_problems(session: Session, context: StepContext) -> list[Question]:
    return [
        question
        for question in open_questions(session, context.day)
        if question.facts.get("holds_letters")
    ]


def _problems(session: Session, context: StepContext) -> Text | None:
    problems = _open_problems(session, context)
    return undecided_problems(len(problems)) if problems else None


def _unreleased(question: Question | None) -> Text | None:
    if question and (question.state, question.answer) == (QuestionState.ANSWERED, "release"):
        return None
    return NOT_RELEASED


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
