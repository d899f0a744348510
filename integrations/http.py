"""The HTTP policy that Zoom and Moodle share: a session per thread, two timeouts, no redirects.

A request that fails before there is an answer becomes an error of `integrations/errors.py` here,
and here only. What an answer means is each service's own business (`zoom/faults.py`,
`moodle/faults.py`).
"""

import threading
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from integrations.errors import DoubtfulOutcome, OutsideError, PersonNeeded, TemporaryFault

LOOK_FIRST = "It may have happened all the same: look it up before it is repeated."
TRY_LATER = "Nothing was changed; it is tried again later."


def _new_session() -> requests.Session:
    session = requests.Session()
    # Every request says all it needs; cookies would tie one request to the one before.
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


class Http:
    """Sends requests for one service. Safe to share between threads."""

    def __init__(self, service: str, connect_seconds: float, read_seconds: float) -> None:
        self.service = service
        self._timeouts = (connect_seconds, read_seconds)
        self._local = threading.local()

    def send(
        self, method: str, url: str, operation: str, *, effect: bool, **options: Any
    ) -> requests.Response:
        """The answer, whatever its status.

        `effect` says that the request is meant to change something that must not happen twice; if
        its answer is lost, the outcome is doubtful. Raises `TemporaryFault` (nothing happened, or
        repeating is harmless), `DoubtfulOutcome`, or `PersonNeeded` (address, certificate).
        """
        try:
            return self._session.request(
                method, url, timeout=self._timeouts, allow_redirects=False, **options
            )
        except requests.RequestException as error:
            raise self._fault(error, url, operation, effect=effect) from error

    @property
    def _session(self) -> requests.Session:
        if not hasattr(self._local, "session"):
            self._local.session = _new_session()
        session: requests.Session = self._local.session
        return session

    def _fault(
        self, error: requests.RequestException, url: str, operation: str, *, effect: bool
    ) -> OutsideError:
        host = urlsplit(url).netloc or "no address"
        if isinstance(error, ValueError):  # how requests marks an address that it cannot use
            return PersonNeeded(
                self.service,
                operation,
                f"{host} cannot be used as an address",
                advice="Correct the service's address in the settings.",
            )
        if "CERTIFICATE_VERIFY_FAILED" in str(error):
            return PersonNeeded(
                self.service,
                operation,
                f"the certificate of {host} is not trusted",
                advice="Check the address in the settings and the server's certificate.",
            )
        if _never_arrived(error):
            return TemporaryFault(
                self.service, operation, f"no connection to {host}", advice=TRY_LATER
            )
        lost = f"the answer of {host} was lost"
        if effect:
            return DoubtfulOutcome(self.service, operation, lost, advice=LOOK_FIRST)
        return TemporaryFault(self.service, operation, lost, advice="It is tried again later.")


def _never_arrived(error: requests.RequestException) -> bool:
    """Whether the request certainly did not reach the server.

    A TLS error may come as late as the answer, so it proves nothing.
    """
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason: object = error.args[0] if error.args else None
    if isinstance(reason, MaxRetryError):
        reason = reason.reason
    return isinstance(reason, NewConnectionError)
