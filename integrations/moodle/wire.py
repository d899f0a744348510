"""Moodle's REST protocol: a function call as a form, and the upload of a file.

Which functions we call, and which of them change something, is data here; what they are called for
is in `plans.py` and `events.py`, what their refusals mean in `faults.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import requests

from integrations.errors import OutsideError, PersonNeeded
from integrations.http import Http
from integrations.moodle.faults import SERVICE, fault_of_answer, fault_of_status, no_verdict
from integrations.settings import MoodleSettings


@dataclass(frozen=True, slots=True)
class Function:
    """A web service function: what we call it for, and the key that its answer must hold.

    Without a key a read answers a list and a write anything.
    """

    purpose: str
    answers: str | None
    writes: bool = False

    def accepts(self, answer: Any) -> bool:
        if self.answers is None:
            return self.writes or isinstance(answer, list)
        return isinstance(answer, dict) and self.answers in answer


FUNCTIONS: Mapping[str, Function] = {
    "core_webservice_get_site_info": Function("look at the site", "userid"),
    "core_course_get_courses_by_field": Function("look up a course", "courses"),
    "mod_forum_get_forums_by_courses": Function("look up the forum", None),
    "mod_forum_get_forum_discussions": Function("list the plans", "discussions"),
    "mod_forum_can_add_discussion": Function("ask whether a plan may be posted", "status"),
    "mod_forum_add_discussion": Function("post a plan", "discussionid", writes=True),
    "mod_forum_update_discussion_post": Function("replace a plan", "status", writes=True),
    "mod_forum_delete_post": Function("take a plan down", "status", writes=True),
    "core_calendar_get_calendar_events": Function("list the events", "events"),
    "core_calendar_create_calendar_events": Function("post an event", "events", writes=True),
    "core_calendar_delete_calendar_events": Function("take an event down", None, writes=True),
}
_UPLOAD = "upload a file"


def flattened(arguments: Mapping[str, Any]) -> dict[str, str | int]:
    """Arguments the way PHP reads them from a form.

    >>> flattened({"courseids": [5], "options": {"userevents": False}})
    {'courseids[0]': 5, 'options[userevents]': 0}
    """
    return {name: leaf for key, value in arguments.items() for name, leaf in _leaves(key, value)}


def _leaves(name: str, value: Any) -> Iterator[tuple[str, str | int]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _leaves(f"{name}[{key}]", item)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, item in enumerate(value):
            yield from _leaves(f"{name}[{index}]", item)
    else:
        yield name, int(value) if isinstance(value, bool) else value


class Wire:
    """Calls functions of one Moodle site with one token. Safe to share between threads."""

    def __init__(self, settings: MoodleSettings) -> None:
        self.url = settings.url.rstrip("/")
        self._token = settings.token
        self._http = Http(SERVICE, settings.connect_seconds, settings.read_seconds)

    def call(self, function: str, **arguments: Any) -> Any:
        """The function's answer. Raises only errors of `integrations/errors.py`."""
        known = FUNCTIONS[function]
        operation = f"{known.purpose} ({function})"
        form = {
            "wstoken": self._secret(operation),
            "wsfunction": function,
            "moodlewsrestformat": "json",
            **flattened(arguments),
        }
        url = f"{self.url}/webservice/rest/server.php"
        response = self._http.send("POST", url, operation, effect=known.writes, data=form)
        answer = _answer(response, operation, effect=known.writes)
        if not known.accepts(answer):
            what = f"the answer holds no {known.answers or 'list'}"
            raise no_verdict(operation, what, effect=known.writes)
        return answer

    def upload(self, content: bytes, filename: str) -> int:
        """Puts a file into a new draft area of the robot user and answers the area's id."""
        response = self._http.send(
            "POST",
            f"{self.url}/webservice/upload.php",
            _UPLOAD,
            effect=False,  # a draft that nothing refers to is cleaned away by Moodle
            data={"token": self._secret(_UPLOAD), "filepath": "/", "itemid": "0"},
            files={"file": (filename, content, "application/pdf")},
        )
        stored = _answer(response, _UPLOAD, effect=False)
        if not stored:
            raise _not_stored("Moodle took no file; it may be larger than PHP's post_max_size")
        first = stored[0] if isinstance(stored, list) else {}
        if (first.get("filename"), first.get("filesize")) != (filename, len(content)):
            raise _not_stored(f"Moodle stored something else: {first}")
        return int(first["itemid"])

    def _secret(self, operation: str) -> str:
        token = self._token.get_secret_value()
        if self.url and token:
            return token
        what, advice = "the site is not set", "Set SAC_MOODLE__URL and SAC_MOODLE__TOKEN."
        raise PersonNeeded(SERVICE, operation, what, advice=advice)


def _not_stored(what: str) -> OutsideError:
    advice = "Show this message to the Moodle administrator."
    return PersonNeeded(SERVICE, _UPLOAD, what, advice=advice)


def _answer(response: requests.Response, operation: str, *, effect: bool) -> Any:
    if response.status_code != 200:
        raise fault_of_status(response, operation, effect=effect)
    try:
        body = response.json()
    except requests.JSONDecodeError as error:
        # PHP may print a warning before the JSON, after the work was done.
        what = "the answer is not JSON"
        raise no_verdict(operation, what, effect=effect, body=response.text) from error
    if isinstance(body, dict) and ("exception" in body or "errorcode" in body):
        raise fault_of_answer(body, operation, effect=effect)
    return body
