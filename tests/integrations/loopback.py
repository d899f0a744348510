"""A small real HTTP server on loopback whose answers are a function, and which can misbehave."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Call:
    """One request as it came over the wire; `path` is still percent-encoded."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON; None where there is none, or another kind."""
        is_json = self.headers.get("content-type", "").startswith("application/json")
        return json.loads(self.body) if is_json else None

    @property
    def target(self) -> str:
        """What `Server.instead` looks in: the path, and the function of a Moodle call."""
        return f"{self.path} {self.form.get('wsfunction', '')}"

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form; none of a multipart one."""
        if "urlencoded" not in self.headers.get("content-type", ""):
            return {}
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True)
class Reply:
    """An answer. `lost`: the connection is cut instead; `hangs`: nothing comes until the end."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    hangs: bool = False

    @property
    def raw(self) -> bytes:
        if self.body is None:
            return b""
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body).encode()


LOST = Reply(lost=True)
HANGS = Reply(hangs=True)
App = Callable[[Call], Reply]


class Server:
    """Answers with `app`, except where `instead` has something else for the next call of a path."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.calls: list[Call] = []
        self.connections = 0
        self.ended = threading.Event()
        self._instead: list[tuple[str, str, Reply, bool]] = []
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def instead(self, method: str, path: str, *replies: Reply, after_effect: bool = False) -> None:
        """The next calls whose path contains `path` get these replies, one each.

        `after_effect`: the app sees the call first, so only its answer is another.
        """
        self._instead += [(method, path, reply, after_effect) for reply in replies]

    def answer(self, call: Call) -> Reply:
        with self._lock:
            self.calls.append(call)
            for index, (method, path, reply, after_effect) in enumerate(self._instead):
                if call.method == method and path in call.target:
                    del self._instead[index]
                    if after_effect:
                        self.app(call)
                    return reply
            return self.app(call)

    def requests(self) -> list[str]:
        """Method and path of every call so far, in order."""
        return [f"{call.method} {call.path}" for call in self.calls]

    def opened(self, connection: socket.socket) -> None:
        self.connections += 1
        self._sockets.add(connection)

    def run(self) -> None:
        self._http.serve_forever(poll_interval=0.01)

    def stop(self) -> None:
        self.ended.set()
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._http.shutdown()
        self._http.server_close()


@contextlib.contextmanager
def serving(app: App) -> Iterator[Server]:
    server = Server(app)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join()


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            server.opened(self.connection)

        def log_message(self, *_: object) -> None: ...

        def handle_one_request(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().handle_one_request()
                return
            self.close_connection = True

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            call = Call(
                self.command,
                parts.path,
                dict(parse_qsl(parts.query, keep_blank_values=True)),
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            )
            reply = server.answer(call)
            if reply.hangs:
                server.ended.wait()
            if reply.hangs or reply.lost:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 204:
                self.send_header("Content-Length", str(len(reply.raw)))
            self.end_headers()
            self.wfile.write(reply.raw)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _answer  # noqa: N815

    return Handler
