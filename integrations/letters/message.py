"""A rendered letter as the bytes that are stored, sent and found again: RFC 5322 and MIME.

The bytes depend on the arguments alone, also the boundaries, so a letter built twice is the same
letter. Words come from `kinds.py`; nothing here knows what a class is.
"""

import re
from datetime import datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, quote

from integrations.errors import OurMistake
from integrations.letters.content import CalendarPart, Office, Recipient, Rendered
from integrations.presentation import local, one_line

_POLICY = compat32.clone(linesep="\r\n", max_line_length=None)
_ADDRESS = re.compile(r"[!-?A-~]+@[0-9A-Za-z.-]+")
_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")


def _utf8() -> Charset:
    # Quoted-printable, so that the words of a stored letter can be read as they are.
    charset = Charset("utf-8")
    charset.body_encoding = QP
    return charset


_UTF8 = _utf8()


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
    boundary = re.sub(r"[^A-Za-z0-9]", "", message_id)[:48]
    letter = MIMEMultipart("alternative", boundary=f"=_text_{boundary}", policy=_POLICY)
    letter.attach(_text("plain", rendered.text))
    letter.attach(_text("html", rendered.html))
    if rendered.calendars:
        del letter["MIME-Version"]
        whole = MIMEMultipart("mixed", boundary=f"=_all_{boundary}", policy=_POLICY)
        whole.attach(letter)
        for calendar in rendered.calendars:
            whole.attach(_calendar(calendar))
        letter = whole
    sender = f"{office.signer}, {office.signer_role}" if office.signer else office.institution
    letter["From"] = _mailbox("From", sender, office.address)
    letter["To"] = _mailbox("To", to.name, to.email)
    letter["Reply-To"] = _mailbox("Reply-To", office.institution, reply_to)
    letter["Subject"] = _words("Subject", rendered.subject)
    letter["Date"] = format_datetime(local(date))
    letter["Message-ID"] = _checked(_ID, message_id)
    if in_reply_to:
        letter["In-Reply-To"] = _checked(_ID, in_reply_to)
        letter["References"] = _checked(_ID, in_reply_to)
    letter["Content-Language"] = to.language.value
    # RFC 3834: no vacation notices in answer; the second is what Exchange understands.
    letter["Auto-Submitted"] = "auto-generated"
    letter["X-Auto-Response-Suppress"] = "All"
    letter["X-SAC-Letter"] = _words("X-SAC-Letter", kind)
    return letter.as_bytes(policy=_POLICY)


def _text(subtype: str, text: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", subtype, policy=_POLICY, charset="utf-8")
    return _filled(part, text)


def _calendar(calendar: CalendarPart) -> MIMENonMultipart:
    part = MIMENonMultipart(
        "text", "calendar", policy=_POLICY, charset="utf-8", method=calendar.method
    )
    part.add_header("Content-Disposition", "attachment", filename=calendar.filename)
    return _filled(part, calendar.content.decode().replace("\r\n", "\n"))


def _filled(part: MIMENonMultipart, text: str) -> MIMENonMultipart:
    part.set_payload(text, _UTF8)
    del part["MIME-Version"]  # belongs to the whole letter only
    return part


def _words(header: str, text: str) -> str:
    """Text for a header: encoded words where needed (RFC 2047), folded lines."""
    line = one_line(text)
    plain = line.isascii()
    return Header(line, "us-ascii" if plain else "utf-8", header_name=header).encode(linesep="\n")


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
