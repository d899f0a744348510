"""Mail in against real IMAP servers on loopback: pymap, and Dovecot where it is installed."""

import imaplib
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from integrations.checks import CheckResult
from integrations.errors import OurMistake, PersonNeeded, TemporaryFault
from integrations.mailbox import Mailbox, ReceivedMail
from integrations.settings import ImapSettings

LETTER = (
    b"From: daina@augstskola.example\r\nMessage-ID: <sac.%b@augstskola.example>\r\n"
    b"Subject: =?utf-8?q?Atbilde?=\r\n\r\n23 \xc4\x81\r\n"
)


DOVECOT = """
protocols = imap
base_dir = {home}/run
log_path = {home}/log
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:{home}/mail
passdb {{
  driver = static
  args = password=demopass
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={home}/mail
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            return bool(select.select([connection], [], [], 1)[0])
    except OSError:
        return False


def _pymap(port: int, _: Path) -> list[str]:
    arguments = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict", "--demo-data"]
    return [sys.executable, "-c", "from pymap.main import main; main()", *arguments]


def _dovecot(port: int, home: Path) -> list[str]:
    program = shutil.which("dovecot")
    if program is None or os.geteuid() != 0:
        pytest.skip("Dovecot is not installed, or we may not start it")
    (home / "dovecot.conf").write_text(DOVECOT.format(home=home, port=port), encoding="utf-8")
    (home / "mail").mkdir()
    shutil.chown(home / "mail", "mail", "mail")
    return [program, "-F", "-c", str(home / "dovecot.conf")]


@pytest.fixture(scope="module", params=["pymap", pytest.param("dovecot", marks=pytest.mark.real)])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """A running server; both know the same user."""
    number = _free_port()
    with tempfile.TemporaryDirectory(prefix="imap-") as folder:
        Path(folder).chmod(0o711)
        command = {"pymap": _pymap, "dovecot": _dovecot}[request.param](number, Path(folder))
        with subprocess.Popen(command) as process:
            while not _answers(number):
                assert process.poll() is None, "the IMAP server did not start"
                select.select([], [], [], 0.05)
            yield number
            process.terminate()


def _settings(port: int, **other: Any) -> ImapSettings:
    arguments = {"host": "127.0.0.1", "port": port, "security": "plain", "timeout_seconds": 5}
    login = {"username": "demouser", "password": "demopass"}
    return ImapSettings(**{**arguments, **login, **other})


@contextmanager
def _raw(port: int) -> Iterator[imaplib.IMAP4]:
    client = imaplib.IMAP4("127.0.0.1", port, timeout=5)
    client.login("demouser", "demopass")
    yield client
    client.logout()


@pytest.fixture
def folder(port: int, request: pytest.FixtureRequest) -> Iterator[str]:
    """A folder of this test with three letters: one, two, three."""
    name = f"Test-{request.node.name.replace('[', '-').replace(']', '')}"
    with _raw(port) as client:
        client.create(name)
        for word in (b"one", b"two", b"three"):
            client.append(name, "", "", LETTER % word)  # type: ignore[arg-type]  # no flags, now
    yield name
    with _raw(port) as client:
        client.delete(name)


def _flags(port: int, folder: str) -> list[bytes]:
    with _raw(port) as client:
        client.select(folder, readonly=True)
        lines = client.fetch("1:*", "(FLAGS)")[1]
    return [line for line in lines if isinstance(line, bytes) and b"\\Seen" in line]


def test_letters_come_byte_for_byte_oldest_first_and_stay_unseen(port: int, folder: str) -> None:
    with Mailbox(_settings(port)) as mailbox:
        received = list(mailbox.fetch(folder, limit=10))
        first = list(mailbox.fetch(folder, limit=2))

    assert [mail.raw for mail in received] == [LETTER % word for word in (b"one", b"two", b"three")]
    assert first == received[:2]
    assert _flags(port, folder) == []


def test_a_letter_is_moved_while_the_folder_is_read(port: int, folder: str) -> None:
    done = f"{folder}-Apstrādāts"
    with Mailbox(_settings(port)) as mailbox:
        for mail in mailbox.fetch(folder, limit=10):
            # Looking elsewhere in between must not change which folder is read on.
            assert not mailbox.contains_message_id("INBOX", "<sac.one@augstskola.example>")
            if b"two" not in mail.raw:
                mailbox.move(mail.uid, done)
    with Mailbox(_settings(port)) as mailbox:
        left = [mail.raw for mail in mailbox.fetch(folder, limit=10)]
        moved = [mail.raw for mail in mailbox.fetch(done, limit=10)]

    assert left == [LETTER % b"two"]
    assert moved == [LETTER % b"one", LETTER % b"three"]


def test_a_move_does_not_delete_what_somebody_else_has_marked(port: int, folder: str) -> None:
    with _raw(port) as client:
        client.select(folder)
        client.store("3", "+FLAGS", r"(\Deleted)")
    with Mailbox(_settings(port)) as mailbox:
        first = next(mailbox.fetch(folder, limit=1))
        mailbox.move(first.uid, f"{folder}-done")
        left = [mail.raw for mail in mailbox.fetch(folder, limit=10)]

    assert left == [LETTER % b"two", LETTER % b"three"]


def test_a_letter_that_has_gone_meanwhile_does_not_stop_the_reading(port: int, folder: str) -> None:
    with Mailbox(_settings(port)) as mailbox:
        reading = mailbox.fetch(folder, limit=10)
        next(reading)
        with Mailbox(_settings(port)) as other:
            second = list(other.fetch(folder, limit=10))[1]
            other.move(second.uid, f"{folder}-elsewhere")
        rest = list(reading)

    # A server may show our session what another one has moved; it must not stop the reading.
    assert rest[-1].raw == LETTER % b"three"


def test_a_message_id_is_found_also_when_it_came_after_we_connected(port: int, folder: str) -> None:
    with Mailbox(_settings(port)) as mailbox:
        before = mailbox.contains_message_id(folder, "<sac.four@augstskola.example>")
        with _raw(port) as client:
            client.append(folder, "", "", LETTER % b"four")  # type: ignore[arg-type]
        after = mailbox.contains_message_id(folder, "<sac.four@augstskola.example>")

    assert (before, after) == (False, True)


@pytest.mark.parametrize("value", ['<a"b@x>', "<a\r\nb@x>", "<ā@x>", "", "<" + "a" * 600 + "@x>"])
def test_what_is_no_message_id_is_never_sent(port: int, value: str) -> None:
    with Mailbox(_settings(port)) as mailbox, pytest.raises(OurMistake):
        mailbox.contains_message_id("INBOX", value)


def test_reading_goes_on_after_a_number(port: int, folder: str) -> None:
    with Mailbox(_settings(port)) as mailbox:
        first, second, third = mailbox.fetch(folder, limit=10)
        rest = list(mailbox.fetch(folder, limit=10, after=int(first.uid)))
        none = list(mailbox.fetch(folder, limit=10, after=int(third.uid)))
        validity = mailbox.validity(folder)
    with Mailbox(_settings(port)) as again:
        assert again.validity(folder) == validity

    assert (rest, none) == ([second, third], [])


def test_waiting_ends_when_a_letter_comes(port: int, folder: str) -> None:
    def deliver() -> None:
        with _raw(port) as client:
            client.append(folder, "", "", LETTER % b"four")  # type: ignore[arg-type]

    with Mailbox(_settings(port)) as mailbox:
        last = int(list(mailbox.fetch(folder, limit=10))[-1].uid)
        mailbox.wait(folder, 0, 60)  # there are letters already
        mailbox.wait(folder, last, 0.05)  # none comes
        delivery = threading.Timer(0.2, deliver)
        delivery.start()
        began = time.monotonic()
        mailbox.wait(folder, last, 60)
        seconds = time.monotonic() - began
        delivery.join()
        found = [mail.raw for mail in mailbox.fetch(folder, limit=10, after=last)]

    assert found == [LETTER % b"four"]
    assert seconds < 30


def test_a_wrong_login_needs_a_person(port: int) -> None:
    with pytest.raises(PersonNeeded) as caught, Mailbox(_settings(port, password="secret-guess")):
        pytest.fail("let in")

    assert "secret-guess" not in str(caught.value)


def test_a_missing_folder_needs_a_person(port: int) -> None:
    with Mailbox(_settings(port)) as mailbox, pytest.raises(PersonNeeded, match="SAC_IMAP"):
        list(mailbox.fetch("Nekur", limit=1))


def test_no_server_passes() -> None:
    with pytest.raises(TemporaryFault), Mailbox(_settings(_free_port())):
        pytest.fail("connected")


def test_a_silent_server_passes() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = _settings(listener.getsockname()[1], timeout_seconds=0.2)
        with pytest.raises(TemporaryFault), Mailbox(settings):
            pytest.fail("connected")


def test_a_mailbox_is_a_context_manager() -> None:
    with pytest.raises(OurMistake):
        Mailbox(_settings(_free_port())).contains_message_id("INBOX", "<a@b>")


def test_check_names_what_is_wrong(port: int) -> None:
    good = Mailbox(_settings(port)).check()
    no_folder = Mailbox(_settings(port, folder="Nekur")).check()
    nowhere = Mailbox(_settings(_free_port())).check()

    assert good == [
        CheckResult(
            "mailbox",
            "connection and login",
            ok=True,
            detail=f"127.0.0.1:{port} answers",
            advice="",
        ),
        CheckResult("mailbox", "folder INBOX", ok=True, detail="is there", advice=""),
    ]
    assert [(row.what, row.ok) for row in no_folder] == [
        ("connection and login", True),
        ("folder Nekur", False),
        ("folder INBOX", True),
    ]
    assert [(row.what, row.ok) for row in nowhere] == [("connection and login", False)]


def test_only_the_beginning_of_a_huge_letter_is_read(
    port: int, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.mailbox._LARGEST", 40)

    with Mailbox(_settings(port)) as mailbox:
        (first, *_) = mailbox.fetch(folder, limit=1)

    assert first == ReceivedMail(first.uid, (LETTER % b"one")[:40])
