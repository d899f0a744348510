"""Pictures of pages: kept beside the test's other results, and used in the documents.

They go to `ci-output/pictures`, or to the folder that SAC_PICTURES names; with
`SAC_PICTURES=docs/pictures` the pictures of the documents are made anew.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]


def keep_picture(page: Page, name: str) -> None:
    """The visible part of the page as `name`.png."""
    folder = ROOT / os.environ.get("SAC_PICTURES", "ci-output/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / f"{name}.png", animations="disabled")
