"""What the office's border server writes on top of incoming mail (RFC 5321, RFC 8601)."""

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesHeaderParser
from email.utils import format_datetime, parseaddr
from functools import cached_property

from deployments.sandbox.chance import token

AUTHSERV_ID = "mx.sandbox.example"
_FORGED = re.compile(
    rb"^Authentication-Results:\s*" + re.escape(AUTHSERV_ID.encode()) + rb".*?\r\n(?![ \t])",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Accepted:
    """A message that a server has taken responsibility for, byte for byte as it came."""

    sender: str
    recipients: Sequence[str]
    raw: bytes
    at: datetime

    @cached_property
    def headers(self) -> Message:
        """The headers alone, cheaply: a checker asks for those of thousands of letters."""
        return BytesHeaderParser().parsebytes(self.raw)

    @cached_property
    def message(self) -> EmailMessage:
        """Parsed when somebody looks: most letters of a thousand are only kept."""
        return email.message_from_bytes(self.raw, policy=email.policy.default)

    def header(self, name: str) -> str:
        """A header as one line of text, empty when absent."""
        value = str(self.headers.get(name, ""))
        return " ".join(str(make_header(decode_header(value))).split())


def delivered(accepted: Accepted, recipient: str) -> bytes:
    """The bytes as they lie in the recipient's mailbox: trace headers on top.

    Authentication-Results that claim to be ours are removed, as a border server must.
    """
    when = format_datetime(accepted.at)
    domain, author = _domain(accepted.sender), _domain(str(accepted.headers.get("From", "")))
    verdict = "pass" if domain == author else "fail"
    trace = (
        f"Return-Path: <{accepted.sender}>\r\n"
        f"Delivered-To: {recipient}\r\n"
        f"Received: from mail.{domain} by {AUTHSERV_ID} with ESMTP\r\n"
        f"\tid {token(accepted.raw, length=10)} for <{recipient}>; {when}\r\n"
        f"Authentication-Results: {AUTHSERV_ID};\r\n"
        f"\tspf=pass smtp.mailfrom={accepted.sender};\r\n"
        f"\tdmarc={verdict} header.from={author}\r\n"
    )
    head, gap, body = accepted.raw.partition(b"\r\n\r\n")
    clean = _FORGED.sub(b"", head + b"\r\n").removesuffix(b"\r\n")
    return trace.encode("ascii", "replace") + clean + gap + body


def _domain(address: str) -> str:
    return parseaddr(address)[1].rpartition("@")[2].lower() or "unknown.example"
