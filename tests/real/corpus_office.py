"""An office whose lecturers send our own corpus of replies: every message to a letter of its own.

Each message of tests/corpus gets a lecturer, classes and a letter like those that it was written
for; its addresses and the letter that it refers to are replaced in its bytes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count, islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from integrations.letters import letter_token, message_id
from models.attendance import AttendanceReport, AttendanceSource
from models.letter import Letter, LetterKind, LetterState
from models.people import CourseRecord, LecturerRecord, StaffRecord, StudentRecord
from models.study_day import ClassSession, StudyDay
from rules.people import Role
from rules.timetable import ClassStatus, Mode

CORPUS = Path(__file__).parent.parent / "corpus"
RIGA = ZoneInfo("Europe/Riga")
DAY = datetime(2026, 12, 5, tzinfo=RIGA).date()
READ_AT = datetime(2026, 12, 6, 12, tzinfo=RIGA)
OFFICE = "sac@augstskola.example"
AUTHSERV_ID = "mx.augstskola.example"
SECRET = "tikai-testam-tikai-testam-tikai-testam"
_MESSAGE_ID = re.compile(rb"(?im)^message-id:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")


@dataclass(frozen=True, slots=True)
class Case:
    """One message, and what must become of it."""

    number: int
    raw: bytes
    verdict: str
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class CorpusOffice:
    """Fills a database, and says which mails arrive."""

    session: Session
    _courses: dict[str, str] = field(default_factory=dict)

    def fill(self, size: int) -> list[Case]:
        """Rows for `size` messages: replies, and among them bounces and mail of others."""
        self.session.add(StudyDay(day=DAY, plan_revision=1))
        self.session.add(
            StaffRecord(key="inga", name="Inga Lapa", email="inga@x.example", role=Role.COORDINATOR)
        )
        self.session.flush()
        return list(islice(self._cases(), size))

    def _cases(self) -> Iterator[Case]:
        numbers = count(1)
        while True:
            for path in sorted(CORPUS.glob("*.json")):
                case = json.loads(path.read_text(encoding="utf-8"))
                raw = path.with_suffix(".eml").read_bytes()
                if _is_left_out(path.stem, case, raw):
                    continue
                yield self._reply(next(numbers), case, raw)
                if len(raw) % 29 == 0:
                    yield self._bounce(next(numbers), case)
                if len(raw) % 31 == 0:
                    yield _of_others(next(numbers))

    def _reply(self, number: int, case: Mapping[str, Any], raw: bytes) -> Case:
        known, expected = case["context"], case["expected"]
        letter = self._person(number, known)
        address = known["lecturer"]["known_addresses"][0].encode()
        changed = raw.replace(known["reminder_message_id"].encode(), letter.message_id.encode())
        changed = re.sub(re.escape(address), letter.email.encode(), changed, flags=re.IGNORECASE)
        head = f"X-Case: {number}\r\nMessage-ID: <case.{number}@lektori.example>\r\n".encode()
        counts = {f"{key}-{number}": value for key, value in expected.get("counts", {}).items()}
        return Case(number, head + _MESSAGE_ID.sub(b"", changed, 1), expected["outcome"], counts)

    def _bounce(self, number: int, case: Mapping[str, Any]) -> Case:
        letter = self._person(number, case["context"])
        message = EmailMessage(policy=SMTP)
        message["X-Case"] = str(number)
        message["Message-ID"] = f"<case.{number}@mx.lektori.example>"
        message["From"] = "MAILER-DAEMON@mx.lektori.example"
        message["X-Failed-Recipients"] = letter.email
        message.set_content(f"550 5.1.1 unknown, 24 tries\n\nMessage-ID: {letter.message_id}\n")
        return Case(number, message.as_bytes(), "bounce")

    def _person(self, number: int, known: Mapping[str, Any]) -> Letter:
        """A lecturer of their own with the classes of that message, and the letter to them."""
        lecturer = known["lecturer"]
        key = f"{lecturer['key']}-{number}"
        email = lecturer["known_addresses"][0].replace("@", f"-{number}@").lower()
        self.session.add(LecturerRecord(key=key, name=lecturer["name"], email=email))
        for held in known["classes"]:
            self._class(number, key, held)
        letter = _letter(key, email, known.get("letter", ""))
        self.session.add(letter)
        self.session.flush()
        for class_id, value in known.get("prior_counts", {}).items():
            self.session.add(
                AttendanceReport(
                    class_id=f"{class_id}-{number}",
                    count=value,
                    source=AttendanceSource.REPLY,
                    reported_by=key,
                    received_at=READ_AT,
                )
            )
        return letter

    def _class(self, number: int, lecturer: str, held: Mapping[str, Any]) -> None:
        self.session.add(
            ClassSession(
                id=f"{held['id']}-{number}",
                day=DAY,
                starts_at=_moment(held["start"]),
                ends_at=_moment(held["end"]),
                slot=held["slot"],
                course_code=self._course(held),
                lecturers=[lecturer],
                groups=held["groups"],
                mode=Mode.ONLINE,
                status=ClassStatus.PLANNED,
            )
        )

    def _course(self, held: Mapping[str, Any]) -> str:
        """The course's code; met for the first time, it is made with the students of its groups."""
        name = str(held["course"])
        if name not in self._courses:
            self._courses[name] = f"K{len(self._courses)}"
            self.session.add(CourseRecord(code=self._courses[name], name_lv=name))
            for student in range(held["enrolled"] or 0):
                key = f"{self._courses[name]}-{student}"
                group = held["groups"][:1]
                self.session.add(
                    StudentRecord(key=key, name=key, email=f"{key}@s.example", groups=group)
                )
            self.session.flush()
        return self._courses[name]


def _is_left_out(name: str, case: Mapping[str, Any], raw: bytes) -> bool:
    """What is something else to the flow than to the reader alone (a report, a stranger), or long."""
    several = len(case["context"]["lecturer"]["known_addresses"]) > 1
    return name.startswith(("bounce", "spam")) or several or len(raw) > 200_000


def _moment(clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 12, 5, hour, minute, tzinfo=RIGA)


def _letter(person: str, email: str, text: str) -> Letter:
    kind = LetterKind.LECTURER
    token = letter_token(SECRET, str(DAY), kind, person, "0", "content")
    message = EmailMessage(policy=SMTP)
    message.set_content(text)
    return Letter(
        day=DAY,
        kind=kind,
        person=person,
        email=email,
        sequence=0,
        subject="Atgādinājums",
        content_hash="content",
        facts=[],
        message_id=message_id(token, OFFICE),
        token=token,
        content=message.as_bytes(),
        state=LetterState.SENT,
        queued_at=READ_AT,
        sent_at=READ_AT,
    )


def _of_others(number: int) -> Case:
    message = EmailMessage(policy=SMTP)
    message["X-Case"] = str(number)
    message["Message-ID"] = f"<case.{number}@cits.example>"
    message["From"] = "kads@cits.example"
    message.set_content("Bija 24 studenti.")
    return Case(number, message.as_bytes(), "not_ours")
