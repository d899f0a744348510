"""What becomes of a request that gets no answer, and what a session must not remember."""

import ssl
import threading

import pytest
import requests
from urllib3.exceptions import MaxRetryError, SSLError

from integrations.errors import DoubtfulOutcome, OutsideError, PersonNeeded, TemporaryFault
from integrations.http import Http
from tests.integrations.loopback import HANGS, LOST, Call, Reply, serving

HTTP = Http("Zoom", 1, 0.1)


@pytest.mark.parametrize("effect", [False, True])
@pytest.mark.parametrize("reply", [LOST, HANGS])
def test_lost_answer_is_doubtful_when_there_may_be_an_effect(reply: Reply, effect: bool) -> None:  # noqa: FBT001
    with serving(lambda _: reply) as server, pytest.raises(TemporaryFault) as caught:
        HTTP.send("POST", server.url, "create", effect=effect)

    assert type(caught.value) is (DoubtfulOutcome if effect else TemporaryFault)


@pytest.mark.parametrize(
    ("url", "expected", "words"),
    [
        ("http://127.0.0.1:9/", TemporaryFault, "no connection to 127.0.0.1:9"),
        ("api.zoom.us/v2", PersonNeeded, "no address cannot be used as an address"),
        ("zoom://api/v2", PersonNeeded, "api cannot be used as an address"),
    ],
)
def test_what_never_arrived(url: str, expected: type[OutsideError], words: str) -> None:
    with pytest.raises(OutsideError) as caught:
        HTTP.send("POST", url, "create", effect=True)

    assert (type(caught.value), caught.value.what) == (expected, words)


@pytest.mark.parametrize("error", [requests.ConnectTimeout(), requests.exceptions.ProxyError()])
def test_connection_that_never_stood(error: requests.RequestException) -> None:
    fault = HTTP._fault(error, "https://zoom.example/", "create", effect=True)

    assert type(fault) is TemporaryFault


@pytest.mark.parametrize(
    ("cause", "expected"),
    [
        (ssl.SSLCertVerificationError("[SSL: CERTIFICATE_VERIFY_FAILED]"), PersonNeeded),
        (ssl.SSLEOFError("EOF occurred in violation of protocol"), DoubtfulOutcome),
    ],
)
def test_tls(cause: Exception, expected: type[OutsideError]) -> None:
    error = requests.exceptions.SSLError(MaxRetryError(None, "/", SSLError(cause)))  # type: ignore[arg-type]  # no pool

    fault = HTTP._fault(error, "https://zoom.example/", "create", effect=True)

    assert type(fault) is expected


def test_cookies_are_not_kept_and_each_thread_has_its_own_connection() -> None:
    cookies: list[str | None] = []

    def app(call: Call) -> Reply:
        cookies.append(call.headers.get("cookie"))
        return Reply(200, headers={"Set-Cookie": "who=first; Path=/"})

    http = Http("Zoom", 1, 1)
    with serving(app) as server:

        def ask_twice() -> None:
            for _ in range(2):
                http.send("GET", server.url, "look", effect=False)

        ask_twice()
        thread = threading.Thread(target=ask_twice)
        thread.start()
        thread.join()
        connections = server.connections

    assert cookies == [None] * 4
    assert connections == 2
