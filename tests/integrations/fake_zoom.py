"""Zoom as far as our requests go: tokens, users, meetings, participants; with its real errors."""

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import unquote

from tests.integrations.loopback import Call, Reply
from tests.integrations.openapi import Contract

HOST = "zoom01@augstskola.example"
SCOPES = (
    "meeting:write:meeting:admin meeting:read:meeting:admin meeting:update:meeting:admin "
    "meeting:delete:meeting:admin meeting:read:list_meetings:admin "
    "meeting:read:list_past_participants:admin user:read:user:admin"
)
_LOGIN = "Basic " + base64.b64encode("klients:slepenība".encode()).decode()
_FIRST_ID = 81_000_000_001


def error(status: int, code: int, message: str, **headers: str) -> Reply:
    return Reply(status, {"code": code, "message": message}, headers)


class FakeZoom:
    """The state, and the answer to each call. Every message is held against the contract."""

    def __init__(self, contract: Contract | None) -> None:
        self.contract = contract
        self.violations: list[str] = []
        self.users: dict[str, dict[str, Any]] = {HOST: {"type": 2, "status": "active"}}
        self.meetings: dict[int, dict[str, Any]] = {}
        self.participants: dict[str, list[dict[str, Any]]] = {}
        self.scopes = SCOPES
        self.page_size = 300
        self.tokens: list[str] = []
        self.shift = timedelta()

    def __call__(self, call: Call) -> Reply:
        path = call.path.removeprefix("/v2")
        reply = self._token(call) if path == "/oauth/token" else self._api(call, path)
        if self.contract is not None:
            body = call.form if path == "/oauth/token" else call.json
            self.violations += self.contract.problems_of_request(
                call.method, path, call.query, body
            )
            self.violations += self.contract.problems_of_answer(
                call.method, path, reply.status, reply.body
            )
        return reply

    def _token(self, call: Call) -> Reply:
        if call.headers.get("authorization") != _LOGIN:
            return Reply(
                400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
            )
        self.tokens.append(f"token-{len(self.tokens) + 1}")
        return Reply(
            200,
            {
                "access_token": self.tokens[-1],
                "token_type": "bearer",
                "expires_in": 3600,
                "scope": self.scopes,
            },
        )

    def _api(self, call: Call, path: str) -> Reply:
        # Only the newest token is good: a new one has been known to end the old one.
        if not self.tokens or call.headers.get("authorization") != f"Bearer {self.tokens[-1]}":
            return error(401, 124, "Access token is expired.")
        for pattern, method in self._ROUTES.items():
            match = re.fullmatch(pattern, f"{call.method} {path}")
            if match:
                reply: Reply = method(self, call, unquote(match[1]))
                return reply
        return error(404, 404, "no such path")

    def _user(self, _: Call, host: str) -> Reply:
        if host not in self.users:
            return error(404, 1001, f"User does not exist: {host}.")
        return Reply(200, {"id": "u-" + host.partition("@")[0], "email": host, **self.users[host]})

    def _create(self, call: Call, host: str) -> Reply:
        if host not in self.users:
            return error(404, 1001, f"User does not exist: {host}.")
        number = _FIRST_ID + len(self.meetings)
        meeting = self.new_meeting(number, host, call.json)
        self.meetings[number] = meeting
        return Reply(201, {k: v for k, v in meeting.items() if k != "status"})

    def new_meeting(self, number: int, host: str, fields: dict[str, Any]) -> dict[str, Any]:
        meeting = {
            "id": number,
            "uuid": f"/{number}==",
            "host_id": "u-" + host.partition("@")[0],
            "host_email": host,
            "status": "waiting",
            "created_at": "2026-11-01T10:00:00Z",
            "start_url": f"https://zoom.example/s/{number}?zak=host-login-of-{number}",
            **fields,
        }
        self._set(meeting, fields)
        return meeting

    def _set(self, meeting: dict[str, Any], fields: dict[str, Any]) -> None:
        meeting.update(fields)
        if self.shift:
            start = datetime.fromisoformat(meeting["start_time"]) + self.shift
            meeting["start_time"] = start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        meeting["join_url"] = f"https://zoom.example/j/{meeting['id']}?pwd=p{meeting['password']}"

    def _list(self, call: Call, host: str) -> Reply:
        mine = [m for m in self.meetings.values() if m["host_email"] == host]
        first = int(call.query.get("next_page_token") or 0)
        page = mine[first : first + self.page_size]
        fields = ("id", "uuid", "host_id", "topic", "type", "start_time", "duration", "timezone")
        items = [
            {name: meeting[name] for name in (*fields, "created_at", "join_url")}
            | {"agenda": meeting.get("agenda", "")[:250]}
            for meeting in page
        ]
        rest = str(first + self.page_size) if first + self.page_size < len(mine) else ""
        answer = {"page_size": 300, "total_records": len(mine), "next_page_token": rest}
        return Reply(200, {**answer, "meetings": items})

    def _get(self, _: Call, number: str) -> Reply:
        return self._with(number, lambda meeting: Reply(200, meeting))

    def _patch(self, call: Call, number: str) -> Reply:
        def change(meeting: dict[str, Any]) -> Reply:
            self._set(meeting, call.json)
            return Reply(204)

        return self._with(number, change)

    def _delete(self, _: Call, number: str) -> Reply:
        def remove(meeting: dict[str, Any]) -> Reply:
            del self.meetings[meeting["id"]]
            return Reply(204)

        return self._with(number, remove)

    def _with(self, number: str, act: Any) -> Reply:
        meeting = self.meetings.get(int(number))
        if meeting is None:
            return error(404, 3001, f"Meeting does not exist: {number}.")
        reply: Reply = act(meeting)
        return reply

    def _past(self, call: Call, session: str) -> Reply:
        # A uuid with a slash comes encoded twice; the first layer is off already.
        rows = self.participants.get(unquote(session) if "%" in session else session)
        if rows is None:
            return error(404, 3001, f"Meeting ID is invalid or not end: {session}.")
        first = int(call.query.get("next_page_token") or 0)
        rest = str(first + self.page_size) if first + self.page_size < len(rows) else ""
        page = rows[first : first + self.page_size]
        answer = {"page_size": 300, "total_records": len(rows), "next_page_token": rest}
        return Reply(200, {**answer, "participants": page})

    _ROUTES: ClassVar = {
        r"POST /users/([^/]+)/meetings": _create,
        r"GET /users/([^/]+)/meetings": _list,
        r"GET /users/([^/]+)": _user,
        r"GET /meetings/(\d+)": _get,
        r"PATCH /meetings/(\d+)": _patch,
        r"DELETE /meetings/(\d+)": _delete,
        r"GET /past_meetings/([^/]+)/participants": _past,
    }
