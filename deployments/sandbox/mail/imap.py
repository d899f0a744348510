"""The office's mailbox over IMAP: pymap with its in-memory backend.

Letters are delivered into the backend directly, not by APPEND: 1,500 copies take well under a second.
"""

import asyncio
import contextlib
import socket
from argparse import Namespace
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxSet
from pymap.context import connection_exit
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.parsing.command import Command
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata
from pysasl.hashing import Cleartext

from deployments.sandbox.faults import FaultKind
from deployments.sandbox.http import reset
from deployments.sandbox.world import World

INBOX = "INBOX"
SENT = "Sent"
USERNAME = "sac"
PASSWORD = "sandbox-imap-password"
_WRITES = frozenset(("APPEND", "COPY", "MOVE", "STORE", "EXPUNGE", "CREATE", "DELETE"))


class _Config(Config):
    """Settings of pymap for one user on loopback."""

    def __init__(self) -> None:
        super().__init__(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=None,
            port=0,
            tls_enabled=False,
            demo_data=False,
            demo_user=USERNAME,
            demo_password=PASSWORD,
            hash_context=Cleartext(),
        )

    @property
    def greeting(self) -> bytes:
        # pymap would look up the name of this machine, which may take seconds.
        return b"Sandbox ready"

    @property
    def initial_capability(self) -> Sequence[bytes]:
        # imaplib asks only before the login; without this it would never use MOVE or IDLE.
        return [*super().initial_capability, b"MOVE", b"UIDPLUS", b"IDLE"]


class OfficeMailbox:
    """Folders and messages of the office."""

    def __init__(self) -> None:
        self.config = _Config()
        self.login = Login(self.config)
        self._folders = MailboxSet()

    async def open(self) -> None:
        """Makes the user and the folders; call once, inside the event loop."""
        await self._folders.add_mailbox(SENT)
        self.config.set_cache[USERNAME] = (self._folders, FilterSet())
        user = UserMetadata(self.config, USERNAME, password=PASSWORD)
        await self.login.demo_user_identity.set(user)

    async def deliver(self, folder: str, raw: bytes, at: datetime) -> None:
        mailbox = await self._folders.get_mailbox(folder)
        await mailbox.append(AppendMessage(raw, at), recent=True)

    async def counts(self) -> dict[str, int]:
        """Messages by folder, whatever folders clients have made."""
        names = [
            entry.name for entry in (await self._folders.list_mailboxes()).list() if entry.exists
        ]
        return {
            name: (await (await self._folders.get_mailbox(name)).snapshot()).exists
            for name in names
        }


class _Connection(IMAPConnection):
    """A connection that records what it is asked and drops where a fault says so."""

    def __init__(self, world: World, config: Config, *streams: Any) -> None:
        super().__init__(config.commands, config, *streams)
        self._world = world

    async def read_command(self, state: ConnectionState) -> Command:
        command = await super().read_command(state)
        name = command.command.decode()
        record = self._world.note("imap", name, "", write=name.split()[-1] in _WRITES)
        if fault := self._world.faults.take("imap", name, {FaultKind.IMAP_DROP}):
            record.fault = fault.kind.value
            reset(self.writer.transport)
            raise EOFError
        return command


@contextlib.asynccontextmanager
async def imap_server(
    world: World, mailbox: OfficeMailbox, sock: socket.socket
) -> AsyncIterator[asyncio.Server]:
    """Opens the mailbox on a bound socket while the block runs."""
    open_connections: set[asyncio.Task[Any]] = set()

    async def serve(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            open_connections.add(task)
            task.add_done_callback(open_connections.discard)
        info = SocketInfo.get(writer, None)
        connection = _Connection(world, mailbox.config, reader, writer, info)
        async with contextlib.AsyncExitStack() as stack:
            connection_exit.set(stack)
            stack.enter_context(contextlib.closing(connection))
            await connection.run(ConnectionState(mailbox.login, mailbox.config))

    mailbox.config.apply_context()
    server = await asyncio.start_server(serve, sock=sock)
    try:
        yield server
    finally:
        server.close()
        for task in open_connections:
            task.cancel()
        await asyncio.gather(*open_connections, return_exceptions=True)
