"""What a lecturer's answer leaves behind: numbers with where they come from, or a question.

Everything about one mail is written in one transaction, so it counts once, wherever we are stopped.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.attendance import AttendanceReport, AttendanceSource, counts, record_count
from models.inbound import InboundMessage
from models.journal import write
from models.question import QuestionKind, ask, open_questions, withdraw
from rules.plan import PlannedClass
from rules.process import Step
from rules.replies import ClassQuestion, Outcome, Reason, ReplyContext, Verdict, read_reply
from tasks.context import StepContext
from tasks.find_conversation import Conversation, Doubt
from tasks.plan_shelf import PlanShelf
from tasks.reply_question import is_late, plain_text, reply_question


@dataclass(frozen=True, slots=True)
class ReplyRead:
    """A reply with all that was known when it was read."""

    conversation: Conversation
    known: ReplyContext
    verdict: Verdict
    doubts: tuple[Doubt, ...]


def read_answer(
    session: Session, context: StepContext, plans: PlanShelf, conversation: Conversation, raw: bytes
) -> ReplyRead:
    """Reads the mail; what makes the reader itself fail is for a person, and stops nothing."""
    day, lecturer = conversation.letters[0].day, conversation.lecturer
    classes = plans.classes_of(session, day, lecturer.key)
    prior = counts(session, [planned.id for planned in classes])
    known = _known(context, conversation, classes, prior)
    try:
        verdict = read_reply(raw, known)
    except Exception as error:  # noqa: BLE001 - one mail must not stop the others
        verdict = Verdict(Outcome.REVIEW, Reason.UNREADABLE, detail=type(error).__name__)
    doubts = (*conversation.doubts, *_contradictions(prior, lecturer.key, verdict))
    if doubts and verdict.outcome is Outcome.COUNTS:
        verdict = _for_a_person(verdict, doubts)
    return ReplyRead(conversation, known, verdict, doubts)


def _for_a_person(verdict: Verdict, doubts: Sequence[Doubt]) -> Verdict:
    reason = Reason.DIFFERS if Doubt.OTHER_COLLEAGUE in doubts else Reason.OTHER_THREAD
    guess = dict(verdict.counts)
    return replace(verdict, outcome=Outcome.REVIEW, reason=reason, counts={}, guess=guess)


def _contradictions(
    prior: Mapping[str, AttendanceReport], writer: str, verdict: Verdict
) -> tuple[Doubt, ...]:
    """A number that somebody else has given is not overruled without a person."""
    overruled = any(
        (report := prior.get(class_id)) and report.count != count and report.reported_by != writer
        for class_id, count in verdict.counts.items()
    )
    return (Doubt.OTHER_COLLEAGUE,) if overruled else ()


def _known(
    context: StepContext,
    conversation: Conversation,
    theirs: Sequence[PlannedClass],
    prior: Mapping[str, AttendanceReport],
) -> ReplyContext:
    settings = context.services.settings
    lecturer, letters = conversation.lecturer, conversation.letters
    return ReplyContext(
        lecturer_key=lecturer.key,
        lecturer_name=lecturer.name,
        known_addresses=(lecturer.email,),
        classes=tuple(
            ClassQuestion(
                id=planned.id,
                slot=planned.facts.slot,
                start=planned.facts.start,
                end=planned.facts.end,
                course_names=tuple(
                    filter(None, (planned.facts.course_lv, planned.facts.course_en))
                ),
                groups=planned.facts.groups,
                enrolled=planned.size,
            )
            for planned in theirs
        ),
        prior_counts={class_id: report.count for class_id, report in prior.items()},
        reminder_message_ids=tuple(letter.message_id for letter in letters),
        authserv_id=settings.imap.authserv_id,
        office_address=settings.smtp.sender,
        letter_texts=tuple(plain_text(letter.content) for letter in letters),
    )


def is_still_so(session: Session, read: ReplyRead) -> bool:
    """Whether the numbers that the reading relied on are still those on record."""
    now = counts(session, [question.id for question in read.known.classes])
    return {key: report.count for key, report in now.items()} == dict(read.known.prior_counts)


def record_reply(
    session: Session, context: StepContext, row: InboundMessage, read: ReplyRead
) -> None:
    """Writes down what the mail says; `row` holds the mail itself."""
    verdict = read.verdict
    for class_id, count in verdict.counts.items():
        if read.known.prior_counts.get(class_id) != count:
            record_count(session, _report(context, row, class_id, count, verdict))
    if verdict.outcome is Outcome.REVIEW:
        ask(session, reply_question(context, row, read.verdict, read.known, read.doubts))
    if verdict.outcome is Outcome.COUNTS:
        _close_questions(session, context, row, verdict.counts)
    write(
        session,
        context.author,
        f"reply: {verdict.outcome}",
        read.known.lecturer_name,
        day=row.day,
        step=Step.COLLECT_ATTENDANCE.value,
        why=row.why,
        counts=dict(verdict.counts),
        message=row.key,
    )


def _report(
    context: StepContext, row: InboundMessage, class_id: str, count: int, verdict: Verdict
) -> AttendanceReport:
    return AttendanceReport(
        class_id=class_id,
        count=count,
        source=AttendanceSource.REPLY,
        reported_by=row.lecturer or "",
        message_key=row.key,
        words=verdict.words,
        received_at=row.received_at,
        is_late=is_late(context, row.received_at, row.day),
    )


def _close_questions(
    session: Session, context: StepContext, row: InboundMessage, found: Mapping[str, int]
) -> None:
    """A clear answer to all that an earlier, unclear mail of the lecturer left open settles it."""
    for question in open_questions(session, row.day, QuestionKind.UNCLEAR_REPLY):
        asked = set(question.facts.get("classes", []))
        if question.facts.get("lecturer") == row.lecturer and asked and asked <= found.keys():
            withdraw(session, question, context.now)
