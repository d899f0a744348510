# ruff: noqa: ARG002, N802  the hooks of aiosmtpd have its names and arguments
"""Mail out against a real SMTP server on loopback that can misbehave on request."""

import asyncio
import gc
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from integrations.checks import CheckResult
from integrations.outgoing_mail import Delivery, DeliveryResult, Envelope, OutgoingMail
from integrations.settings import SmtpSettings

CONTENT = b"Subject: x\r\n\r\nLabdien!\r\n..\r\n.\r\n.x\r\nAr cieF.\r\n"


class Office:
    """A handler that keeps what it accepts and misbehaves by the recipient's local part."""

    def __init__(self) -> None:
        self.accepted: list[tuple[tuple[str, ...], bytes]] = []
        self.sessions: set[int] = set()
        self.seen: Counter[str] = Counter()
        self.sender_answer = "250 OK"
        self.letters_per_session = 10_000

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.sessions.add(id(session))
        session.letters = getattr(session, "letters", 0) + 1
        if session.letters > self.letters_per_session:
            server.transport.write(b"421 4.7.0 too many letters\r\n")
            server.transport.close()
            return "421 4.7.0 too many letters"
        envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        name = address.partition("@")[0]
        self.seen[name] += 1
        if name.startswith("nobody"):
            return "550 5.1.1 no such user"
        if name.startswith("full"):
            return "452 4.2.2 mailbox full"
        if name.startswith("crash"):
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name.startswith("lost"):
            server.transport.abort()
        if name.startswith("spam"):
            return "554 5.7.1 content refused"
        if name.startswith("busy"):
            return "451 4.3.0 try again"
        self.accepted.append((tuple(envelope.rcpt_tos), envelope.content))
        return "250 2.0.0 queued"


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def server(office: Office) -> Iterator[Controller]:
    controller = Controller(office, hostname="127.0.0.1", port=_free_port())
    controller.start()
    yield controller
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _settings(port: int, **other: Any) -> SmtpSettings:
    arguments = {"host": "127.0.0.1", "port": port, "security": "plain", "timeout_seconds": 5}
    return SmtpSettings(**{**arguments, "sender": "sac@augstskola.example", **other})


def _envelope(name: str, copy: str = "sac+sent") -> Envelope:
    return Envelope(
        key=name,
        sender="sac@augstskola.example",
        recipients=(f"{name}@augstskola.example", f"{copy}@augstskola.example"),
        content=CONTENT,
    )


def _sent(names: Sequence[str], settings: SmtpSettings) -> dict[str, DeliveryResult]:
    results = list(OutgoingMail(settings).send([_envelope(name) for name in names]))

    assert sorted(result.key for result in results) == sorted(names)
    return {result.key: result for result in results}


def test_letters_arrive_byte_for_byte(office: Office, server: Controller) -> None:
    results = _sent(["daina"], _settings(server.port))

    assert results == {
        "daina": DeliveryResult("daina", Delivery.ACCEPTED, "end of DATA: 250 2.0.0 queued")
    }
    assert office.accepted == [
        (("daina@augstskola.example", "sac+sent@augstskola.example"), CONTENT)
    ]


def test_one_bad_letter_never_stops_the_others(office: Office, server: Controller) -> None:
    good = [f"person{number}" for number in range(20)]
    bad = {
        "nobody": Delivery.REFUSED,
        "full": Delivery.LATER,
        "crash": Delivery.LATER,
        "lost": Delivery.DOUBTFUL,
        "spam": Delivery.REFUSED,
        "busy": Delivery.LATER,
        "bad\r\nRCPT TO:<all": Delivery.REFUSED,
        "dāina": Delivery.REFUSED,
    }

    results = _sent([*bad, *good], _settings(server.port, connections=3))

    assert {name: result.outcome for name, result in results.items()} == {
        **bad,
        **dict.fromkeys(good, Delivery.ACCEPTED),
    }
    # The server kept the letter whose answer was lost: just that makes it doubtful.
    kept = sorted(recipients[0].partition("@")[0] for recipients, _ in office.accepted)
    assert kept == sorted(["lost", *good])
    assert results["nobody"].detail == "RCPT TO: 550 5.1.1 no such user"
    assert results["busy"].detail == "end of DATA: 451 4.3.0 try again"
    assert office.seen["lost"] == 1  # what is doubtful is never repeated here


