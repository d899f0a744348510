"""An operator opens the run of a study day: eleven named tasks, what was done, no outside request."""

import re

import pytest
import requests
from playwright.sync_api import Browser, Page, expect

from rules.process import STEPS, Step
from tests.browser.pictures import keep_picture
from tests.browser.watching import troubles
from tests.demo_run import DemoRun

pytestmark = [pytest.mark.browser, pytest.mark.prefect]

RUN = "2026-12-05 · steps 3, 6 · due Tue 1 Dec 09:00"
PATIENCE = 30_000


def opened(browser: Browser, demo: DemoRun, path: str) -> tuple[Page, list[str]]:
    """A page of the demo's UI, and the list that fills with whatever goes wrong on it."""
    page = browser.new_page(viewport={"width": 1500, "height": 1400})
    seen = troubles(page, demo.ui)
    page.goto(f"{demo.ui}{path}")
    return page, seen


def run_path(demo: DemoRun) -> str:
    body = {"flow_runs": {"name": {"any_": [RUN]}}}
    url = f"{demo.environment['PREFECT_API_URL']}/flow_runs/filter"
    (run,) = requests.post(url, json=body, timeout=30).json()
    return f"/runs/flow-run/{run['id']}"


def test_the_runs_page_names_days_steps_and_moments(browser: Browser, demo: DemoRun) -> None:
    page, seen = opened(browser, demo, "/runs")

    expect(page.get_by_text(RUN, exact=True)).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    assert seen == []
    page.close()


def test_a_run_shows_eleven_tasks_and_what_became_of_them(browser: Browser, demo: DemoRun) -> None:
    page, seen = opened(browser, demo, run_path(demo))
    keep_picture(page, "run")
    page.get_by_text("Task Runs", exact=True).first.click()

    for step in Step:
        name = f"{step.value:02d} {STEPS[step].name}"
        expect(page.get_by_role("link", name=name, exact=True)).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Vēl nav laiks", exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Nav ko mainīt", exact=True).first).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    assert seen == []
    page.close()


def test_the_artifacts_page_shows_the_day_and_its_steps(browser: Browser, demo: DemoRun) -> None:
    page, seen = opened(browser, demo, "/artifacts")

    for key in ("study-day-2026-12-05", "2026-12-05-03-remind-lecturers"):
        expect(page.get_by_text(key, exact=True)).to_be_visible(timeout=PATIENCE)
    page.get_by_text("study-day-2026-12-05", exact=True).click()
    page.get_by_role("link", name=re.compile("^[0-9a-f]{8}$")).first.click()
    # The columns that matter are on the page, not beyond its edge.
    due = page.get_by_role("columnheader", name="Termiņš")
    expect(due).to_be_in_viewport(ratio=1, timeout=PATIENCE)
    expect(page.get_by_text("Neviens jautājums negaida atbildi.")).to_be_visible(timeout=PATIENCE)
    page.wait_for_load_state("networkidle")
    assert seen == []
    page.close()
