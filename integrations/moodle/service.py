"""What the steps ask of the LMS: plans and events, each put there once and taken away for sure."""

from datetime import datetime

from integrations.checks import CheckResult
from integrations.moodle.check import check_moodle
from integrations.moodle.events import Event, Events
from integrations.moodle.markers import Posted
from integrations.moodle.plans import Plan, Plans
from integrations.moodle.site import Site
from integrations.moodle.wire import Wire
from integrations.settings import MoodleSettings


class Moodle:
    """Safe to share between threads. All errors are of `integrations/errors.py`.

    Publishing is idempotent: our post is looked up by its key (or `known_id`, the id of an earlier
    `Posted`), then made, replaced or left alone, duplicates are removed, and what was written is
    read back. After a `DoubtfulOutcome` simply publish or withdraw again.
    """

    def __init__(self, settings: MoodleSettings) -> None:
        site = Site(Wire(settings))
        self._site = site
        self._plans = Plans(site, settings.info_course, settings.info_forum)
        self._events = Events(site)

    def publish_plan(  # noqa: PLR0913, PLR0917  # each is one field of a post
        self,
        key: str,
        subject: str,
        message_html: str,
        pdf: bytes,
        filename: str,
        content_hash: str,
        known_id: int | None,
    ) -> Posted:
        """Puts a study day's plan into the info page's forum, with the PDF attached.

        A changed plan keeps its address and its id, that of the discussion.
        """
        plan = Plan(key, subject, message_html, pdf, filename, content_hash)
        return self._plans.publish(plan, known_id)

    def plan_difference(
        self,
        key: str,
        subject: str,
        message_html: str,
        filename: str,
        content_hash: str,
        known_id: int | None,
    ) -> str:
        """How the forum differs from showing that plan once; "" when it does not."""
        plan = Plan(key, subject, message_html, b"", filename, content_hash)
        return self._plans.difference(plan, known_id)

    def withdraw_plan(self, key: str, known_id: int | None) -> None:
        """Takes the plan out of the forum."""
        self._plans.withdraw(key, known_id)

    def publish_event(  # noqa: PLR0913, PLR0917  # each is one field of an event
        self,
        course_idnumber: str,
        key: str,
        title: str,
        description_html: str,
        start: datetime,
        end: datetime,
        content_hash: str,
        known_id: int | None,
    ) -> Posted:
        """Puts a class's connection information into its course's calendar.

        A changed event is a new one with a new id. Times are aware.
        """
        event = Event(key, title, description_html, start, end, content_hash)
        return self._events.publish(course_idnumber, event, known_id)

    def event_difference(  # noqa: PLR0913, PLR0917  # as above
        self,
        course_idnumber: str,
        key: str,
        title: str,
        description_html: str,
        start: datetime,
        end: datetime,
        content_hash: str,
        known_id: int | None,
    ) -> str:
        """How the course's calendar differs from showing that event once; "" when it does not."""
        event = Event(key, title, description_html, start, end, content_hash)
        return self._events.difference(course_idnumber, event, known_id)

    def withdraw_event(self, course_idnumber: str, key: str, known_id: int | None) -> None:
        """Takes the class's event out of the calendar."""
        self._events.withdraw(course_idnumber, key, known_id)

    def find_plans(self) -> dict[str, list[Posted]]:
        """Our plans in the forum by key; more than one under a key are duplicates."""
        return self._plans.find()

    def find_events(
        self, course_idnumber: str, start: datetime, end: datetime
    ) -> dict[str, list[Posted]]:
        """Our events in a course's calendar between two aware times, by key."""
        return self._events.find(course_idnumber, start, end)

    def check(self) -> list[CheckResult]:
        """Looks at token, functions, upload and the forum, and changes nothing."""
        return check_moodle(self._site, self._plans)
