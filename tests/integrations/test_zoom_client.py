"""The transport policy of the hardened zoomus client: tokens, retries, limits, time-outs, paths."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr
from zoomus import ZoomClient
from zoomus.client import COMPONENT_CLASSES

from integrations.errors import DoubtfulOutcome, PersonNeeded, TemporaryFault
from integrations.settings import ZoomSettings
from integrations.zoom import Zoom
from integrations.zoom.client import HardenedClient, _ThroughSend
from tests.integrations.conftest import Clock
from tests.integrations.fake_zoom import HOST, FakeZoom, error
from tests.integrations.loopback import HANGS, LOST, Reply, Server

VERBS = ("get_request", "post_request", "patch_request", "put_request", "delete_request")
USER = "GET /v2/users/zoom01%40augstskola.example"
TOKEN = "POST /oauth/token"
QPS = error(429, 429, "You have reached the maximum per-second rate limit for this API.")
BAD_GATEWAY = Reply(502, "<html>Bad gateway</html>")


@pytest.fixture
def client(zoom_settings: ZoomSettings, clock: Clock) -> HardenedClient:
    return HardenedClient(zoom_settings, now=clock, pause=clock.pauses.append)


def test_every_verb_of_the_client_and_of_each_component_ends_in_send(
    client: HardenedClient,
) -> None:
    """A new zoomus that adds a way round our `send` must be noticed."""
    parts = [client, *client.components.values()]

    assert set(client.components) == set(COMPONENT_CLASSES[2])
    for part in parts:
        ours = [getattr(type(part), verb) is getattr(_ThroughSend, verb) for verb in VERBS]
        assert ours == [True] * len(VERBS)
        assert part.client is client
    assert {name for name in dir(ZoomClient) if name.endswith("_request")} == set(VERBS)


def test_nothing_is_asked_before_it_is_needed_and_no_token_stands_in_the_config(
    client: HardenedClient, zoom_server: Server
) -> None:
    assert zoom_server.calls == []

    client.user.get(id="zoom01%40augstskola.example")

    assert client.config == {"version": 2, "token": None}
    assert zoom_server.requests() == [TOKEN, USER]


def test_one_token_and_one_connection_for_many_requests(
    client: HardenedClient, zoom_server: Server
) -> None:
    for _ in range(5):
        client.user.get(id="zoom01%40augstskola.example")

    assert zoom_server.requests() == [TOKEN, *[USER] * 5]
    assert zoom_server.connections == 1


def test_token_is_renewed_before_it_ends(
    client: HardenedClient, zoom_server: Server, clock: Clock
) -> None:
    client.user.get(id="zoom01%40augstskola.example")
    clock.advance(minutes=54)
    client.user.get(id="zoom01%40augstskola.example")
    clock.advance(minutes=1)
    client.user.get(id="zoom01%40augstskola.example")

    assert zoom_server.requests() == [TOKEN, USER, USER, TOKEN, USER]


def test_token_that_zoom_ended_is_replaced_once_for_all_threads(
    client: HardenedClient, zoom_server: Server, fake_zoom: FakeZoom
) -> None:
    client.user.get(id="zoom01%40augstskola.example")
    fake_zoom.tokens.append("revoked by another")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.user.get(id=HOST), range(16)))

    assert [answer["email"] for answer in answers] == [HOST] * 16
    assert zoom_server.requests().count(TOKEN) == 2


def test_fresh_token_that_is_refused_needs_a_person(
    client: HardenedClient, zoom_server: Server
) -> None:
    refusal = error(401, 124, "Invalid access token.")
    zoom_server.instead("GET", "/users/", refusal, refusal)

    with pytest.raises(PersonNeeded, match="a fresh token was refused"):
        client.user.get(id="zoom01%40augstskola.example")
    assert zoom_server.requests() == [TOKEN, USER, TOKEN, USER]


def test_scope_that_was_added_counts_from_the_next_request_on(
    client: HardenedClient, zoom_server: Server
) -> None:
    refusal = error(400, 4711, "Invalid access token, does not contain scopes:[user:read:admin].")
    zoom_server.instead("GET", "/users/", refusal)

    with pytest.raises(PersonNeeded, match=r"lacks a scope .*user:read:admin"):
        client.user.get(id="zoom01%40augstskola.example")
    client.user.get(id="zoom01%40augstskola.example")

    assert zoom_server.requests() == [TOKEN, USER, TOKEN, USER]


def test_refresh_token_fetches_a_new_one(client: HardenedClient, fake_zoom: FakeZoom) -> None:
    client.user.get(id="zoom01%40augstskola.example")
    client.refresh_token()
    client.user.get(id="zoom01%40augstskola.example")

    assert fake_zoom.tokens == ["token-1", "token-2"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"client_secret": SecretStr("nepareizi")}, r"Zoom refused them \(400\)"),
        ({"client_id": ""}, "they are not set"),
    ],
)
def test_wrong_credentials_need_a_person(
    zoom_settings: ZoomSettings, clock: Clock, change: dict[str, object], expected: str
) -> None:
    zoom = Zoom(zoom_settings.model_copy(update=change), now=clock, pause=clock.pauses.append)

    with pytest.raises(PersonNeeded, match=expected) as caught:
        zoom.find_meetings(HOST)
    assert "SAC_ZOOM__CLIENT_SECRET" in caught.value.advice
    assert "nepareizi" not in str(caught.value)
    assert clock.pauses == []


@pytest.mark.parametrize("answer", [BAD_GATEWAY, LOST, Reply(200, "<html>"), Reply(200, {"a": 1})])
def test_token_endpoint_that_stumbles_is_asked_again(
    client: HardenedClient, zoom_server: Server, clock: Clock, answer: Reply
) -> None:
    zoom_server.instead("POST", "/oauth/token", answer)

    client.user.get(id="zoom01%40augstskola.example")

    assert zoom_server.requests() == [TOKEN, TOKEN, USER]
    assert len(clock.pauses) == 1


@pytest.mark.parametrize("answer", [QPS, BAD_GATEWAY, LOST, Reply(200, "<html>")])
def test_passing_faults_of_a_read_are_tried_four_times(
    client: HardenedClient, zoom_server: Server, clock: Clock, answer: Reply
) -> None:
    zoom_server.instead("GET", "/users/", answer, answer, answer)

    assert client.user.get(id="zoom01%40augstskola.example")["email"] == HOST
    assert [int(pause) for pause in clock.pauses] == [1, 2, 3]

    zoom_server.instead("GET", "/users/", answer, answer, answer, answer)
    with pytest.raises(TemporaryFault):
        client.user.get(id="zoom01%40augstskola.example")
    assert zoom_server.requests().count(USER) == 8


def test_create_that_was_held_back_is_repeated(
    client: HardenedClient, zoom_server: Server, fake_zoom: FakeZoom
) -> None:
    """Too many at once: Zoom certainly made nothing."""
    zoom_server.instead("POST", "/meetings", QPS)

    client.meeting.create(
        user_id="zoom01%40augstskola.example",
        topic="A",
        type=2,
        start_time=datetime(2026, 12, 5, 7, tzinfo=UTC),
        duration=60,
        timezone="Europe/Riga",
        password="parole1A",
        settings={},
    )

    assert len(fake_zoom.meetings) == 1


def test_slow_answers_end_at_the_time_limit(
    zoom_settings: ZoomSettings, zoom_server: Server, clock: Clock
) -> None:
    settings = zoom_settings.model_copy(update={"read_seconds": 0.05})
    client = HardenedClient(settings, now=clock, pause=clock.pauses.append)
    zoom_server.instead("GET", "/users/", HANGS)
    zoom_server.instead("POST", "/meetings", HANGS)

    assert client.user.get(id="zoom01%40augstskola.example")["email"] == HOST
    with pytest.raises(DoubtfulOutcome, match="was lost"):
        client.meeting.create(user_id="zoom01%40augstskola.example")


def test_nobody_listening(zoom_settings: ZoomSettings, clock: Clock) -> None:
    """Even a create has certainly not happened then."""
    settings = zoom_settings.model_copy(update={"base_url": "http://127.0.0.1:9/v2"})
    client = HardenedClient(settings, now=clock, pause=clock.pauses.append)

    with pytest.raises(TemporaryFault, match=r"no connection to 127\.0\.0\.1:9") as caught:
        client.meeting.create(user_id="x")
    assert not isinstance(caught.value, DoubtfulOutcome)
    assert len(clock.pauses) == 3


@pytest.mark.parametrize(
    ("reply", "retry_at"),
    [
        (
            error(
                429,
                429,
                "You have exceeded the daily rate limit (100) of Meeting Create/Update API "
                "requests permitted for this particular user.",
                **{"X-RateLimit-Category": "Light", "X-RateLimit-Remaining": "5893"},
            ),
            datetime(2026, 11, 21, tzinfo=UTC),
        ),
        (
            error(
                429,
                429,
                "Refer to the response header.",
                **{"X-RateLimit-Type": "Daily-limit", "Retry-After": "2026-11-22T00:00:00Z"},
            ),
            datetime(2026, 11, 22, tzinfo=UTC),
        ),
    ],
)
def test_daily_limits_are_not_waited_for(
    client: HardenedClient, zoom_server: Server, clock: Clock, reply: Reply, retry_at: datetime
) -> None:
    zoom_server.instead("GET", "/users/", reply)

    with pytest.raises(TemporaryFault, match="the daily limit is used up") as caught:
        client.user.get(id="zoom01%40augstskola.example")
    assert caught.value.retry_at == retry_at
    assert clock.pauses == []


def test_path_ids_stay_out_of_queries_and_bodies(
    client: HardenedClient, zoom_server: Server
) -> None:
    zoom_server.instead("PATCH", "/meetings/5", Reply(204))
    zoom_server.instead("PUT", "/meetings/5/status", Reply(204))
    client.meeting.update(id="5", topic="A")
    client.meeting.update_status(id="5", action="end")

    assert [(call.query, call.json) for call in zoom_server.calls[1:]] == [
        ({}, {"topic": "A"}),
        ({}, {"action": "end"}),
    ]


def test_redirects_are_not_followed(client: HardenedClient, zoom_server: Server) -> None:
    zoom_server.instead("GET", "/users/", Reply(302, headers={"Location": "http://127.0.0.1:9/"}))

    with pytest.raises(PersonNeeded, match="redirect"):
        client.user.get(id="zoom01%40augstskola.example")