def test_bad_letters_do_not_stop_a_single_connection(server: Controller) -> None:
    results = _sent(["lost1", "crash", "nobody", "person"], _settings(server.port, connections=1))

    assert {name: result.outcome for name, result in results.items()} == {
        "lost1": Delivery.DOUBTFUL,
        "crash": Delivery.LATER,
        "nobody": Delivery.REFUSED,
        "person": Delivery.ACCEPTED,
    }


def test_a_server_that_loses_every_letter_makes_few_doubtful_ones(server: Controller) -> None:
    results = _sent(
        [f"lost{number}" for number in range(50)], _settings(server.port, connections=2)
    )

    outcomes = Counter(result.outcome for result in results.values())
    assert outcomes[Delivery.DOUBTFUL] <= 4
    assert outcomes[Delivery.LATER] == 50 - outcomes[Delivery.DOUBTFUL]


def test_a_limit_of_letters_for_each_session_is_lived_with(
    office: Office, server: Controller
) -> None:
    office.letters_per_session = 3
    names = [f"person{number}" for number in range(10)]

    results = _sent(names, _settings(server.port, connections=1))

    assert {result.outcome for result in results.values()} == {Delivery.ACCEPTED}
    assert len(office.accepted) == 10


def test_connections_are_shared_and_few(office: Office, server: Controller) -> None:
    _sent([f"person{number}" for number in range(12)], _settings(server.port, connections=2))

    assert len(office.sessions) <= 2


def test_a_letter_goes_without_its_copy_rather_than_not_at_all(
    office: Office, server: Controller
) -> None:
    (result,) = OutgoingMail(_settings(server.port)).send([_envelope("daina", copy="nobody")])

    assert result == DeliveryResult(
        "daina",
        Delivery.ACCEPTED,
        "end of DATA: 250 2.0.0 queued; our copy: RCPT TO: 550 5.1.1 no such user",
    )
    assert [recipients for recipients, _ in office.accepted] == [("daina@augstskola.example",)]


def test_a_refused_sender_is_no_fault_of_the_person(office: Office, server: Controller) -> None:
    office.sender_answer = "553 5.7.1 not owner of this address"

    results = _sent(["daina"], _settings(server.port))

    assert results["daina"] == DeliveryResult(
        "daina", Delivery.LATER, "MAIL FROM: 553 5.7.1 not owner of this address"
    )


def test_no_server_is_later_for_all_at_once() -> None:
    results = _sent([f"person{number}" for number in range(200)], _settings(_free_port()))

    assert {result.outcome for result in results.values()} == {Delivery.LATER}
    assert "no connection" in results["person0"].detail


def test_a_silent_server_costs_a_patience_not_one_for_each_letter() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        settings = _settings(port, timeout_seconds=0.2, connections=2)
        results = _sent([f"person{number}" for number in range(100)], settings)
        called = _callers(listener)

    assert {result.outcome for result in results.values()} == {Delivery.LATER}
    assert called == 2


def _callers(listener: socket.socket) -> int:
    """How many have called there and nobody took the call."""
    listener.setblocking(False)
    count = 0
    with suppress(BlockingIOError):
        while True:
            listener.accept()[0].close()
            count += 1
    return count


