"""The SMTP server: takes letters (SIZE, 8BITMIME), and refuses or hangs up where a fault says so."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator

from aiosmtpd.smtp import SMTP, Envelope, Session

from deployments.sandbox.faults import FaultKind
from deployments.sandbox.http import reset
from deployments.sandbox.mail.border import AUTHSERV_ID
from deployments.sandbox.mail.post_office import PostOffice
from deployments.sandbox.world import World

_LARGEST = 26_214_400  # bytes, announced as SIZE
_REFUSALS = {
    FaultKind.SMTP_TEMPORARY: "451 4.7.1 Greylisted, please try again later",
    FaultKind.SMTP_PERMANENT: "550 5.1.1 Recipient address rejected: User unknown",
}


class _Reception:
    """aiosmtpd's handler: decides about recipients and hands messages on."""

    def __init__(self, world: World, post_office: PostOffice) -> None:
        self._world = world
        self._post_office = post_office

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        fault = self._world.faults.take("smtp", address, _REFUSALS.keys())
        if fault is None:
            envelope.rcpt_tos.append(address)
            return "250 2.1.5 OK"
        answer = _REFUSALS[fault.kind]
        record = self._world.note("smtp", "RCPT", address, write=False)
        record.status, record.fault = int(answer[:3]), fault.kind.value
        return answer

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        recipients = [str(address) for address in envelope.rcpt_tos]
        record = self._world.note("smtp", "DATA", ",".join(recipients), write=True)
        raw = bytes(envelope.original_content or b"")
        await self._post_office.accept(envelope.mail_from or "", recipients, raw)
        kinds = {FaultKind.SMTP_DISCONNECT_AFTER_DATA}
        if self._world.faults.take("smtp", record.path, kinds):
            record.fault = FaultKind.SMTP_DISCONNECT_AFTER_DATA.value
            await _hang_up(server)
        record.status = 250
        return "250 2.0.0 OK: queued"


class _Server(SMTP):
    """aiosmtpd's server, able to disappear before it has taken the data."""

    def __init__(self, world: World, post_office: PostOffice) -> None:
        super().__init__(
            _Reception(world, post_office),
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            hostname=AUTHSERV_ID,
            ident="ESMTP sandbox",
        )
        self._world = world

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  # aiosmtpd's name
        recipients = ",".join(self.envelope.rcpt_tos) if self.envelope else ""
        kinds = {FaultKind.SMTP_DISCONNECT_BEFORE_DATA}
        if fault := self._world.faults.take("smtp", recipients, kinds):
            record = self._world.note("smtp", "DATA", recipients, write=False)
            record.fault = fault.kind.value
            await _hang_up(self)
        await super().smtp_DATA(arg)


async def _hang_up(server: SMTP) -> None:
    if server.transport is not None:
        reset(server.transport)
    # The end of the connection cancels this coroutine; no answer may follow.
    await asyncio.Event().wait()


@contextlib.asynccontextmanager
async def smtp_server(
    world: World, post_office: PostOffice, sock: socket.socket
) -> AsyncIterator[asyncio.Server]:
    """Takes letters on a bound socket while the block runs."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Server(world, post_office), sock=sock)
    try:
        yield server
    finally:
        server.close()
