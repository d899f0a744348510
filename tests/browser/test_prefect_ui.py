"""Operators open Prefect's pages: they must come up, without an error and without the internet."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.watching import troubles
from tests.prefect_server import PrefectServer

pytestmark = [pytest.mark.browser, pytest.mark.prefect]


def a_finished_run(server: PrefectServer) -> None:
    flow = server.create("/flows/", {"name": "parbaude-parlukam"})
    server.create("/flow_runs/", {"flow_id": flow, "state": {"type": "COMPLETED"}})


def test_the_dashboard_opens_without_an_error(
    browser: Browser, prefect_server: PrefectServer
) -> None:
    a_finished_run(prefect_server)
    page = browser.new_page()
    seen = troubles(page, prefect_server.url)

    page.goto(f"{prefect_server.url}/dashboard")

    expect(page.get_by_text("Flow Runs", exact=True).first).to_be_visible(timeout=30_000)
    page.wait_for_load_state("networkidle")
    assert seen == []
    page.close()
