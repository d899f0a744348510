"""Step 10, compiling the numbers of attendees: mailbox read, plan completed, report written."""

from integrations.attendance_sheet import AttendanceRow, attendance_workbook
from rules.process import StepState
from rules.step_sentences import attendance_collected
from rules.wording import Text, long_date
from tasks.attendance import Attendance, ClassAttendance, attendance_report, source_words
from tasks.compare_presence import compare_presence
from tasks.context import StepContext, StepResult
from tasks.publish_plan import save_document
from tasks.read_mail import read_mail
from tasks.request_attendance import attendance_now, last_call


def collect_attendance(context: StepContext) -> StepResult:
    """Tiešsaistes nodarbību apmeklētāju skaita apkopošana SAC."""
    read_mail(context)
    fault = compare_presence(context)
    attendance = attendance_now(context)
    workbook = attendance_workbook(
        [_row(row) for row in attendance.rows],
        f"Tiešsaistes nodarbību apmeklējums: {long_date(context.day)}",
    )
    save_document(context, "attendance.xlsx", workbook)
    return StepResult(
        _state(context, attendance),
        _words(attendance, fault),
        attendance.figures,
        attendance_report(attendance, context),
    )


def _state(context: StepContext, attendance: Attendance) -> StepState:
    if attendance.figures["review"]:
        return StepState.NEEDS_PERSON
    if attendance.is_complete or context.now >= last_call(context):
        return StepState.DONE
    return StepState.DUE


def _words(attendance: Attendance, fault: str) -> Text:
    figures = {"classes": len(attendance.rows), **attendance.figures}
    return attendance_collected(figures, attendance.differing, fault)


def _row(row: ClassAttendance) -> AttendanceRow:
    facts = row.planned.facts
    return AttendanceRow(
        start=facts.start,
        end=facts.end,
        course=facts.course_lv,
        lecturers=facts.lecturers,
        groups=facts.groups,
        enrolled=row.planned.size,
        reported=row.report.count if row.report else None,
        present=row.present,
        differs=row.differs,
        source=source_words(row.report),
        late=bool(row.report and row.report.is_late),
        state=row.state,
    )
