"""The day's numbers of attendees as they stand: per class, from whom, what is still open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.attendance import AttendanceReport, AttendanceSource, counts
from models.presence import presences
from models.question import QuestionKind, open_questions
from rules.plan import PlannedClass
from rules.presence import differs
from rules.timetable import Lecturer
from rules.wording import time_span
from tasks.context import StepContext
from tasks.day_plan import DayPlan
from tasks.wording import markdown_table


@dataclass(frozen=True, slots=True)
class ClassAttendance:
    """One class that was held (or should have been) and its number."""

    planned: PlannedClass
    report: AttendanceReport | None
    in_review: bool  # somebody has answered; a person must read it
    present: int | None = None  # people in Zoom's own report; None while there is none
    differs: bool = False  # the two numbers lie further apart than the settings allow

    @property
    def is_missing(self) -> bool:
        return self.report is None and not self.in_review

    @property
    def state(self) -> str:
        """In Latvian, for the page and the workbook."""
        if self.report is not None:
            return "saņemts ar nokavēšanos" if self.report.is_late else "saņemts"
        return "jāprecizē" if self.in_review else "nav saņemts"


@dataclass(frozen=True, slots=True)
class Attendance:
    """All classes of the day that have ended, in order."""

    rows: tuple[ClassAttendance, ...]

    @property
    def figures(self) -> Mapping[str, int]:
        return {
            "reported": sum(row.report is not None for row in self.rows),
            "missing": sum(row.is_missing for row in self.rows),
            "review": sum(row.report is None and row.in_review for row in self.rows),
        }

    @property
    def differing(self) -> int:
        """How many numbers differ from what Zoom saw."""
        return sum(row.differs for row in self.rows)

    @property
    def is_complete(self) -> bool:
        return all(row.report is not None for row in self.rows)

    def missing_of(self) -> Mapping[str, tuple[Lecturer, tuple[PlannedClass, ...]]]:
        """Lecturers by key with their classes whose number has not come."""
        found: dict[str, tuple[Lecturer, tuple[PlannedClass, ...]]] = {}
        for row in self.rows:
            if not row.is_missing:
                continue
            for lecturer in row.planned.lecturers:
                _, before = found.get(lecturer.key, (lecturer, ()))
                found[lecturer.key] = (lecturer, (*before, row.planned))
        return found


def read_attendance(session: Session, context: StepContext, plan: DayPlan) -> Attendance:
    """The numbers as recorded; a class that has not ended yet is not asked about."""
    ended = [planned for planned in plan.held if planned.facts.end <= context.now]
    reports = counts(session, [planned.id for planned in ended])
    seen = presences(session, [planned.id for planned in ended])
    in_review = {
        class_id
        for question in open_questions(session, context.day, QuestionKind.UNCLEAR_REPLY)
        for class_id in question.facts.get("classes", [])
    }
    rows = []
    for planned in ended:
        report = reports.get(planned.id)
        present = seen[planned.id].people if planned.id in seen else None
        rows.append(
            ClassAttendance(
                planned,
                report,
                planned.id in in_review,
                present,
                _differs(context, report, present),
            )
        )
    return Attendance(tuple(rows))


def _differs(context: StepContext, report: AttendanceReport | None, present: int | None) -> bool:
    settings = context.services.settings
    if report is None or present is None:
        return False
    people, percent = settings.attendance_difference, settings.attendance_difference_percent
    return differs(report.count, present, people, percent)


def source_words(report: AttendanceReport | None) -> str:
    """Where a number comes from, for people: the mail's own words, or who typed it."""
    if report is None:
        return ""
    if report.source is AttendanceSource.STAFF:
        return f"{report.reported_by} (SAC)"
    return f"{report.reported_by}: “{report.words}”"


def local_minute(moment: datetime, context: StepContext) -> str:
    return f"{moment.astimezone(context.services.settings.zone):%d.%m. %H:%M}"


def attendance_report(attendance: Attendance, context: StepContext) -> str:
    """The table artifact of step 10."""
    rows = [
        (
            time_span(row.planned.facts.start, row.planned.facts.end),
            row.planned.facts.course_lv,
            ", ".join(row.planned.facts.lecturers),
            ", ".join(row.planned.facts.groups),
            row.planned.size if row.planned.size is not None else "?",
            row.report.count if row.report else "",
            _presence_words(row),
            row.state,
            source_words(row.report),
            local_minute(row.report.received_at, context) if row.report else "",
        )
        for row in attendance.rows
    ]
    headers = (
        "Laiks",
        "Studiju kurss",
        "Mācībspēki",
        "Grupas",
        "Studējošo skaits",
        "Apmeklētāju skaits",
        "Zoom dalībnieki",
        "Stāvoklis",
        "Avots",
        "Saņemts",
    )
    return markdown_table(headers, rows)


def _presence_words(row: ClassAttendance) -> str:
    if row.present is None:
        return ""
    return f"**{row.present}** (atšķiras)" if row.differs else str(row.present)
