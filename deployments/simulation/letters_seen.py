"""Letters as their readers see them: raw mails in, what each says about which classes out."""

import email
import email.policy
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from functools import lru_cache
from typing import Any, cast

from deployments.sandbox.lecturers.reading import day_in

_BLOCK = re.compile(
    r"^(?:(?P<mark>[^|:]+): )?(?:[^|]+ \| )?(?:pl\. )?"
    r"(?P<start>\d\d:\d\d)–(?P<end>\d\d:\d\d) \| (?P<course>.+) \| (?P<groups>[^|]+)$"
)
_NOW = re.compile(
    r"^(?:Jūsu nodarbības šajā studiju dienā tagad|Your classes on this study day are now):$"
)
_NONE = re.compile(
    r"^(?:Citu nodarbību Jums šajā studiju dienā nav|"
    r"You have no other classes on this study day)\.$"
)
_LINK = re.compile(r"https?://\S+/j/(\d+)\S*")
_PEOPLE = re.compile(r"^(?:Mācībspēk[si]|Lecturers?): (.*)$")
_ONSITE = frozenset({"Norise: klātienē", "Held: on site"})
_OFF = frozenset({"ATCELTA", "CANCELLED"})


@dataclass(frozen=True, slots=True)
class ClassTold:
    """A class as a letter tells it; times are local, as written."""

    start: str
    end: str
    course: str
    groups: str
    is_off: bool
    lecturers: str = ""
    link: str = ""
    is_onsite: bool = False


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """One event of a calendar file; times are local, as written (20261205T090000)."""

    method: str
    uid: str
    sequence: int
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class LetterSeen:
    """A letter in somebody's mailbox."""

    address: str
    at: datetime
    kind: str
    day: date | None
    subject: str
    message_id: str
    told: tuple[ClassTold, ...]
    calendar: tuple[CalendarPart, ...]


@lru_cache(maxsize=4096)
def _header(name: str, value: str) -> Any:
    return email.policy.default.header_fetch_parse(name, value)


class _RememberingPolicy(email.policy.EmailPolicy):
    """Reads each header once: thousands of letters have the same ones, and are asked often."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        return _header(name, value)


_POLICY = _RememberingPolicy()


def read_letter(address: str, at: datetime, raw: bytes) -> LetterSeen:
    """Reads what a person sees; `told` are the classes as they are now, not what has changed."""
    message = cast(EmailMessage, email.message_from_bytes(raw, policy=_POLICY))
    body = message.get_body(("plain",))
    text = str(body.get_content()).replace("\r\n", "\n") if body else ""
    subject = " ".join(str(message["Subject"]).split())
    return LetterSeen(
        address=address,
        at=at,
        kind=str(message["X-SAC-Letter"] or ""),
        day=day_in(subject) or day_in(text),
        subject=subject,
        message_id=str(message["Message-ID"]),
        told=tuple(_told(_current(text.split("\n")))),
        calendar=tuple(_calendar(message)),
    )


def _current(lines: Sequence[str]) -> Sequence[str]:
    """The lines that say how things are now: below that heading; all, in a first letter."""
    if any(map(_NONE.match, lines)):
        return ()
    headings = [number for number, line in enumerate(lines) if _NOW.match(line)]
    return lines[headings[-1] + 1 :] if headings else lines


def _told(lines: Sequence[str]) -> Iterator[ClassTold]:
    for number, line in enumerate(lines):
        found = _BLOCK.match(line)
        if found is None:
            continue
        rest = []
        for below in lines[number + 1 :]:
            if not below.strip():
                break
            rest.append(below)
        people = next((match[1] for match in map(_PEOPLE.match, rest) if match), "")
        link = next((match[0] for match in map(_LINK.search, rest) if match), "")
        yield ClassTold(
            found["start"],
            found["end"],
            found["course"],
            found["groups"],
            found["mark"] in _OFF,
            people,
            link,
            not _ONSITE.isdisjoint(rest),
        )


def _calendar(message: EmailMessage) -> Iterator[CalendarPart]:
    for part in message.walk():
        if part.get_content_type() != "text/calendar":
            continue
        payload = part.get_payload(decode=True)
        text = payload.decode() if isinstance(payload, bytes) else ""
        unfolded = re.sub(r"\r?\n[ \t]", "", text)
        event = unfolded[unfolded.index("BEGIN:VEVENT") :]
        yield CalendarPart(
            _value("METHOD", unfolded),
            _value("UID", event),
            int(_value("SEQUENCE", event)),
            _value("DTSTART", event),
            _value("DTEND", event),
        )


def _value(name: str, text: str) -> str:
    """A property's value. Read by hand: a semester has ten thousands of these files."""
    found = re.search(rf"^{name}(?:;[^:\r\n]*)?:(.*)$", text, re.MULTILINE)
    return found[1].strip() if found else ""
