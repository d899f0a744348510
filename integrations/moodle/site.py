"""The Moodle site as the robot user sees it: who it is, and which course an idnumber means."""

import threading
from collections import defaultdict
from functools import cached_property
from typing import Any

from integrations.errors import PersonNeeded
from integrations.moodle.faults import SERVICE
from integrations.moodle.wire import Wire

_FRONT_PAGE = 1


class Site:
    """What plans and events share. Safe to share between threads."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self._guard = threading.Lock()
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @cached_property
    def info(self) -> dict[str, Any]:
        """The site's own description, read once: release, our user id, functions, limits."""
        answer: dict[str, Any] = self.wire.call("core_webservice_get_site_info")
        return answer

    @property
    def robot(self) -> int:
        """Our user's id; posts of other users are never touched."""
        return int(self.info["userid"])

    def course_id(self, idnumber: str) -> int:
        """The course with that idnumber (exact, case counts). Raises `PersonNeeded`."""
        # Moodle would answer the front page, which has an empty idnumber too.
        courses = self._courses(idnumber) if idnumber.strip() else []
        ids = [int(course["id"]) for course in courses if int(course["id"]) != _FRONT_PAGE]
        if len(ids) == 1:
            return ids[0]
        found = "no course has" if not ids else f"{len(ids)} courses have"
        raise PersonNeeded(
            SERVICE,
            "look up a course",
            f"{found} the idnumber “{idnumber}”",
            advice="Put the idnumber into the course's settings in Moodle, or correct the sheet of "
            "courses (for the info page SAC_MOODLE__INFO_COURSE). A hidden course is found only "
            "with moodle/course:viewhiddencourses in its category.",
        )

    def _courses(self, idnumber: str) -> list[dict[str, Any]]:
        answer = self.wire.call(
            "core_course_get_courses_by_field", field="idnumber", value=idnumber
        )
        courses: list[dict[str, Any]] = answer["courses"]
        return courses

    def lock(self, place: str) -> threading.Lock:
        """A lock per forum or course: Moodle lets two writers make two of the same post."""
        with self._guard:
            return self._locks[place]
