"""A number of attendees that a colleague records: told by telephone, or put right.

It stands until somebody gives another one; a lecturer's mail that then says otherwise is asked about.
"""

import re
from collections.abc import Iterator, Sequence

from sqlmodel import Session

from models.attendance import AttendanceReport, AttendanceSource, counts, record_count
from models.database import reading, writing
from models.journal import write
from models.people import staff
from models.question import QuestionKind, open_questions, withdraw
from models.study_day import ClassSession, claim_class, find_day, online_classes
from rules.process import Step
from rules.timetable import Mode
from tasks.context import StepContext
from tasks.day_plan import UnknownDay
from tasks.reply_question import is_late

MOST = 9999
_IN_BRACKETS = re.compile(r"\(([^()]+)\)\s*$")


class CountRefused(ValueError):
    """A number that cannot be recorded; says everything that is wrong with it."""


def class_of(context: StepContext, said: str) -> str:
    """The id of the class that a person means: its id, or its beginning and course, `09:00 UV-101`.

    Raises CountRefused with the classes of the day, and UnknownDay.
    """
    with reading(context.services.engine) as session:
        if find_day(session, context.day) is None:
            raise UnknownDay(context.day)
        known = {_label(context, held): held.id for held in online_classes(session, context.day)}
    wanted = _plain(said)
    found = {key for label, key in known.items() if wanted in {*_names(label, key)}}
    if len(found) == 1:
        return found.pop()
    why = "is more than one class" if found else "is no class"
    labels = "; ".join(f"{label} ({key})" for label, key in known.items())
    raise CountRefused(f"{said!r} {why} of {context.day}. Its online classes are: {labels}.")


def _label(context: StepContext, held: ClassSession) -> str:
    zone = context.services.settings.zone
    groups = ", ".join(held.groups)
    return f"{held.starts_at.astimezone(zone):%H:%M} {held.course_code} {groups}"


def _names(label: str, key: str) -> Iterator[str]:
    """What people may call the class whose label that is."""
    yield from (_plain(name) for name in (key, label, " ".join(label.split()[:2])))


def _plain(text: str) -> str:
    bracketed = _IN_BRACKETS.search(text)
    words = (bracketed[1] if bracketed else text).replace(".", ":").casefold().split()
    return " ".join(words).removeprefix("0")


def record_by_hand(context: StepContext, class_id: str, count: int, by: str) -> AttendanceReport:
    """Records the number; `context.reason` says where it comes from, `by` is a staff key.

    The same number from the same colleague for the same reason is recorded once. An open question
    about this class alone is settled by it. Raises CountRefused.
    """
    with writing(context.services.engine) as session:
        held = claim_class(session, class_id)
        people = {member.key: member.name for member in staff(session)}
        problems = [*_problems_of(held, context), *_problems(context, count, by, list(people))]
        if held is None or problems:
            raise CountRefused(" ".join(problems))
        report = _report(context, held, count, people[by])
        before = counts(session, [held.id]).get(held.id)
        if before is not None and _is_same(before, report):
            return before
        record_count(session, report)
        _settle(session, context, held)
        was = None if before is None else before.count
        write(
            session,
            context.author,
            "count by hand",
            held.id,
            day=held.day,
            step=Step.COLLECT_ATTENDANCE.value,
            count=count,
            before=was,
        )
    return report


def _problems_of(held: ClassSession | None, context: StepContext) -> Iterator[str]:
    if held is None:
        yield "There is no such class. See the ids with: sac day show DATE."
    elif not held.is_planned:
        yield "The class is not held, so nobody attended it."
    elif held.mode is not Mode.ONLINE:
        yield "The class is held on site; numbers are kept of online classes."
    elif context.now < held.starts_at:
        yield "The class has not begun yet."


def _problems(context: StepContext, count: int, by: str, people: Sequence[str]) -> Iterator[str]:
    if not 0 <= count <= MOST:
        yield f"The number must be from 0 to {MOST}, not {count}."
    if not context.reason.strip():
        yield "Say where the number comes from."
    if by not in people:
        yield f"Unknown colleague {by!r}; known are {', '.join(people)}."


def _report(context: StepContext, held: ClassSession, count: int, by: str) -> AttendanceReport:
    return AttendanceReport(
        class_id=held.id,
        count=count,
        source=AttendanceSource.STAFF,
        reported_by=by,
        words=context.reason.strip(),
        received_at=context.now,
        is_late=is_late(context, context.now, held.day),
    )


def _is_same(before: AttendanceReport, now: AttendanceReport) -> bool:
    return (before.count, before.source, before.reported_by, before.words) == (
        now.count,
        now.source,
        now.reported_by,
        now.words,
    )


def _settle(session: Session, context: StepContext, held: ClassSession) -> None:
    for question in open_questions(session, held.day, QuestionKind.UNCLEAR_REPLY):
        if question.facts.get("classes") == [held.id]:
            withdraw(session, question, context.now)
