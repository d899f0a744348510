"""A mail that has come in, as far as its headers go: who, in answer to what, when.

Pure. Whose answer it is, is `tasks/find_conversation.py`; what it says, `rules/replies`.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from integrations.letters import token_of
from rules.bounces import Bounce, read_bounce

_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_KEY = re.compile(rb"(?im)^message-id:\s{0,9}(<[^<>\s]{3,250}>)")
_MOST = 50  # references and addresses of one mail that are looked at
_LONGEST = 20_000  # characters of one header


@dataclass(frozen=True, slots=True)
class IncomingMail:
    """What is asked of a mail. `sender` is its only author in lower case, else empty.

    `tokens` are the marks of our form in references and in addresses of the office, unproven;
    `arrived` is the stamp of our own server.
    """

    raw: bytes
    sender: str
    subject: str
    references: tuple[str, ...]
    tokens: tuple[str, ...]
    arrived: datetime | None
    bounce: Bounce | None


def message_key(raw: bytes) -> str:
    """What identifies a mail: its Message-ID, or a digest where it has none."""
    found = _KEY.search(_head(raw))
    return found[1].decode("ascii", "replace") if found else hashlib.sha256(raw).hexdigest()


def other_key(key: str, raw: bytes) -> str:
    """The key of a different mail under a Message-ID that was used before."""
    return f"{key}#{hashlib.sha256(raw).hexdigest()[:16]}"


def is_same_mail(one: bytes, other: bytes) -> bool:
    """Whether two deliveries are of one mail: servers write only above a mail."""
    return _body(one) == _body(other)


def open_mail(raw: bytes, office: str) -> IncomingMail:
    """Reads the headers; `office` is our address. May raise anything on a hostile mail."""
    headers = BytesHeaderParser().parsebytes(_head(raw))
    named = [
        found
        for name in ("In-Reply-To", "References")
        for found in _MESSAGE_ID.findall(str(headers.get(name, ""))[:_LONGEST])
    ]
    senders = _addresses(headers, "From")
    to_us = (
        address
        for name in ("To", "Cc", "Delivered-To", "X-Original-To")
        for address in _addresses(headers, name)
        if is_office(address, office)
    )
    return IncomingMail(
        raw=raw,
        sender=senders[0] if len(senders) == 1 else "",
        subject=str(headers.get("Subject", "")),
        references=tuple(dict.fromkeys(named[:_MOST])),
        tokens=tokens_in((*named[:_MOST], *to_us)),
        arrived=_arrived(headers),
        bounce=read_bounce(raw),
    )


def tokens_in(values: Iterable[str]) -> tuple[str, ...]:
    """The marks of our form in Message-IDs and addresses."""
    found = (token_of(value) for value in values)
    return tuple(dict.fromkeys(token for token in found if token))


def is_office(address: str, office: str) -> bool:
    """Whether that is the office's mailbox, marked or not."""
    local, _, domain = address.lower().rpartition("@")
    own, _, own_domain = office.lower().rpartition("@")
    return (local.partition("+")[0], domain) == (own.partition("+")[0], own_domain)


def _head(raw: bytes) -> bytes:
    end = re.search(rb"\r?\n\r?\n", raw)
    return raw[: end.end()] if end else raw


def _body(raw: bytes) -> bytes:
    return raw[len(_head(raw)) :]


def _addresses(headers: Message, name: str) -> list[str]:
    values = [str(value)[:_LONGEST] for value in headers.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(values)[:_MOST] if "@" in address]


def _arrived(headers: Message) -> datetime | None:
    stamp = str(headers.get("Received", ""))[:_LONGEST].rpartition(";")[2]
    try:
        moment = parsedate_to_datetime(stamp.strip()[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
