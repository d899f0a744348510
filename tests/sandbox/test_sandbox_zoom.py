"""The Zoom API over HTTP: status codes, bodies, headers and how meetings turn out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
import requests

from deployments.sandbox.testing import RunningSandbox

HOST = "zoom01@augstskola.example"
START = datetime(2026, 12, 5, 7, 0, tzinfo=UTC)  # 09:00 in Riga


class Zoom:
    """A bare client: a token and a base URL."""

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.sandbox = sandbox
        self.http = requests.Session()
        self.sign_in()

    def sign_in(self) -> requests.Response:
        env = self.sandbox.env
        answer = requests.post(
            env["SAC_ZOOM__OAUTH_URL"],
            data={
                "grant_type": "account_credentials",
                "account_id": env["SAC_ZOOM__ACCOUNT_ID"],
            },
            auth=(env["SAC_ZOOM__CLIENT_ID"], env["SAC_ZOOM__CLIENT_SECRET"]),
            timeout=10,
        )
        self.http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        return answer

    def __call__(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.http.request(
            method, self.sandbox.env["SAC_ZOOM__BASE_URL"] + path, timeout=10, **more
        )

    def create(self, host: str = HOST, **fields: Any) -> dict[str, Any]:
        body = {
            "topic": "Ievads",
            "type": 2,
            "start_time": f"{START:%Y-%m-%dT%H:%M:%SZ}",
            "duration": 180,
            "timezone": "Europe/Riga",
            "password": "abc123",
            **fields,
        }
        answer = self("POST", f"/users/{host}/meetings", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())


@pytest.fixture
def zoom(sandbox: RunningSandbox) -> Zoom:
    return Zoom(sandbox)


def test_token_carries_scopes(zoom: Zoom) -> None:
    body = zoom.sign_in().json()

    assert (sorted(body), body["token_type"], body["expires_in"]) == (
        ["access_token", "api_url", "expires_in", "scope", "token_type"],
        "bearer",
        3599,
    )
    assert "meeting:write:meeting:admin" in body["scope"].split()


@pytest.mark.parametrize(
    ("secret", "form", "error"),
    [
        ("guess", {}, "invalid_client"),
        (None, {"grant_type": "password"}, "unsupported_grant_type"),
        (None, {"account_id": "other"}, "invalid_request"),
    ],
)
def test_bad_token_requests(
    sandbox: RunningSandbox, secret: str | None, form: dict[str, str], error: str
) -> None:
    env = sandbox.env
    good = {"grant_type": "account_credentials", "account_id": env["SAC_ZOOM__ACCOUNT_ID"]}

    answer = requests.post(
        env["SAC_ZOOM__OAUTH_URL"],
        params={**good, **form},
        auth=(env["SAC_ZOOM__CLIENT_ID"], secret or env["SAC_ZOOM__CLIENT_SECRET"]),
        timeout=10,
    )

    assert (answer.status_code, answer.json()["error"]) == (400, error)


def test_without_a_token_nothing_is_let_in(zoom: Zoom) -> None:
    zoom.http.headers["Authorization"] = "Bearer None"

    answer = zoom("GET", "/users")

    assert (answer.status_code, answer.json()) == (
        401,
        {"code": 124, "message": "Invalid access token."},
    )


def test_create_get_patch_delete(zoom: Zoom) -> None:
    made = zoom.create(agenda="[SAC-1] grupa")
    path = f"/meetings/{made['id']}"

    got = zoom("GET", path).json()
    patched = zoom("PATCH", path, json={"topic": "Cits", "password": "zzz999"})
    after = zoom("GET", path).json()
    deleted = zoom("DELETE", path)
    gone = zoom("GET", path)

    assert got == made
    assert (made["start_time"], made["duration"]) == ("2026-12-05T07:00:00Z", 180)
    assert (patched.status_code, patched.content) == (204, b"")
    assert (after["topic"], after["password"]) == ("Cits", "zzz999")
    assert after["join_url"] != made["join_url"]  # the pwd in the link follows the passcode
    assert (deleted.status_code, gone.status_code, gone.json()) == (
        204,
        404,
        {"code": 3001, "message": f"Meeting does not exist: {made['id']}."},
    )


def test_start_without_z_is_in_the_time_zone(zoom: Zoom) -> None:
    made = zoom.create(start_time="2026-12-05T09:00:00", timezone="Europe/Riga")

    assert made["start_time"] == "2026-12-05T07:00:00Z"


def test_start_in_the_past_is_ignored_without_a_word(zoom: Zoom) -> None:
    made = zoom.create()

    answer = zoom("PATCH", f"/meetings/{made['id']}", json={"start_time": "2020-01-01T07:00:00Z"})

    assert answer.status_code == 204
    assert zoom("GET", f"/meetings/{made['id']}").json()["start_time"] == made["start_time"]


def test_meeting_without_a_start_is_instant_and_gets_a_passcode(zoom: Zoom) -> None:
    made = zoom("POST", f"/users/{HOST}/meetings", json={"topic": "Tūlīt"}).json()

    assert (made["type"], len(made["password"])) == (1, 6)


@pytest.mark.parametrize(
    "field",
    [
        {"topic": "x" * 201},
        {"agenda": "x" * 2001},
        {"password": "x" * 11},
        {"start_time": "rīt"},
        {"duration": "3 h"},
        {"timezone": "Europe/Riiga"},
        {"type": 7},
    ],
)
def test_invalid_fields(zoom: Zoom, field: dict[str, Any]) -> None:
    answer = zoom("POST", f"/users/{HOST}/meetings", json={"topic": "Labi", **field})

    assert (answer.status_code, answer.json()["code"], answer.json()["message"]) == (
        400,
        300,
        "Validation Failed.",
    )
    assert [error["field"] for error in answer.json()["errors"]] == list(field)


def test_unknown_user(zoom: Zoom) -> None:
    answer = zoom("POST", "/users/nobody@x.example/meetings", json={})

    assert (answer.status_code, answer.json()) == (
        404,
        {"code": 1001, "message": "User does not exist: nobody@x.example."},
    )


def test_users(zoom: Zoom) -> None:
    users = zoom("GET", "/users").json()

    assert [user["email"] for user in users["users"]] == [
        f"zoom0{number}@augstskola.example" for number in (1, 2, 3)
    ]
    assert zoom("GET", f"/users/{users['users'][1]['id']}").json() == users["users"][1]


def test_lists_cut_the_agenda_and_tell_no_passcode(zoom: Zoom) -> None:
    made = zoom.create(agenda="[SAC-1] " + "x" * 400)
    zoom.create("zoom02@augstskola.example")

    answer = zoom("GET", f"/users/{HOST}/meetings", params={"type": "upcoming"}).json()

    assert [m["id"] for m in answer["meetings"]] == [made["id"]]
    assert len(answer["meetings"][0]["agenda"]) == 250
    assert answer["meetings"][0].keys() & {"password", "status", "start_url"} == set()
    assert (answer["total_records"], answer["next_page_token"]) == (1, "")


def test_lists_are_paged(zoom: Zoom) -> None:
    made = [zoom.create()["id"] for _ in range(5)]
    found: list[int] = []
    token = ""

    while len(found) < 5:
        page = zoom(
            "GET",
            f"/users/{HOST}/meetings",
            params={"page_size": 2, "next_page_token": token},
        ).json()
        found += [m["id"] for m in page["meetings"]]
        token = page["next_page_token"]

    assert (sorted(found), token) == (sorted(made), "")


def test_a_meeting_starts_and_ends_by_the_virtual_clock(zoom: Zoom) -> None:
    made = zoom.create()
    path = f"/meetings/{made['id']}"

    def status_at(moment: datetime) -> tuple[str, list[int]]:
        zoom.sandbox.move_clock(moment)
        live = zoom("GET", f"/users/{HOST}/meetings", params={"type": "live"}).json()
        return zoom("GET", path).json()["status"], [m["id"] for m in live["meetings"]]

    assert status_at(START - timedelta(minutes=1)) == ("waiting", [])
    assert status_at(START) == ("started", [made["id"]])
    assert status_at(START + timedelta(hours=3)) == ("waiting", [])


def test_lateness_by_order(zoom: Zoom) -> None:
    late, never = zoom.create(), zoom.create("zoom02@augstskola.example")
    zoom.sandbox.order_meeting(late["id"], started=False)
    zoom.sandbox.order_meeting(never["id"], started=False)

    def statuses() -> list[str]:
        return [zoom("GET", f"/meetings/{m['id']}").json()["status"] for m in (late, never)]

    zoom.sandbox.move_clock(START + timedelta(minutes=10))
    before = statuses()
    zoom.sandbox.order_meeting(late["id"], started=True)

    assert (before, statuses()) == (["waiting", "waiting"], ["started", "waiting"])
    zoom.sandbox.move_clock(START + timedelta(hours=4))
    assert zoom("GET", f"/past_meetings/{never['id']}").status_code == 404
    assert zoom("GET", f"/past_meetings/{late['id']}").json()["start_time"] == (
        "2026-12-05T07:10:00Z"
    )


def test_some_meetings_are_late_by_chance(start_sandbox: Callable[..., RunningSandbox]) -> None:
    sandbox = start_sandbox(late_share=0.5)
    zoom = Zoom(sandbox)
    for _ in range(40):
        zoom.create()

    opens = [m["opens"] for m in sandbox.state()["zoom"]["meetings"]]

    assert {
        "2026-12-05T07:00:00Z": opens.count("2026-12-05T07:00:00Z") > 8,
        "2026-12-05T07:12:00Z": opens.count("2026-12-05T07:12:00Z") > 4,
        "never": opens.count(None) > 0,
    } == {"2026-12-05T07:00:00Z": True, "2026-12-05T07:12:00Z": True, "never": True}


def test_end_by_status(zoom: Zoom) -> None:
    made = zoom.create()
    zoom.sandbox.move_clock(START + timedelta(minutes=30))

    answer = zoom("PUT", f"/meetings/{made['id']}/status", json={"action": "end"})

    assert answer.status_code == 204
    assert zoom("GET", f"/past_meetings/{made['id']}").json()["duration"] == 30


def test_report_comes_later_than_the_end(zoom: Zoom) -> None:
    made = zoom.create()
    report = f"/report/meetings/{made['id']}/participants"
    past = f"/past_meetings/{made['id']}/participants"

    before = zoom("GET", f"/past_meetings/{made['id']}")
    zoom.sandbox.move_clock(START + timedelta(hours=3))
    too_early = zoom("GET", report)
    empty = zoom("GET", past).json()["participants"]
    zoom.sandbox.move_clock(START + timedelta(hours=3, minutes=15))
    rows = zoom("GET", report, params={"page_size": 300}).json()["participants"]

    assert (before.status_code, too_early.status_code, too_early.json()["code"], empty) == (
        404,
        404,
        3001,
        [],
    )
    assert rows[0]["user_email"] == HOST
    people = {row["participant_user_id"] for row in rows if row["status"] == "in_meeting"}
    meeting = zoom.sandbox.state()["zoom"]["meetings"][0]
    assert len(people) == 1 + meeting["people"]
    assert len(zoom("GET", past, params={"page_size": 300}).json()["participants"]) == len(rows)


def test_rows_hold_rejoins_waiting_rooms_and_empty_addresses(zoom: Zoom) -> None:
    meetings = [zoom.create() for _ in range(8)]
    zoom.sandbox.move_clock(START + timedelta(hours=4))

    rows = [
        row
        for meeting in meetings
        for row in zoom(
            "GET",
            f"/report/meetings/{meeting['id']}/participants",
            params={"page_size": 300},
        ).json()["participants"]
    ]
    stays = [r["participant_user_id"] for r in rows if r["status"] == "in_meeting"]

    assert len(stays) > len(set(stays))
    assert {row["status"] for row in rows} == {"in_meeting", "in_waiting_room"}
    assert sum(row["user_email"] == "" for row in rows) > len(rows) / 2


def test_session_has_a_uuid_of_its_own_that_is_encoded_twice(zoom: Zoom) -> None:
    made = zoom.create()
    zoom.sandbox.move_clock(START + timedelta(hours=4))

    [instance] = zoom("GET", f"/past_meetings/{made['id']}/instances").json()["meetings"]
    uuid = instance["uuid"]
    twice = quote(quote(uuid, safe=""), safe="")

    assert (uuid != made["uuid"], "/" in uuid) == (True, True)
    assert zoom("GET", f"/past_meetings/{twice}").json()["uuid"] == uuid
    assert zoom("GET", f"/report/meetings/{uuid}/participants").status_code == 404


def test_hundred_writes_a_day_for_each_host(start_sandbox: Callable[..., RunningSandbox]) -> None:
    zoom = Zoom(start_sandbox(zoom_plan="unlimited"))
    made = zoom.create()
    for number in range(99):
        zoom("PATCH", f"/meetings/{made['id']}", json={"topic": f"Nr. {number}"})

    refused = zoom("POST", f"/users/{HOST}/meetings", json={})
    other_host = zoom("POST", "/users/zoom02@augstskola.example/meetings", json={})
    deleted = zoom("DELETE", f"/meetings/{made['id']}")
    zoom.sandbox.move_clock(datetime(2026, 11, 28, tzinfo=UTC))
    next_day = zoom("POST", f"/users/{HOST}/meetings", json={})

    assert (refused.status_code, refused.json()["code"]) == (429, 429)
    assert "daily rate limit (100)" in refused.json()["message"]
    assert (refused.headers["X-RateLimit-Category"], "Retry-After" in refused.headers) == (
        "Light",
        False,
    )
    assert [a.status_code for a in (other_host, deleted, next_day)] == [201, 204, 201]


def test_limit_by_second(start_sandbox: Callable[..., RunningSandbox]) -> None:
    zoom = Zoom(start_sandbox(zoom_plan="pro"))

    answers = [zoom("GET", "/users") for _ in range(80)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    zoom.sandbox.move_clock(datetime(2026, 11, 28, tzinfo=UTC))
    after_a_moved_clock = zoom("GET", "/users")

    assert refused.json()["message"].startswith("You have reached the maximum per-second")
    assert {n: v for n, v in refused.headers.items() if n.lower().startswith("x-rate")} == {
        "x-ratelimit-category": "Medium",
        "x-ratelimit-type": "QPS",
        "x-ratelimit-limit": "20",
        "x-ratelimit-remaining": "0",
    }
    assert after_a_moved_clock.status_code == 200


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("429_second", 429, 429),
        ("429_day", 429, 429),
        ("auth_expired", 401, 124),
        ("missing_scope", 400, 4711),
    ],
)
def test_faults_of_zoom_leave_nothing_behind(zoom: Zoom, kind: str, status: int, code: int) -> None:
    zoom.sandbox.fault("zoom", kind, "POST .*/meetings")

    answer = zoom("POST", f"/users/{HOST}/meetings", json={})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert zoom.sandbox.state()["zoom"]["meetings"] == []


def test_daily_limit_says_when_to_come_back(zoom: Zoom) -> None:
    zoom.sandbox.fault("zoom", "429_day")

    answer = zoom("GET", "/users")

    assert (answer.headers["X-RateLimit-Type"], answer.headers["Retry-After"]) == (
        "Daily-limit",
        "2026-11-28T00:00:00Z",
    )


def test_expired_token_stays_expired_until_a_new_one(zoom: Zoom) -> None:
    zoom.sandbox.fault("zoom", "auth_expired")

    codes = [zoom("GET", "/users").status_code for _ in range(2)]
    zoom.sign_in()

    assert (codes, zoom("GET", "/users").status_code) == ([401, 401], 200)


def test_unknown_route(zoom: Zoom) -> None:
    answer = zoom("GET", "/webinars")

    assert (answer.status_code, answer.json()["code"]) == (404, 2300)
