"""Keeps the questions of one cause in step with what is so now: asked, kept, or withdrawn."""

from collections.abc import Iterable

from sqlmodel import Session

from models.question import Question, QuestionKind, QuestionState, ask, open_questions, withdraw
from tasks.context import StepContext


def keep_questions(
    session: Session,
    context: StepContext,
    kind: QuestionKind,
    wanted: Iterable[Question],
    *,
    prefix: str | None = "",
    again_after: str | None = None,
) -> list[Question]:
    """Asks what is wanted, withdraws what is not any more; returns those that still wait.

    Only questions whose key begins with `prefix` are withdrawn, none when it is None. One answered
    `again_after` is asked again.
    """
    standing = [ask(session, question, again_after=again_after) for question in wanted]
    keys = {question.key for question in standing}
    if prefix is not None:
        for question in open_questions(session, context.day, kind):
            if question.key not in keys and question.key.startswith(prefix):
                withdraw(session, question, context.now)
    return [question for question in standing if question.state is QuestionState.OPEN]
