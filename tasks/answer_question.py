"""What an answer does. An answer given twice is accepted once; a wrong one changes nothing."""

import re
from collections.abc import Callable, Mapping

from sqlmodel import Session

from models.attendance import AttendanceReport, AttendanceSource, record_count
from models.database import writing
from models.journal import write
from models.letter import Letter, LetterState, finish, latest_letters, queue_again
from models.people import staff
from models.question import SEND_AGAIN, SKIP, Question, QuestionKind, QuestionState
from models.study_day import StepRecord
from rules.process import Step, StepState
from rules.step_sentences import meeting_word
from tasks.context import StepContext
from tasks.import_conflicts import settle_conflict

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


class AnswerRefused(ValueError):
    """An answer that cannot be taken; says which ones can."""


def answer_question(context: StepContext, number: int, value: str, by: str) -> Question:
    """Records the answer and does what it says, in one transaction; `by` is a staff key."""
    with writing(context.services.engine) as session:
        question = session.get(Question, number, populate_existing=True, with_for_update=True)
        if question is None:
            raise AnswerRefused(f"There is no question {number}. See them with: sac questions")
        people = {member.key: member.name for member in staff(session)}
        if by not in people:
            raise AnswerRefused(f"Unknown colleague {by!r}; known are {', '.join(people)}.")
        if _is_repeated(question, value):
            return question
        _EFFECTS.get(question.kind, _choice)(session, context, question, value, people[by])
        question.state, question.answer = QuestionState.ANSWERED, value
        question.answered_by, question.closed_at = people[by], context.now
        session.add(question)
        write(
            session,
            context.author,
            "answered question",
            question.key,
            day=question.day,
            value=value,
            by=by,
        )
    return question


def _is_repeated(question: Question, value: str) -> bool:
    """Whether that very answer was given before; AnswerRefused when no answer is wanted."""
    if question.state is QuestionState.WITHDRAWN:
        raise AnswerRefused(f"Question {question.id} needs no answer any more.")
    if question.state is QuestionState.ANSWERED and question.answer != value:
        raise AnswerRefused(
            f"Question {question.id} was answered already: {question.answer} "
            f"({question.answered_by})."
        )
    return question.state is QuestionState.ANSWERED


def _choice(
    session: Session, context: StepContext, question: Question, value: str, by: str
) -> None:
    del session, context, by
    if value not in question.choices:
        raise AnswerRefused(f"Answer with one of: {', '.join(question.choices)}.")


def _meeting_held(
    session: Session, context: StepContext, question: Question, value: str, by: str
) -> None:
    _choice(session, context, question, value, by)
    record = session.get(StepRecord, (question.day, Step.BRIEF_TEAM.value))
    if record is None:
        return
    held = value == "yes"
    record.state = StepState.DONE if held else StepState.MISSED
    record.summary_lv, record.summary = meeting_word(held=held, by=by)
    record.finished_at = context.now if held else None
    session.add(record)


def _unclear_reply(
    session: Session, context: StepContext, question: Question, value: str, by: str
) -> None:
    if value == SKIP:
        return
    for class_id, count in _numbers(question, value).items():
        record_count(
            session,
            AttendanceReport(
                class_id=class_id,
                count=count,
                source=AttendanceSource.STAFF,
                reported_by=by,
                message_key=str(question.facts.get("message", "")),
                words=value,
                received_at=context.now,
                is_late=bool(question.facts.get("is_late")),
            ),
        )


def _numbers(question: Question, value: str) -> Mapping[str, int]:
    """One number per class in the order of the question; `-` leaves a class open."""
    classes = list(question.facts["classes"])
    parts = [part.strip() for part in re.split(r"[;,\s]+", value.strip())]
    if len(parts) != len(classes) or not all(re.fullmatch(r"\d{1,4}|-", part) for part in parts):
        labels = "; ".join(question.facts.get("labels", classes))
        raise AnswerRefused(
            f"Give {len(classes)} whole numbers separated by ';' in this order: {labels}. "
            "'-' leaves one open, 'skip' records nothing."
        )
    return {
        class_id: int(part) for class_id, part in zip(classes, parts, strict=True) if part != "-"
    }


def _refused_address(
    session: Session, context: StepContext, question: Question, value: str, by: str
) -> None:
    """An address holds from now on (`corrected_addresses`); the next run writes to it."""
    del context
    if value == SEND_AGAIN:
        _send_again(session, question, by)
    elif value != SKIP and (not _ADDRESS.fullmatch(value) or value == question.facts["email"]):
        raise AnswerRefused(f"Give another address, '{SEND_AGAIN}' if it is right, or '{SKIP}'.")


def _send_again(session: Session, question: Question, by: str) -> None:
    letter = session.get_one(Letter, int(question.facts["letter_id"]))
    newest = latest_letters(session, letter.day, letter.kind).get(letter.person)
    if newest is None or newest.id != letter.id:
        raise AnswerRefused("A newer letter has been written: this one need not be sent again.")
    queue_again(session, letter.id, f"decided by {by}")


def _doubtful_letter(
    session: Session, context: StepContext, question: Question, value: str, by: str
) -> None:
    _choice(session, context, question, value, by)
    state = LetterState.QUEUED if value == SEND_AGAIN else LetterState.SENT
    finish(session, int(question.facts["letter_id"]), state, context.now, f"decided by {by}")


def _import_conflict(
    session: Session, context: StepContext, question: Question, value: str, by: str
) -> None:
    _choice(session, context, question, value, by)
    settle_conflict(session, context.author, question, value, context.services.settings.zone)


_EFFECTS: Mapping[QuestionKind, Callable[[Session, StepContext, Question, str, str], None]] = {
    QuestionKind.MEETING_HELD: _meeting_held,
    QuestionKind.UNCLEAR_REPLY: _unclear_reply,
    QuestionKind.REFUSED_ADDRESS: _refused_address,
    QuestionKind.DOUBTFUL_LETTER: _doubtful_letter,
    QuestionKind.IMPORT_CONFLICT: _import_conflict,
}
