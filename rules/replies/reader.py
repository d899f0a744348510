"""Reads one reply: the gates of its headers, then its text, then the verdict.

Sending a clear message to a person is a cost; recording a wrong number is the failure that must not
happen. So every gate errs to review.
"""

from datetime import date, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from rules.replies.answers import decide
from rules.replies.class_names import ClassNames
from rules.replies.folding import fold, plain_line
from rules.replies.headers import (
    is_authentic,
    is_in_thread,
    is_known_sender,
    machine_reason,
    sent_at,
)
from rules.replies.items import Reader
from rules.replies.letter import LetterReader, Passage
from rules.replies.lexer import LONGEST_ANSWER
from rules.replies.parts import LARGEST_MESSAGE, Texts, nesting_is_sane, texts_of
from rules.replies.quoting import passages
from rules.replies.reading import Reading
from rules.replies.reasons import Reason
from rules.replies.signature import without_signature
from rules.replies.statements import read_answer
from rules.replies.verdict import Outcome, ReplyContext, Verdict

_WRAPPED_FROM = 60  # columns: a longer line followed by another was wrapped by the mail program


def read_reply(raw: bytes, known: ReplyContext) -> Verdict:
    """The numbers of attendees in a reply, or why a person must decide (process, steps 9 and 10)."""
    if len(raw) > LARGEST_MESSAGE or not nesting_is_sane(raw):
        return Verdict(Outcome.REVIEW, Reason.TOO_LARGE)
    message = message_from_bytes(raw, policy=compat32)
    machine = machine_reason(message, known)
    if machine is not None:
        is_doubtful = machine is Reason.SPAM and is_known_sender(message, known)
        return Verdict(Outcome.REVIEW if is_doubtful else Outcome.IGNORE, machine)
    content = _content(texts_of(message), known, sent_at(message))
    return _trusted(content, message, known)


def _trusted(content: Verdict, message: Message, known: ReplyContext) -> Verdict:
    """The content's verdict, unless the sender or the thread makes it worthless."""
    if not is_known_sender(message, known):
        return _review(Reason.UNKNOWN_SENDER, content)
    if not is_authentic(message, known):
        return _review(Reason.NOT_AUTHENTIC, content)
    if not is_in_thread(message, known) and content.outcome is not Outcome.IGNORE:
        return _review(Reason.OTHER_THREAD, content)
    return content


def _review(reason: Reason, content: Verdict) -> Verdict:
    guess = content.counts or content.guess
    return Verdict(Outcome.REVIEW, reason, words=content.words, guess=guess or None)


def _content(texts: Texts, known: ReplyContext, sent: datetime | None) -> Verdict:
    if not texts.is_readable:
        return Verdict(Outcome.REVIEW, Reason.UNREADABLE)
    if texts.is_reaction:
        return Verdict(Outcome.IGNORE, Reason.REACTION)
    readings = [
        read_text(text, known, sent) for text in (texts.plain, texts.html) if text is not None
    ]
    if not readings:
        return Verdict(Outcome.REVIEW, Reason.EMPTY)
    return _agreed(readings)


def _agreed(readings: list[Verdict]) -> Verdict:
    """What the plain and the HTML part say together: the same, or it is for a person."""
    first, *others = readings
    for other in others:
        if (other.outcome, other.counts) != (first.outcome, first.counts):
            worse = first if first.outcome is Outcome.REVIEW else other
            detail = worse.sentence() if worse.outcome is Outcome.REVIEW else ""
            guess = first.counts or other.counts or first.guess or other.guess
            return Verdict(
                Outcome.REVIEW,
                Reason.PARTS_DISAGREE,
                detail=detail,
                words=first.words,
                guess=guess or None,
            )
    return first


def read_text(text: str, known: ReplyContext, sent: datetime | None) -> Verdict:
    """The verdict on one text of a reply, quotations and signature included."""
    names = ClassNames(known.classes)
    reader = Reader(names, _day(known), _local(sent, known), _person_words(known))
    found = passages(text, LetterReader(names, reader.matters, known.letter_texts))
    if found is None:
        return Verdict(Outcome.REVIEW, Reason.TOO_LARGE)
    answers = [(_answer(passage, reader), passage) for passage in found]
    said = [(answer, passage) for answer, passage in answers if answer.strip()]
    if not said:
        return Verdict(Outcome.REVIEW, Reason.EMPTY)
    if sum(len(answer) for answer, _ in said) > LONGEST_ANSWER:
        return Verdict(Outcome.REVIEW, Reason.NOT_UNDERSTOOD)
    if any(_is_reaction(answer) for answer, _ in said):
        return Verdict(Outcome.IGNORE, Reason.REACTION)
    reading = Reading()
    for answer, passage in said:
        stated = len(reading.statements)
        read_answer(answer, reader, reading, passage.block.ids if passage.block else None)
        is_filled_oddly = passage.fills_in and len(reading.statements) != stated + 1
        if is_filled_oddly or passage.is_unsure:
            reading.doubt(Reason.NOT_UNDERSTOOD, answer)
    if _is_absence_notice(reading):
        return Verdict(Outcome.IGNORE, Reason.AUTOMATIC)
    return decide(reading, known, names, sent)


def _is_reaction(answer: str) -> bool:
    folded = plain_line(answer)
    return len(folded) < 300 and (
        "reacted to your message" in folded or "reageja uz jusu" in folded
    )


def _is_absence_notice(reading: Reading) -> bool:
    """An out-of-office text without a machine's headers: about the writer, not about a class."""
    return reading.out_of_office and not (reading.about_classes or reading.has_question)


def _answer(passage: Passage, reader: Reader) -> str:
    lines = without_signature(passage.text.split("\n"), reader)
    return "\n".join(_unwrapped(lines)).strip()


def _unwrapped(lines: list[str]) -> list[str]:
    """Joins lines that a mail program has wrapped, so that a sentence is whole again."""
    found: list[str] = []
    is_open = False
    for line in lines:
        if (
            is_open
            and line.strip()
            and not line.lstrip()[:2].rstrip().endswith((".", ")", "-", "*", "•"))
        ):
            found[-1] += " " + line.strip()
        else:
            found.append(line)
        is_open = len(line) >= _WRAPPED_FROM and not line.rstrip().endswith(
            (".", "!", "?", ";", ":")
        )
    return found


def _day(known: ReplyContext) -> date | None:
    days = {question.start.date() for question in known.classes}
    return days.pop() if len(days) == 1 else None


def _local(sent: datetime | None, known: ReplyContext) -> datetime | None:
    """The moment of sending on the clock of the classes."""
    zone = known.classes[0].start.tzinfo if known.classes else None
    return sent if sent is None else sent.astimezone(zone)


def _person_words(known: ReplyContext) -> frozenset[str]:
    return frozenset(fold(word) for word in known.lecturer_name.replace("-", " ").split())
