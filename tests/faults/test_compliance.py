"""Deadlines of a simulated semester: what is kept, what is explained, and the picture of it."""

import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deployments.simulation.compliance import DayCompliance, Verdict, compliance
from deployments.simulation.driver import RunSeen, Story
from deployments.simulation.office import StepSeen
from deployments.simulation.picture import draw
from rules.process import Step, StepState

DAY = date(2026, 12, 5)
OPENS = datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Europe/Riga"))
DUE = OPENS.replace(hour=23, minute=59)
LATE = DUE + timedelta(hours=10)
EARLY = OPENS - timedelta(days=4)


def run(moment: datetime, state: StepState, summary: str = "", died: str = "") -> RunSeen:
    """A run that left all steps so; a run that died shows none."""
    steps = () if died else tuple(_seen(step, state, summary) for step in Step)
    return RunSeen(moment, DAY, "run", steps, died)


def _seen(step: Step, state: StepState, summary: str) -> StepSeen:
    has_run = state is not StepState.NOT_DUE
    return StepSeen(step, state, summary, has_run, OPENS, DUE, None, None)


def measured(*runs: RunSeen) -> DayCompliance:
    (day,) = compliance(Story(runs=list(runs)), [DAY])
    return day


@pytest.mark.parametrize(
    ("runs", "verdict", "why"),
    [
        ([run(OPENS, StepState.DONE)], Verdict.KEPT, ""),
        ([run(EARLY, StepState.DONE, died="killed"), run(OPENS, StepState.DONE)], Verdict.KEPT, ""),
        (
            [run(OPENS, StepState.DONE), run(DUE, StepState.DONE, died="killed"), run(LATE, StepState.DONE)],
            Verdict.KEPT,
            "",
        ),
        (
            [run(OPENS, StepState.DUE, died="killed"), run(DUE, StepState.DONE)],
            Verdict.KEPT_AFTER_FAULTS,
            "the run of 01.12. 09:00 ended: killed",
        ),
        (
            [run(OPENS, StepState.FAILED, "no Zoom"), run(LATE, StepState.DONE)],
            Verdict.EXPLAINED,
            "at 01.12. 09:00: no Zoom",
        ),
        (
            [run(OPENS, StepState.NEEDS_PERSON, "a question"), run(LATE, StepState.DONE)],
            Verdict.WAITED,
            "a question",
        ),
        ([run(OPENS, StepState.DUE), run(LATE, StepState.DONE, "3 letters")], Verdict.VIOLATED, "3 letters"),
        ([run(EARLY, StepState.NOT_DUE, "not yet")], Verdict.VIOLATED, "not yet"),
        ([run(OPENS, StepState.FAILED, "no Zoom")], Verdict.EXPLAINED, "at 01.12. 09:00: no Zoom"),
        (
            [run(OPENS, StepState.FAILED, "no Zoom"), run(LATE, StepState.DUE, "5 waiting")],
            Verdict.VIOLATED,
            "5 waiting",
        ),
    ],
)  # fmt: skip
def test_a_deadline_is_kept_explained_or_violated(
    runs: list[RunSeen], verdict: Verdict, why: str
) -> None:
    day = measured(*runs)

    assert {(step.verdict, step.why) for step in day.steps} == {(verdict, why)}
    good = verdict in {Verdict.KEPT, Verdict.KEPT_AFTER_FAULTS}
    late = verdict is Verdict.VIOLATED
    assert (day.kept, day.explained, len(day.violations)) == (
        (11, 0, 0) if good else (0, 0, 11) if late else (0, 11, 0)
    )


def test_a_late_step_is_told_of_with_its_name_and_its_due_day() -> None:
    first = measured(run(OPENS, StepState.DUE, "2 of 3 letters")).violations[2]

    assert (first.invariant, first.day, first.what) == (
        "deadline",
        DAY,
        (
            "step 3 (Sending lecturers reminders that online classes are held or/and cancelled), due "
            "01.12. 23:59: 2 of 3 letters"
        ),
    )


def test_the_picture_shows_each_step_of_each_day_in_its_colour() -> None:
    kept = measured(run(OPENS, StepState.DONE))
    late = measured(run(OPENS, StepState.DUE, "<b>late</b>"))

    root = ET.fromstring(draw([kept, late], "A semester", "2 days & more"))

    space = {"svg": "http://www.w3.org/2000/svg"}
    squares = [rect for rect in root.findall("svg:rect", space) if len(rect)]
    assert Counter(rect.get("fill") for rect in squares) == {"#2e8b57": 11, "#c0392b": 11}
    titles = [rect.findtext("svg:title", namespaces=space) for rect in squares]
    assert titles[-1] == "2026-12-05 step 11: late, unexplained, not done. <b>late</b>"
    words = [text.text for text in root.findall("svg:text", space)]
    assert words.count("×") == 11 + 1  # and in the legend
    assert {
        "A semester",
        "2 days & more",
        "December 2026",
        "kept: 11",
        "late, unexplained: 11",
    } <= {*words}
