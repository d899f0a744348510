"""The readable texts of a message: finds the parts, decodes them, undoes flowed lines.

Everything is capped before it is parsed; what cannot be decoded with certainty is unreadable.
"""

import codecs
import re
from dataclasses import dataclass
from email.errors import MessageDefect
from email.message import Message

from rules.replies.folding import visible
from rules.replies.html_text import TooDeeplyNested, visible_text

LARGEST_MESSAGE = 30_000_000  # bytes
LONGEST_TEXT = 300_000  # characters of a text part
LONGEST_HTML = 1_500_000
_MOST_PARTS = 100
_CHARSETS = frozenset(
    [
        "utf-8",
        "ascii",
        "iso8859-1",
        "iso8859-2",
        "iso8859-4",
        "iso8859-5",
        "iso8859-10",
        "iso8859-13",
        "iso8859-15",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1257",
        "koi8-r",
        "koi8-u",
    ]
)
_SEALED = frozenset({"multipart/encrypted", "application/pgp-encrypted"})
_PKCS7 = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})


@dataclass(frozen=True, slots=True)
class Texts:
    """What a message says in its plain and its HTML form; either may be missing."""

    plain: str | None
    html: str | None
    is_readable: bool = True
    is_reaction: bool = False


def nesting_is_sane(raw: bytes) -> bool:
    """Whether the message has no more parts than a person's mail; checked before parsing."""
    return len(re.findall(rb"(?i)content-type:\s{0,9}(?:multipart|message)/", raw)) <= _MOST_PARTS


def texts_of(message: Message) -> Texts:
    """The texts of a parsed message."""
    plain: list[str] = []
    html: list[str] = []
    reaction = False
    for part in _inline_parts(message):
        kind = part.get_content_type()
        if kind in _SEALED or kind in _PKCS7:
            return Texts(None, None, is_readable=False)
        reaction = reaction or kind == "text/vnd.google.email-reaction+json"
        if kind in {"text/plain", "text/html"}:
            text = _decoded(part)
            if text is None or len(text) > (LONGEST_TEXT if kind == "text/plain" else LONGEST_HTML):
                return Texts(None, None, is_readable=False)
            (plain if kind == "text/plain" else html).append(_shown(part, text))
    try:
        pages = [visible_text(page) for page in html]
    except TooDeeplyNested:
        return Texts(None, None, is_readable=False)
    return Texts(_joined(plain), _joined(pages), is_reaction=reaction)


def _joined(texts: list[str]) -> str | None:
    text = visible("\n".join(texts))
    return text if text.strip() else None


def _inline_parts(message: Message) -> list[Message]:
    """Parts that are read as text; never those of attached messages or attachments."""
    found: list[Message] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        if kind.startswith("multipart/") and part.is_multipart():
            found += [part] if kind in _SEALED else []
            waiting += reversed(
                [child for child in part.get_payload() if isinstance(child, Message)]
            )
        elif not kind.startswith("message/") and not _is_attached(part):
            found.append(part)
    return found


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or (
        part.get_filename() is not None and part.get_content_type() not in _PKCS7
    )


def _decoded(part: Message) -> str | None:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes) or _is_damaged(part):
        return None
    for charset in _candidates(part):
        try:
            return raw.decode(charset)
        except UnicodeDecodeError:
            continue
    return raw.decode("ascii", errors="replace")


def _is_damaged(part: Message) -> bool:
    """Whether a body may have been cut: a number may have lost its last digit."""
    return any(isinstance(defect, MessageDefect) for defect in part.defects)


def _candidates(part: Message) -> list[str]:
    """UTF-8 first if the bytes are valid: labels lie more often than bytes do."""
    label = str(part.get_param("charset", "utf-8") or "utf-8")
    try:
        named = codecs.lookup(label).name
    except (LookupError, ValueError):
        named = ""
    known = [named] if named in _CHARSETS else []
    late = ["cp1257"] if named in {"utf-8", "ascii"} else []
    return ["utf-8", *known, *late]


def _shown(part: Message, text: str) -> str:
    if str(part.get_param("format", "")).lower() == "flowed":
        return unflow(text, delete_space=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def unflow(text: str, *, delete_space: bool) -> str:
    r"""Joins the lines of format=flowed text (RFC 3676).

    >>> unflow("1 \n8\n> a \n> b\n-- \nX", delete_space=True)
    '18\n> ab\n-- \nX'
    """
    lines: list[str] = []
    open_depth: int | None = None  # depth of the line that the next one continues
    for line in text.replace("\r\n", "\n").split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        content = line[depth:].removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        body = content[:-1] if flows and delete_space else content
        if open_depth == depth and content != "-- ":
            lines[-1] += body
        else:
            lines.append(">" * depth + " " * bool(depth) + body)
        open_depth = depth if flows else None
    return "\n".join(lines)
