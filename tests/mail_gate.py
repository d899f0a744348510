"""A door before a mail server that can be shut: connections are refused, as when it is down."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress

from tests.programs import HOST

_CHUNK = 65_536


class MailGate:
    """Passes SMTP on from a port of its own.

    `shut_after(n)` lets n more letters through; the next one finds the line cut before its text,
    and everybody after it a port where nobody listens. `open` lets all in again, on the same port.
    `hold_after(n)` lets n more through; the next one waits for `let_pass`.
    """

    def __init__(self, target: int) -> None:
        self._target = target
        self._lock = threading.Lock()
        self._left: int | None = None
        self._passing: threading.Event | None = None
        self._lines: set[socket.socket] = set()
        self._listener = _listen(0)
        self.port: int = self._listener.getsockname()[1]
        self._accept()

    def shut_after(self, letters: int) -> None:
        with self._lock:
            self._left = letters

    def hold_after(self, letters: int) -> None:
        with self._lock:
            self._left, self._passing = letters, threading.Event()

    def let_pass(self) -> None:
        with self._lock:
            held, self._left, self._passing = self._passing, None, None
        if held:
            held.set()

    def open(self) -> None:
        with self._lock:
            self._left = None
        self._listener = _listen(self.port)
        self._accept()

    def close(self) -> None:
        """Nobody is let in any more, and whoever is inside is cut off."""
        self.let_pass()
        # A thread that waits in accept() keeps a socket listening that was only closed.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._lines):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        self._begin(self._serve, self._listener)

    def _serve(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                caller = listener.accept()[0]
                callee = socket.create_connection((HOST, self._target))
                self._lines |= {caller, callee}
                self._begin(self._pass_on, caller, callee, self._cuts)
                self._begin(self._pass_on, callee, caller, lambda _: False)

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        threading.Thread(target=work, args=arguments, daemon=True).start()

    def _pass_on(
        self, source: socket.socket, target: socket.socket, cuts: Callable[[bytes], bool]
    ) -> None:
        with suppress(OSError):
            while (said := source.recv(_CHUNK)) and not cuts(said):
                target.sendall(said)
        for line in (source, target):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
            self._lines.discard(line)

    def _cuts(self, said: bytes) -> bool:
        """Whether this is the letter too many; aiosmtplib sends every command by itself."""
        if not said.upper().startswith(b"DATA\r\n"):
            return False
        with self._lock:
            if self._left is None:
                return False
            self._left -= 1
            is_one_too_many, held = self._left < 0, self._passing
        if is_one_too_many and held:
            held.wait()
            return False
        if is_one_too_many:
            self.close()
        return is_one_too_many


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen()
    return listener
