"""zoomus, hardened: each of its requests goes through one `send` with our policy.

zoomus 1.2.1 ignores its timeout, sends "Bearer None" after wrong credentials, knows neither the end
of a token nor rate limits, repeats path ids in queries and bodies, and answers whatever came. What
we keep of it is its paths. Nothing else imports zoomus; the meetings are in `service.py`.
"""

import random
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote

import requests
from zoomus import ZoomClient
from zoomus.client import COMPONENT_CLASSES
from zoomus.util import API_VERSION_2, ApiClient

from integrations.errors import DoubtfulOutcome, OutsideError, TemporaryFault
from integrations.http import LOOK_FIRST, Http
from integrations.settings import ZoomSettings
from integrations.zoom.faults import SERVICE, ScopeMissing, fault_of
from integrations.zoom.tokens import Token, TokenEndpoint, TokenKeeper

_EXPECTED = {"GET": 200, "POST": 201, "PATCH": 204, "PUT": 204, "DELETE": 204}
_PATH_KEYS = frozenset({"id", "user_id", "meeting_id", "webinar_id"})
_TRIES = 4
_JITTER = random.SystemRandom()
_Fields = Mapping[str, Any] | None
_OPERATIONS = (
    ("POST", r"/users/(.+)/meetings", "create a meeting for"),
    ("GET", r"/users/(.+)/meetings", "list the meetings of"),
    ("GET", r"/users/([^/]+)", "look up host"),
    ("GET", r"/meetings/(.+)", "fetch meeting"),
    ("PATCH", r"/meetings/(.+)", "update meeting"),
    ("DELETE", r"/meetings/(.+)", "delete meeting"),
    ("GET", r"/past_meetings/(.+)/participants", "fetch the participants of"),
)


def segment(value: str) -> str:
    """An id as one segment of a path; a meeting's uuid with a slash must be encoded twice.

    >>> segment("host+a@x.lv"), segment("/ab==")
    ('host%2Ba%40x.lv', '%252Fab%253D%253D')
    """
    once = quote(value, safe="")
    return quote(once, safe="") if "/" in value else once


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    endpoint: str
    params: Mapping[str, Any]
    body: Mapping[str, Any]

    @property
    def operation(self) -> str:
        for method, pattern, words in _OPERATIONS:
            found = re.fullmatch(pattern, self.endpoint)
            if found and method == self.method:
                return f"{words} {unquote(found[1])}"
        return f"{self.method} {self.endpoint}"

    @property
    def has_effect(self) -> bool:
        """Whether doing it twice would be one too many; the other verbs are idempotent."""
        return self.method == "POST"


class _ThroughSend:
    """Stands first in the bases of the client and of each component: every verb ends in `send`."""

    client: "HardenedClient"

    def get_request(self, endpoint: str, params: _Fields = None, **_: object) -> dict[str, Any]:
        return self.client.send("GET", endpoint, params)

    def post_request(
        self, endpoint: str, params: _Fields = None, data: _Fields = None, **_: object
    ) -> dict[str, Any]:
        return self.client.send("POST", endpoint, params, data)

    def patch_request(
        self, endpoint: str, params: _Fields = None, data: _Fields = None, **_: object
    ) -> dict[str, Any]:
        return self.client.send("PATCH", endpoint, params, data)

    def put_request(
        self, endpoint: str, params: _Fields = None, data: _Fields = None, **_: object
    ) -> dict[str, Any]:
        return self.client.send("PUT", endpoint, params, data)

    def delete_request(
        self, endpoint: str, params: _Fields = None, data: _Fields = None, **_: object
    ) -> dict[str, Any]:
        return self.client.send("DELETE", endpoint, params, data)


class HardenedClient(_ThroughSend, ZoomClient):  # type: ignore[misc]  # zoomus has no types
    """A zoomus client whose methods answer the parsed body or raise an error of our tree.

    `pause` waits between tries, in seconds; `now` dates tokens and daily limits. Safe to share
    between threads.
    """

    def __init__(
        self,
        settings: ZoomSettings,
        *,
        now: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        # Not ZoomClient.__init__: that one fetches a token over the network, without a timeout.
        ApiClient.__init__(self, base_uri=settings.base_url)
        self.client = self
        self.config = {"version": API_VERSION_2, "token": None}
        self.components = {
            name: type(component.__name__, (_ThroughSend, component), {"client": self})(
                base_uri=settings.base_url, config=self.config
            )
            for name, component in COMPONENT_CLASSES[API_VERSION_2].items()
        }
        self._http = Http(SERVICE, settings.connect_seconds, settings.read_seconds)
        self._tokens = TokenKeeper(TokenEndpoint(settings, self._http, now).fetch, now)
        self._now = now
        self._pause = pause

    def refresh_token(self) -> None:
        """Forgets the token; the next request fetches a new one."""
        self._tokens.drop()

    @property
    def scopes(self) -> frozenset[str]:
        """What the app is allowed to do, as the token answer says."""
        return self._tokens.current().scopes

    def send(
        self, method: str, endpoint: str, params: _Fields = None, body: _Fields = None
    ) -> dict[str, Any]:
        """The body of the one expected answer. Raises only errors of `integrations/errors.py`.

        What certainly did nothing, or may be done twice, is tried again after a pause; a doubtful
        outcome and a limit that lasts until a known time are not.
        """
        request = _Request(method, endpoint, _query(params), _without_path_keys(body))
        for attempt in range(1, _TRIES):
            try:
                return self._try(request)
            except TemporaryFault as fault:
                if isinstance(fault, DoubtfulOutcome) or fault.retry_at is not None:
                    raise
            self._pause(attempt + _JITTER.random())
        return self._try(request)

    def _try(self, request: _Request) -> dict[str, Any]:
        token = self._tokens.current()
        response = self._send_with(token, request)
        if response.status_code == 401:
            token = self._tokens.current(refused=token)
            response = self._send_with(token, request)
        if response.status_code != _EXPECTED[request.method]:
            raise self._fault(request, response, token)
        return {} if response.status_code == 204 else self._parsed(request, response)

    def _send_with(self, token: Token, request: _Request) -> requests.Response:
        return self._http.send(
            request.method,
            self.url_for(request.endpoint),
            request.operation,
            effect=request.has_effect,
            params=request.params,
            json=request.body or None,
            headers={"Authorization": f"Bearer {token.value}"},
        )

    def _fault(self, request: _Request, response: requests.Response, token: Token) -> OutsideError:
        fault = fault_of(response, request.operation, effect=request.has_effect, now=self._now())
        if isinstance(fault, ScopeMissing):
            # A scope added in the meantime is only in tokens fetched after that.
            self._tokens.drop(token)
        return fault

    def _parsed(self, request: _Request, response: requests.Response) -> dict[str, Any]:
        try:
            answer = response.json()
        except requests.JSONDecodeError:
            answer = None
        if isinstance(answer, dict):
            return answer
        error = DoubtfulOutcome if request.has_effect else TemporaryFault
        what = "the answer is not JSON"
        raise error(
            SERVICE, request.operation, what, advice=LOOK_FIRST, status=response.status_code
        )


def _without_path_keys(fields: _Fields) -> dict[str, Any]:
    """Without the ids of the path, which zoomus repeats among the fields."""
    return {name: value for name, value in (fields or {}).items() if name not in _PATH_KEYS}


def _query(fields: _Fields) -> dict[str, Any]:
    return {
        name: str(value).lower() if isinstance(value, bool) else value
        for name, value in _without_path_keys(fields).items()
    }
