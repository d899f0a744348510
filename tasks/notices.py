"""The course of steps 3 and 6: who should know what, which letters follow, sending them."""

from collections.abc import Callable

from sqlmodel import Session

from models.database import reading
from models.letter import LetterKind, letters_on
from models.question import QuestionKind, open_questions
from rules.conversation import Variant
from rules.people import Role
from rules.process import Step, StepState
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, load_plan
from tasks.effects import waiting_for
from tasks.outbox import office_of
from tasks.people_letters import Conversation, Listener, NextLetter, next_letters, write_letters
from tasks.release import held_back
from tasks.reports import letters_report
from tasks.send_letters import send_letters
from tasks.wording import tally

Listeners = Callable[[Session, DayPlan], list[Listener]]

_VARIANT_WORDS = {
    Variant.FIRST: "first letters",
    Variant.CHANGE: "changes",
    Variant.CANCELLATION: "cancellations",
}


def give_notice(
    context: StepContext,
    step: Step,
    conversation: Conversation,
    listeners: Listeners,
    signed_by: Role,
) -> StepResult:
    """Writes and sends the next letter to everybody who needs one."""
    waits = held_back(context)
    if waits is not None:
        return waits
    letters = letters_due(context, conversation.kind, listeners)
    with reading(context.services.engine) as session:
        office = office_of(session, context, signed_by)
    written = write_letters(context, conversation, office, letters)
    outcome = send_letters(context, step, [conversation.kind])
    words = {_VARIANT_WORDS[variant]: count for variant, count in written.items()}
    result = StepResult(
        StepState.DONE,
        tally({**outcome.figures, **words}, nothing="everybody knows already"),
        {**outcome.figures, **{str(variant): count for variant, count in written.items()}},
        _report(context, conversation.kind),
        is_idle=not (written or outcome.sent or outcome.refused),
    )
    return waiting_for(_unanswered(context, conversation.kind), result)


def letters_due(context: StepContext, kind: LetterKind, listeners: Listeners) -> list[NextLetter]:
    """The letters that a run would write now; the preview shows the same list."""
    with reading(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        return next_letters(session, context, kind, listeners(session, plan))


def _unanswered(context: StepContext, kind: LetterKind) -> int:
    with reading(context.services.engine) as session:
        return sum(
            f"/{kind}/" in question.key
            for asked in (QuestionKind.REFUSED_ADDRESS, QuestionKind.DOUBTFUL_LETTER)
            for question in open_questions(session, context.day, asked)
        )


def _report(context: StepContext, kind: LetterKind) -> str:
    with reading(context.services.engine) as session:
        return letters_report(
            [letter for letter in letters_on(session, context.day) if letter.kind is kind]
        )
