"""What we ask of Zoom and what we take from its answers; Zoom's own field names stop here.

A start_url is a login of the host: it is never read from an answer.
"""

import re
import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_TOPIC_LIMIT = 200
_AGENDA_LIMIT = 2000
_SCHEDULED = 2
_REFERENCE = re.compile(r"\s*\[(SAC-[^\]\s]+)\]")
_PASSCODE_KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
_PASSCODE_LENGTH = 8

# The office's accounts host many lecturers' classes, and no lecturer knows their passwords: the
# first to come opens the room, at most ten minutes early so that the class before is not disturbed.
# We write to everybody ourselves, so Zoom's own mails are off.
_SETTINGS = {
    "use_pmi": False,
    "approval_type": 2,
    "waiting_room": False,
    "join_before_host": True,
    "jbh_time": 10,
    "mute_upon_entry": True,
    "email_notification": False,
    "alternative_hosts_email_notification": False,
}


@dataclass(frozen=True, slots=True)
class MeetingSpec:
    """What we want. `start` is aware; `reference` ("SAC-…", no spaces) finds the meeting again."""

    reference: str
    topic: str
    start: datetime
    duration_minutes: int
    agenda: str
    passcode: str = field(repr=False)

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None:
            raise ValueError("a meeting's start must be aware")
        if not _REFERENCE.fullmatch(f"[{self.reference}]"):
            raise ValueError(f"not a reference of ours: {self.reference!r}")

    @property
    def start_utc(self) -> datetime:
        """The start as Zoom keeps it, and the one to compare with.

        A local time in the hour that autumn repeats equals no time of another zone (PEP 495).
        """
        return self.start.astimezone(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class ZoomMeeting:
    """A meeting as Zoom has it. From a list, `passcode` is empty and `has_started` None.

    `host` is the address of the account, or Zoom's id of it where Zoom does not tell the address.
    """

    id: str
    host: str
    reference: str | None
    topic: str
    start: datetime | None
    duration_minutes: int
    join_url: str = field(repr=False)
    passcode: str = field(repr=False)
    has_started: bool | None
    uuid: str | None


@dataclass(frozen=True, slots=True)
class Participant:
    """One stay of one person: who joins again stands here twice. `email` is empty for guests."""

    name: str
    email: str
    joined: datetime
    left: datetime
    in_waiting_room: bool


def new_passcode() -> str:
    """Eight characters of A-Z, a-z and 0-9, at least one of each: every account policy takes it."""
    everything = "".join(_PASSCODE_KINDS)
    while True:
        passcode = "".join(secrets.choice(everything) for _ in range(_PASSCODE_LENGTH))
        if all(set(passcode) & set(kind) for kind in _PASSCODE_KINDS):
            return passcode


def wanted_fields(spec: MeetingSpec, zone_name: str) -> dict[str, Any]:
    """The fields that we create and keep in step, under Zoom's names.

    `start_time` stays a datetime: zoomus prints it with a Z without converting, so it must be UTC.
    """
    return {
        "topic": spec.topic[:_TOPIC_LIMIT],
        "start_time": spec.start_utc,
        "duration": spec.duration_minutes,
        "timezone": zone_name,
        "agenda": f"[{spec.reference}] {spec.agenda}"[:_AGENDA_LIMIT].rstrip(),
        "password": spec.passcode,
    }


def new_meeting(spec: MeetingSpec, zone_name: str) -> dict[str, Any]:
    """The body of a create request."""
    return {**wanted_fields(spec, zone_name), "type": _SCHEDULED, "settings": dict(_SETTINGS)}


def differences(answer: Mapping[str, Any], spec: MeetingSpec, zone_name: str) -> dict[str, Any]:
    """The fields of `spec` that Zoom has otherwise; white space does not count.

    The time zone is for display only and Zoom may name it in its own way, so it goes with a changed
    start and is no difference by itself.
    """
    wanted = wanted_fields(spec, zone_name)
    zone = wanted.pop("timezone")
    changed = {
        name: value for name, value in wanted.items() if _plain(answer.get(name)) != _plain(value)
    }
    return changed | {"timezone": zone} if "start_time" in changed else changed


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return parse_time(value) or " ".join(value.split())
    return value


def parse_time(text: Any) -> datetime | None:
    """A time of an answer, in UTC; None when it is absent or not a full time with an offset."""
    if not isinstance(text, str) or "T" not in text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if moment.tzinfo is None else moment.astimezone(UTC)


def meeting_from(answer: Mapping[str, Any], host: str | None = None) -> ZoomMeeting:
    """A meeting of an answer; `host` is the account it was asked of, if that is known."""
    agenda = _REFERENCE.match(str(answer.get("agenda") or ""))
    status = answer.get("status")
    return ZoomMeeting(
        id=str(answer.get("id") or ""),
        host=host or answer.get("host_email") or answer.get("host_id") or "",
        reference=agenda[1] if agenda else None,
        topic=str(answer.get("topic") or ""),
        start=parse_time(answer.get("start_time")),
        duration_minutes=int(answer.get("duration") or 0),
        join_url=str(answer.get("join_url") or ""),
        passcode=str(answer.get("password") or ""),
        has_started=None if status is None else status == "started",
        uuid=answer.get("uuid"),
    )


def participants_from(rows: Sequence[Mapping[str, Any]]) -> list[Participant]:
    """The stays of an answer, or none while Zoom has not worked all of them out.

    Until then it answers with durations of 0 or without times; a part would be a wrong number.
    """
    if not any(row.get("duration") for row in rows):
        return []
    stays = [_stay(row) for row in rows]
    complete = [stay for stay in stays if stay is not None]
    return complete if len(complete) == len(stays) else []


def _stay(row: Mapping[str, Any]) -> Participant | None:
    joined, left = parse_time(row.get("join_time")), parse_time(row.get("leave_time"))
    if joined is None or left is None:
        return None
    return Participant(
        name=str(row.get("name") or ""),
        email=str(row.get("user_email") or ""),
        joined=joined,
        left=left,
        in_waiting_room=row.get("status") == "in_waiting_room",
    )
