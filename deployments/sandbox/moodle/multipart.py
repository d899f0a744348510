"""The parts of a multipart/form-data body, byte for byte."""

import email
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A field, or a file when `filename` is given."""

    name: str
    filename: str | None
    content: bytes


def read_parts(content_type: str, body: bytes) -> list[Part]:
    """All parts in order; an empty list when the type names no boundary."""
    boundary = re.search(r'boundary="?([^";]+)"?', content_type)
    if boundary is None:
        return []
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary[1].encode())
    return [_read(piece.removeprefix(b"\r\n")) for piece in pieces[1:-1]]


def _read(piece: bytes) -> Part:
    head, _, content = piece.partition(b"\r\n\r\n")
    # Browsers and curl send names in bare UTF-8, requests in the form of RFC 2231.
    header = email.message_from_string(head.decode("utf-8", "replace"))
    name = header.get_param("name", "", "content-disposition")
    return Part(str(name), header.get_filename(), content)
