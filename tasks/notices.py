"""The course of steps 3 and 6: who should know what, which letters follow, sending them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from models.database import reading
from models.letter import LIVE, UNDELIVERED, WAITING, LetterKind, LetterState, letters_on
from models.question import QuestionKind, open_questions
from models.study_day import SETTLING, step_records
from rules.people import Role
from rules.process import Step, StepState
from rules.step_sentences import letters_held, letters_sent, to_follow
from rules.wording import Text
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, load_plan
from tasks.earlier_letters import EarlierLetters, earlier_letters
from tasks.effects import waiting_for
from tasks.outbox import office_of
from tasks.people_letters import (
    Conversation,
    Listener,
    NextLetter,
    next_letters,
    urgent_within,
    write_letters,
)
from tasks.release import held_back
from tasks.reports import letters_report
from tasks.send_letters import send_letters

Listeners = Callable[[Session, DayPlan, EarlierLetters], list[Listener]]


def give_notice(
    context: StepContext,
    step: Step,
    conversation: Conversation,
    listeners: Listeners,
    signed_by: Role,
) -> StepResult:
    """Writes and sends the next letter to everybody who needs one.

    While the plan's letters wait for a person, what cannot wait goes out all the same.
    """
    why = context.letters_wait or held_back(context)
    due = letters_due(context, conversation.kind, listeners, only_pressing=why is not None)
    letters = [letter for letter in due if not _settles(context, letter)]
    with reading(context.services.engine) as session:
        office = office_of(session, context, signed_by)
    written = write_letters(context, conversation, office, letters)
    outcome = send_letters(context, step, [conversation.kind])
    is_idle = not (written or outcome.sent or outcome.refused)
    result = _settling(
        _result(context, conversation.kind, is_idle=is_idle), len(due) - len(letters)
    )
    if why:
        return _waits(context, result, why, outcome.sent)
    return waiting_for(_unanswered(context, conversation.kind), result)


def _settles(context: StepContext, letter: NextLetter) -> bool:
    """Whether the letter waits for further changes, so that several become one."""
    telling = letter.telling
    if not context.settles or telling is None:
        return False
    return not telling.is_urgent(context.now, urgent_within(context))


def _settling(result: StepResult, number: int) -> StepResult:
    """The result, as one that is not done while notices wait for further changes."""
    if not number:
        return result
    words = to_follow(result.words, number)
    evidence = {**result.evidence, SETTLING: number}
    return replace(result, state=StepState.DUE, words=words, evidence=evidence)


def has_settling_letters(session: Session, day: date) -> bool:
    """Whether the day's last run left notices to wait for further changes."""
    return any(record.evidence.get(SETTLING) for record in step_records(session, day).values())


def _waits(context: StepContext, result: StepResult, why: Text, sent: int) -> StepResult:
    """The result of a step whose letters wait, but for those that could not."""
    state = StepState.DUE if context.letters_wait else StepState.NEEDS_PERSON
    return replace(result, state=state, words=letters_held(why, sent))


def _result(context: StepContext, kind: LetterKind, *, is_idle: bool) -> StepResult:
    """How the conversation stands, over all runs."""
    with reading(context.services.engine) as session:
        letters = [letter for letter in letters_on(session, context.day) if letter.kind is kind]
    newest = {letter.person: letter for letter in letters if letter.state in LIVE}.values()
    sent = Counter(letter.variant for letter in letters if letter.state is LetterState.SENT)
    refused = sum(letter.state in UNDELIVERED for letter in newest)
    waiting = sum(letter.state in WAITING for letter in newest)
    return StepResult(
        # A letter under way (its outcome is looked up later) is not done yet.
        StepState.DUE if waiting else StepState.DONE,
        letters_sent(sent, refused, waiting),
        {**sent, "refused": refused, "waiting": waiting},
        letters_report(letters),
        is_idle=is_idle,
    )


def letters_due(
    context: StepContext,
    kind: LetterKind,
    listeners: Listeners,
    plan: DayPlan | None = None,
    *,
    only_pressing: bool = False,
) -> list[NextLetter]:
    """The letters that a run would write now; the preview hands in the plan that it expects."""
    zone = context.services.settings.zone
    with reading(context.services.engine) as session:
        known = plan or load_plan(session, context.day, zone)
        today = context.now.astimezone(zone).date()
        earlier = earlier_letters(session, context.day, kind, today)
        people = listeners(session, known, earlier)
        return next_letters(session, context, kind, people, earlier, only_pressing=only_pressing)


def _unanswered(context: StepContext, kind: LetterKind) -> int:
    with reading(context.services.engine) as session:
        return sum(
            f"/{kind}/" in question.key
            for asked in (QuestionKind.REFUSED_ADDRESS, QuestionKind.DOUBTFUL_LETTER)
            for question in open_questions(session, context.day, asked)
        )
