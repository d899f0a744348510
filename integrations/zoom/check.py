"""Whether the Zoom account is set up as we need it: credentials, scopes, hosts. Changes nothing."""

from collections.abc import Iterator, Sequence
from typing import Any

from integrations.checks import CheckResult, failed, failed_with, passed
from integrations.errors import OutsideError
from integrations.zoom.client import HardenedClient, segment
from integrations.zoom.faults import SERVICE

# Each scope that we use, with the older, wider one that apps made before 2024 have instead.
_SCOPES = {
    "meeting:write:meeting:admin": "meeting:write:admin",
    "meeting:read:meeting:admin": "meeting:read:admin",
    "meeting:update:meeting:admin": "meeting:write:admin",
    "meeting:delete:meeting:admin": "meeting:write:admin",
    "meeting:read:list_meetings:admin": "meeting:read:admin",
    "meeting:read:list_past_participants:admin": "meeting:read:admin",
    "user:read:user:admin": "user:read:admin",
}
_LICENSED = 2
_ADD_SCOPES = "Add them to the app in the Zoom App Marketplace; new scopes may take up to an hour."


def check_account(client: HardenedClient, hosts: Sequence[str]) -> list[CheckResult]:
    """One row for the token, one for the scopes, one per host; the token's alone if it fails."""
    try:
        scopes = client.scopes
    except OutsideError as error:
        return [failed_with("token", error)]
    return [passed(SERVICE, "token", "fetched"), *_rows(client, scopes, hosts)]


def _rows(
    client: HardenedClient, scopes: frozenset[str], hosts: Sequence[str]
) -> Iterator[CheckResult]:
    missing = [new for new, old in _SCOPES.items() if not scopes & {new, old}]
    if missing:
        yield failed(SERVICE, "scopes", "missing: " + ", ".join(missing), _ADD_SCOPES)
    else:
        yield passed(SERVICE, "scopes", f"all {len(_SCOPES)} present")
    for host in hosts:
        yield _host(client, host)


def _host(client: HardenedClient, host: str) -> CheckResult:
    what = f"host {host}"
    try:
        user: dict[str, Any] = client.user.get(id=segment(host))
    except OutsideError as error:
        return failed_with(what, error)
    if user.get("status", "active") != "active":
        return failed(
            SERVICE, what, f"the user is {user['status']}", "Activate the user in the Zoom account."
        )
    if user.get("type") != _LICENSED:
        advice = "Give the user a Zoom licence: without one a meeting ends after 40 minutes."
        return failed(SERVICE, what, "the user has no licence", advice)
    return passed(SERVICE, what, "licensed and active")
