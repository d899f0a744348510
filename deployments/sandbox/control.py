"""The control URL: how a checker looks into the sandbox, moves its clock and makes it misbehave."""

import base64
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deployments.sandbox.clock import read_moment, stamp
from deployments.sandbox.faults import Fault
from deployments.sandbox.lecturers.habits import Habit
from deployments.sandbox.lecturers.staff_room import StaffRoom
from deployments.sandbox.mail.imap import OfficeMailbox
from deployments.sandbox.mail.post_office import PostOffice, describe
from deployments.sandbox.moodle.site import Site
from deployments.sandbox.world import World
from deployments.sandbox.zoom.meetings import Meeting, MeetingBook
from deployments.sandbox.zoom.shapes import meeting_details

Handler = Callable[[Request], Awaitable[Response]]


class Control:
    """Handlers over everything that the sandbox holds."""

    def __init__(
        self, world: World, book: MeetingBook, site: Site, mail: tuple[PostOffice, OfficeMailbox]
    ) -> None:
        self._world = world
        self._book = book
        self._site = site
        self._post_office, self._mailbox = mail
        self.staff_room = StaffRoom(world, self._post_office)
        self._post_office.tell(self.staff_room.read)

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/state", _guarded(self._state)),
                Route("/requests", self._requests),
                Route("/requests", self._forget_requests, methods=["DELETE"]),
                Route("/clock", self._clock),
                Route("/clock", _guarded(self._move_clock), methods=["POST"]),
                Route("/faults", self._faults),
                Route("/faults", _guarded(self._add_fault), methods=["POST"]),
                Route("/faults", self._forget_faults, methods=["DELETE"]),
                Route("/letters/{address}", self._letters),
                Route("/meetings/{meeting}", _guarded(self._order), methods=["POST"]),
                Route("/lecturers", _guarded(self._lecturers), methods=["POST"]),
            ]
        )

    async def _state(self, request: Request) -> Response:
        """Everything, or the parts named in `only`: a checker looks at some of them often."""
        parts: dict[str, Callable[[], Any]] = {
            "clock": lambda: stamp(self._world.clock.now),
            "zoom": self._zoom_state,
            "moodle": self._site.as_state,
            "letters": self._post_office.as_state,
            "lecturers": lambda: {a: p.habit.value for a, p in self.staff_room.people.items()},
            "said": lambda: self.staff_room.said,
            "faults": lambda: [fault.as_json() for fault in self._world.faults.faults],
        }
        only = request.query_params.get("only")
        wanted = only.split(",") if only else [*parts, "mailbox"]
        state = {name: parts[name]() for name in wanted if name != "mailbox"}
        if "mailbox" in wanted:
            state["mailbox"] = await self._mailbox.counts()
        return JSONResponse(state)

    def _zoom_state(self) -> dict[str, Any]:
        return {
            "accounts": [account.email for account in self._book.accounts],
            "meetings": [self._meeting(meeting) for meeting in self._book.meetings.values()],
            "deleted": self._book.deleted,
        }

    def _meeting(self, meeting: Meeting) -> dict[str, Any]:
        session = self._book.session(meeting)
        running = session if session and session.is_open(self._world.clock.now) else None
        details = meeting_details(meeting, running)
        del details["start_url"]
        return details | {
            "opens": stamp(session.start) if session else None,
            "closes": stamp(session.end) if session else None,
            "people": self._world.turnout.of(str(meeting.id)),
        }

    async def _requests(self, _request: Request) -> Response:
        return JSONResponse([request.as_json() for request in self._world.requests])

    async def _forget_requests(self, _request: Request) -> Response:
        self._world.requests.clear()
        return Response(status_code=204)

    async def _clock(self, _request: Request) -> Response:
        return JSONResponse({"now": stamp(self._world.clock.now)})

    async def _move_clock(self, request: Request) -> Response:
        self._world.clock.move_to(read_moment((await request.json())["now"]))
        replies = await self.staff_room.answer_due()
        return JSONResponse({"now": stamp(self._world.clock.now), "replies": replies})

    async def _faults(self, _request: Request) -> Response:
        return JSONResponse([fault.as_json() for fault in self._world.faults.faults])

    async def _add_fault(self, request: Request) -> Response:
        fault = Fault.read(await request.json())
        self._world.faults.faults.append(fault)
        return JSONResponse(fault.as_json(), 201)

    async def _forget_faults(self, _request: Request) -> Response:
        self._world.faults.faults.clear()
        return Response(status_code=204)

    async def _letters(self, request: Request) -> Response:
        letters = self._post_office.letters.get(request.path_params["address"].lower(), [])
        return JSONResponse(
            [
                {**describe(letter), "eml": base64.b64encode(letter.raw).decode()}
                for letter in letters
            ]
        )

    async def _order(self, request: Request) -> Response:
        meeting = self._book.find(request.path_params["meeting"])
        if meeting is None:
            return JSONResponse({"error": "no such meeting"}, 404)
        self._book.order(meeting, started=bool((await request.json())["started"]))
        return JSONResponse(self._meeting(meeting))

    async def _lecturers(self, request: Request) -> Response:
        """Whether they answer at all, and the habit of single ones: {"answer"?, "habits"?}."""
        order = await request.json()
        self.staff_room.answers = order.get("answer", self.staff_room.answers)
        for address, habit in order.get("habits", {}).items():
            self.staff_room.people[address.lower()].habit = Habit(habit)
        return JSONResponse({a: p.habit.value for a, p in self.staff_room.people.items()})


def _guarded(handler: Handler) -> Handler:
    """Answers 400 with the reason when an order makes no sense."""

    async def guarded(request: Request) -> Response:
        try:
            return await handler(request)
        except (ValueError, KeyError, TypeError, re.error) as error:
            return JSONResponse({"error": f"{type(error).__name__}: {error}"}, 400)

    return guarded
