"""Meetings made, found, kept in step and taken away, over real HTTP and within Zoom's contract."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from integrations.errors import DoubtfulOutcome, TemporaryFault
from integrations.settings import ZoomSettings
from integrations.zoom import (
    HostUnknown,
    Zoom,
    new_passcode,
)
from integrations.zoom.write_budget import WriteBudget
from tests.integrations.conftest import Clock
from tests.integrations.fake_zoom import HOST, FakeZoom
from tests.integrations.loopback import LOST, Reply, Server
from tests.integrations.zoom_samples import MEETING, RIGA, SPEC, zoom_body


def test_create_sends_what_the_plan_says_and_answers_what_zoom_made(
    zoom: Zoom, zoom_server: Server
) -> None:
    created = zoom.create_meeting(HOST, SPEC)

    assert created == replace(MEETING, has_started=None)
    assert zoom_server.calls[-1].json == {
        "topic": "Ievads psiholoģijā",
        "type": 2,
        "start_time": "2026-12-05T07:00:00Z",
        "duration": 90,
        "timezone": "Europe/Riga",
        "agenda": "[SAC-7f3a] PSI-1, PSI-2. Mācībspēks: Anna Bērziņa",
        "password": "aB3dE5gH",
        "settings": {
            "use_pmi": False,
            "approval_type": 2,
            "waiting_room": False,
            "join_before_host": True,
            "jbh_time": 10,
            "mute_upon_entry": True,
            "email_notification": False,
            "alternative_hosts_email_notification": False,
        },
    }


@pytest.mark.parametrize(
    ("local", "sent"),
    [
        (datetime(2026, 3, 29, 2, 30, tzinfo=RIGA), "2026-03-29T00:30:00Z"),
        (datetime(2026, 3, 29, 9, 0, tzinfo=RIGA), "2026-03-29T06:00:00Z"),
        (datetime(2026, 10, 25, 3, 30, tzinfo=RIGA), "2026-10-25T00:30:00Z"),
        (datetime(2026, 10, 25, 3, 30, tzinfo=RIGA, fold=1), "2026-10-25T01:30:00Z"),
        (datetime(2026, 10, 25, 9, 0, tzinfo=RIGA), "2026-10-25T07:00:00Z"),
        (datetime(2026, 10, 24, 9, 0, tzinfo=RIGA), "2026-10-24T06:00:00Z"),
    ],
)
def test_start_is_right_around_both_changes_of_the_clock(
    zoom: Zoom, zoom_server: Server, local: datetime, sent: str
) -> None:
    created = zoom.create_meeting(HOST, replace(SPEC, start=local))
    again = zoom.update_meeting(created.id, replace(SPEC, start=local))

    assert [call.json["start_time"] for call in zoom_server.calls if call.json] == [sent]
    assert again.start == datetime.fromisoformat(sent)


def test_long_texts_are_cut_to_what_zoom_takes(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    zoom.create_meeting(HOST, replace(SPEC, topic="ā" * 201, agenda="b" * 2001))

    made = fake_zoom.meetings[81000000001]
    assert made["topic"] == "ā" * 200
    assert made["agenda"] == "[SAC-7f3a] " + "b" * 1989


def test_naive_start_and_foreign_reference_are_refused() -> None:
    with pytest.raises(ValueError, match="must be aware"):
        replace(SPEC, start=datetime(2026, 12, 5, 9, 0))  # noqa: DTZ001
    with pytest.raises(ValueError, match="not a reference of ours"):
        replace(SPEC, reference="7f3a")


def test_nothing_secret_in_the_representation() -> None:
    shown = repr(SPEC) + repr(MEETING)

    assert "aB3dE5gH" not in shown
    assert "pwd" not in shown


def test_lost_create_is_doubtful_and_found_by_its_reference(
    zoom: Zoom, zoom_server: Server, fake_zoom: FakeZoom
) -> None:
    fake_zoom.meetings[1] = fake_zoom.new_meeting(
        1, HOST, zoom_body("Dekāna sapulce", "[Cits] nav mūsu")
    )
    zoom_server.instead("POST", "/meetings", LOST, after_effect=True)

    with pytest.raises(DoubtfulOutcome):
        zoom.create_meeting(HOST, SPEC)
    found = zoom.find_meetings(HOST)

    assert [(m.reference, m.start, m.passcode, m.has_started) for m in found] == [
        ("SAC-7f3a", MEETING.start, "", None)
    ]
    assert zoom_server.requests().count("POST /v2/users/zoom01%40augstskola.example/meetings") == 1


@pytest.mark.parametrize(
    "answer",
    [
        Reply(502, "<html>Bad gateway</html>"),
        Reply(200, {"id": 81000000001}),
        Reply(201, "<html>"),
        Reply(201, {"status": "ok"}),
    ],
)
def test_create_without_the_promised_answer_is_doubtful(
    zoom: Zoom, zoom_server: Server, answer: Reply
) -> None:
    zoom_server.instead("POST", "/meetings", answer)

    with pytest.raises(DoubtfulOutcome):
        zoom.create_meeting(HOST, SPEC)
    assert len(zoom_server.calls) == 2  # the token and one create


def test_create_at_another_time_than_wanted_is_doubtful(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    fake_zoom.shift = timedelta(hours=2)

    with pytest.raises(DoubtfulOutcome, match="2026-12-05 09:00 UTC instead of 2026-12-05 07:00"):
        zoom.create_meeting(HOST, SPEC)


def test_list_is_read_to_its_end(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    fake_zoom.page_size = 2
    for number in range(5):
        zoom.create_meeting(HOST, replace(SPEC, reference=f"SAC-{number}", agenda="x" * 400))

    found = [meeting.reference for meeting in zoom.find_meetings(HOST)]
    assert found == ["SAC-0", "SAC-1", "SAC-2", "SAC-3", "SAC-4"]


@pytest.mark.parametrize("page", [{}, {"meetings": [], "next_page_token": "2"}])
def test_list_that_does_not_end_or_is_none_means_nothing(
    zoom: Zoom, zoom_server: Server, page: dict[str, object]
) -> None:
    """It must not look like an empty list, after which the meeting would be made again."""
    zoom_server.instead("GET", "/meetings", *[Reply(200, page)] * 2)

    with pytest.raises(TemporaryFault, match="the list of meetings is incomplete"):
        zoom.find_meetings(HOST)


def test_fetch(zoom: Zoom, fake_zoom: FakeZoom) -> None:
    zoom.create_meeting(HOST, SPEC)
    fake_zoom.meetings[81000000001]["status"] = "started"

    assert zoom.fetch_meeting("81000000001") == replace(MEETING, has_started=True)
    assert zoom.fetch_meeting("81000000009") is None


def test_fetch_believes_no_other_meeting(zoom: Zoom, zoom_server: Server) -> None:
    zoom_server.instead("GET", "/meetings/5", Reply(200, {"id": 6}))

    with pytest.raises(TemporaryFault, match="another meeting was answered"):
        zoom.fetch_meeting("5")


def test_unknown_host(zoom: Zoom) -> None:
    with pytest.raises(HostUnknown, match=r"create a meeting for nav@augstskola\.example"):
        zoom.create_meeting("nav@augstskola.example", SPEC)


def test_writes_stop_before_zoom_stops_them(
    zoom_settings: ZoomSettings, clock: Clock, fake_zoom: FakeZoom
) -> None:
    fake_zoom.users["zoom02@augstskola.example"] = {"type": 2}
    zoom = Zoom(zoom_settings.model_copy(update={"daily_writes": 2}), now=clock)
    zoom.create_meeting(HOST, SPEC)
    zoom.update_meeting("81000000001", replace(SPEC, topic="Cits"))

    with pytest.raises(TemporaryFault) as caught:
        zoom.create_meeting(HOST.upper(), SPEC)
    zoom.create_meeting("zoom02@augstskola.example", SPEC)
    clock.advance(hours=12)
    zoom.create_meeting(HOST, SPEC)

    assert caught.value.retry_at == datetime(2026, 11, 21, tzinfo=UTC)
    assert len(fake_zoom.meetings) == 3


def test_host_is_the_same_in_capitals(clock: Clock) -> None:
    budget = WriteBudget(1, clock)
    budget.spend("Zoom01@x.example")

    with pytest.raises(TemporaryFault, match="which is the limit"):
        budget.spend("zoom01@X.example")


def test_passcodes_fit_every_policy() -> None:
    passcodes = {new_passcode() for _ in range(200)}

    assert len(passcodes) == 200
    assert {len(passcode) for passcode in passcodes} == {8}
    assert all(passcode.isascii() and passcode.isalnum() for passcode in passcodes)
    for kind in (str.islower, str.isupper, str.isdigit):
        assert all(any(map(kind, passcode)) for passcode in passcodes)
