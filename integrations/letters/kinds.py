"""The eight letters of a study day: what each is given, and what it puts before its template.

Nothing here asks the clock or sends; the same arguments give the same letter.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from integrations.letters.calendar_file import Invitations
from integrations.letters.content import (
    Briefing,
    CalendarPart,
    MissingAttendance,
    Office,
    Readiness,
    Recipient,
    Rendered,
)
from integrations.letters.render import render
from integrations.letters.step_words import step_words
from integrations.letters.views import change_subject, change_view, class_view, class_views
from integrations.presentation import local, on_date, one_line
from rules.facts import Change, ClassFacts
from rules.people import Language
from rules.process import STEPS, Step
from rules.wording import clock, short_date


def lecturer_reminder(
    day: date, to: Recipient, classes: Sequence[ClassFacts], office: Office, sequence: int
) -> Rendered:
    """The reminder of classes held or cancelled, with a line to fill for each held one (step 3)."""
    calendars = Invitations(day, to, office, sequence).of_classes(classes)
    return _told("lecturer_reminder", day, to, classes, office, calendars)


def lecturer_change(
    day: date,
    to: Recipient,
    changes: Sequence[Change],
    classes: Sequence[ClassFacts],
    office: Office,
    sequence: int,
) -> Rendered:
    """What has changed since the lecturer was last told, and all classes as they are now (3)."""
    return _changed("lecturer_change", day, to, changes, classes, office, sequence)


def student_notice(
    day: date, to: Recipient, classes: Sequence[ClassFacts], office: Office, sequence: int
) -> Rendered:
    """The student's classes of the day, held or cancelled (step 6)."""
    calendars = Invitations(day, to, office, sequence).of_classes(classes)
    return _told("student_notice", day, to, classes, office, calendars)


def student_change(
    day: date,
    to: Recipient,
    changes: Sequence[Change],
    classes: Sequence[ClassFacts],
    office: Office,
    sequence: int,
) -> Rendered:
    """What has changed since the student was last told, and all classes as they are now (6)."""
    return _changed("student_change", day, to, changes, classes, office, sequence)


def team_briefing(
    day: date, to: Recipient, briefing: Briefing, office: Office, sequence: int
) -> Rendered:
    """The information meeting: what is ready, what is not, who needs support (step 7)."""
    meeting = local(briefing.meeting)
    context = {
        "meeting_date": on_date(meeting.date(), to.language, weekday=True),
        "meeting_time": clock(meeting),
        "place": one_line(briefing.place),
        "readiness": [
            (
                item.step.value,
                _step_name(item.step, to.language),
                item.ready,
                _note(item, to.language),
            )
            for item in briefing.readiness
        ],
        "briefed": [
            (class_view(item.facts, day, to.language), one_line(item.note))
            for item in sorted(briefing.classes, key=lambda item: _order(item.facts))
        ],
        "questions": _lines(briefing.questions),
        "late_lecturers": _lines(briefing.late_lecturers),
        "duty": _lines(briefing.duty),
    }
    letter = written("team_briefing", day, to, office, context)
    part = Invitations(day, to, office, sequence).of_briefing(briefing, letter.subject)
    return Rendered(letter.subject, letter.text, letter.html, (part,))


def _note(item: Readiness, language: Language) -> str:
    """What stands behind a step; nothing where "done" says it all."""
    if item.state is None:
        return one_line(item.note.of(language))
    is_said = item.ready and language is not Language.ENGLISH
    return "" if is_said else one_line(step_words(item.state, item.note.of(language), language))


def attendance_reminder(
    day: date, to: Recipient, classes: Sequence[ClassFacts], office: Office
) -> Rendered:
    """Asks again for the numbers that are missing, with the same lines to fill (step 9)."""
    return _told("attendance_reminder", day, to, classes, office)


def missing_attendance(
    day: date, to: Recipient, rows: Sequence[MissingAttendance], office: Office
) -> Rendered:
    """Tells the head of SAC which numbers have not come, on step 11's day (step 10)."""
    ordered = sorted(rows, key=lambda row: _order(row.facts))
    context = {
        "rows": [
            (
                class_view(row.facts, day, to.language),
                short_date(row.reminded_on, to.language) if row.reminded_on else "",
                one_line(row.note),
            )
            for row in ordered
        ]
    }
    return written("missing_attendance", day, to, office, context)


def class_not_started(
    day: date, to: Recipient, facts: ClassFacts, phones: Sequence[str], office: Office
) -> Rendered:
    """Alerts the coordinators on duty that a class has not begun on time (step 8)."""
    context = {
        "held": class_view(facts, day, to.language),
        "start": clock(local(facts.start)),
        "phones": _lines(phones),
    }
    return written("class_not_started", day, to, office, context)


def _told(
    name: str,
    day: date,
    to: Recipient,
    classes: Sequence[ClassFacts],
    office: Office,
    calendars: tuple[CalendarPart, ...] = (),
) -> Rendered:
    return written(name, day, to, office, _classes(classes, day, to.language), calendars)


def _changed(  # noqa: PLR0913, PLR0917  as above, and what has changed
    name: str,
    day: date,
    to: Recipient,
    changes: Sequence[Change],
    classes: Sequence[ClassFacts],
    office: Office,
    sequence: int,
) -> Rendered:
    # What was moved to another day is told as a change, and again when that day's letters go out.
    here = [facts for facts in classes if local(facts.start).date() == day]
    context = {
        "happened": change_subject(changes, day, to.language),
        "changes": [change_view(change, day, to.language) for change in changes],
        **_classes(here, day, to.language),
    }
    calendars = Invitations(day, to, office, sequence).of_changes(changes)
    return written(name, day, to, office, context, calendars)


def written(
    name: str,
    day: date,
    to: Recipient,
    office: Office,
    context: dict[str, Any],
    calendars: tuple[CalendarPart, ...] = (),
) -> Rendered:
    subject, text, html = render(
        name,
        to.language,
        {
            **context,
            "on_day": on_date(day, to.language),
            "on_weekday": on_date(day, to.language, weekday=True),
            "short_day": short_date(day, to.language),
            "name": one_line(to.name),
            "institution": one_line(office.institution),
            "address": office.address,
            "signer": one_line(office.signer),
            "signer_role": one_line(office.signer_role),
            "signer_phone": one_line(office.signer_phone),
        },
    )
    return Rendered(subject, text, html, calendars)


def _classes(classes: Sequence[ClassFacts], day: date, language: Language) -> dict[str, Any]:
    views = class_views(classes, day, language)
    return {
        "classes": views,
        "one_class": len(views) == 1,
        "some_online": any(view.held_online for view in views),
        "some_cancelled": any(view.cancelled for view in views),
        "all_cancelled": all(view.cancelled for view in views),
    }


def _order(facts: ClassFacts) -> tuple[datetime, str]:
    return facts.start, facts.class_id


def _step_name(step: Step, language: Language) -> str:
    rule = STEPS[step]
    return rule.name if language is Language.ENGLISH else rule.name_lv


def _lines(values: Sequence[str]) -> list[str]:
    return [one_line(value) for value in values]
