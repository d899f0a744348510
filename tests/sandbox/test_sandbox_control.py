"""The control URL: clock, faults, requests, orders; and what it answers to nonsense."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests

from deployments.sandbox.testing import RunningSandbox


def test_state_of_an_empty_world(sandbox: RunningSandbox) -> None:
    state = sandbox.state()

    assert {key: state[key] for key in ("clock", "letters", "mailbox", "faults")} == {
        "clock": "2026-11-27T07:00:00Z",
        "letters": {},
        "mailbox": {"INBOX": 0, "Sent": 0},
        "faults": [],
    }
    assert (state["zoom"]["meetings"], state["zoom"]["deleted"]) == ([], [])
    assert (state["moodle"]["discussions"], state["moodle"]["events"]) == ([], [])
    assert [course["idnumber"] for course in state["moodle"]["courses"]] == [
        "",
        "SAC-INFO",
        "C-1",
        "C-2",
        "C-3",
    ]


def test_state_tells_no_way_to_act_as_the_host(sandbox: RunningSandbox) -> None:
    env = sandbox.env
    form = {"grant_type": "account_credentials", "account_id": env["SAC_ZOOM__ACCOUNT_ID"]}
    auth = (env["SAC_ZOOM__CLIENT_ID"], env["SAC_ZOOM__CLIENT_SECRET"])
    token = requests.post(env["SAC_ZOOM__OAUTH_URL"], data=form, auth=auth, timeout=10).json()
    made = requests.post(
        f"{env['SAC_ZOOM__BASE_URL']}/users/zoom01@augstskola.example/meetings",
        json={},
        headers={"Authorization": f"Bearer {token['access_token']}"},
        timeout=10,
    ).json()

    [meeting] = sandbox.state()["zoom"]["meetings"]

    assert (meeting["id"], meeting["join_url"]) == (made["id"], made["join_url"])
    assert ["start_url" in made, "start_url" in meeting] == [True, False]


def test_clock_goes_forward_only(sandbox: RunningSandbox) -> None:
    sandbox.move_clock(datetime(2026, 12, 1, tzinfo=UTC))

    with pytest.raises(RuntimeError, match="goes forward only"):
        sandbox.move_clock(datetime(2026, 11, 30, tzinfo=UTC))

    assert sandbox.state()["clock"] == "2026-12-01T00:00:00Z"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/clock", {"now": "2026-12-01T09:00:00"}),
        ("/clock", {"time": "2026-12-01T09:00:00Z"}),
        ("/clock", []),
        ("/faults", {"service": "zoom", "kind": "sulk"}),
        ("/faults", {"service": "fax", "kind": "5xx"}),
        ("/faults", {"service": "moodle", "kind": "429_day"}),
        ("/faults", {"service": "zoom", "kind": "5xx", "match": "("}),
        ("/lecturers", {"habits": {"nobody@x.example": "form"}}),
    ],
)
def test_nonsense_is_refused(sandbox: RunningSandbox, path: str, body: Any) -> None:
    answer = requests.post(sandbox.control_url + path, json=body, timeout=10)

    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_unknown_meeting(sandbox: RunningSandbox) -> None:
    with pytest.raises(RuntimeError, match="no such meeting"):
        sandbox.order_meeting(5, started=True)


def test_faults_are_told_and_forgotten(sandbox: RunningSandbox) -> None:
    sandbox.fault("zoom", "429_day", "POST", times=3, after=2)
    told = sandbox.state()["faults"]
    sandbox.forget_faults()

    assert told == [
        {
            "service": "zoom",
            "kind": "429_day",
            "match": "POST",
            "times": 3,
            "after": 2,
            "hits": 0,
        }
    ]
    assert sandbox.state()["faults"] == []


def test_requests_can_be_forgotten(shared_sandbox: RunningSandbox) -> None:
    requests.get(shared_sandbox.env["SAC_MOODLE__URL"], timeout=10)
    seen = shared_sandbox.requests()
    shared_sandbox.forget_requests()

    assert [(r["service"], r["method"], r["status"]) for r in seen] == [("moodle", "GET", 404)]
    assert shared_sandbox.requests() == []


def test_control_is_not_recorded_as_a_request(sandbox: RunningSandbox) -> None:
    sandbox.state()

    assert sandbox.requests() == []
