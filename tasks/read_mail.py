"""Reads the office mailbox: each lecturer's reply becomes numbers, a question, or nothing.

The understanding is `rules/replies`; here a mail is kept raw, tied to the letter it answers,
recorded once, and filed. Nothing is ever answered automatically.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import default
from email.utils import getaddresses

from sqlmodel import Session

from integrations.letters import token_of
from integrations.mailbox import Mailbox, ReceivedMail
from models.attendance import AttendanceReport, AttendanceSource, counts, record_count
from models.database import reading, writing
from models.inbound import InboundMessage, find_message
from models.journal import write
from models.letter import Letter, LetterKind, find_by_reference, letters_to
from models.people import find_lecturer, lecturer_by_email
from models.question import Question, QuestionKind, ask
from rules.people import Language, Role
from rules.process import Step
from rules.replies import ClassQuestion, Outcome, ReplyContext, Verdict, read_reply
from rules.timetable import Lecturer
from tasks.context import StepContext
from tasks.day_plan import DayPlan, load_plan

FOLDERS = {
    Outcome.COUNTS: "SAC-skaits",
    Outcome.REVIEW: "SAC-jautajumi",
    Outcome.IGNORE: "SAC-automatiskas",
}
_NOT_OURS = "not_ours"
_CONVERSATIONS = (LetterKind.LECTURER, LetterKind.ATTENDANCE_REMINDER)
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Conversation:
    """Which lecturer's mail about which day it is, and the letters that it may answer."""

    lecturer: Lecturer
    letters: tuple[Letter, ...]

    @property
    def day_letters(self) -> tuple[Letter, ...]:
        newest = max(self.letters, key=lambda letter: (letter.day, letter.queued_at))
        return tuple(letter for letter in self.letters if letter.day == newest.day)


def read_mail(context: StepContext) -> Mapping[str, int]:
    """Reads what is new, for whatever day; counts by verdict. Safe to run twice, or be killed."""
    folder = context.services.settings.imap.folder
    figures: dict[str, int] = {}
    with context.services.mailbox as mailbox:
        for mail in mailbox.fetch(folder, _BATCH):
            verdict = _receive(context, mail)
            _file(mailbox, mail, verdict)
            figures[verdict] = figures.get(verdict, 0) + 1
    return figures


def _file(mailbox: Mailbox, mail: ReceivedMail, verdict: str) -> None:
    # Mail that is not an answer to us stays where the office finds it.
    if verdict != _NOT_OURS:
        mailbox.move(mail.uid, FOLDERS[Outcome(verdict)])


def message_key(raw: bytes, message: Message) -> str:
    """What identifies a mail: its Message-ID, or a digest where it has none."""
    identity = _MESSAGE_ID.search(str(message.get("Message-ID", "")))
    return identity.group() if identity else hashlib.sha256(raw).hexdigest()


def _receive(context: StepContext, mail: ReceivedMail) -> str:
    message = message_from_bytes(mail.raw)
    key = message_key(mail.raw, message)
    with reading(context.services.engine) as session:
        known = find_message(session, key)
        if known is not None:
            return known.verdict
        conversation = _conversation(session, message)
    if conversation is None:
        _keep(context, InboundMessage(key=key, raw=b"", received_at=context.now, verdict=_NOT_OURS))
        return _NOT_OURS
    return _understand(context, mail, key, conversation)


def _keep(context: StepContext, row: InboundMessage) -> None:
    with writing(context.services.engine) as session:
        session.add(row)


def _conversation(session: Session, message: Message) -> Conversation | None:
    """By the letters that the mail refers to; else by its sender, for a person to look at."""
    letters = [
        letter
        for letter in find_by_reference(session, references(message), _tokens(message))
        if letter.kind in _CONVERSATIONS
    ]
    if letters:
        lecturer = find_lecturer(session, letters[0].person)
        own = tuple(letter for letter in letters if letter.person == letters[0].person)
        return Conversation(lecturer, own) if lecturer else None
    sender = _addresses(message, "From")
    lecturer = lecturer_by_email(session, sender[0]) if sender else None
    written = letters_to(session, lecturer.key, _CONVERSATIONS) if lecturer else ()
    return Conversation(lecturer, tuple(written)) if lecturer and written else None


def references(message: Message) -> tuple[str, ...]:
    """The Message-IDs in In-Reply-To and References, newest first, at most fifty."""
    text = " ".join(str(message.get(name, "")) for name in ("In-Reply-To", "References"))
    return tuple(_MESSAGE_ID.findall(text)[:50])


