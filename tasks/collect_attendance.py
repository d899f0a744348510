"""Step 10, compiling the numbers of attendees: mailbox read, plan completed, report written."""

from integrations.attendance_sheet import AttendanceRow, attendance_workbook
from rules.process import StepState
from rules.wording import long_date
from tasks.attendance import Attendance, ClassAttendance, attendance_report, source_words
from tasks.compare_presence import compare_presence
from tasks.context import StepContext, StepResult
from tasks.publish_plan import save_document
from tasks.read_mail import read_mail
from tasks.request_attendance import attendance_now, last_call
from tasks.wording import counted

_STATE_WORDS = {
    "reported": "saņemts",
    "late": "saņemts ar nokavēšanos",
    "in review": "jāprecizē",
    "missing": "nav saņemts",
}


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
        _summary(attendance, fault),
        attendance.figures,
        attendance_report(attendance, context),
    )


def _state(context: StepContext, attendance: Attendance) -> StepState:
    if attendance.figures["review"]:
        return StepState.NEEDS_PERSON
    if attendance.is_complete or context.now >= last_call(context):
        return StepState.DONE
    return StepState.DUE


def _summary(attendance: Attendance, fault: str) -> str:
    figures = attendance.figures
    parts = [f"{figures['reported']} of {counted(len(attendance.rows), 'class')} reported"]
    if figures["review"]:
        parts.append(f"{figures['review']} to read by a person")
    if figures["missing"]:
        parts.append(f"{figures['missing']} missing")
    if attendance.differing:
        differ = "differs" if attendance.differing == 1 else "differ"
        parts.append(f"{attendance.differing} {differ} from Zoom")
    if fault:
        parts.append(f"Zoom's reports are not read yet ({fault})")
    return ", ".join(parts)


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
        state=_STATE_WORDS[row.state],
    )
