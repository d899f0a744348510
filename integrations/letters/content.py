"""What a letter is made of and what it becomes: plain data, in and out.

The sentences are in `templates/`, the eight kinds in `kinds.py`, the bytes in `message.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.facts import ClassFacts
from rules.people import Language
from rules.process import Step, StepState
from rules.wording import NO_TEXT, Text


@dataclass(frozen=True, slots=True)
class Recipient:
    name: str
    email: str
    language: Language


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the office and its signer, the role in the recipient's language."""

    institution: str
    address: str
    signer: str
    signer_role: str
    signer_phone: str


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iCalendar object about one class; `method` is REQUEST or CANCEL."""

    method: str
    content: bytes
    filename: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in words: its subject and its text twice, plain and as HTML."""

    subject: str
    text: str
    html: str
    calendars: tuple[CalendarPart, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """A step of the process and whether it is done before the day; how it stands if it has run."""

    step: Step
    ready: bool
    note: Text = NO_TEXT
    state: StepState | None = None


@dataclass(frozen=True, slots=True)
class BriefedClass:
    """A class as the team looks at it, with what its lecturer may need."""

    facts: ClassFacts
    note: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the information meeting talks about (process description, step 7).

    "Information on the support the lecturers need, and control of the preparation done."
    """

    meeting: datetime
    readiness: Sequence[Readiness]
    classes: Sequence[BriefedClass]
    questions: Sequence[str] = ()
    late_lecturers: Sequence[str] = ()  # late or silent last time
    duty: Sequence[str] = ()
    place: str = ""
    minutes: int = 30


@dataclass(frozen=True, slots=True)
class MissingAttendance:
    """A class whose number of attendees has not come, and when its lecturers were reminded."""

    facts: ClassFacts
    reminded_on: date | None = None
    note: str = ""
