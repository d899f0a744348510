"""The app's access token: fetched when first needed, once for all threads, renewed before it ends.

Tokens live in memory only. One is kept per process, because a new one has been known to end the
old one.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import requests

from integrations.errors import PersonNeeded, TemporaryFault
from integrations.http import Http
from integrations.settings import ZoomSettings
from integrations.zoom.faults import SERVICE, fault_of

_OPERATION = "fetch a token"
_MARGIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    """A bearer token, what it allows, and when to fetch the next."""

    value: str = field(repr=False)
    scopes: frozenset[str]
    renew_at: datetime


class TokenKeeper:
    """Keeps the one token that is in use."""

    def __init__(self, fetch: Callable[[], Token], now: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._now = now
        self._lock = threading.Lock()
        self._token: Token | None = None

    def current(self, refused: Token | None = None) -> Token:
        """A token to use now. `refused` is one that Zoom did not take.

        Of many threads that were refused the same token, one fetches the next and all get it.
        """
        with self._lock:
            token = self._token
            if token is None or token is refused or self._now() >= token.renew_at:
                token = self._token = self._fetch()
            return token

    def drop(self, token: Token | None = None) -> None:
        """Forgets this token (or any), so that the next request fetches a new one."""
        with self._lock:
            if token is None or token is self._token:
                self._token = None


class TokenEndpoint:
    """Fetches tokens with the credentials of a Server-to-Server OAuth app."""

    def __init__(self, settings: ZoomSettings, http: Http, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._http = http
        self._now = now

    def fetch(self) -> Token:
        """A new token. Raises `PersonNeeded` for wrong credentials, `TemporaryFault` otherwise."""
        response = self._ask()
        if response.status_code in (400, 401):
            raise _wrong_credentials("Zoom refused them", response.status_code, response.text)
        if response.status_code != 200:
            raise fault_of(response, _OPERATION, effect=False, now=self._now())
        try:
            return self._token_of(response.json())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            advice = "It is tried again later; if it stays so, check SAC_ZOOM__OAUTH_URL."
            raise TemporaryFault(SERVICE, _OPERATION, "no token came", advice=advice) from error

    def _ask(self) -> requests.Response:
        settings = self._settings
        secret = settings.client_secret.get_secret_value()
        if not (settings.account_id and settings.client_id and secret):
            raise _wrong_credentials("they are not set", None, "")
        return self._http.send(
            "POST",
            settings.oauth_url,
            _OPERATION,
            effect=False,
            # As bytes: requests cannot send text here that is not Latin-1.
            auth=(settings.client_id.encode(), secret.encode()),
            data={"grant_type": "account_credentials", "account_id": settings.account_id},
        )

    def _token_of(self, body: Any) -> Token:
        return Token(
            value=str(body["access_token"]),
            scopes=frozenset(str(body.get("scope", "")).split()),
            renew_at=self._now() + timedelta(seconds=int(body["expires_in"])) - _MARGIN,
        )


def _wrong_credentials(what: str, status: int | None, body: str) -> PersonNeeded:
    return PersonNeeded(
        SERVICE,
        _OPERATION,
        f"the credentials do not open the account: {what}",
        advice="Correct SAC_ZOOM__ACCOUNT_ID, SAC_ZOOM__CLIENT_ID and SAC_ZOOM__CLIENT_SECRET "
        "(Zoom App Marketplace, the app's App Credentials) and see that the app is activated.",
        status=status,
        body=body,
    )
