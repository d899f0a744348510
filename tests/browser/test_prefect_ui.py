"""Operators open Prefect's pages: they must come up, without an error and without the internet."""

import pytest
import requests
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect

from tests.prefect_server import PrefectServer

pytestmark = [pytest.mark.browser, pytest.mark.prefect]


def troubles(page: Page, origin: str) -> list[str]:
    """Fills while the page is used: script errors, refused answers, requests to anywhere else."""
    seen: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A refused answer is noted below; Chromium's own wish for a favicon.ico is no answer.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            seen.append(message.text)

    def answered(answer: Response) -> None:
        if answer.status >= requests.codes.bad_request:
            seen.append(f"{answer.status} {answer.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            seen.append(request.url)

    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", said)
    page.on("response", answered)
    page.on("request", asked)
    return seen


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
