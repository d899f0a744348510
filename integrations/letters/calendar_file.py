"""Calendar files (.ics) that keep people's calendars right: one object for each class.

iTIP (RFC 5546, 3.2.2 and 3.2.5) wants one UID in a REQUEST or CANCEL, and calendars look at the
first event only; so several classes are several parts. The UID of a class never changes. Readers of
one class differ by the line of the attendee alone, so the rest is made once for all of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vRecur,
    vText,
)

from integrations.letters.content import Briefing, CalendarPart, Office, Recipient
from integrations.letters.views import ClassView, class_view
from integrations.letters.words import WORDS, Words
from integrations.presentation import local, one_line
from rules.facts import Change, ClassFacts
from rules.people import Language

_PRODUCT = "-//sac-flows//studiju dienas//LV"
_WELL_BEFORE = timedelta(days=180)
_BEGIN, _END = b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n"
_END_OF_CALENDAR = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class _Telling:
    """What all readers of one language share."""

    day: date
    language: Language
    office: Office
    sequence: int


@dataclass(frozen=True, slots=True)
class Invitations:
    """Makes the calendar parts of one letter; what they share is given once."""

    day: date
    to: Recipient
    office: Office
    sequence: int

    def of_classes(self, classes: Iterable[ClassFacts]) -> tuple[CalendarPart, ...]:
        """Invitations to the classes that are held; nobody has heard of the others."""
        return tuple(self._class(facts, "REQUEST") for facts in classes if not facts.is_cancelled)

    def of_changes(self, changes: Iterable[Change]) -> tuple[CalendarPart, ...]:
        """New invitations to what is held, cancellations of what people have in their calendars."""
        parts: list[CalendarPart] = []
        for change in changes:
            if change.after is not None and not change.after.is_cancelled:
                parts.append(self._class(change.after, "REQUEST"))
            elif change.before is not None and not change.before.is_cancelled:
                parts.append(self._class(change.before, "CANCEL"))
        return tuple(parts)

    def of_briefing(self, briefing: Briefing, summary: str) -> CalendarPart:
        """The invitation to the information meeting (process description, step 7)."""
        event = _event(self._telling, f"briefing-{self.day.isoformat()}", summary)
        start = local(briefing.meeting)
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=briefing.minutes))
        if briefing.place:
            event.add("location", one_line(briefing.place))
        return self._part("REQUEST", event.to_ical(), "sapulce.ics")

    @property
    def _telling(self) -> _Telling:
        return _Telling(self.day, self.to.language, self.office, self.sequence)

    def _class(self, facts: ClassFacts, method: str) -> CalendarPart:
        words = WORDS[self.to.language]
        stem = words.file_cancelled if method == "CANCEL" else words.file_held
        event = _class_event(self._telling, facts, method)
        return self._part(method, event, f"{stem}-{local(facts.start):%H%M}.ics")

    def _part(self, method: str, event: bytes, filename: str) -> CalendarPart:
        attendee = _attendee(self.to.email, self.to.name)
        content = _head(method) + event.removesuffix(_END) + attendee + _END_OF_CALENDAR
        return CalendarPart(method, content, filename)


@lru_cache(maxsize=1024)
def _class_event(telling: _Telling, facts: ClassFacts, method: str) -> bytes:
    """The event of a class, without who attends."""
    words = WORDS[telling.language]
    cancelled = method == "CANCEL"
    view = class_view(facts, telling.day, telling.language)
    title = f"{view.course} ({view.groups})" if view.groups else view.course
    summary = f"{words.cancelled}: {title}" if cancelled else title
    event = _event(telling, facts.class_id, summary)
    event.add("dtstart", local(facts.start))
    event.add("dtend", local(facts.end))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if cancelled:
        event.add("description", words.not_held)
    else:
        _add_place(event, view, words)
    return bytes(event.to_ical())


def _add_place(event: Event, view: ClassView, words: Words) -> None:
    if view.onsite:
        event.add("location", words.onsite)
    elif view.link:
        event.add("location", "Zoom")
        event.add("url", view.link)
        join = f"Meeting ID: {view.meeting_id}\nPasscode: {view.passcode}"
        event.add("description", f"{words.link}: {view.link}\n{join}")
    else:
        event.add("description", words.link_follows)


def _event(telling: _Telling, name: str, summary: str) -> Event:
    event = Event()
    event.add("uid", f"{name}@{telling.office.address.rpartition('@')[2]}")
    event.add("sequence", telling.sequence)
    # The same letter always has the same bytes, so the stamp cannot be the clock. It grows with
    # SEQUENCE, which is all that calendars ask of it.
    midnight = datetime.combine(telling.day, time.min, tzinfo=UTC)
    event.add("dtstamp", midnight - _WELL_BEFORE + timedelta(minutes=telling.sequence))
    event.add("summary", summary)
    event.add("organizer", _person(telling.office.address, telling.office.signer))
    return event


@lru_cache(maxsize=1024)
def _attendee(address: str, name: str) -> bytes:
    """The line of who attends, and the end of the event."""
    event = Event()
    # Nobody is asked to accept: the answers would only fill the office's mailbox.
    event.add("attendee", _person(address, name), {"RSVP": "FALSE"})
    return bytes(event.to_ical()).removeprefix(_BEGIN)


def _person(address: str, name: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    # A quote cannot stand in a parameter's value at all (RFC 5545, 3.1).
    person.params["CN"] = vText(one_line(name).replace('"', "'"))
    return person


@cache
def _head(method: str) -> bytes:
    """The calendar object down to where its event begins."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_riga())
    return bytes(calendar.to_ical()).removesuffix(_END_OF_CALENDAR)


def _riga() -> Timezone:
    """Europe/Riga by the rule of the European Union: last Sundays of March and October."""
    zone = Timezone()
    zone.add("tzid", "Europe/Riga")
    changes = (
        (TimezoneDaylight, "EEST", 2, 3, 3, datetime(2001, 3, 25, 3)),  # noqa: DTZ001  a zone's own
        (TimezoneStandard, "EET", 3, 2, 10, datetime(2001, 10, 28, 4)),  # noqa: DTZ001  wall clock
    )
    for kind, name, before, after, month, start in changes:
        change = kind()
        change.add("dtstart", start)
        change.add("tzname", name)
        change.add("tzoffsetfrom", timedelta(hours=before))
        change.add("tzoffsetto", timedelta(hours=after))
        change.add("rrule", vRecur({"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"}))
        zone.add_component(change)
    return zone
