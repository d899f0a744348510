"""`sac alerts` as a script sees it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deployments.cli import app
from integrations.services import assemble
from models.journal import Author
from tasks.import_semester import ImportOptions, import_semester
from tests.tasks.office import CLOCK, RIGA
from tests.tasks.small_semester import SEMESTER

DUE = "2026-12-01T07:30"  # the plan should have been prepared on 27 November


@pytest.fixture(autouse=True)
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAC_DATABASE_URL", f"sqlite:///{tmp_path / 'sac.db'}")
    monkeypatch.setenv("SAC_LETTER_SECRET", "s" * 32)
    monkeypatch.setenv("SAC_SMTP__PORT", "9")  # nobody listens
    monkeypatch.setenv("SAC_SMTP__HOST", "127.0.0.1")
    engine = assemble().engine
    import_semester(engine, SEMESTER, Author("test", "import", CLOCK), ImportOptions(RIGA))
    engine.dispose()


def test_a_dry_run_says_what_would_be_written() -> None:
    result = CliRunner().invoke(app, ["alerts", "--as-of", DUE, "--dry-run", "--json"])

    document = json.loads(result.stdout)
    causes = [f"2026-12-05/{step}/overdue/20261127T2159" for step in (1, 2)]
    assert result.exit_code == 1
    assert [row["cause"] for row in document["alerts"]] == causes
    assert document["letters"] == [{"person": "dace", "kind": "alert", "causes": causes}]
    assert (document["sent"], document["refused"], document["later"]) == (0, 0, 0)


def test_letters_wait_while_the_mail_server_is_away() -> None:
    first = CliRunner().invoke(app, ["alerts", "--as-of", DUE, "--json"])
    second = CliRunner().invoke(app, ["alerts", "--as-of", DUE, "--json"])

    assert (json.loads(first.stdout)["later"], json.loads(second.stdout)["later"]) == (1, 1)
    assert json.loads(second.stdout)["letters"] == []


def test_nothing_to_know_of_ends_well() -> None:
    result = CliRunner().invoke(app, ["alerts", "--as-of", "2026-11-03T07:00"])

    assert (result.exit_code, result.stdout) == (0, "Nothing needs the office.\nNo letters.\n")
