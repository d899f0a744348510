"""Letters of a study day: words, calendar files, tokens and MIME bytes.

Pure but for reading the package's own templates. What is sent when, and to whom, is decided in
`tasks/`; sending is `integrations/outgoing_mail.py`.
"""

from integrations.letters.calendar_file import Invitations
from integrations.letters.content import (
    BriefedClass,
    Briefing,
    CalendarPart,
    MissingAttendance,
    Office,
    Readiness,
    Recipient,
    Rendered,
)
from integrations.letters.kinds import (
    attendance_reminder,
    class_not_started,
    lecturer_change,
    lecturer_reminder,
    missing_attendance,
    student_change,
    student_notice,
    team_briefing,
)
from integrations.letters.message import build_message
from integrations.letters.tokens import (
    is_letter_token,
    letter_token,
    message_id,
    reply_address,
    sent_copy_address,
    token_of,
)

__all__ = (
    "BriefedClass",
    "Briefing",
    "CalendarPart",
    "Invitations",
    "MissingAttendance",
    "Office",
    "Readiness",
    "Recipient",
    "Rendered",
    "attendance_reminder",
    "build_message",
    "class_not_started",
    "is_letter_token",
    "lecturer_change",
    "lecturer_reminder",
    "letter_token",
    "message_id",
    "missing_attendance",
    "reply_address",
    "sent_copy_address",
    "student_change",
    "student_notice",
    "team_briefing",
    "token_of",
)
