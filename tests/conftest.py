"""Fixtures for all tests. Nothing here starts a server; see the folders' own conftest files."""

from pathlib import Path

import pytest

# One Prefect server for all folders that need it.
pytest_plugins = ["tests.prefect_server"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; tests that want it skip without it."""
    if not SHARED.is_dir():
        pytest.skip("the reference material (../shared) is not beside this checkout")
    return SHARED