class Mute(Office):
    """Says nothing to RCPT until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.released = asyncio.Event()

    async def handle_RCPT(self, *_: Any) -> str:
        self.seen["asked"] += 1
        await self.released.wait()
        return "250 OK"


def test_a_server_that_falls_silent_is_given_up() -> None:
    mute = Mute()
    controller = Controller(mute, hostname="127.0.0.1", port=_free_port())
    controller.start()

    results = _sent(
        [f"person{number}" for number in range(50)],
        _settings(controller.port, connections=2, timeout_seconds=0.2),
    )

    controller.loop.call_soon_threadsafe(mute.released.set)
    controller.stop()
    assert {result.outcome for result in results.values()} == {Delivery.LATER}
    assert 1 <= mute.seen["asked"] <= 4


def test_nothing_to_send_connects_nowhere() -> None:
    assert list(OutgoingMail(_settings(_free_port())).send([])) == []


def test_a_caller_that_stops_asking_stops_the_sending(office: Office, server: Controller) -> None:
    envelopes = [_envelope(f"person{number}") for number in range(50)]
    results = OutgoingMail(_settings(server.port, connections=2)).send(envelopes)

    first = next(results)
    results.close()

    assert first.outcome is Delivery.ACCEPTED
    assert 1 <= len(office.accepted) < 50


def test_sending_that_was_stopped_leaves_no_complaint(
    server: Controller, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(5):  # some stop while a worker says goodbye
        envelopes = [_envelope(f"person{number}") for number in range(4)]
        results = OutgoingMail(_settings(server.port, connections=4)).send(envelopes)
        next(results)
        results.close()
    gc.collect()

    assert [record.message for record in caplog.records if record.name == "asyncio"] == []


def test_sending_works_where_an_event_loop_runs_already(server: Controller) -> None:
    async def inside() -> list[DeliveryResult]:
        return list(OutgoingMail(_settings(server.port)).send([_envelope("daina")]))

    (result,) = asyncio.run(inside())

    assert result.outcome is Delivery.ACCEPTED


def test_the_budget_per_minute_is_kept(server: Controller) -> None:
    started = time.monotonic()

    _sent([f"person{number}" for number in range(6)], _settings(server.port, per_minute=1200))

    assert time.monotonic() - started >= 5 * 60 / 1200


@pytest.fixture
def guarded(office: Office) -> Iterator[Controller]:
    """A server that offers a login, and knows one user."""

    def known(_: SMTP, __: Any, ___: Any, ____: str, data: LoginPassword) -> AuthResult:
        right = (data.login, data.password) == (b"sac", b"secret")
        return AuthResult(success=right, handled=False)

    controller = Controller(
        office, hostname="127.0.0.1", port=_free_port(), authenticator=known, auth_require_tls=False
    )
    controller.start()
    yield controller
    controller.stop()


def test_login(guarded: Controller) -> None:
    let_in = _sent(["daina"], _settings(guarded.port, username="sac", password="secret"))
    kept_out = _sent(["daina"], _settings(guarded.port, username="sac", password="wrong"))

    assert let_in["daina"].outcome is Delivery.ACCEPTED
    assert kept_out["daina"].outcome is Delivery.LATER
    assert kept_out["daina"].detail == (
        "no connection: (535, '5.7.8 Authentication credentials invalid')"
    )


def test_check_of_a_good_server(office: Office, server: Controller) -> None:
    rows = OutgoingMail(_settings(server.port)).check()

    assert rows == [
        CheckResult(
            "mail out",
            "connection and login",
            ok=True,
            detail=f"127.0.0.1:{server.port} answers (plain)",
            advice="",
        ),
        CheckResult(
            "mail out",
            "sender's address",
            ok=True,
            detail="sac@augstskola.example is accepted",
            advice="",
        ),
    ]
    assert office.accepted == []


def test_check_names_what_is_wrong(office: Office, server: Controller) -> None:
    office.sender_answer = "553 5.7.1 not owner"
    rows = OutgoingMail(_settings(server.port)).check()
    nowhere = OutgoingMail(_settings(_free_port())).check()

    assert [(row.what, row.ok) for row in rows] == [
        ("connection and login", True),
        ("sender's address", False),
    ]
    assert rows[1].detail == "553 5.7.1 not owner"
    assert [(row.what, row.ok) for row in nowhere] == [("connection and login", False)]
