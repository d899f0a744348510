"""Meetings kept in step with the plan and taken away; others' are left alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from integrations.errors import PersonNeeded
from integrations.zoom import MeetingGone, Zoom
from tests.integrations.fake_zoom import HOST, FakeZoom, error
from tests.integrations.loopback import LOST, Reply, Server
from tests.integrations.zoom_samples import MEETING, SPEC, zoom_body


def writes(server: Server) -> list[str]:
    return [line for line in server.requests() if not line.startswith(("GET", "POST /oauth"))]


def test_update_without_difference_writes_nothing(zoom: Zoom, zoom_server: Server) -> None:
    zoom.create_meeting(HOST, SPEC)

    assert zoom.update_meeting("81000000001", SPEC) == MEETING
    assert zoom_server.requests()[2:] == ["GET /v2/meetings/81000000001"]


def test_update_sends_differences_only_and_reads_the_new_link(
    zoom: Zoom, zoom_server: Server
) -> None:
    zoom.create_meeting(HOST, SPEC)
    later = replace(SPEC, start=SPEC.start + timedelta(hours=3), passcode="Zz9yyyyy")

    updated = zoom.update_meeting("81000000001", later)

    assert updated == replace(
        MEETING,
        start=datetime(2026, 12, 5, 10, 0, tzinfo=UTC),
        passcode="Zz9yyyyy",
        join_url="https://zoom.example/j/81000000001?pwd=pZz9yyyyy",
    )
    assert [call.json for call in zoom_server.calls if call.method == "PATCH"] == [
        {"start_time": "2026-12-05T10:00:00Z", "timezone": "Europe/Riga", "password": "Zz9yyyyy"}
    ]


def test_update_that_zoom_ignores_needs_a_person(zoom: Zoom, zoom_server: Server) -> None:
    zoom.create_meeting(HOST, SPEC)
    zoom_server.instead("PATCH", "/meetings/", Reply(204))

    with pytest.raises(PersonNeeded, match="07:00 UTC instead of 2026-12-05 08:00 UTC"):
        zoom.update_meeting("81000000001", replace(SPEC, start=SPEC.start + timedelta(hours=1)))


def test_update_of_what_is_gone(zoom: Zoom) -> None:
    with pytest.raises(MeetingGone):
        zoom.update_meeting("81000000001", SPEC)


def test_update_of_what_is_deleted_meanwhile(
    zoom: Zoom, zoom_server: Server, fake_zoom: FakeZoom
) -> None:
    zoom.create_meeting(HOST, SPEC)
    gone = error(404, 3001, "Meeting does not exist: 81000000001.")
    zoom_server.instead("PATCH", "/meetings/", Reply(204))
    zoom_server.instead("GET", "/meetings/", Reply(200, fake_zoom.meetings[81000000001]), gone)

    with pytest.raises(MeetingGone):
        zoom.update_meeting("81000000001", replace(SPEC, topic="Cits"))


@pytest.mark.parametrize("agenda", ["", "Dekāna sapulce", "atsauce [SAC-7f3a] vidū", "[SAC-0000]"])
def test_meetings_of_others_are_left_alone(
    zoom: Zoom, zoom_server: Server, fake_zoom: FakeZoom, agenda: str
) -> None:
    fake_zoom.meetings[7] = fake_zoom.new_meeting(7, HOST, zoom_body("Cita", agenda))

    with pytest.raises(PersonNeeded, match="does not carry our reference"):
        zoom.update_meeting("7", SPEC)
    if agenda != "[SAC-0000]":
        with pytest.raises(PersonNeeded, match="does not carry our reference"):
            zoom.delete_meeting("7")
    assert writes(zoom_server) == []
    assert list(fake_zoom.meetings) == [7]


def test_delete_without_mails_and_twice(
    zoom: Zoom, zoom_server: Server, fake_zoom: FakeZoom
) -> None:
    zoom.create_meeting(HOST, SPEC)

    zoom.delete_meeting("81000000001")
    zoom.delete_meeting("81000000001")

    assert fake_zoom.meetings == {}
    assert [call.query for call in zoom_server.calls if call.method == "DELETE"] == [
        {"schedule_for_reminder": "false", "cancel_meeting_reminder": "false"}
    ]


def test_delete_whose_answer_was_lost_is_done(
    zoom: Zoom, zoom_server: Server, fake_zoom: FakeZoom
) -> None:
    zoom.create_meeting(HOST, SPEC)
    zoom_server.instead("DELETE", "/meetings/", LOST, after_effect=True)

    zoom.delete_meeting("81000000001")

    assert fake_zoom.meetings == {}


def test_delete_of_a_meeting_that_is_being_held_needs_a_person(
    zoom: Zoom, fake_zoom: FakeZoom
) -> None:
    zoom.create_meeting(HOST, SPEC)
    fake_zoom.meetings[81000000001]["status"] = "started"

    with pytest.raises(PersonNeeded, match="is being held"):
        zoom.delete_meeting("81000000001")
    assert list(fake_zoom.meetings) == [81000000001]
