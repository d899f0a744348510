"""Zoom's refusals, word for word, and what each means to the office."""

from datetime import UTC, datetime

import pytest
import requests

from integrations.errors import (
    DoubtfulOutcome,
    OurMistake,
    OutsideError,
    PersonNeeded,
    TemporaryFault,
)
from integrations.zoom.faults import HostUnknown, MeetingGone, ScopeMissing, fault_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def answer(status: int, body: str, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = body.encode()
    response.headers.update(headers)
    return response


REFUSALS = [
    (404, 3001, "Meeting does not exist: 81.", MeetingGone),
    (404, 3001, "Meeting ID is invalid or not end.", MeetingGone),
    (400, 3001, "Meeting 81 is not found or has expired.", MeetingGone),
    (404, 1001, "User does not exist: a@x.lv.", HostUnknown),
    (400, 1120, "A invite does not exist.", HostUnknown),
    (400, 4711, "Invalid access token, does not contain scopes:[meeting:write].", ScopeMissing),
    (401, 104, "Invalid access token, does not contain scopes:[meeting:write].", ScopeMissing),
    (401, 124, "Access token is expired.", PersonNeeded),
    (400, 3161, "Meeting hosting and scheduling capabilities are not allowed.", PersonNeeded),
    (400, 3000, "You cannot schedule a meeting for a@x.lv", PersonNeeded),
    (400, 3000, "Cannot access webinar info.", PersonNeeded),
    (400, 200, "Only available for paid account: abc.", PersonNeeded),
    (400, 12702, "Can not access a meeting a year ago.", PersonNeeded),
    (403, 403, "Forbidden", PersonNeeded),
    (400, 300, "The value that you entered for the start_time field is invalid.", OurMistake),
    (404, 404, "no such path", OurMistake),
    (429, 429, "Too many concurrent requests.", TemporaryFault),
    (500, 500, "Internal error", TemporaryFault),
]


@pytest.mark.parametrize(("status", "code", "message", "expected"), REFUSALS)
def test_refusals(status: int, code: int, message: str, expected: type[OutsideError]) -> None:
    body = f'{{"code": {code}, "message": "{message}"}}'

    fault = fault_of(answer(status, body), "fetch meeting 81", effect=False, now=NOW)

    assert type(fault) is expected
    assert fault.status == f"{status}/{code}"
    assert fault.body == message
    assert fault.advice


def test_field_errors_and_tracking_id_are_told() -> None:
    body = """{"code": 300, "message": "Validation Failed.",
               "errors": [{"field": "password", "message": "Passcode must contain a symbol."}]}"""

    fault = fault_of(
        answer(400, body, **{"x-zm-trackingid": "WEB_1"}), "create", effect=True, now=NOW
    )

    assert type(fault) is PersonNeeded
    assert fault.what == "the account's passcode policy refuses our passcode"
    assert "Passcode must contain a symbol." in fault.body
    assert fault.body.endswith("[WEB_1]")


@pytest.mark.parametrize(
    ("status", "body"), [(502, "<html>Bad gateway</html>"), (500, ""), (200, "{}"), (202, "[]")]
)
def test_without_a_verdict_an_effect_is_doubtful(status: int, body: str) -> None:
    doubtful = fault_of(answer(status, body), "create", effect=True, now=NOW)
    passing = fault_of(answer(status, body), "fetch", effect=False, now=NOW)

    assert (type(doubtful), type(passing)) == (DoubtfulOutcome, TemporaryFault)


def test_wrong_address_is_told_apart_from_a_missing_meeting() -> None:
    fault = fault_of(answer(404, "<h1>Not found</h1>"), "fetch", effect=False, now=NOW)

    assert (type(fault), fault.advice) == (
        PersonNeeded,
        "Check SAC_ZOOM__BASE_URL; it ends in /v2.",
    )


def test_links_and_tokens_in_a_refusal_are_masked() -> None:
    body = (
        '{"code": 300, "message": "bad join_url https://zoom.us/j/1?pwd=abc123 and '
        'start_url https://zoom.us/s/1?zak=eyJsecret"}'
    )

    shown = str(fault_of(answer(400, body), "update", effect=False, now=NOW))

    assert "pwd=***" in shown
    assert "abc123" not in shown
    assert "eyJsecret" not in shown
