"""Step 9, lecturers handing in the number of attendees: reminded once, then reported as missing.

Nobody who has answered is reminded, so the mailbox is read first; unreadable, the step waits.
"""

from collections.abc import Mapping
from datetime import datetime

from integrations.letters import (
    MissingAttendance,
    Recipient,
    attendance_reminder,
    missing_attendance,
)
from models.database import reading
from models.letter import LetterKind, latest_letters
from models.people import staff
from rules.people import Language, Role
from rules.plan import PlannedClass
from rules.process import Step, StepState
from rules.step_sentences import (
    ALL_IN_REVIEW,
    ALL_REPORTED,
    lecturers_reminded,
    missing_reported,
)
from rules.timetable import Lecturer
from rules.wording import Text
from tasks.attendance import Attendance, attendance_report, read_attendance
from tasks.context import StepContext, StepResult
from tasks.day_plan import load_plan
from tasks.outbox import office_of
from tasks.read_mail import read_mail
from tasks.send_letters import send_letters
from tasks.single_letters import SingleLetter, queue_once


def request_attendance(context: StepContext) -> StepResult:
    """Tiešsaistes nodarbību apmeklētāju skaita nodošana SAC."""
    read_mail(context)
    attendance = attendance_now(context)
    is_last_call = context.now >= last_call(context)
    reminded = _remind(context, {} if is_last_call else attendance.missing_of())
    if attendance.is_complete:
        return _result(context, attendance, StepState.DONE, ALL_REPORTED)
    if is_last_call:
        told = _report_missing(context, attendance)
        words = missing_reported(attendance.figures["missing"]) if told else ALL_IN_REVIEW
        return _result(context, attendance, StepState.DONE, words)
    words = lecturers_reminded(reminded, attendance.figures["missing"])
    return _result(context, attendance, StepState.DUE, words)


def last_call(context: StepContext) -> datetime:
    """When the missing numbers go to the head of SAC: step 11's day (process description)."""
    calendar = context.calendar
    return calendar.trigger(calendar.due_on(Step.CLEAR_LMS, context.day))


def attendance_now(context: StepContext) -> Attendance:
    """The numbers as they stand."""
    with reading(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        return read_attendance(session, context, plan)


def _result(
    context: StepContext, attendance: Attendance, state: StepState, words: Text
) -> StepResult:
    return StepResult(state, words, attendance.figures, attendance_report(attendance, context))


def _remind(
    context: StepContext, missing: Mapping[str, tuple[Lecturer, tuple[PlannedClass, ...]]]
) -> int:
    """Reminds these lecturers once; returns how many have been reminded of this day in all.

    Also of nobody: a reminder that still waits is taken back then, and a doubtful one looked up.
    """
    with reading(context.services.engine) as session:
        office = office_of(session, context, Role.COORDINATOR)
    letters = []
    for key, (lecturer, classes) in missing.items():
        to = Recipient(lecturer.name, lecturer.email, lecturer.language)
        facts = [planned.facts for planned in classes]
        letters.append(SingleLetter(key, to, attendance_reminder(context.day, to, facts, office)))
    queue_once(context, LetterKind.ATTENDANCE_REMINDER, office, letters)
    send_letters(context, Step.REQUEST_ATTENDANCE, [LetterKind.ATTENDANCE_REMINDER])
    with reading(context.services.engine) as session:
        return len(latest_letters(session, context.day, LetterKind.ATTENDANCE_REMINDER))


def _report_missing(context: StepContext, attendance: Attendance) -> bool:
    """Writes to the head of SAC what is missing; False when everything left is in review."""
    missing = [row for row in attendance.rows if row.is_missing]
    if not missing:
        return False
    with reading(context.services.engine) as session:
        office = office_of(session, context, Role.COORDINATOR)
        heads = staff(session, Role.HEAD_OF_SAC)
        reminded = latest_letters(session, context.day, LetterKind.ATTENDANCE_REMINDER)
    zone = context.services.settings.zone
    rows = []
    for row in missing:
        sent = [
            letter.sent_at.astimezone(zone).date()
            for person in row.planned.lecturers
            if (letter := reminded.get(person.key)) and letter.sent_at
        ]
        rows.append(MissingAttendance(row.planned.facts, min(sent, default=None)))
    letters_to_heads = []
    for head in heads:
        to = Recipient(head.name, head.email, Language.LATVIAN)
        rendered = missing_attendance(context.day, to, rows, office)
        letters_to_heads.append(SingleLetter(head.key, to, rendered))
    queue_once(context, LetterKind.MISSING_ATTENDANCE, office, letters_to_heads)
    send_letters(context, Step.REQUEST_ATTENDANCE, [LetterKind.MISSING_ATTENDANCE])
    return True
