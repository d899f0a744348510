"""Accounts and meetings, and when a meeting really runs. No HTTP here: see `api.py`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from deployments.sandbox.chance import chance, token
from deployments.sandbox.world import World

LATE_BY = timedelta(minutes=12)
_KEPT = timedelta(days=30)  # Zoom forgets a meeting thirty days after its date


@dataclass(frozen=True, slots=True)
class Account:
    """A licensed user who hosts meetings."""

    email: str

    @property
    def id(self) -> str:
        return token("account", self.email)

    @property
    def name(self) -> str:
        return self.email.partition("@")[0]


@dataclass(frozen=True, slots=True)
class Session:
    """The time during which a meeting was open. Each has a uuid of its own."""

    uuid: str
    start: datetime
    end: datetime

    def is_open(self, now: datetime) -> bool:
        return self.start <= now < self.end

    def is_over(self, now: datetime) -> bool:
        return self.end <= now


@dataclass(slots=True)
class Meeting:
    """A scheduled meeting. `opened` and `closed` are orders that beat the plan."""

    id: int
    host: Account
    created_at: datetime
    start: datetime
    topic: str = "Zoom Meeting"
    type: int = 2
    duration: int = 60
    timezone: str = "Europe/Riga"
    agenda: str = ""
    password: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    opened: datetime | None = None
    closed: datetime | None = None
    never: bool = False

    @property
    def uuid(self) -> str:
        return f"{token('meeting', self.id, length=20)}=="

    @property
    def planned_end(self) -> datetime:
        return self.start + timedelta(minutes=self.duration)

    @property
    def join_url(self) -> str:
        key = token("pwd", self.id, self.password)
        return f"https://us06web.zoom.us/j/{self.id}?pwd={key}.1"

    def change(self, fields: Mapping[str, Any]) -> None:
        """Takes over validated fields; settings are merged."""
        for name, value in fields.items():
            if name == "settings":
                self.settings |= value
            else:
                setattr(self, name, value)


class MeetingBook:
    """All meetings, and how each of them turns out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.accounts = tuple(Account(email) for email in world.seed.zoom_accounts)
        self.meetings: dict[int, Meeting] = {}
        self.deleted: list[int] = []

    def account(self, key: str) -> Account | None:
        """By id or address."""
        return next((a for a in self.accounts if key.lower() in (a.id, a.email.lower())), None)

    def add(self, host: Account, fields: Mapping[str, Any]) -> Meeting:
        now = self._world.clock.now
        number = len(self.meetings) + len(self.deleted)
        identity = 81_000_000_000 + int(chance("meeting", number) * 8e9) // 100_000 * 100_000
        meeting = Meeting(identity + number, host, created_at=now, start=now)
        meeting.change(fields)
        self.meetings[meeting.id] = meeting
        return meeting

    def remove(self, meeting: Meeting) -> None:
        del self.meetings[meeting.id]
        self.deleted.append(meeting.id)

    def find(self, key: str) -> Meeting | None:
        """By number, or by the uuid of the meeting or of its session."""
        if key.isdecimal():
            return self.meetings.get(int(key))
        return next((m for m in self.meetings.values() if key in self._uuids(m)), None)

    def _uuids(self, meeting: Meeting) -> Iterable[str]:
        session = self.session(meeting)
        return (meeting.uuid, session.uuid) if session else (meeting.uuid,)

    def of(self, host: Account, kind: str) -> list[Meeting]:
        """A host's meetings of a list type of Zoom's, by start."""
        now = self._world.clock.now
        tests = {
            "scheduled": lambda m: m.planned_end + _KEPT > now,
            "upcoming": lambda m: m.planned_end > now,
            "upcoming_meetings": lambda m: m.planned_end > now,
            "live": self.is_open,
            "previous_meetings": self.is_over,
        }
        found = [m for m in self.meetings.values() if m.host == host and tests[kind](m)]
        return sorted(found, key=lambda meeting: (meeting.start, meeting.id))

    def session(self, meeting: Meeting) -> Session | None:
        """When the lecturer opens and closes the room; None when nobody ever comes."""
        start = meeting.opened or self._opens_at(meeting)
        if start is None:
            return None
        end = meeting.closed or max(meeting.planned_end, start + timedelta(minutes=1))
        # A slash inside a uuid is ordinary; clients must encode it twice in a path.
        return Session(f"{token('session', meeting.id, length=10)}/{meeting.id:x}==", start, end)

    def _opens_at(self, meeting: Meeting) -> datetime | None:
        seed = self._world.seed
        luck = chance(seed.random, "late", meeting.id)
        if meeting.never or luck < seed.late_share / 4:
            return None
        return meeting.start + LATE_BY if luck < seed.late_share else meeting.start

    def is_open(self, meeting: Meeting) -> bool:
        session = self.session(meeting)
        return session is not None and session.is_open(self._world.clock.now)

    def is_over(self, meeting: Meeting) -> bool:
        session = self.session(meeting)
        return session is not None and session.is_over(self._world.clock.now)

    def order(self, meeting: Meeting, *, started: bool) -> None:
        """The checker's word: the lecturer opens the room now, or does not come."""
        meeting.never = not started
        meeting.opened = self._world.clock.now if started else None


def read_start(text: str, zone: str) -> datetime:
    """Zoom's reading of `start_time`: with Z it is UTC, without it is in `timezone`."""
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
