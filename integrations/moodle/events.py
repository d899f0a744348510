"""Connection information of classes: one course event each in the calendar of its course.

Moodle has no call that changes an event, so a changed one is replaced: the new is made and seen in
the calendar before the old is taken down. Students always have a link, a lost answer leaves at
most an old event beside the new one, and the next run takes that down.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from integrations.errors import PersonNeeded
from integrations.moodle.faults import SERVICE, RecordGone
from integrations.moodle.markers import Posted, marked, marker_of, said_by
from integrations.moodle.site import Site

_HTML = 1
_COURSE = "course"
_CAPABILITY = "Give the robot user's role moodle/calendar:manageentries in the courses' category."


@dataclass(frozen=True, slots=True)
class Event:
    """What is to stand in the calendar; times are aware."""

    key: str
    title: str
    description_html: str
    start: datetime
    end: datetime
    content_hash: str

    @property
    def seconds(self) -> tuple[int, int]:
        """Start and duration as Moodle keeps them."""
        start = unix_seconds(self.start)
        return start, unix_seconds(self.end) - start

    @property
    def said(self) -> str:
        return said_by(self.title, self.description_html)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event of ours as the calendar lists it."""

    id: int
    key: str | None
    content_hash: str
    start: int
    duration: int
    visible: bool
    said: str

    def stands_for(self, event: Event) -> bool:
        """Whether it was made from this content and still stands at its time."""
        mine = (self.key, self.content_hash, (self.start, self.duration))
        return self.visible and mine == (event.key, event.content_hash, event.seconds)

    def shows(self, event: Event) -> bool:
        """Whether it also says still what it was made to say."""
        return self.stands_for(event) and self.said == event.said


def unix_seconds(moment: datetime) -> int:
    """Seconds since 1970 UTC. Refuses a naive time, which would be read in the machine's zone."""
    if moment.utcoffset() is None:
        raise ValueError("an event's time must be aware")
    return int(moment.timestamp())


class Events:
    """The calendars of the courses."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._call = site.wire.call

    def publish(self, course: str, event: Event, known_id: int | None) -> Posted:
        """Makes the calendar show the event once; writes nothing when it does already."""
        with self._site.lock(course):
            course_id = self._site.course_id(course)
            found = self._matching(course_id, event.key, known_id)
            shown = [entry for entry in found if entry.shows(event)]
            if not shown:
                self._create(course_id, event)
                shown = self._read_back(course_id, event, {entry.id for entry in found})
            for entry in found:
                if entry.id != shown[0].id:
                    self._delete(entry)
            return self._posted(course_id, shown[0])

    def withdraw(self, course: str, key: str, known_id: int | None) -> None:
        """Takes the event down and looks that it is gone; done already is done."""
        with self._site.lock(course):
            course_id = self._site.course_id(course)
            found = self._matching(course_id, key, known_id)
            for entry in found:
                self._delete(entry)
            if found and self._matching(course_id, key, known_id):
                what = f"the event of {key} is still in the calendar of {course}"
                advice = "Delete it in Moodle by hand. " + _CAPABILITY
                raise PersonNeeded(SERVICE, "take an event down", what, advice=advice)

    def difference(self, course: str, event: Event, known_id: int | None) -> str:
        """How the calendar differs from the event standing there once, in words; "" when it does not."""
        found = self._matching(self._site.course_id(course), event.key, known_id)
        if not found:
            return "it is not there any more"
        if len(found) > 1:
            return f"it stands there {len(found)} times"
        if not found[0].stands_for(event):
            return "it was changed, moved or hidden"
        return "" if found[0].shows(event) else "its title or text was changed"

    def find(self, course: str, start: datetime, end: datetime) -> dict[str, list[Posted]]:
        """Every event of ours that touches that time, by key, the oldest first."""
        course_id = self._site.course_id(course)
        events: dict[str, list[Posted]] = {}
        for entry in self._ours(course_id, unix_seconds(start), unix_seconds(end)):
            if entry.key is not None:
                events.setdefault(entry.key, []).append(self._posted(course_id, entry))
        return events

    def _create(self, course_id: int, event: Event) -> None:
        start, duration = event.seconds
        wanted = {
            "name": event.title,
            "description": marked(event.description_html, event.key, event.content_hash),
            "format": _HTML,
            "courseid": course_id,
            "eventtype": _COURSE,  # Moodle's default is an event that only the robot sees
            "timestart": start,
            "timeduration": duration,
            "visible": True,
        }
        answer = self._call("core_calendar_create_calendar_events", events=[wanted])
        _require_no_warnings(answer, "post an event")

    def _read_back(self, course_id: int, event: Event, before: Collection[int]) -> list[_Entry]:
        """What was made; how Moodle shows its text is Moodle's own affair."""
        found = self._matching(course_id, event.key, None)
        shown = [entry for entry in found if entry.stands_for(event) and entry.id not in before]
        if not shown:
            # Not to be repeated by itself: each time might leave one more event that we cannot see.
            what, advice = "the event was posted and is not to be seen", "Look into the calendar."
            raise PersonNeeded(SERVICE, "post an event", what, advice=advice)
        return shown

    def _matching(self, course_id: int, key: str, known_id: int | None) -> list[_Entry]:
        """Ours with this key at any time (a class may have moved), the lowest id first.

        The known one also when a person's edit took its marker.
        """
        return [
            entry
            for entry in self._ours(course_id, 0, 0)
            if entry.key == key or (entry.key is None and entry.id == known_id)
        ]

    def _ours(self, course_id: int, start: int, end: int) -> Sequence[_Entry]:
        answer = self._call(
            "core_calendar_get_calendar_events",
            events={"courseids": [course_id]},
            options={
                "userevents": False,
                "siteevents": False,
                "timestart": start,
                "timeend": end,
                "ignorehidden": False,
            },
        )
        _require_no_warnings(answer, "list the events")
        ours = [
            _entry(row)
            for row in answer["events"]
            if (row.get("eventtype"), row.get("userid"), row.get("courseid"))
            == (_COURSE, self._site.robot, course_id)
        ]
        return sorted(ours, key=lambda entry: entry.id)

    def _delete(self, entry: _Entry) -> None:
        """One id per call: Moodle undoes a whole batch for one event that is gone."""
        try:
            self._call(
                "core_calendar_delete_calendar_events",
                events=[{"eventid": entry.id, "repeat": False}],
            )
        except RecordGone:
            return

    def _posted(self, course_id: int, entry: _Entry) -> Posted:
        query = f"view=day&course={course_id}&time={entry.start}#event_{entry.id}"
        url = f"{self._site.wire.url}/calendar/view.php?{query}"
        return Posted(entry.id, url, entry.content_hash)


def _entry(row: dict[str, Any]) -> _Entry:
    key, content_hash = marker_of(row["description"] or "")
    return _Entry(
        id=int(row["id"]),
        key=key,
        content_hash=content_hash,
        start=int(row["timestart"]),
        duration=int(row["timeduration"]),
        visible=bool(row.get("visible", True)),
        said=said_by(row["name"], row["description"] or ""),
    )


def _require_no_warnings(answer: dict[str, Any], operation: str) -> None:
    """Moodle answers a refusal here as a success with a warning."""
    for warning in answer.get("warnings") or ():
        raise PersonNeeded(
            SERVICE,
            operation,
            "Moodle did it only in part, or not at all",
            advice=_CAPABILITY,
            status=warning.get("warningcode"),
            body=str(warning.get("message", "")),
        )