def _tokens(message: Message) -> tuple[str, ...]:
    found = (
        token_of(address)
        for name in ("To", "Cc", "Delivered-To", "X-Original-To")
        for address in _addresses(message, name)
    )
    return tuple(token for token in found if token)


def _addresses(message: Message, name: str) -> list[str]:
    values = [str(value) for value in message.get_all(name, [])]
    return [address for _, address in getaddresses(values)[:50] if "@" in address]


def _understand(
    context: StepContext, mail: ReceivedMail, key: str, conversation: Conversation
) -> str:
    letters = conversation.day_letters
    day = letters[0].day
    with reading(context.services.engine) as session:
        plan = load_plan(session, day, context.services.settings.zone)
        known = _known(session, context, plan, conversation.lecturer, letters)
    verdict = read_reply(mail.raw, known)
    row = InboundMessage(
        key=key,
        raw=mail.raw,
        received_at=context.now,
        day=day,
        lecturer=conversation.lecturer.key,
        verdict=verdict.outcome,
        why=verdict.why,
    )
    with writing(context.services.engine) as session:
        session.add(row)
        _record(session, context, row, verdict, known)
    return str(verdict.outcome)


def _known(
    session: Session,
    context: StepContext,
    plan: DayPlan,
    lecturer: Lecturer,
    letters: Sequence[Letter],
) -> ReplyContext:
    theirs = [
        planned
        for planned in plan.held
        if lecturer.key in {person.key for person in planned.lecturers}
    ]
    settings = context.services.settings
    prior = counts(session, [planned.id for planned in theirs])
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
                course_names=(planned.facts.course_lv, planned.facts.course_en),
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


def _record(
    session: Session,
    context: StepContext,
    row: InboundMessage,
    verdict: Verdict,
    known: ReplyContext,
) -> None:
    for class_id, count in verdict.counts.items():
        if known.prior_counts.get(class_id) != count:
            record_count(session, _report(context, row, class_id, count, verdict))
    if verdict.outcome is Outcome.REVIEW:
        ask(session, _question(context, row, verdict, known))
    write(
        session,
        context.author,
        f"reply: {verdict.outcome}",
        known.lecturer_name,
        day=row.day,
        step=Step.COLLECT_ATTENDANCE.value,
        why=verdict.why,
        counts=dict(verdict.counts),
        message=row.key,
    )


def _report(
    context: StepContext, row: InboundMessage, class_id: str, count: int, verdict: Verdict
) -> AttendanceReport:
    calendar = context.calendar
    day = row.day or context.day
    late_after = calendar.end_of(calendar.due_on(Step.COLLECT_ATTENDANCE, day))
    return AttendanceReport(
        class_id=class_id,
        count=count,
        source=AttendanceSource.REPLY,
        reported_by=row.lecturer or "",
        message_key=row.key,
        words=verdict.words,
        received_at=row.received_at,
        is_late=row.received_at > late_after,
    )


def _question(
    context: StepContext, row: InboundMessage, verdict: Verdict, known: ReplyContext
) -> Question:
    labels = [f"{question.course_names[0]} {question.start:%H:%M}" for question in known.classes]
    return Question(
        key=f"reply/{row.key}",
        kind=QuestionKind.UNCLEAR_REPLY,
        day=row.day,
        class_id=known.classes[0].id if len(known.classes) == 1 else None,
        role=Role.COORDINATOR,
        text=f"Mācībspēka {known.lecturer_name} atbilde jāizlasa cilvēkam: "
        f"{verdict.sentence(Language.LATVIAN)} "
        f"Norādiet apmeklētāju skaitu ({'; '.join(labels)}) vai “skip”.",
        facts={
            "mail": verdict.words,
            "classes": [question.id for question in known.classes],
            "labels": labels,
            "lecturer": known.lecturer_key,
            "message": row.key,
        },
        choices=["skip"],
        guess=_guess(verdict, known),
        opened_at=context.now,
    )


def _guess(verdict: Verdict, known: ReplyContext) -> str | None:
    """Our best guess in the form in which the question is answered."""
    if not verdict.guess:
        return None
    return ";".join(str(verdict.guess.get(question.id, "-")) for question in known.classes)


def plain_text(content: bytes) -> str:
    """The plain text of a letter of ours, as its reader may quote it."""
    message = message_from_bytes(content, policy=default)
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
