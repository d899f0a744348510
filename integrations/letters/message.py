"""A rendered letter as the bytes that are stored, sent and found again: RFC 5322 and MIME.

The bytes depend on the arguments alone, also the boundaries, so a letter built twice is the same
letter. Words come from `kinds.py`; nothing here knows what a class is.
"""

import binascii
import re
from collections.abc import Sequence
from datetime import datetime
from email.header import Header
from email.utils import format_datetime, quote
from functools import lru_cache

from integrations.errors import OurMistake
from integrations.letters.content import CalendarPart, Office, Recipient, Rendered
from integrations.presentation import local, one_line

_ADDRESS = re.compile(r"[!-?A-~]+@[0-9A-Za-z.-]+")
_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
_SHORT = 60  # characters of a header's value that need no folding


def build_message(  # noqa: PLR0913  the parts of a letter, all named by the caller
    rendered: Rendered,
    *,
    to: Recipient,
    office: Office,
    message_id: str,
    reply_to: str,
    date: datetime,
    in_reply_to: str | None = None,
    kind: str,
) -> bytes:
    """The letter with CRLF line ends: text and HTML as alternatives, calendar files attached.

    Calendar files are attachments, not alternatives: as an alternative, Outlook shows the letter as
    a meeting request and removes it once it is accepted, and the lecturer could not answer it.

    Raises:
        OurMistake: an address or a Message-ID cannot stand in a header.
    """
    # Built by hand: the standard library's generator takes about ten times as long and folds anew what
    # is folded already. What it would check is checked below.
    mark = re.sub(r"[^A-Za-z0-9]", "", message_id)[:48]
    alternatives = [_text("plain", rendered.text), _text("html", rendered.html)]
    body = _multipart("alternative", f"=_text_{mark}", alternatives)
    if rendered.calendars:
        attachments = [_calendar(calendar) for calendar in rendered.calendars]
        body = _multipart("mixed", f"=_all_{mark}", [body, *attachments])
    sender = f"{office.signer}, {office.signer_role}" if office.signer else office.institution
    headers = {
        "From": _mailbox("From", sender, office.address),
        "To": _mailbox("To", to.name, to.email),
        "Reply-To": _mailbox("Reply-To", office.institution, reply_to),
        "Subject": _words("Subject", rendered.subject),
        "Date": format_datetime(local(date)),
        "Message-ID": _checked(_ID, message_id),
        **_thread(in_reply_to),
        "Content-Language": to.language.value,
        # RFC 3834: no vacation notices in answer; the second is what Exchange understands.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "X-SAC-Letter": _words("X-SAC-Letter", kind),
        "MIME-Version": "1.0",
    }
    head = "".join(f"{name}: {value}\n" for name, value in headers.items())
    return head.replace("\n", "\r\n").encode("ascii") + body


def _thread(in_reply_to: str | None) -> dict[str, str]:
    if in_reply_to is None:
        return {}
    return dict.fromkeys(("In-Reply-To", "References"), _checked(_ID, in_reply_to))


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes]) -> bytes:
    # "=_" cannot occur in quoted-printable, so no text can look like a boundary (RFC 2045, 6.7).
    head = f'Content-Type: multipart/{subtype};\r\n boundary="{boundary}"\r\n\r\n'.encode()
    between = b"--%b\r\n" % boundary.encode()
    end = b"--%b--\r\n" % boundary.encode()
    return head + b"".join(between + part + b"\r\n" for part in parts) + end


def _text(subtype: str, text: str) -> bytes:
    return _encoded(f'text/{subtype}; charset="utf-8"', text.encode())


def _calendar(calendar: CalendarPart) -> bytes:
    kind = f'text/calendar; charset="utf-8"; method={calendar.method}'
    disposition = f'Content-Disposition: attachment; filename="{calendar.filename}"\r\n'
    return disposition.encode("ascii") + _encoded(kind, calendar.content)


def _encoded(kind: str, content: bytes) -> bytes:
    """A part in quoted-printable, so that the words of a stored letter can be read as they are."""
    text = content.replace(b"\r\n", b"\n")
    quoted = binascii.b2a_qp(text, istext=True).replace(b"\n", b"\r\n")
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii") + quoted


@lru_cache(maxsize=1024)
def _words(header: str, text: str) -> str:
    """Text for a header: encoded words where needed (RFC 2047), folded lines."""
    line = one_line(text)
    if line.isascii() and len(line) <= _SHORT:
        return line
    charset = "us-ascii" if line.isascii() else "utf-8"
    return Header(line, charset, header_name=header).encode(linesep="\n")


def _mailbox(header: str, name: str, address: str) -> str:
    checked = _checked(_ADDRESS, address)
    line = one_line(name)
    if not line:
        return checked
    shown = f'"{quote(line)}"' if line.isascii() else _words(header, line)
    # The address stands on a line of its own where both would be too long for one.
    gap = " " if len(header) + len(shown) + len(checked) < 70 and "\n" not in shown else "\n "
    return f"{shown}{gap}<{checked}>"


def _checked(form: re.Pattern[str], value: str) -> str:
    if form.fullmatch(value) is None:
        raise OurMistake(
            "letters",
            "build a letter",
            "an address or Message-ID has characters that cannot stand in a header",
            advice="Correct the address in the semester's data.",
        )
    return value
