"""Who was in a meeting, and when nobody can tell yet."""

from datetime import UTC, datetime

import pytest

from integrations.zoom import Participant, Zoom
from tests.integrations.fake_zoom import FakeZoom
from tests.integrations.loopback import Server


def stay(name: str, joined: str, left: str, **more: object) -> dict[str, object]:
    return {
        "id": "",
        "user_id": "16778240",
        "name": name,
        "user_email": "",
        "join_time": joined,
        "leave_time": left,
        "duration": 60,
        "status": "in_meeting",
        **more,
    }


def test_participants_are_every_stay_with_paging(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    fake_zoom.page_size = 1
    fake_zoom.participants["/ab+c=="] = [
        stay("Jānis", "2026-12-05T07:00:00Z", "2026-12-05T07:30:00Z", user_email="j@x.example"),
        stay("Jānis", "2026-12-05T07:40:00Z", "2026-12-05T08:30:00Z", status="in_waiting_room"),
    ]

    assert zoom.fetch_participants("/ab+c==") == [
        Participant(
            "Jānis",
            "j@x.example",
            datetime(2026, 12, 5, 7, 0, tzinfo=UTC),
            datetime(2026, 12, 5, 7, 30, tzinfo=UTC),
            in_waiting_room=False,
        ),
        Participant(
            "Jānis",
            "",
            datetime(2026, 12, 5, 7, 40, tzinfo=UTC),
            datetime(2026, 12, 5, 8, 30, tzinfo=UTC),
            in_waiting_room=True,
        ),
    ]


@pytest.mark.parametrize(
    ("session", "in_path"),
    [
        ("81000000001", "81000000001"),
        ("ab+c==", "ab%2Bc%3D%3D"),
        ("a/b==", "a%252Fb%253D%253D"),
        ("/ab//c==", "%252Fab%252F%252Fc%253D%253D"),
    ],
)
def test_uuids_with_a_slash_are_encoded_twice(
    zoom: Zoom, zoom_server: Server, session: str, in_path: str
) -> None:
    assert zoom.fetch_participants(session) == []
    assert zoom_server.requests()[1:] == [f"GET /v2/past_meetings/{in_path}/participants"]


def test_times_without_a_zone_are_not_times(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    whole = stay("Anna", "2026-12-05T07:00:00Z", "2026-12-05T08:30:00Z")
    fake_zoom.participants = {
        "1": [{**whole, "leave_time": "2026-12-05T08:30:00"}],
        "2": [{**whole, "leave_time": "The end"}],
    }

    assert [zoom.fetch_participants(session) for session in ("1", "2")] == [[], []]


def test_participants_that_are_not_worked_out_yet(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    whole = stay("Anna", "2026-12-05T07:00:00Z", "2026-12-05T08:30:00Z")
    fake_zoom.participants = {
        "1": [],
        "2": [{**whole, "duration": 0}],
        "3": [whole, {k: v for k, v in whole.items() if k != "leave_time"}],
    }

    assert [zoom.fetch_participants(session) for session in ("1", "2", "3", "4")] == [[]] * 4
