"""Keeps the questions of one cause in step with what is so now: asked, kept, or withdrawn."""

from collections.abc import Iterable

from sqlmodel import Session

from models.question import Question, QuestionKind, QuestionState, ask, open_questions, withdraw
from tasks.context import StepContext


def keep_questions(
    session: Session, context: StepContext, kind: QuestionKind, wanted: Iterable[Question]
) -> list[Question]:
    """Asks what is wanted, withdraws what is not any more; returns those that still wait."""
    standing = [ask(session, question) for question in wanted]
    keys = {question.key for question in standing}
    for question in open_questions(session, context.day, kind):
        if question.key not in keys:
            withdraw(session, question, context.now)
    return [question for question in standing if question.state is QuestionState.OPEN]
