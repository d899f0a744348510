"""The door of an HTTP service: records every request and misbehaves where a fault says so.

The services behind it (`zoom/api.py`, `moodle/api.py`) are plain Starlette applications.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.requests import Request as HttpRequest
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from deployments.sandbox.faults import HTTP_FAULTS, Fault, FaultKind
from deployments.sandbox.world import Request, World

_BAD_GATEWAY = (
    "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
)
_NOT_JSON = "<br />\n<b>Warning</b>:  Unknown: Input variables exceeded 1000 in <b>Unknown</b>\n"


@dataclass(frozen=True, slots=True)
class Call:
    """What a request asks for. `operation` is what faults are matched with."""

    operation: str
    write: bool
    function: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What differs between HTTP services: how a request is named, and how it is refused."""

    name: str
    describe: Callable[[Scope, bytes], Call]
    refusals: Mapping[FaultKind, Callable[[HttpRequest], Response]]

    @property
    def kinds(self) -> Collection[FaultKind]:
        return HTTP_FAULTS | self.refusals.keys()


class Door:
    """ASGI application in front of another: record, misbehave, or simply pass on."""

    def __init__(self, app: ASGIApp, world: World, service: Service) -> None:
        self._app = app
        self._world = world
        self._service = service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await HttpRequest(scope, receive).body()
        call = self._service.describe(scope, body)
        record = self._world.note(
            self._service.name,
            scope["method"],
            scope["path"],
            write=call.write,
            function=call.function,
        )
        fault = self._world.faults.take(self._service.name, call.operation, self._service.kinds)
        record.fault = fault.kind.value if fault else None
        replay = _replaying(body, receive)
        if fault is None:
            await self._app(scope, replay, _noting(send, record))
        else:
            await self._misbehave(fault, record, (scope, replay, send))

    async def _misbehave(
        self, fault: Fault, record: Request, wire: tuple[Scope, Receive, Send]
    ) -> None:
        scope, receive, send = wire
        if fault.kind is FaultKind.RESET:
            await _hang_up(scope, receive)
        elif fault.kind is FaultKind.DROP_AFTER_EFFECT:
            await self._app(scope, receive, _swallow)
            await _hang_up(scope, receive)
        elif fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
            await self._app(scope, receive, _noting(send, record))
        elif fault.kind is FaultKind.WRONG_JSON:
            await self._app(scope, receive, _swallow)
            await HTMLResponse(_NOT_JSON)(scope, receive, _noting(send, record))
        else:
            answer = self._refusal(fault, HttpRequest(scope, receive))
            await answer(scope, receive, _noting(send, record))

    def _refusal(self, fault: Fault, request: HttpRequest) -> Response:
        refuse = self._service.refusals.get(fault.kind)
        return refuse(request) if refuse else HTMLResponse(_BAD_GATEWAY, status_code=502)


def _replaying(body: bytes, receive: Receive) -> Receive:
    parts: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return parts.pop() if parts else await receive()

    return replay


def _noting(send: Send, record: Request) -> Send:
    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            record.status = message["status"]
        await send(message)

    return noting


async def _swallow(_message: Message) -> None:
    """Where an answer goes that nobody will see."""


async def _hang_up(scope: Scope, receive: Receive) -> None:
    scope["extensions"]["sandbox.hang_up"]()
    # uvicorn would answer 500 if we returned before it has noticed that the peer is gone.
    while (await receive())["type"] != "http.disconnect":
        continue


def reset(transport: asyncio.BaseTransport) -> None:
    """Ends a connection with a TCP reset, as a crashing server or a firewall does."""
    sock = transport.get_extra_info("socket")
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()


class _Protocol(H11Protocol):
    """HTTP/1.1 that lets the door end the connection without an answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope.setdefault("extensions", {})["sandbox.hang_up"] = lambda: reset(transport)
            await inner(scope, receive, send)

        self.app = app


@contextlib.asynccontextmanager
async def http_server(app: ASGIApp, sock: socket.socket) -> AsyncIterator[asyncio.Server]:
    """Serves an application on a bound socket while the block runs.

    uvicorn's protocol without its server: that one would take the signals and stop slowly.
    """
    config = uvicorn.Config(
        app, ws="none", lifespan="off", log_config=None, access_log=False, timeout_keep_alive=75
    )
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Protocol(config, state, {}), sock=sock)
    try:
        yield server
    finally:
        server.close()
        for connection in list(state.connections):
            reset(connection.transport)
