"""A letter as a lecturer reads it: the visible text, the calendar parts, the lines to fill in."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from email.message import EmailMessage, MIMEPart
from html.parser import HTMLParser
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from deployments.sandbox.mail.border import Accepted

HOME = ZoneInfo("Europe/Riga")
FORM_LINE = re.compile(
    r"^(.*(?:Apmeklētāju skaits|Number of attendees)\s*:\s*)_{2,}(.*)$", re.IGNORECASE
)
MEETING_ID = re.compile(r"(?<!\d)(\d{3})[ \u00a0]?(\d{4})[ \u00a0]?(\d{4})(?!\d)")
_JOIN_LINK = re.compile(r"/j/(\d{9,11})")
_SPAN = re.compile(r"(?<!\d)(\d{1,2})[:.](\d\d)\s*[-–—]\s*(\d{1,2})[:.](\d\d)(?!\d)")
_MONTHS = (
    ("janvār", "jan"), ("februār", "feb"), ("mart", "mar"), ("aprīl", "apr"), ("maij", "may"),
    ("jūnij", "jun"), ("jūlij", "jul"), ("august", "aug"), ("septembr", "sep"),
    ("oktobr", "oct"), ("novembr", "nov"), ("decembr", "dec"),
)  # fmt: skip
_ISO = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_FIGURES = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(20\d\d)\b")
_LATVIAN = re.compile(r"\b(20\d\d)\. gada (\d{1,2})\. (\w+)")
_ENGLISH = re.compile(r"\b(\d{1,2}) ([A-Za-z]{3,}) (20\d\d)\b")


@dataclass(frozen=True, slots=True)
class ClassSeen:
    """A class in a lecturer's own calendar. `key` is the Meeting ID where there is one.

    `is_written`: known from the words of a letter only, not from a calendar part.
    """

    uid: str
    key: str
    start: datetime
    end: datetime
    words: str
    cancelled: bool = False
    is_written: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One line to fill in, and the lines above it that say which class it is about."""

    line: int
    words: str

    def tells(self, seen: ClassSeen) -> bool:
        """Whether this section speaks of that class, by Meeting ID or by its start."""
        keys = {"".join(found) for found in MEETING_ID.findall(self.words)}
        return seen.key in keys or bool(
            re.search(rf"(?<!\d)0?{seen.start.astimezone(HOME):%-H:%M}(?!\d)", self.words)
        )


@dataclass(frozen=True, slots=True)
class LetterRead:
    """All that a lecturer takes from a letter."""

    accepted: Accepted
    text: str
    classes: Sequence[ClassSeen]
    sections: Sequence[Section]


def read(accepted: Accepted) -> LetterRead:
    """Reads a letter. Classes come from the calendar parts, else from dates and times in the text."""
    text = _visible_text(accepted.message)
    sections = tuple(_sections(text))
    classes = tuple(_calendar_classes(accepted.message))
    if not classes:
        day = day_in(accepted.header("Subject")) or day_in(text)
        classes = tuple(_written_classes(sections, day)) if day else ()
    return LetterRead(accepted, text, classes, sections)


def _visible_text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    if body is not None:
        return str(body.get_content()).replace("\r\n", "\n")
    page = message.get_body(("html",))
    return _without_tags(str(page.get_content())) if page is not None else ""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in ("p", "br", "tr", "div", "li", "h1", "h2", "h3"):
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def _without_tags(page: str) -> str:
    parser = _Text()
    parser.feed(page)
    return "".join(parser.parts)


def _sections(text: str) -> Iterator[Section]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if FORM_LINE.match(line):
            # A class is a block of lines; a class without a line to fill stands in its own.
            above = list(takewhile(str.strip, reversed(lines[:number])))
            yield Section(number, "\n".join((*reversed(above), line)))


def _calendar_classes(message: EmailMessage) -> Iterator[ClassSeen]:
    for part in message.walk():
        if part.get_content_type() == "text/calendar" or _name(part).endswith(".ics"):
            payload = part.get_payload(decode=True)
            # A mail program shows the letter also when it cannot read the calendar.
            with suppress(ValueError, KeyError):
                yield from _events(payload if isinstance(payload, bytes) else b"")


def _events(calendar_file: bytes) -> list[ClassSeen]:
    calendar = Calendar.from_ical(calendar_file)
    withdrawn = str(calendar.get("METHOD", "")).upper() == "CANCEL"
    return [_class_of(event, withdrawn=withdrawn) for event in calendar.walk("VEVENT")]


def _name(part: MIMEPart) -> str:
    return (part.get_filename() or "").lower()


def _class_of(event: Component, *, withdrawn: bool) -> ClassSeen:
    words = "\n".join(str(event.get(name, "")) for name in ("SUMMARY", "LOCATION", "DESCRIPTION"))
    uid = str(event.get("UID", ""))
    link = _JOIN_LINK.search(words)
    return ClassSeen(
        uid=uid,
        key=link[1] if link else uid,
        start=_moment(event.decoded("DTSTART")),
        end=_moment(event.decoded("DTEND")),
        words=words,
        cancelled=withdrawn or str(event.get("STATUS", "")).upper() == "CANCELLED",
    )


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=HOME)


def _written_classes(sections: Sequence[Section], day: date) -> Iterator[ClassSeen]:
    for section in sections:
        if span := _SPAN.search(section.words):
            start, end = _at(day, span[1], span[2]), _at(day, span[3], span[4])
            found = MEETING_ID.search(section.words)
            key = "".join(found.groups()) if found else start.isoformat()
            yield ClassSeen(start.isoformat(), key, start, end, section.words, is_written=True)


def _at(day: date, hour: str, minute: str) -> datetime:
    return datetime(day.year, day.month, day.day, int(hour), int(minute), tzinfo=HOME)


def day_in(text: str) -> date | None:
    """The first date written in a text, in any usual way."""
    for pattern, order in ((_ISO, "ymd"), (_FIGURES, "dmy"), (_LATVIAN, "ydm"), (_ENGLISH, "dmy")):
        if found := pattern.search(text):
            parts = dict(zip(order, found.groups(), strict=True))
            month = int(parts["m"]) if parts["m"].isdecimal() else _month(parts["m"])
            if month:
                return date(int(parts["y"]), month, int(parts["d"]))
    return None


def _month(word: str) -> int | None:
    word = word.lower()
    names = enumerate(_MONTHS, start=1)
    return next((number for number, stems in names if word.startswith(stems)), None)
