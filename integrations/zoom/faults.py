"""What Zoom's refusals mean: status and body to an error that says what to do.

Zoom repeats its codes with different statuses and changes its wording, so a row may match either.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import requests

from integrations.errors import (
    DoubtfulOutcome,
    OurMistake,
    OutsideError,
    PersonNeeded,
    TemporaryFault,
)
from integrations.http import LOOK_FIRST
from integrations.zoom.shapes import parse_time

SERVICE = "Zoom"


class MeetingGone(PersonNeeded):
    """Zoom says that there is no such meeting (once wrongly, for hours: ask again before acting)."""


class HostUnknown(PersonNeeded):
    """Zoom says that there is no such user."""


class ScopeMissing(PersonNeeded):
    """The app may not do this; a token fetched after the mending may."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row: matches by code or by words, and the error it stands for."""

    codes: frozenset[int]
    words: re.Pattern[str]
    error: type[OutsideError]
    what: str
    advice: str

    def matches(self, code: int | None, message: str) -> bool:
        return code in self.codes or self.words.search(message) is not None


def _row(codes: set[int], words: str, error: type[OutsideError], what: str, advice: str) -> Meaning:
    # "(?!)" matches nothing: a row without words goes by its codes.
    return Meaning(
        frozenset(codes), re.compile(words or "(?!)", re.IGNORECASE), error, what, advice
    )


_MEANINGS = (
    _row(
        {4711, 4700},
        r"does not contain scopes",
        ScopeMissing,
        "the app lacks a scope",
        "In the Zoom App Marketplace add the scopes named in the answer to the app, then rerun; "
        "`sac check` lists all that are needed.",
    ),
    _row(
        {3001},
        r"meeting does not exist|meeting .* not found|is invalid or not end",
        MeetingGone,
        "there is no such meeting",
        "It was deleted in Zoom, or has not been held; the next run creates what the plan needs.",
    ),
    _row(
        {1001, 1120},
        r"user does not exist",
        HostUnknown,
        "the host is not a user of the Zoom account",
        "Add the user to the Zoom account, or correct the sheet of Zoom accounts.",
    ),
    _row(
        {3161},
        r"you cannot schedule a meeting for",
        PersonNeeded,
        "this user may not host meetings",
        "Give the user a Zoom licence, or take the account out of the sheet of Zoom accounts.",
    ),
    _row(
        set(),
        r"cannot access webinar",
        PersonNeeded,
        "the meeting has become a webinar",
        "Delete the webinar in Zoom; the next run creates a meeting.",
    ),
    _row(
        set(),
        r"only available for",
        PersonNeeded,
        "the Zoom plan does not include this",
        "Ask for a plan that does (Pro or higher), or read the numbers in Zoom's own pages.",
    ),
    _row(
        {12702},
        r"a year ago",
        PersonNeeded,
        "Zoom no longer keeps data of a meeting this old",
        "Enter the number by hand.",
    ),
    _row(
        set(),
        r"pass(code|word)",
        PersonNeeded,
        "the account's passcode policy refuses our passcode",
        "Allow passcodes of 8 letters and digits in the Zoom account's security settings.",
    ),
)

_BY_STATUS: Mapping[int, tuple[type[OutsideError], str, str]] = {
    401: (
        PersonNeeded,
        "a fresh token was refused",
        "See whether the app is still activated in the Zoom App Marketplace.",
    ),
    403: (
        PersonNeeded,
        "the app may not do this",
        "Check the role of the app's owner in Zoom and the app's scopes (`sac check`).",
    ),
    404: (
        PersonNeeded,
        "there is nothing at this address",
        "Check SAC_ZOOM__BASE_URL; it ends in /v2.",
    ),
}
_OURS = (OurMistake, "the request was refused", "Report it with this message; repeating is no use.")


def problem_of(response: requests.Response) -> tuple[int | None, str]:
    """Zoom's own code and words, whatever the body is (502 comes as HTML)."""
    try:
        body = response.json()
    except requests.JSONDecodeError:
        body = None
    if not isinstance(body, dict):
        return None, response.text
    details: list[Any] = body.get("errors") or []
    words = [str(body.get("message", "")), *(str(detail) for detail in details)]
    code = body.get("code")
    return code if isinstance(code, int) else None, " ".join(words)


def fault_of(
    response: requests.Response, operation: str, *, effect: bool, now: datetime
) -> OutsideError:
    """The error of an answer that is not the expected one. `effect`: see `Http.send`."""
    code, message = problem_of(response)
    status = response.status_code
    shown = str(status) if code is None else f"{status}/{code}"
    tracking = response.headers.get("x-zm-trackingid")
    told = {"status": shown, "body": message + (f" [{tracking}]" if tracking else "")}
    if status == 429:
        return _too_many(response, operation, message, now, told)
    if status < 400 or status >= 500:
        return _no_verdict(operation, told, effect=effect, redirect=300 <= status < 400)
    for row in _MEANINGS:
        if row.matches(code, message):
            return row.error(SERVICE, operation, row.what, advice=row.advice, **told)
    error, what, advice = (
        _OURS if code is not None and status == 404 else _BY_STATUS.get(status, _OURS)
    )
    return error(SERVICE, operation, what, advice=advice, **told)


def _no_verdict(
    operation: str, told: Mapping[str, Any], *, effect: bool, redirect: bool
) -> OutsideError:
    if redirect:
        what, advice = "the address answers with a redirect", "Check SAC_ZOOM__BASE_URL."
        return PersonNeeded(SERVICE, operation, what, advice=advice, **told)
    # A failure on Zoom's side, or a success that is not the promised one (Zoom is known to answer
    # 200 to requests that failed).
    what = "Zoom did not do it, or did not say so"
    if effect:
        return DoubtfulOutcome(SERVICE, operation, what, advice=LOOK_FIRST, **told)
    return TemporaryFault(SERVICE, operation, what, advice="It is tried again later.", **told)


def next_utc_midnight(now: datetime) -> datetime:
    """When Zoom's daily limits start anew."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)


def _too_many(
    response: requests.Response,
    operation: str,
    message: str,
    now: datetime,
    told: Mapping[str, Any],
) -> TemporaryFault:
    # Seen without any header, so the words decide where there is none.
    daily = (
        "daily" in message.lower()
        or "daily" in response.headers.get("X-RateLimit-Type", "").lower()
    )
    if not daily:
        what, advice = "too many requests at once", "It is tried again in a moment."
        return TemporaryFault(SERVICE, operation, what, advice=advice, **told)
    retry_at = parse_time(response.headers.get("Retry-After")) or next_utc_midnight(now)
    advice = f"Zoom takes requests again from {retry_at:%Y-%m-%d %H:%M} UTC; the run waits for it."
    fault = TemporaryFault(SERVICE, operation, "the daily limit is used up", advice=advice, **told)
    return fault.until(retry_at)
