"""The daily comparison as a flow: what differs is said, and a run of the day mends it."""

from typing import Any

import pytest
from prefect.client.schemas.objects import State

from flows.compare_outside import compare_outside
from tests.tasks.office import PUBLISH, TestOffice, at

pytestmark = pytest.mark.prefect

MORNING = at("12-03 06:20")


def compared() -> tuple[str | None, str | None]:
    state: State[Any] = compare_outside(as_of=MORNING, return_state=True)
    return state.name, state.message


def test_the_comparison_says_what_differs_and_what_it_could_not_look_at(
    office: TestOffice,
) -> None:
    office.run_until(PUBLISH)
    office.move(MORNING)
    assert compared() == ("Completed", "Everything stands as we left it.")
    office.services.zoom.delete_meeting(office.meeting_id("LAW") or "")

    assert compared() == (
        "Completed",
        "2026-12-05 · Zoom: 12:45–15:45 Tiesību pamati (G4): the meeting is not there any more.",
    )

    office.sandbox.fault("zoom", "missing_scope", "GET", times=None)
    name, message = compared()
    assert name == "Failed"
    assert str(message).startswith("2026-12-05: Zoom: ")
