"""How the sandbox starts, announces itself and stops."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "deployments.sandbox"]


def start(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )


def announced(process: subprocess.Popen[bytes]) -> dict[str, dict[str, str]]:
    assert process.stdout is not None
    line = process.stdout.readline()
    return dict(json.loads(line))


def test_first_line_says_where_everything_is() -> None:
    with start() as process:
        found = announced(process)
        process.terminate()

    assert {key: sorted(value) for key, value in found.items() if key != "env"} == {
        "zoom": ["base_url", "control_url", "oauth_url"],
        "moodle": ["control_url", "token", "url"],
        "smtp": ["host", "port"],
        "imap": ["host", "password", "port", "username"],
    }
    assert {key.partition("__")[0] for key in found["env"]} == {
        "SAC_ZOOM",
        "SAC_MOODLE",
        "SAC_SMTP",
        "SAC_IMAP",
        "SAC_LETTER_SECRET",
    }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_without_a_word(number: signal.Signals) -> None:
    with start() as process:
        where = announced(process)
        requests.get(where["zoom"]["control_url"] + "/state", timeout=10)
        process.send_signal(number)
        out, err = process.communicate(timeout=10)

    assert (process.returncode, out, err) == (0, b"", b"")


def test_broken_connections_are_not_worth_a_word() -> None:
    with start() as process:
        where = announced(process)
        smtp, imap = where["smtp"], where["imap"]
        for service, kind in (
            ("moodle", "reset"),
            ("zoom", "drop_after_effect"),
            ("smtp", "smtp_disconnect_after_data"),
            ("imap", "imap_drop"),
        ):
            fault = {"service": service, "kind": kind}
            requests.post(f"{where['zoom']['control_url']}/faults", json=fault, timeout=10)
        for url in (where["moodle"]["url"], where["zoom"]["oauth_url"]):
            with pytest.raises(requests.ConnectionError):
                requests.post(url, timeout=10)
        talk(smtp, b"EHLO x\r\nMAIL FROM:<a@x>\r\nRCPT TO:<b@x>\r\nDATA\r\nHi\r\n.\r\n")
        talk(imap, b"a LOGIN x y\r\n")
        process.terminate()
        out, err = process.communicate(timeout=10)

    assert (process.returncode, out, err) == (0, b"", b"")


def talk(where: dict[str, str], words: bytes) -> None:
    """Says something and reads until the server hangs up."""
    with (
        socket.create_connection((where["host"], int(where["port"])), timeout=10) as connection,
        contextlib.suppress(ConnectionError),
    ):
        connection.sendall(words)
        while connection.recv(4096):
            continue


def test_ends_with_its_parent() -> None:
    with start("--with-parent") as process:
        announced(process)
        assert process.stdin is not None
        process.stdin.close()

        assert process.wait(timeout=10) == 0


def test_stays_when_nobody_asked_it_to_end_with_its_parent() -> None:
    with start() as process:
        where = announced(process)
        assert process.stdin is not None
        process.stdin.close()
        answer = requests.get(where["zoom"]["control_url"] + "/clock", timeout=10)
        process.terminate()

    assert answer.status_code == 200


def test_ports_in_a_row_on_demand() -> None:
    base = 20_000 + os.getpid() % 8_000  # below the range from which free ports are given out
    with start("--port-base", str(base)) as process:
        found = announced(process)
        process.terminate()

    assert (
        found["zoom"]["oauth_url"],
        found["moodle"]["url"],
        found["moodle"]["control_url"],
        found["smtp"]["port"],
        found["imap"]["port"],
    ) == (
        f"http://127.0.0.1:{base}/oauth/token",
        f"http://127.0.0.1:{base + 1}",
        f"http://127.0.0.1:{base + 2}",
        base + 3,
        base + 4,
    )


def test_seed_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    seed = tmp_path / "seed.json"
    seed.write_text('{"cuorses": []}')

    done = subprocess.run(
        [*COMMAND, "--seed", str(seed)], capture_output=True, cwd=ROOT, check=False
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert (
        done.stderr.decode().splitlines()[-1].endswith("error: unknown keys in the seed: cuorses")
    )
