"""Every answer of the sandbox's Zoom meets Zoom's published API contract."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from jsonschema import Draft4Validator, FormatChecker

from deployments.sandbox.testing import RunningSandbox

HOST = "zoom01@augstskola.example"
AFTER = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)


class Contract:
    """Zoom's OpenAPI document, asked whether an answer is one of those it foresees."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def problems(self, answer: requests.Response) -> list[str]:
        method = str(answer.request.method).lower()
        path = re.sub(r"^https?://[^/]+(/v2)?", "", str(answer.url)).partition("?")[0]
        template = next(t for t in self._templates(path) if method in self.document["paths"][t])
        responses = self.document["paths"][template][method]["responses"]
        foreseen = responses.get(str(answer.status_code))
        if foreseen is None:
            return [f"{method} {template} does not foresee {answer.status_code}"]
        content = self._resolved(foreseen).get("content")
        if not content:
            return [f"{method} {template} has no body"] if answer.content else []
        schema = {
            **content["application/json"]["schema"],
            "components": self.document["components"],
        }
        found = Draft4Validator(schema, format_checker=FormatChecker()).iter_errors(answer.json())
        return [f"{method} {template}: {error.json_path} {error.message}" for error in found]

    def _templates(self, path: str) -> Iterator[str]:
        for template in self.document["paths"]:
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
                yield template

    def _resolved(self, item: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in item:
            place: Any = self.document
            for step in item["$ref"].removeprefix("#/").split("/"):
                place = place[step]
            item = place
        return item


@pytest.fixture(scope="session")
def contract(shared: Path) -> Contract:
    text = (shared / "contracts" / "zoom-meetings-openapi.json").read_text(encoding="utf-8")
    return Contract(json.loads(text))


@pytest.fixture
def exchanges(sandbox: RunningSandbox) -> list[requests.Response]:
    """Every operation once when all goes well, and every kind of refusal."""
    env, answers = sandbox.env, []
    http = requests.Session()

    def ask(method: str, path: str, **more: Any) -> requests.Response:
        answers.append(http.request(method, env["SAC_ZOOM__BASE_URL"] + path, timeout=10, **more))
        return answers[-1]

    ask("GET", "/users")  # without a token
    form = {"grant_type": "account_credentials", "account_id": env["SAC_ZOOM__ACCOUNT_ID"]}
    auth = (env["SAC_ZOOM__CLIENT_ID"], env["SAC_ZOOM__CLIENT_SECRET"])
    answers.append(requests.post(env["SAC_ZOOM__OAUTH_URL"], data={}, auth=auth, timeout=10))
    answers.append(requests.post(env["SAC_ZOOM__OAUTH_URL"], data=form, auth=auth, timeout=10))
    http.headers["Authorization"] = f"Bearer {answers[-1].json()['access_token']}"
    ask("GET", "/users")
    ask("GET", f"/users/{HOST}")
    ask("GET", "/users/nobody@x.example")
    body = {
        "topic": "Ievads",
        "type": 2,
        "start_time": "2026-12-05T07:00:00Z",
        "duration": 180,
        "agenda": "[SAC-1]",
        "settings": {"waiting_room": True, "alternative_hosts": ""},
    }
    meeting = ask("POST", f"/users/{HOST}/meetings", json=body).json()["id"]
    ask("POST", f"/users/{HOST}/meetings", json={"topic": "x" * 201})
    ask("GET", f"/users/{HOST}/meetings", params={"type": "upcoming"})
    ask("GET", f"/meetings/{meeting}")
    ask("PATCH", f"/meetings/{meeting}", json={"topic": "Cits"})
    ask("GET", "/meetings/1")
    sandbox.fault("zoom", "429_day", f"GET .*/meetings/{meeting}")
    ask("GET", f"/meetings/{meeting}")
    sandbox.order_meeting(meeting, started=True)
    ask("GET", f"/meetings/{meeting}")
    ask("PUT", f"/meetings/{meeting}/status", json={"action": "recover"})
    ask("GET", f"/past_meetings/{meeting}")
    ask("GET", f"/report/meetings/{meeting}/participants")
    sandbox.move_clock(AFTER)
    for path in ("", "/instances", "/participants"):
        ask("GET", f"/past_meetings/{meeting}{path}")
    ask("GET", f"/report/meetings/{meeting}")
    with_registrants = {"include_fields": "registrant_id", "page_size": 2}
    ask("GET", f"/report/meetings/{meeting}/participants", params=with_registrants)
    ask("DELETE", f"/meetings/{meeting}")
    return answers


def test_answers_meet_the_contract(contract: Contract, exchanges: list[requests.Response]) -> None:
    problems = [problem for answer in exchanges for problem in contract.problems(answer)]

    assert problems == []
    assert sorted({answer.status_code for answer in exchanges}) == [
        200,
        201,
        204,
        400,
        401,
        404,
        429,
    ]


def test_contract_would_notice(contract: Contract, exchanges: list[requests.Response]) -> None:
    created = next(answer for answer in exchanges if answer.status_code == 201)
    created._content = json.dumps({**created.json(), "id": "not a number"}).encode()

    assert contract.problems(created) != []
