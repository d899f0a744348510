"""Delivery reports: mail by which a server says what became of a letter (RFC 3464, and its cousins).

Pure: from raw bytes to what the report says. Which letter it was is found in
`tasks/record_bounce.py`; lecturers' answers are `rules/replies`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from enum import StrEnum

from rules.replies.parts import nesting_is_sane, texts_of

_LONGEST_TEXT = 20_000  # characters of a report's text that are looked through
_LONGEST_DIAGNOSTIC = 300
_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")
_LABELLED_ID = re.compile(r"(?i)message[- ]?id:?\s{0,9}(<[^<>\s]{3,400}>)")
_ADDRESS = re.compile(r"[\w.%+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PERMANENT = re.compile(r"(?<![\d.])(?:5\.\d{1,3}\.\d{1,3}|5\d\d)(?![\d.]\d)")
_PASSING = re.compile(
    r"(?i)(?<![\d.])4\.\d{1,3}\.\d{1,3}(?![\d.]\d)|delayed|will (?:keep|continue) trying|not yet been"
    r"|aizkavēt|задерж"
)
_SUBJECT = re.compile(
    r"(?i)\s*(?:undeliver|delivery (?:status notification|has failed|failure|delayed)"
    r"|mail delivery (?:failed|system)|failure notice|returned mail|delayed mail|nepiegād|nevar piegādāt"
    r"|piegādes kļūda|недоставлен)"
)
_MACHINES = ("mailer-daemon", "postmaster", "microsoftexchange")
_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status"})
_RECEIPT = "disposition-notification"


class Fate(StrEnum):
    """What a report says of a letter."""

    FAILED = "failed"
    DELAYED = "delayed"  # the server goes on trying
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a delivery report says.

    `recipients` are the addresses that its fields name; `mentioned` those of its text as well, which
    may be anybody's. `message_ids` are the letters that it quotes, with their angle brackets.
    """

    fate: Fate
    recipients: tuple[str, ...]
    mentioned: tuple[str, ...]
    message_ids: tuple[str, ...]
    diagnostic: str
    text: str


def read_bounce(raw: bytes) -> Bounce | None:
    """The delivery report that a mail is, or None when it is none.

    Errs towards None: what is no report goes on to the reader of replies, which takes no number from
    a machine's mail either.
    """
    if not nesting_is_sane(raw):
        return None
    message = message_from_bytes(raw)
    if not _is_report(message):
        return None
    fields = list(_fields(message))
    text = (texts_of(message).plain or texts_of(message).html or "")[:_LONGEST_TEXT]
    recipients = _recipients(message, fields)
    return Bounce(
        fate=_fate(fields, text),
        recipients=recipients,
        mentioned=_unique((*recipients, *(found.lower() for found in _ADDRESS.findall(text)))),
        message_ids=_message_ids(message, text),
        diagnostic=_diagnostic(fields, text),
        text=text,
    )


def _is_report(message: Message) -> bool:
    kinds = {part.get_content_type() for part in message.walk()}
    if str(message.get_param("report-type", "")).lower() == _RECEIPT or any(
        kind.endswith(_RECEIPT) for kind in kinds
    ):
        return False
    if kinds & _STATUS_TYPES or "X-Failed-Recipients" in message:
        return True
    sender = next(iter(_addresses(message, "From")), "")
    # An empty return path alone is an absence notice as well (RFC 3834).
    return sender.startswith(_MACHINES) or (
        str(message.get("Return-Path", "")).strip() == "<>"
        and _SUBJECT.match(_subject(message)) is not None
    )


def _subject(message: Message) -> str:
    value = str(message.get("Subject", ""))[:1000]
    try:
        return "".join(
            part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
            for part, charset in decode_header(value)
        )
    except (LookupError, ValueError):
        return value


def _addresses(message: Message, name: str) -> list[str]:
    values = [str(value)[:2000] for value in message.get_all(name, [])]
    return [address.lower() for _, address in getaddresses(values) if "@" in address]


def _fields(message: Message) -> Iterator[Message]:
    """The groups of fields of a machine-readable report (RFC 3464, 2.1)."""
    for part in message.walk():
        payload = part.get_payload()
        if part.get_content_type() in _STATUS_TYPES and isinstance(payload, list):
            yield from (group for group in payload[:50] if isinstance(group, Message))


def _recipients(message: Message, fields: Sequence[Message]) -> tuple[str, ...]:
    named = [
        str(group[name])[:1000].rpartition(";")[2]
        for group in fields
        for name in ("Original-Recipient", "Final-Recipient")
        if name in group
    ]
    found = [address for value in named for address in _ADDRESS.findall(value)]
    return _unique((*(one.lower() for one in found), *_addresses(message, "X-Failed-Recipients")))


def _message_ids(message: Message, text: str) -> tuple[str, ...]:
    """Of the letter that came back: its headers first, then what the report itself refers to."""
    inner = [
        str(original.get("Message-ID", ""))
        for part in message.walk()
        for original in _originals(part)
    ]
    labelled = _LABELLED_ID.findall(text)
    referred = " ".join(str(message.get(name, "")) for name in ("In-Reply-To", "References"))
    found = _MESSAGE_ID.findall(" ".join((*inner, *labelled, referred))[:_LONGEST_TEXT])
    return _unique(found)


def _originals(part: Message) -> list[Message]:
    """The letter attached to the report, whole or its headers alone."""
    payload = part.get_payload()
    if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
        return [inner for inner in payload[:1] if isinstance(inner, Message)]
    if part.get_content_type().endswith("rfc822-headers"):
        content = part.get_payload(decode=True)
        return [message_from_bytes(content)] if isinstance(content, bytes) else []
    return []


def _fate(fields: Sequence[Message], text: str) -> Fate:
    """By the report's `Action` (a failure outweighs the rest), else by the codes in its text."""
    actions = {str(group["Action"]).strip().lower() for group in fields if "Action" in group}
    if "failed" in actions:
        return Fate.FAILED
    if "delayed" in actions:
        return Fate.DELAYED
    if actions:
        return Fate.DELIVERED
    if not _PERMANENT.search(text) and _PASSING.search(text):
        return Fate.DELAYED
    return Fate.FAILED


def _diagnostic(fields: Sequence[Message], text: str) -> str:
    """The server's own words, else the first line of the text that carries a code."""
    said = [
        str(group[name]).rpartition(";")[2] if name == "Diagnostic-Code" else str(group[name])
        for name in ("Diagnostic-Code", "Status")
        for group in fields
        if name in group
    ]
    coded = [line for line in text.splitlines() if _PERMANENT.search(line)]
    lines = [*said, *coded, *(line for line in text.splitlines() if line.strip())]
    line = " ".join(next(iter(lines), "").split())
    return line if len(line) <= _LONGEST_DIAGNOSTIC else line[: _LONGEST_DIAGNOSTIC - 1] + "…"


def _unique(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
