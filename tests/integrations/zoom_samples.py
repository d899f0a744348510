"""A class's meeting as we want it and as Zoom has it, and somebody else's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from integrations.zoom import MeetingSpec, ZoomMeeting
from tests.integrations.fake_zoom import HOST

RIGA = ZoneInfo("Europe/Riga")
SPEC = MeetingSpec(
    reference="SAC-7f3a",
    topic="Ievads psiholoģijā",
    start=datetime(2026, 12, 5, 9, 0, tzinfo=RIGA),
    duration_minutes=90,
    agenda="PSI-1, PSI-2. Mācībspēks: Anna Bērziņa",
    passcode="aB3dE5gH",
)
MEETING = ZoomMeeting(
    id="81000000001",
    host=HOST,
    reference="SAC-7f3a",
    topic="Ievads psiholoģijā",
    start=datetime(2026, 12, 5, 7, 0, tzinfo=UTC),
    duration_minutes=90,
    join_url="https://zoom.example/j/81000000001?pwd=paB3dE5gH",
    passcode="aB3dE5gH",
    has_started=False,
    uuid="/81000000001==",
)


def zoom_body(topic: str, agenda: str) -> dict[str, object]:
    return {
        "topic": topic,
        "type": 2,
        "start_time": "2026-12-05T07:00:00Z",
        "duration": 60,
        "timezone": "Europe/Riga",
        "agenda": agenda,
        "password": "parole1A",
        "settings": {},
    }
