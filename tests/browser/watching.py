"""What goes wrong on a page while it is used."""

import requests
from playwright.sync_api import ConsoleMessage, Page, Request, Response


def troubles(page: Page, origin: str) -> list[str]:
    """Fills while the page is used: script errors, refused answers, requests to anywhere else."""
    seen: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A refused answer is noted below; Chromium's own wish for a favicon.ico is no answer.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            seen.append(message.text)

    def answered(answer: Response) -> None:
        # Before it knows a run's state, Prefect's page asks for the icon of the state "undefined".
        is_own_flaw = answer.url.endswith("/ico/undefined.svg")
        if answer.status >= requests.codes.bad_request and not is_own_flaw:
            seen.append(f"{answer.status} {answer.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((origin, "data:", "blob:")):
            seen.append(request.url)

    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("console", said)
    page.on("response", answered)
    page.on("request", asked)
    return seen
