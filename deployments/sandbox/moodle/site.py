"""What the LMS holds: courses, forums, discussions, events, draft files, and the robot's rights."""

import hashlib
import itertools
from dataclasses import dataclass, field
from typing import Any

from deployments.sandbox.faults import FaultKind
from deployments.sandbox.moodle.cleaning import clean_html
from deployments.sandbox.world import World

TOKEN = "sandbox-moodle-token"
ROBOT = 42  # the robot's user id
FRONT_PAGE = 1  # the course that an empty idnumber matches


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a draft area or a post."""

    name: str
    content: bytes

    def as_state(self) -> dict[str, Any]:
        return {
            "filename": self.name,
            "filesize": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


@dataclass(frozen=True, slots=True)
class SiteCourse:
    id: int
    idnumber: str
    shortname: str
    fullname: str


@dataclass(frozen=True, slots=True)
class Forum:
    """`type` is general or news (the announcements of every course)."""

    id: int
    cmid: int
    course: SiteCourse
    type: str
    name: str


@dataclass(slots=True)
class Discussion:
    """A discussion of one post; the robot never replies."""

    id: int
    post: int
    forum: Forum
    subject: str
    message: str
    groupid: int
    created: int
    modified: int
    files: list[StoredFile] = field(default_factory=list)
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """A calendar event. `eventtype` user: only the robot sees it."""

    id: int
    name: str
    description: str
    format: int
    courseid: int
    groupid: int
    eventtype: str
    timestart: int
    timeduration: int
    visible: int
    sequence: int
    timemodified: int


class Site:
    """One Moodle site with one robot."""

    def __init__(self, world: World, url: str) -> None:
        self._world = world
        self.url = url
        self._ids = itertools.count(1000)
        info = ((world.seed.info_course, "Informācijas lapa", "INFO"),)
        courses = [(c.idnumber, c.name, c.shortname) for c in world.seed.courses]
        self.courses = [SiteCourse(FRONT_PAGE, "", "sandbox", "Sandbox")] + [
            SiteCourse(number, idnumber, shortname, name)
            for number, (idnumber, name, shortname) in enumerate((*info, *courses), start=2)
        ]
        self.forums = [forum for course in self.courses for forum in self._forums(course)]
        self.discussions: dict[int, Discussion] = {}
        self.events: dict[int, Event] = {}
        self.drafts: dict[int, list[StoredFile]] = {}

    def _forums(self, course: SiteCourse) -> list[Forum]:
        news = Forum(course.id * 10, course.id * 10 + 5000, course, "news", "Paziņojumi")
        if course.idnumber != self._world.seed.info_course:
            return [news]
        name = self._world.seed.info_forum
        return [news, Forum(course.id * 10 + 1, course.id * 10 + 5001, course, "general", name)]

    @property
    def now(self) -> int:
        """Unix seconds by the virtual clock."""
        return int(self._world.clock.now.timestamp())

    def new_id(self) -> int:
        return next(self._ids)

    def may(self, capability: str) -> bool:
        """Whether the robot has a right; a fault takes it away."""
        return not self._world.faults.stands("moodle", capability, FaultKind.MISSING_CAPABILITY)

    def offers(self, function: str) -> bool:
        """Whether a function is in the robot's service; a fault takes it out."""
        return not self._world.faults.stands("moodle", function, FaultKind.MISSING_FUNCTION)

    def course(self, identity: int) -> SiteCourse | None:
        return next((course for course in self.courses if course.id == identity), None)

    def forum(self, identity: int) -> Forum | None:
        return next((forum for forum in self.forums if forum.id == identity), None)

    def discussion_of(self, post: int) -> Discussion | None:
        return next((d for d in self.discussions.values() if d.post == post), None)

    def as_state(self) -> dict[str, Any]:
        """Everything, for a checker; texts raw as they were sent, and as readers get them."""
        return {
            "courses": [{"id": c.id, "idnumber": c.idnumber} for c in self.courses],
            "discussions": [_discussion_state(d) for d in self.discussions.values()],
            "events": [self._event_state(event) for event in self.events.values()],
        }

    def _event_state(self, event: Event) -> dict[str, Any]:
        course = self.course(event.courseid)
        return {
            "id": event.id,
            "course": course.idnumber if course else None,
            "eventtype": event.eventtype,
            "name": event.name,
            "description": event.description,
            "shown": clean_html(event.description),
            "timestart": event.timestart,
            "timeduration": event.timeduration,
            "visible": bool(event.visible),
        }


def _discussion_state(discussion: Discussion) -> dict[str, Any]:
    return {
        "id": discussion.id,
        "course": discussion.forum.course.idnumber,
        "forum": discussion.forum.name,
        "subject": discussion.subject,
        "message": discussion.message,
        "shown": clean_html(discussion.message),
        "groupid": discussion.groupid,
        "created": discussion.created,
        "modified": discussion.modified,
        "attachments": [file.as_state() for file in discussion.files],
    }
