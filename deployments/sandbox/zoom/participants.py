"""Who was in a meeting, row by row: rejoins, waiting rooms and empty addresses as in life."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from deployments.sandbox.chance import chance, token
from deployments.sandbox.clock import stamp
from deployments.sandbox.zoom.meetings import Meeting, Session

T = TypeVar("T")
READY_AFTER = timedelta(minutes=15)  # Zoom's reports come some time after the end
_NAMES = (
    (("Anna", "Līga", "Zane", "Ilze", "Elīna"), ("Ozoliņa", "Kalniņa", "Krūmiņa", "Vītola")),
    (("Jānis", "Pēteris", "Mārtiņš", "Kaspars"), ("Bērziņš", "Liepiņš", "Zariņš", "Eglītis")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One stay of one person; somebody who comes back has two."""

    person: str
    name: str
    email: str
    join: datetime
    leave: datetime
    waiting: bool = False

    def as_report(self) -> dict[str, Any]:
        """A row of the report of participants."""
        return {
            "id": "",
            "user_id": token("row", self.person, self.join, length=8),
            "participant_user_id": self.person,
            "name": self.name,
            "user_email": self.email,
            "join_time": stamp(self.join),
            "leave_time": stamp(self.leave),
            "duration": int((self.leave - self.join).total_seconds()),
            "failover": False,
            "status": "in_waiting_room" if self.waiting else "in_meeting",
        }

    def as_past(self) -> dict[str, Any]:
        """The same row as past meetings tell it."""
        row = self.as_report()
        del row["participant_user_id"]
        return {**row, "internal_user": "@" in self.email}


def rows(meeting: Meeting, session: Session, people: int) -> list[Row]:
    """All rows of a session: the host, then `people` students."""
    host = meeting.host
    found = [Row(host.id, host.name, host.email, session.start, session.end)]
    for number in range(people):
        found.extend(_stays(meeting.id, session, number))
    return found


def _stays(meeting_id: int, session: Session, number: int) -> Iterator[Row]:
    def luck(what: str) -> float:
        return chance(what, meeting_id, number)

    person = token("person", meeting_id, number, length=16)
    name = " ".join(_pick(part, luck(part[0])) for part in _pick(_NAMES, luck("names")))
    email = f"{person}@students.example" if luck("email") < 0.15 else ""
    length = session.end - session.start
    join = session.start + length * 0.05 * luck("join")
    if luck("waiting") < 0.2:
        yield Row(person, name, email, session.start, join, waiting=True)
    if luck("rejoin") < 0.15:
        yield Row(person, name, email, join, session.start + length * 0.5)
        join = session.start + length * 0.52
    yield Row(person, name, email, join, session.end)


def _pick(choices: Sequence[T], luck: float) -> T:
    return choices[int(luck * len(choices))]
