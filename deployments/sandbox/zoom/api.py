"""Zoom over HTTP: routes, status codes, error bodies. What a meeting is: `meetings.py`."""

import re
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from deployments.sandbox.chance import chance
from deployments.sandbox.faults import FaultKind
from deployments.sandbox.http import Call, Service
from deployments.sandbox.world import World
from deployments.sandbox.zoom import shapes
from deployments.sandbox.zoom.limits import Limited, RateLimits, by_second
from deployments.sandbox.zoom.meetings import Account, Meeting, MeetingBook
from deployments.sandbox.zoom.past import PastRoutes
from deployments.sandbox.zoom.refusals import Refused, as_response, limited, page_size
from deployments.sandbox.zoom.tokens import SCOPES, Tokens
from deployments.sandbox.zoom.validation import Invalid, meeting_fields, read_body

_LISTS = ("scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings")
Handler = Callable[[Request], Awaitable[Response]]


class ZoomApi:
    """The routes of one Zoom account."""

    def __init__(self, world: World, book: MeetingBook) -> None:
        self._world = world
        self._book = book
        self._tokens = Tokens()
        self._limits = RateLimits(world)

    def application(self) -> Starlette:
        past = PastRoutes(self._world, self._book)
        return Starlette(
            routes=[
                Route("/oauth/token", self._token, methods=["POST"]),
                self._route("/users", self._users, "Medium"),
                self._route("/users/{user}", self._user, "Light"),
                self._route("/users/{user}/meetings", self._create, "Medium", "POST"),
                self._route("/users/{user}/meetings", self._list, "Medium"),
                self._route("/meetings/{meeting}", self._get, "Light"),
                self._route("/meetings/{meeting}", self._update, "Light", "PATCH"),
                self._route("/meetings/{meeting}", self._delete, "Light", "DELETE"),
                self._route("/meetings/{meeting}/status", self._status, "Light", "PUT"),
                self._route("/past_meetings/{meeting}/instances", past.instances, "Medium"),
                self._route("/past_meetings/{meeting}/participants", past.participants, "Medium"),
                self._route("/past_meetings/{meeting:path}", past.details, "Light"),
                self._route(
                    "/report/meetings/{meeting}/participants", past.report_participants, "Heavy"
                ),
                self._route("/report/meetings/{meeting:path}", past.report, "Heavy"),
            ],
            exception_handlers={Refused: as_response, 404: _unknown_route},
        )

    def service(self) -> Service:
        """How the door names and refuses requests."""
        return Service(
            "zoom",
            _describe,
            {
                FaultKind.PER_SECOND_LIMIT: lambda _: limited(by_second()),
                FaultKind.PER_DAY_LIMIT: lambda _: limited(self._limits.by_day()),
                FaultKind.AUTH_EXPIRED: self._expire,
                FaultKind.MISSING_SCOPE: lambda _: _scope_missing(),
            },
        )

    def _route(self, path: str, handler: Handler, category: str, method: str = "GET") -> Route:
        async def guarded(request: Request) -> Response:
            if message := self._tokens.refusal(request.headers.get("authorization", "")):
                raise Refused(401, 124, message)
            _admit(self._limits.count(category))
            return await handler(request)

        return Route(f"/v2{path}", guarded, methods=[method])

    def _expire(self, request: Request) -> Response:
        self._tokens.expire(request.headers.get("authorization", ""))
        return JSONResponse({"code": 124, "message": "Access token is expired."}, 401)

    async def _token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode())) | dict(request.query_params)
        status, body = self._tokens.grant(request.headers.get("authorization", ""), form)
        return JSONResponse(body, status)

    async def _users(self, request: Request) -> Response:
        return self._page(request, "users", [shapes.user(a) for a in self._book.accounts])

    async def _user(self, request: Request) -> Response:
        return JSONResponse(shapes.user(self._account(request)))

    async def _list(self, request: Request) -> Response:
        kind = request.query_params.get("type", "scheduled")
        if kind not in _LISTS:
            raise Refused(400, 300, "Validation Failed.", {"type": "Invalid field."})
        found = self._book.of(self._account(request), kind)
        return self._page(request, "meetings", [shapes.listed(meeting) for meeting in found])

    async def _create(self, request: Request) -> Response:
        host = self._account(request)
        body = await _body(request)
        fields = _valid(body, self._world)
        fields.setdefault("type", 2 if "start_time" in body else 1)
        if "password" not in fields and body.get("default_password", True):
            fields["password"] = f"{int(chance('passcode', len(self._book.meetings)) * 1e6):06}"
        _admit(self._limits.count_write(host))
        return JSONResponse(shapes.created(self._book.add(host, fields)), 201)

    async def _get(self, request: Request) -> Response:
        meeting = self._meeting(request)
        running = self._book.session(meeting) if self._book.is_open(meeting) else None
        return JSONResponse(shapes.meeting_details(meeting, running))

    async def _update(self, request: Request) -> Response:
        meeting = self._meeting(request)
        fields = _valid(await _body(request), self._world, meeting.timezone)
        _admit(self._limits.count_write(meeting.host))
        meeting.change(fields)
        return Response(status_code=204)

    async def _delete(self, request: Request) -> Response:
        self._book.remove(self._meeting(request))
        return Response(status_code=204)

    async def _status(self, request: Request) -> Response:
        meeting = self._meeting(request)
        if (await _body(request)).get("action") == "end" and self._book.is_open(meeting):
            meeting.closed = self._world.clock.now
        return Response(status_code=204)

    def _account(self, request: Request) -> Account:
        key = request.path_params["user"]
        account = self._book.account(key)
        if account is None:
            raise Refused(404, 1001, f"User does not exist: {key}.")
        return account

    def _meeting(self, request: Request) -> Meeting:
        key = request.path_params["meeting"]
        meeting = self._book.find(key)
        if meeting is None:
            raise Refused(404, 3001, f"Meeting does not exist: {key}.")
        return meeting

    def _page(self, request: Request, name: str, items: list[Any]) -> Response:
        size = page_size(request.query_params.get("page_size", "30"))
        continued = request.query_params.get("next_page_token", "")
        page = shapes.page(name, items, size, continued)
        return JSONResponse({"page_number": 1, **page})


async def _body(request: Request) -> dict[str, Any]:
    try:
        return read_body(await request.body())
    except Invalid as error:
        raise Refused(400, 300, str(error), error.errors) from error


def _valid(body: dict[str, Any], world: World, zone: str = "Europe/Riga") -> dict[str, Any]:
    try:
        return meeting_fields(body, now=world.clock.now, zone=zone)
    except Invalid as error:
        raise Refused(400, 300, str(error), error.errors) from error


def _admit(refusal: Limited | None) -> None:
    if refusal is not None:
        raise Refused(429, 429, refusal.message, headers=refusal.headers)


def _scope_missing() -> Response:
    message = f"Invalid access token, does not contain scopes:[{SCOPES[0]}]."
    return JSONResponse({"code": 4711, "message": message}, 400)


async def _unknown_route(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"code": 2300, "message": "This API endpoint is not recognized."}, 404)


def _describe(scope: Scope, _body: bytes) -> Call:
    method, path = scope["method"], unquote(scope["path"])
    is_write = method != "GET" and not re.fullmatch(r"/oauth/token", path)
    return Call(f"{method} {path}", is_write)
