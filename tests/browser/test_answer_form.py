"""A question is answered in Prefect's pages: seen, opened, filled in, sent, and recorded."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine

from flows.form_links import ANSWER
from integrations.services import assemble
from models.database import migrate, open_database, reading, writing
from models.journal import Author
from models.question import Question, QuestionKind, ask, find_by_key
from rules.people import Role
from tasks.import_semester import ImportOptions, import_semester
from tests.prefect_server import PrefectServer
from tests.programs import eventually
from tests.tasks.small_semester import DAY, SEMESTER

pytestmark = [pytest.mark.browser, pytest.mark.prefect]

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 12, 4, 12, 0, tzinfo=UTC)
# Everything that could be lost on its way through an address.
STRANGE = 'a_b%40"c/d?&=+@augstskola.example'


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """The small semester, which the flows of this test will find too."""
    url = f"sqlite:///{tmp_path / 'sac.db'}"
    monkeypatch.setenv("SAC_DATABASE_URL", url)
    engine = open_database(url)
    migrate(engine)
    zone = assemble().settings.zone
    import_semester(engine, SEMESTER, Author("test", "import", NOW), ImportOptions(zone))
    yield engine
    engine.dispose()


def add_question(engine: Engine, key: str, kind: QuestionKind, guess: str) -> int:
    with writing(engine) as session:
        asked = ask(
            session,
            Question(
                key=key,
                kind=kind,
                day=DAY if kind is QuestionKind.MEETING_HELD else None,
                role=Role.HEAD_OF_SAC,
                text=f"Vai {key}?",
                choices=["yes", "no"],
                guess=guess,
                opened_at=NOW,
            ),
        )
        session.flush()
        return asked.id or 0


# In a process of its own: playwright's loop runs in this one, and Prefect would join it.
SERVE = """
from deployments.serving import deploy
from flows.question_page import show_questions
from integrations.services import assemble
from models.database import reading
from tasks.colleagues import colleague_labels

services = assemble()
with reading(services.engine) as session:
    deploy(services.settings.timezone, colleague_labels(session))
show_questions(services)
"""


def with_prefect(server: PrefectServer, *arguments: str) -> None:
    """Python with the product, the test's database and this server."""
    environment = {**os.environ, "PREFECT_API_URL": server.api, "DO_NOT_TRACK": "1"}
    command = [sys.executable, "-W", "ignore", *arguments]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)


def execute_answers(server: PrefectServer) -> list[str]:
    """Does what a worker does with the runs that the form made; their messages."""
    wanted = {"deployments": {"name": {"any_": [ANSWER.partition("/")[2]]}}}
    found = eventually(
        lambda: server.post("/flow_runs/filter", wanted).json(), "the run that the form makes"
    )
    for run in found:
        with_prefect(server, "-m", "prefect", "flow-run", "execute", run["id"])
    return [run["state"]["message"] for run in server.post("/flow_runs/filter", wanted).json()]


def open_form(page: Page, server: PrefectServer, number: int) -> Page:
    """From the page of questions to the form of one of them."""
    page.goto(f"{server.url}/artifacts/key/questions")
    page.locator("a[href*='/artifacts/artifact/']").last.click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=f"Atbildēt uz {number}.").first.click()
    return opened.value


def test_a_question_is_answered_in_its_form(
    browser: Browser, prefect_server: PrefectServer, database: Engine
) -> None:
    add_question(database, "another", QuestionKind.REFUSED_ADDRESS, STRANGE)
    number = add_question(database, "notika", QuestionKind.MEETING_HELD, "yes")
    with_prefect(prefect_server, "-c", SERVE)
    page = browser.new_context().new_page()

    strange = open_form(page, prefect_server, number - 1)
    expect(strange.locator("textarea")).to_have_value(STRANGE, timeout=30_000)
    strange.close()
    form = open_form(page, prefect_server, number)
    expect(form.get_by_role("spinbutton")).to_have_value(str(number), timeout=30_000)
    expect(form.locator("textarea")).to_have_value("yes")
    form.locator(".p-select-button__control").first.click()
    form.keyboard.press("ArrowDown")
    form.get_by_text("Dace Liepa · dace").click()
    form.get_by_role("button", name="Submit").click()
    form.wait_for_url("**?tab=Runs")

    assert execute_answers(prefect_server) == [
        "Ierakstīts: yes (Dace Liepa). To, kas uz to gaidīja, tūlīt izdara atsevišķa izpilde."
    ]
    with reading(database) as session:
        answered = find_by_key(session, "notika")
        assert answered is not None
        assert (answered.answer, answered.answered_by) == ("yes", "Dace Liepa")
    page.context.close()
