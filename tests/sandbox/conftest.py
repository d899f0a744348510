"""A sandbox for every test that wants one: shared by the session, or new for the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from deployments.sandbox.testing import RunningSandbox, running_sandbox, sandbox_in_thread

CLOCK = "2026-11-27T07:00:00+00:00"
Starter = Callable[..., RunningSandbox]


@pytest.fixture(scope="session")
def shared_sandbox() -> Iterator[RunningSandbox]:
    """One for tests that bring their own meetings, courses and addresses, and move no clock."""
    with running_sandbox({"clock": CLOCK, "late_share": 0}) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox() -> Iterator[RunningSandbox]:
    """A new one on which everybody is on time."""
    with sandbox_in_thread({"clock": CLOCK, "late_share": 0}) as running:
        yield running


@pytest.fixture
def start_sandbox() -> Iterator[Starter]:
    """Starts new ones with a seed of the test's own."""
    with ExitStack() as stack:

        def start(**seed: Any) -> RunningSandbox:
            return stack.enter_context(sandbox_in_thread({"clock": CLOCK, "late_share": 0, **seed}))

        yield start
