"""Calendar parts read back by a calendar library: identity, order, method, time."""

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Component

from integrations.letters import (
    CalendarPart,
    lecturer_reminder,
    student_change,
    student_notice,
    team_briefing,
)
from rules.facts import ClassFacts, changes

RIGA = ZoneInfo("Europe/Riga")


def _event(part: CalendarPart) -> Component:
    (event,) = Calendar.from_ical(part.content).walk("VEVENT")
    return event


def test_an_invitation_says_everything(sample: SimpleNamespace) -> None:
    letter = lecturer_reminder(sample.day, sample.daina, [sample.literature], sample.office, 3)

    (part,) = letter.calendars
    event = _event(part)
    assert (part.method, part.filename) == ("REQUEST", "nodarbiba-0900.ics")
    assert Calendar.from_ical(part.content)["METHOD"] == "REQUEST"
    assert {
        "uid": event["UID"],
        "sequence": event["SEQUENCE"],
        "summary": event["SUMMARY"],
        "start": event.decoded("DTSTART"),
        "end": event.decoded("DTEND"),
        "zone": event["DTSTART"].params["TZID"],
        "location": event["LOCATION"],
        "url": event["URL"],
        "status": event["STATUS"],
        "organizer": str(event["ORGANIZER"]),
        "attendee": (str(event["ATTENDEE"]), event["ATTENDEE"].params["RSVP"]),
    } == {
        "uid": "c1@augstskola.example",
        "sequence": 3,
        "summary": "Bērnu literatūra (PE-2)",
        "start": datetime(2026, 12, 5, 9, tzinfo=RIGA),
        "end": datetime(2026, 12, 5, 12, tzinfo=RIGA),
        "zone": "Europe/Riga",
        "location": "Zoom",
        "url": "https://zoom.us/j/86650951128?pwd=NzExMTI1YWEw.1",
        "status": "CONFIRMED",
        "organizer": "mailto:sac@augstskola.example",
        "attendee": ("mailto:daina@augstskola.example", "FALSE"),
    }
    assert event["DESCRIPTION"].splitlines() == [
        "Zoom saite: https://zoom.us/j/86650951128?pwd=NzExMTI1YWEw.1",
        "Meeting ID: 866 5095 1128",
        "Passcode: 884666",
    ]


@pytest.mark.parametrize(
    ("day", "offset"), [("2026-03-28", 2), ("2026-03-29", 3), ("2026-10-25", 2), ("2026-07-01", 3)]
)
def test_the_time_zone_carries_its_own_rule(sample: SimpleNamespace, day: str, offset: int) -> None:
    start = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=RIGA)
    facts = replace(sample.literature, start=start, end=start.replace(hour=13))

    letter = student_notice(start.date(), sample.daina, [facts], sample.office, 0)

    # The rule in the file, not the time zone data of this machine.
    (zone,) = Calendar.from_ical(letter.calendars[0].content).walk("VTIMEZONE")
    moment = start.replace(tzinfo=None)
    assert moment.replace(tzinfo=zone.to_tz(lookup_tzid=False)).utcoffset().seconds == offset * 3600


def test_only_held_classes_are_invited_to_at_first(sample: SimpleNamespace) -> None:
    classes = [sample.pedagogy_cancelled, sample.practice_onsite, sample.upbringing]

    letter = student_notice(sample.day, sample.catherine, classes, sample.office, 0)

    assert [(part.method, _event(part)["UID"]) for part in letter.calendars] == [
        ("REQUEST", "c4@augstskola.example"),
        ("REQUEST", "c2@augstskola.example"),
    ]
    assert _event(letter.calendars[0])["LOCATION"] == "on site"


def test_each_change_moves_the_calendar_the_right_way(sample: SimpleNamespace) -> None:
    held, off = sample.literature, sample.literature_cancelled
    cases: dict[str, tuple[list[ClassFacts], list[ClassFacts]]] = {
        "cancelled": ([held], [off]),
        "withdrawn": ([held], []),
        "reinstated": ([off], [held]),
        "added": ([], [held]),
        "changed": ([held], [replace(held, passcode="1")]),
        "added, but cancelled": ([], [off]),
    }

    methods = {
        name: [
            part.method
            for part in student_change(
                sample.day, sample.daina, changes(told, now), now, sample.office, 1
            ).calendars
        ]
        for name, (told, now) in cases.items()
    }

    assert methods == {
        "cancelled": ["CANCEL"],
        "withdrawn": ["CANCEL"],
        "reinstated": ["REQUEST"],
        "added": ["REQUEST"],
        "changed": ["REQUEST"],
        "added, but cancelled": [],
    }


def test_a_cancellation_has_the_identity_of_its_invitation(sample: SimpleNamespace) -> None:
    told, now = [sample.literature], [sample.literature_cancelled]
    invited = student_notice(sample.day, sample.daina, told, sample.office, 0).calendars[0]
    (cancelled,) = student_change(
        sample.day, sample.daina, changes(told, now), now, sample.office, 1
    ).calendars

    before, after = _event(invited), _event(cancelled)

    assert (after["UID"], after.decoded("DTSTART")) == (before["UID"], before.decoded("DTSTART"))
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTAMP") > before.decoded("DTSTAMP")
    assert (after["STATUS"], after["SUMMARY"]) == ("CANCELLED", "ATCELTA: Bērnu literatūra (PE-2)")
    assert b"zoom.us" not in cancelled.content
    assert b"884666" not in cancelled.content


def test_a_calendar_speaks_of_one_class_only(sample: SimpleNamespace) -> None:
    classes = [sample.literature, sample.upbringing]

    parts = student_notice(sample.day, sample.daina, classes, sample.office, 0).calendars

    assert [len(Calendar.from_ical(part.content).walk("VEVENT")) for part in parts] == [1, 1]


def test_forged_properties_stay_text(sample: SimpleNamespace) -> None:
    name = 'Ķīmija\r\nEND:VEVENT\r\nATTENDEE:mailto:visi@augstskola.example;,\\"'
    facts = replace(sample.literature, course_lv=name)
    to = replace(sample.daina, name='Daina";X="\r\nUID:x')

    letter = student_notice(sample.day, to, [facts], sample.office, 0)

    event = _event(letter.calendars[0])
    assert event["UID"] == "c1@augstskola.example"
    assert str(event["ATTENDEE"]) == "mailto:daina@augstskola.example"
    assert event["SUMMARY"] == (
        'Ķīmija END:VEVENT ATTENDEE:mailto:visi@augstskola.example;,\\" (PE-2)'
    )


def test_the_meeting_is_invited_to(sample: SimpleNamespace) -> None:
    letter = team_briefing(sample.day, sample.daina, sample.briefing, sample.office, 0)

    (part,) = letter.calendars
    event = _event(part)
    assert (event["UID"], event["LOCATION"], event.decoded("DTSTART"), event.decoded("DTEND")) == (
        "briefing-2026-12-05@augstskola.example",
        "214. kab.",
        datetime(2026, 12, 4, 10, tzinfo=RIGA),
        datetime(2026, 12, 4, 10, 30, tzinfo=RIGA),
    )
