"""Traps inside the worker: killed, or its database locked or away, at the n-th effect of its life.

An effect is a request, a mail command, a commit or a finished file; each counts before it is made
and after. The hooks sit at the transports, so the product runs as it is.
"""

import imaplib
import os
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from aiosmtplib.protocol import SMTPProtocol
from requests.adapters import HTTPAdapter
from sqlalchemy import Engine, event
from sqlmodel import Session

T = TypeVar("T")


class TrapKind(StrEnum):
    KILL = "kill"
    LOCK = "lock"  # another program holds the database until the run is over
    AWAY = "away"  # the database cannot be reached until the run is over


@dataclass(frozen=True, slots=True)
class Trap:
    """What happens when as many more effects have passed."""

    kind: TrapKind
    after: int


@dataclass(slots=True)
class Tripwire:
    """Counts the effects of this process and springs its trap."""

    pipe: Connection
    database: Path
    count: int = 0
    traps: list[Trap] = field(default_factory=list)
    is_away: bool = False
    _lock: sqlite3.Connection | None = None

    def arm(self, trap: Trap) -> None:
        self.traps.append(Trap(trap.kind, self.count + trap.after))

    def tick(self, where: str) -> None:
        """Another effect is about to be made, or has been."""
        self.count += 1
        for trap in [trap for trap in self.traps if self.count >= trap.after]:
            if trap.kind is TrapKind.KILL:
                self.pipe.send(("killed", f"{where}, effect {self.count}"))
                os.kill(os.getpid(), signal.SIGKILL)
            elif trap.kind is TrapKind.AWAY:
                self.is_away = True
                self.traps.remove(trap)
            elif self._lock_database():
                self.traps.remove(trap)

    def release(self) -> None:
        """The database is there again, and the other program has let go of it."""
        self.is_away = False
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _lock_database(self) -> bool:
        # From the thread of the mail loop to that of the run: only ever one of them is active.
        other = sqlite3.connect(
            self.database, timeout=0, isolation_level=None, check_same_thread=False
        )
        try:
            other.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:  # we are writing ourselves: at the next effect, then
            other.close()
            return False
        self._lock = other
        return True


def fragile(wire: Tripwire) -> type[sqlite3.Connection]:
    """Connections to a database that can be away: its disk is gone, its server does not answer."""

    def look() -> None:
        if wire.is_away:
            raise sqlite3.OperationalError("unable to open database file")

    class Cursor(sqlite3.Cursor):
        def execute(self, *arguments: Any) -> "Cursor":
            look()
            super().execute(*arguments)
            return self

        def executemany(self, *arguments: Any) -> "Cursor":
            look()
            super().executemany(*arguments)
            return self

    class Connection(sqlite3.Connection):
        def cursor(self, *_: object) -> Cursor:  # type: ignore[override]
            return super().cursor(Cursor)

        def commit(self) -> None:
            look()
            super().commit()

    return Connection


def install(wire: Tripwire) -> None:
    """Hooks the transports of this process, for the rest of its life."""
    HTTPAdapter.send = _around(  # type: ignore[method-assign]  # a hook of the transport
        HTTPAdapter.send, wire, lambda _self, request, **_: f"{request.method} {request.url}"
    )
    imaplib.IMAP4._command = _around(  # type: ignore[attr-defined]  # noqa: SLF001 - the one door
        imaplib.IMAP4._command,  # type: ignore[attr-defined]  # noqa: SLF001
        wire,
        lambda _self, name, *_: f"IMAP {name}",
    )
    Path.replace = _around(  # type: ignore[method-assign]
        Path.replace, wire, lambda path, _target: f"file {path.name}"
    )
    SMTPProtocol.write = _around(  # type: ignore[method-assign]
        SMTPProtocol.write, wire, lambda _self, data: f"SMTP {data[:40]!r}"
    )
    event.listen(Engine, "commit", lambda _connection: wire.tick("before a commit"))
    event.listen(Session, "after_commit", lambda _session: wire.tick("after a commit"))


def _around(
    function: Callable[..., T], wire: Tripwire, words: Callable[..., str]
) -> Callable[..., T]:
    @wraps(function)
    def hooked(*arguments: Any, **named: Any) -> T:
        where = words(*arguments, **named)
        wire.tick(f"before {where}")
        answer = function(*arguments, **named)
        wire.tick(f"after {where}")
        return answer

    return hooked
