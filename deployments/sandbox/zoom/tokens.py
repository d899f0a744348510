"""Server-to-Server OAuth: access tokens of one hour of real time, with their scopes."""

import base64
import secrets
import time
from collections.abc import Mapping
from typing import Any

ACCOUNT_ID = "sandbox-account"
CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-client-secret"
_LIFE_SECONDS = 3600
SCOPES = (
    "meeting:write:meeting:admin",
    "meeting:read:meeting:admin",
    "meeting:update:meeting:admin",
    "meeting:delete:meeting:admin",
    "meeting:read:list_meetings:admin",
    "meeting:update:status:admin",
    "meeting:read:past_meeting:admin",
    "meeting:read:list_past_instances:admin",
    "meeting:read:list_past_participants:admin",
    "report:read:meeting:admin",
    "report:read:list_meeting_participants:admin",
    "user:read:user:admin",
    "user:read:list_users:admin",
)


class Tokens:
    """Tokens in force. Real time, because a replayed week is still one hour to a client."""

    def __init__(self) -> None:
        self._expires: dict[str, float] = {}

    def grant(self, authorization: str, form: Mapping[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and body of the answer to a token request."""
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization != f"Basic {basic}":
            return 400, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}
        if form.get("grant_type") != "account_credentials":
            return 400, {"reason": "unsupported grant type", "error": "unsupported_grant_type"}
        if form.get("account_id") != ACCOUNT_ID:
            return 400, {"reason": "Account does not exist", "error": "invalid_request"}
        token = secrets.token_urlsafe(32)
        self._expires[token] = time.monotonic() + _LIFE_SECONDS
        return 200, {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": _LIFE_SECONDS - 1,
            "scope": " ".join(SCOPES),
            "api_url": "https://api.zoom.us",
        }

    def refusal(self, authorization: str) -> str | None:
        """Why a request is not let in; None when its token is in force."""
        expires = self._expires.get(authorization.removeprefix("Bearer "))
        if expires is None:
            return "Invalid access token."
        return "Access token is expired." if expires <= time.monotonic() else None

    def expire(self, authorization: str) -> None:
        """Ends the token of a request before its time."""
        self._expires[authorization.removeprefix("Bearer ")] = 0.0
