"""Meetings and users as Zoom's JSON tells them."""

import base64
import math
from collections.abc import Sequence
from typing import Any

from deployments.sandbox.chance import token
from deployments.sandbox.clock import stamp
from deployments.sandbox.zoom.meetings import Account, Meeting, Session

_LISTED_AGENDA = 250  # characters of the agenda that lists show


def user(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "first_name": account.name,
        "last_name": "Zoom",
        "display_name": f"{account.name} Zoom",
        "email": account.email,
        "type": 2,
        "status": "active",
        "timezone": "Europe/Riga",
        "verified": 1,
        "language": "en-US",
    }


def created(meeting: Meeting) -> dict[str, Any]:
    """The answer to a create request."""
    return {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host.id,
        "host_email": meeting.host.email,
        "topic": meeting.topic,
        "type": meeting.type,
        "status": "waiting",
        "start_time": stamp(meeting.start),
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "agenda": meeting.agenda,
        "created_at": stamp(meeting.created_at),
        "start_url": f"https://us06web.zoom.us/s/{meeting.id}?zak={token('zak', meeting.id)}",
        "join_url": meeting.join_url,
        "password": meeting.password,
        "h323_password": meeting.password,
        "pstn_password": meeting.password,
        "encrypted_password": token("pwd", meeting.id, meeting.password),
        "settings": {
            "host_video": False,
            "participant_video": False,
            "join_before_host": False,
            "waiting_room": False,
            **meeting.settings,
        },
        "creation_source": "open_api",
        "pre_schedule": False,
    }


def meeting_details(meeting: Meeting, running: Session | None) -> dict[str, Any]:
    """A meeting by its number; while it runs it has the uuid of the session."""
    details = created(meeting)
    if running is not None:
        details |= {"status": "started", "uuid": running.uuid}
    return details


def listed(meeting: Meeting) -> dict[str, Any]:
    """A meeting in a list: no passcode, no status, the agenda cut."""
    return {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": stamp(meeting.start),
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "agenda": meeting.agenda[:_LISTED_AGENDA],
        "created_at": stamp(meeting.created_at),
        "join_url": meeting.join_url,
    }


def past(meeting: Meeting, session: Session, people: int) -> dict[str, Any]:
    """A meeting that is over; `people` includes the host."""
    minutes = math.ceil((session.end - session.start).total_seconds() / 60)
    return {
        "uuid": session.uuid,
        "id": meeting.id,
        "host_id": meeting.host.id,
        "type": meeting.type,
        "topic": meeting.topic,
        "user_name": meeting.host.name,
        "user_email": meeting.host.email,
        "start_time": stamp(session.start),
        "end_time": stamp(session.end),
        "duration": minutes,
        "total_minutes": minutes * people,
        "participants_count": people,
        "dept": "",
        "source": "Zoom",
    }


def page(name: str, items: Sequence[Any], size: int, continued: str) -> dict[str, Any]:
    """One page of a list; `continued` is the token that the page before gave."""
    start = int(base64.urlsafe_b64decode(continued)) if continued else 0
    end = start + size
    more = base64.urlsafe_b64encode(str(end).encode()).decode() if end < len(items) else ""
    return {
        "page_count": math.ceil(len(items) / size),
        "page_size": size,
        "total_records": len(items),
        "next_page_token": more,
        name: list(items[start:end]),
    }
