"""One SMTP connection and one letter over it: what each answer, or its absence, means.

Which letters go over which connection, and what happens after a loss, is `outgoing_mail.py`. DATA
is spoken here command by command, because everything depends on when a connection was lost.
"""

import re
import ssl
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

from aiosmtplib import SMTP, SMTPException, SMTPResponse, SMTPTimeoutError

from integrations.errors import short_body
from integrations.settings import MailSecurity, SmtpSettings

_ADDRESS = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")  # printable ASCII without < and >
_LINE_END = re.compile(rb"\r\n|\r|\n")
_CLOSING = 421  # "service not available, closing transmission channel"
_START_INPUT = 354


@dataclass(frozen=True, slots=True)
class Envelope:
    """A letter as SMTP sees it. The first recipient is the person, the others our own copies."""

    key: str
    sender: str
    recipients: tuple[str, ...]
    content: bytes


class Delivery(StrEnum):
    """What became of a letter."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good: needs a person
    LATER = "later"  # certainly not accepted: may be sent again
    DOUBTFUL = "doubtful"  # lost after the end of DATA: look it up before it is sent again


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    key: str
    outcome: Delivery
    detail: str


class ConnectionLost(Exception):
    """The connection went before the end of DATA, so nothing was sent."""

    def __init__(self, detail: str, *, silent: bool) -> None:
        super().__init__(detail)
        self.detail = detail
        self.silent = silent  # the server said nothing until our patience ended


class SmtpConnection:
    """An open connection; `deliver` may be called again and again, one letter at a time."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.has_served = False  # a letter has had its answer over this connection
        self._settings = settings
        self._client = SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username or None,
            password=settings.password.get_secret_value() if settings.username else None,
            # The name in EHLO; asking the resolver for our own can take many seconds.
            local_hostname=settings.sender.rpartition("@")[2],
            timeout=settings.timeout_seconds,
            use_tls=settings.security is MailSecurity.TLS,
            start_tls=settings.security is MailSecurity.STARTTLS,
            tls_context=(
                None if settings.security is MailSecurity.PLAIN else ssl.create_default_context()
            ),
        )

    @property
    def is_open(self) -> bool:
        return self._client.is_connected

    async def open(self) -> None:
        """Connects, secures, logs in.

        Raises:
            ConnectionLost: the server is not there, not speaking, or does not let us in.
        """
        self.has_served = False
        try:
            await self._client.connect()
            if self._client.is_ehlo_or_helo_needed:
                await self._client.ehlo()
        except (SMTPException, OSError) as error:
            self._client.close()
            silent = isinstance(error, TimeoutError)
            raise ConnectionLost(short_body(f"no connection: {error}"), silent=silent) from error

    async def close(self) -> None:
        """Says goodbye and ends the connection."""
        try:
            with suppress(SMTPException, OSError):
                if self._client.is_connected:
                    await self._client.quit()
        finally:  # a goodbye may be cancelled; the socket is let go of all the same
            self.drop()

    def drop(self) -> None:
        """Ends the connection without a goodbye."""
        self._client.close()

    async def accepts_sender(self, sender: str) -> SMTPResponse:
        """The server's answer to our sender's address; nothing is sent."""
        answer = await self._command(b"MAIL", b"FROM:<%b>" % sender.encode())
        await self._reset()
        return answer

    async def deliver(self, envelope: Envelope) -> DeliveryResult:
        """Sends one letter.

        Raises:
            ConnectionLost: before the end of DATA; the letter may be sent again.
        """
        if not all(_ADDRESS.fullmatch(address) for address in envelope.recipients):
            return DeliveryResult(envelope.key, Delivery.REFUSED, "the address is unusable")
        early, note = await self._envelope(envelope)
        if early is not None:
            await self._reset()
        result = early or await self._content(envelope, note)
        self.has_served = True
        return result

    async def _envelope(self, envelope: Envelope) -> tuple[DeliveryResult | None, str]:
        """MAIL, RCPT and DATA: the result, where one stopped us, else what our copy's fate was."""
        key = envelope.key
        person, *copies = (b"<%b>" % address.encode() for address in envelope.recipients)
        answer = await self._command(b"MAIL", b"FROM:<%b>" % envelope.sender.encode())
        if not _is_good(answer):
            # Not the person's fault, whatever the code says: all letters have this sender.
            return DeliveryResult(key, Delivery.LATER, _said("MAIL FROM", answer)), ""
        answer = await self._command(b"RCPT", b"TO:" + person)
        if not _is_good(answer):
            return DeliveryResult(key, _refusal(answer), _said("RCPT TO", answer)), ""
        note = ""
        for copy in copies:
            answer = await self._command(b"RCPT", b"TO:" + copy)
            # A letter without its copy is worth more to the person than no letter.
            note = note if _is_good(answer) else f"; our copy: {_said('RCPT TO', answer)}"
        answer = await self._command(b"DATA")
        if answer.code != _START_INPUT:
            return DeliveryResult(key, _refusal(answer), _said("DATA", answer)), ""
        return None, note

    async def _content(self, envelope: Envelope, note: str) -> DeliveryResult:
        protocol = self._client.protocol
        if protocol is None:
            raise ConnectionLost("lost before the letter", silent=False)
        try:
            protocol.write(_transparent(envelope.content))
        except SMTPException as error:
            self._client.close()
            raise ConnectionLost("lost before the letter", silent=False) from error
        try:
            answer = await protocol.read_response(timeout=self._settings.timeout_seconds)
        except (SMTPException, OSError) as error:
            self._client.close()
            detail = short_body(f"lost after the letter: {error}")
            return DeliveryResult(envelope.key, Delivery.DOUBTFUL, detail)
        if answer.code == _CLOSING:
            self._client.close()
        outcome = Delivery.ACCEPTED if _is_good(answer) else _refusal(answer)
        return DeliveryResult(envelope.key, outcome, _said("end of DATA", answer) + note)

    async def _command(self, *words: bytes) -> SMTPResponse:
        try:
            answer = await self._client.execute_command(*words)
        except (SMTPException, OSError) as error:
            self._client.close()
            silent = isinstance(error, SMTPTimeoutError)
            raise ConnectionLost(
                short_body(f"lost at {words[0]!r}: {error}"), silent=silent
            ) from error
        if answer.code == _CLOSING:
            self._client.close()
            raise ConnectionLost(_said(words[0].decode(), answer), silent=False)
        return answer

    async def _reset(self) -> None:
        """Makes the connection ready for the next letter, or closes it."""
        try:
            answer = await self._command(b"RSET")
        except ConnectionLost:
            return
        if not _is_good(answer):
            self._client.close()


def _is_good(answer: SMTPResponse) -> bool:
    return 200 <= answer.code < 300


def _refusal(answer: SMTPResponse) -> Delivery:
    return Delivery.REFUSED if 500 <= answer.code < 600 else Delivery.LATER


def _said(command: str, answer: SMTPResponse) -> str:
    return short_body(f"{command}: {answer.code} {answer.message}")


def _transparent(content: bytes) -> bytes:
    """The content as DATA wants it: CRLF everywhere, leading dots doubled, the final dot."""
    lines = _LINE_END.sub(b"\r\n", content).removesuffix(b"\r\n")
    return re.sub(rb"(?m)^\.", b"..", lines) + b"\r\n.\r\n"
