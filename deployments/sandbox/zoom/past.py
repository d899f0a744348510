"""Past meetings and reports: what Zoom tells after a meeting is over."""

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deployments.sandbox.clock import stamp
from deployments.sandbox.world import World
from deployments.sandbox.zoom import shapes
from deployments.sandbox.zoom.meetings import Meeting, MeetingBook, Session
from deployments.sandbox.zoom.participants import READY_AFTER, Row, rows
from deployments.sandbox.zoom.refusals import Refused, page_size


class PastRoutes:
    """Handlers; `api.py` binds them to paths and guards them."""

    def __init__(self, world: World, book: MeetingBook) -> None:
        self._world = world
        self._book = book

    async def details(self, request: Request) -> Response:
        meeting, session = self._held(request)
        return JSONResponse(shapes.past(meeting, session, self._people(meeting)))

    async def instances(self, request: Request) -> Response:
        meeting = self._meeting(request)
        session = self._book.session(meeting)
        if session is None or not session.is_over(self._world.clock.now):
            return JSONResponse({"meetings": []})
        instance = {"uuid": session.uuid, "start_time": stamp(session.start)}
        return JSONResponse({"meetings": [instance]})

    async def participants(self, request: Request) -> Response:
        meeting, session = self._held(request)
        found = self._rows(meeting, session) if self._is_ready(session) else []
        return _page(request, [row.as_past() for row in found])

    async def report(self, request: Request) -> Response:
        meeting, session = self._reported(request)
        report = shapes.past(meeting, session, self._people(meeting))
        del report["host_id"], report["source"]
        return JSONResponse(report)

    async def report_participants(self, request: Request) -> Response:
        meeting, session = self._reported(request)
        with_registrants = "registrant_id" in request.query_params.get("include_fields", "")
        extra = {"registrant_id": ""} if with_registrants else {}
        return _page(request, [row.as_report() | extra for row in self._rows(meeting, session)])

    def _meeting(self, request: Request) -> Meeting:
        # A uuid with a slash comes encoded twice; the server has undone only one layer.
        key = unquote(request.path_params["meeting"])
        meeting = self._book.find(key)
        if meeting is None:
            raise Refused(404, 3001, f"Meeting does not exist: {key}.")
        return meeting

    def _held(
        self, request: Request, ready_after: timedelta = timedelta()
    ) -> tuple[Meeting, Session]:
        meeting = self._meeting(request)
        session = self._book.session(meeting)
        if session is None or session.end + ready_after > self._world.clock.now:
            raise Refused(404, 3001, "Meeting ID is invalid or not end.")
        return meeting, session

    def _reported(self, request: Request) -> tuple[Meeting, Session]:
        return self._held(request, READY_AFTER)

    def _is_ready(self, session: Session) -> bool:
        return session.end + READY_AFTER <= self._world.clock.now

    def _people(self, meeting: Meeting) -> int:
        return 1 + self._world.turnout.of(str(meeting.id))

    def _rows(self, meeting: Meeting, session: Session) -> list[Row]:
        return rows(meeting, session, self._world.turnout.of(str(meeting.id)))


def _page(request: Request, items: list[Any]) -> Response:
    size = page_size(request.query_params.get("page_size", "30"))
    continued = request.query_params.get("next_page_token", "")
    return JSONResponse(shapes.page("participants", items, size, continued))
