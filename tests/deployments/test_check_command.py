"""`sac check` and the other commands that look at the surroundings; failures in words."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from deployments.cli import main
from tests.deployments.conftest import Sac
from tests.programs import free_port
from tests.tasks.office import TestOffice

ROOT = Path(__file__).resolve().parents[2]


def test_check_is_right_but_for_prefect(office: TestOffice, sac: Sac) -> None:
    office.forget()

    answer = sac("check", "--json")

    assert answer.exit_code == 1
    rows = answer.document["checks"]
    assert [(row["service"], row["what"], row["advice"]) for row in rows if not row["ok"]] == [
        (
            "Prefect",
            "API",
            "Start one with sac up, or set PREFECT_API_URL. By hand: sac day run DATE.",
        )
    ]
    hosts = [row["what"] for row in rows if row["what"].startswith("host ")]
    assert hosts == [f"host zoom{number}@augstskola.example" for number in (1, 2, 3, 4)]
    assert all(set(row) == {"service", "what", "ok", "detail", "advice"} for row in rows)
    assert office.writes() == []


def test_check_says_how_to_mend_everything_that_is_wrong(
    office: TestOffice, sac: Sac, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del office
    (tmp_path / "file").touch()
    wrong = {
        "SAC_DATABASE_URL": f"sqlite:///{tmp_path / 'file' / 'sac.db'}",
        "SAC_LETTER_SECRET": "short",
        "SAC_ZOOM__CLIENT_SECRET": "wrong",
        "SAC_MOODLE__TOKEN": "wrong",
        "SAC_SMTP__PORT": str(free_port()),
        "SAC_IMAP__PASSWORD": "wrong",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)

    answer = sac("check")

    assert answer.exit_code == 1
    for advice in (
        "Check SAC_DATABASE_URL",
        "openssl rand -hex 32",
        "Correct SAC_ZOOM__ACCOUNT_ID",
        "SAC_MOODLE__TOKEN",
        "Check SAC_SMTP__",
        "SAC_IMAP__PASSWORD",
        "7 of 7 need attention.",
    ):
        assert advice in answer.out


@pytest.mark.parametrize(
    ("name", "value", "code", "exit_code"),
    [
        ("SAC_SMTP__PORT", "many", "bad_settings", 2),
        ("SAC_DATABASE_URL", "sqlite:////proc/sac.db", "database", 1),
        ("SAC_DATABASE_URL", "no url", "database", 1),
    ],
)
def test_what_ends_a_command_is_said_in_words(
    name: str,
    value: str,
    code: str,
    exit_code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "argv", ["sac", "day", "list", "--json"])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == exit_code
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == code
    assert name in error["message"]


def test_settings_name_every_setting_and_no_secret(office: TestOffice, sac: Sac) -> None:
    del office

    rows = sac("settings", "--json").document["settings"]

    values = {row["name"]: row["value"] for row in rows}
    assert values["SAC_LETTER_SECRET"] == values["SAC_MOODLE__TOKEN"] == "(set)"
    assert values["SAC_TIMEZONE"] == "Europe/Riga"
    assert [row["name"] for row in rows if not row["meaning"]] == []


def test_deploy_without_a_server_says_what_to_do(no_prefect: None, sac: Sac) -> None:
    del no_prefect

    answer = sac("deploy")

    assert answer.exit_code == 1
    assert "PREFECT_API_URL is not set. Start one with sac up" in answer.words


def test_up_refuses_a_port_that_is_taken(sac: Sac, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = sac("up", "--port", port, "--home", tmp_path / "prefect")

    assert answer.exit_code == 1
    assert answer.words.startswith(f"Port {port} is in use.")
    assert not (tmp_path / "prefect").exists()


def test_help_of_every_command_has_an_example(sac: Sac) -> None:
    commands = (
        "demo",
        "import",
        "day show",
        "day run",
        "class cancel",
        "questions",
        "answer",
        "mail read",
        "check",
        "settings",
        "sandbox",
        "up",
        "deploy",
    )
    lacking = [
        command
        for command in commands
        if "Example: " not in sac(*command.split(), "--help").out.replace("Example:\n", "Example: ")
    ]

    assert lacking == []


@contextmanager
def sandbox(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """`sac sandbox` as a child, ended afterwards."""
    with subprocess.Popen(
        [sys.executable, "-c", "from deployments.cli import main; main()", "sandbox", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ},
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def test_the_sandbox_announces_itself_in_one_line_and_says_no_more() -> None:
    with sandbox("--json") as child:
        assert child.stdout is not None
        document = json.loads(child.stdout.readline())
        control = document["zoom"]["control_url"]
        state = requests.get(f"{control}/state", timeout=10).json()
        child.send_signal(signal.SIGTERM)
        rest, words = child.communicate(timeout=20)

    assert set(document) == {"zoom", "moodle", "smtp", "imap", "env"}
    assert set(document["zoom"]) == {"base_url", "oauth_url", "control_url"}
    assert set(document["moodle"]) == {"url", "token", "control_url"}
    assert set(document["smtp"]) == {"host", "port"}
    assert set(document["imap"]) == {"host", "port", "username", "password"}
    assert document["env"]["SAC_ZOOM__BASE_URL"] == document["zoom"]["base_url"]
    assert state["zoom"]["meetings"] == []
    assert (rest, words, child.returncode) == (b"", b"", 0)


def test_the_sandbox_refuses_a_broken_semester(sac: Sac, tmp_path: Path) -> None:
    answer = sac("sandbox", "--input", tmp_path, "--json")

    assert answer.exit_code == 2
    assert answer.document["error"]["code"] == "bad_input"
    assert answer.document["error"]["details"] != []
