"""Zoom and Moodle as they stand, cut to what the checker compares with the plan."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from deployments.sandbox.testing import RunningSandbox
from deployments.simulation.driver import RunSeen

_REFERENCE = re.compile(r"^\[?SAC-([^\]\s]+)\]?")
_MARK = re.compile(r'class="[^"]*\bsac-k-([^\s"]+)')
_CODED = re.compile(r"_([0-9a-f]+)_")
_LINK = re.compile(r'href="([^"]+)"')


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """A meeting on Zoom; `class_id` is None for one that is not ours."""

    id: str
    class_id: str | None
    host: str
    start: datetime
    end: datetime
    link: str
    topic: str = ""


@dataclass(frozen=True, slots=True)
class EntrySeen:
    """An event or a post in Moodle; `key` is None for one without our mark."""

    kind: str  # event, post
    id: int
    key: str | None
    course: str
    start: datetime | None
    link: str
    files: tuple[str, ...] = ()
    changed: float = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class WorldSeen:
    """What stood right after a run."""

    run: RunSeen
    meetings: tuple[MeetingSeen, ...]
    entries: tuple[EntrySeen, ...]


def look_at(sandbox: RunningSandbox, run: RunSeen) -> WorldSeen:
    """The world as it stands now, after that run."""
    state = sandbox.state("zoom", "moodle")
    events = (_event(event) for event in state["moodle"]["events"])
    posts = (_post(post) for post in state["moodle"]["discussions"])
    return WorldSeen(run, tuple(map(_meeting, state["zoom"]["meetings"])), (*events, *posts))


def _meeting(meeting: Mapping[str, Any]) -> MeetingSeen:
    start = datetime.fromisoformat(meeting["start_time"])
    found = _REFERENCE.match(meeting.get("agenda", ""))
    return MeetingSeen(
        str(meeting["id"]),
        found[1] if found else None,
        meeting["host_email"],
        start,
        start + timedelta(minutes=meeting["duration"]),
        meeting["join_url"],
        meeting["topic"],
    )


def _event(event: Mapping[str, Any]) -> EntrySeen:
    link = _LINK.search(event["description"])
    return EntrySeen(
        "event",
        event["id"],
        _key(event["description"]),
        event["course"],
        datetime.fromtimestamp(event["timestart"]).astimezone(),
        unescape(link[1]) if link else "",
        text=unescape(f"{event['name']} {event['description']}"),
    )


def _post(post: Mapping[str, Any]) -> EntrySeen:
    files = tuple(file["filename"] for file in post["attachments"])
    return EntrySeen(
        "post", post["id"], _key(post["message"]), post["course"], None, "", files, post["modified"]
    )


def _key(html: str) -> str | None:
    found = _MARK.search(html)
    return _CODED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else None
