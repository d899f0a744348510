"""Every deadline of every step: kept, missed for a reason that is known, or violated."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from deployments.simulation.driver import RunSeen, Story
from deployments.simulation.office import StepSeen
from deployments.simulation.violation import Violation
from rules.process import STEPS, Step, StepState


class Verdict(StrEnum):
    """How a step of a day stands against its deadline, from best to worst."""

    KEPT = "kept"
    KEPT_AFTER_FAULTS = "kept after faults"
    WAITED = "waited for a person"
    EXPLAINED = "late, explained"
    VIOLATED = "late, unexplained"


@dataclass(frozen=True, slots=True)
class StepCompliance:
    """One deadline: what was wanted, what was done, and why not."""

    day: date
    step: Step
    due: datetime
    done: datetime | None
    verdict: Verdict
    why: str


@dataclass(frozen=True, slots=True)
class DayCompliance:
    """The eleven deadlines of a day."""

    day: date
    steps: Sequence[StepCompliance]

    @property
    def kept(self) -> int:
        good = {Verdict.KEPT, Verdict.KEPT_AFTER_FAULTS}
        return sum(step.verdict in good for step in self.steps)

    @property
    def explained(self) -> int:
        reasons = {Verdict.WAITED, Verdict.EXPLAINED}
        return sum(step.verdict in reasons for step in self.steps)

    @property
    def violations(self) -> list[Violation]:
        return [
            Violation(
                "deadline",
                self.day,
                f"step {one.step.value} ({STEPS[one.step].name}), due {one.due:%d.%m. %H:%M}: "
                f"{one.why or 'not done'}",
            )
            for one in self.steps
            if one.verdict is Verdict.VIOLATED
        ]


def compliance(story: Story, days: Iterable[date]) -> list[DayCompliance]:
    """Measures the runs of each of these days by the windows that the steps had."""
    return [
        DayCompliance(day, [_measure(step, day, _of_day(story, day)) for step in Step])
        for day in days
    ]


def _of_day(story: Story, day: date) -> list[RunSeen]:
    return [run for run in story.runs if run.day == day]


def _measure(step: Step, day: date, runs: Sequence[RunSeen]) -> StepCompliance:
    seen = [(run, one) for run in runs for one in run.steps if one.step is step]
    due = seen[-1][1].due
    done = next((run.moment for run, one in seen if _is_done(one)), None)
    troubled = _faults(step, runs, until=min(due, done or due))
    waited = next((one.summary for _, one in seen if one.state is StepState.NEEDS_PERSON), "")
    if done is not None and done <= due:
        verdict = Verdict.KEPT_AFTER_FAULTS if troubled else Verdict.KEPT
        return StepCompliance(day, step, due, done, verdict, troubled)
    if troubled and (done or _ended_badly(step, runs)):
        return StepCompliance(day, step, due, done, Verdict.EXPLAINED, troubled)
    if waited:
        return StepCompliance(day, step, due, done, Verdict.WAITED, waited)
    return StepCompliance(day, step, due, done, Verdict.VIOLATED, seen[-1][1].summary)


def _is_done(seen: StepSeen) -> bool:
    return seen.has_run and seen.state is StepState.DONE


def _ended_badly(step: Step, runs: Sequence[RunSeen]) -> bool:
    """Whether the last run that was to do the step failed; what was merely left is not explained."""
    tried = [
        run for run in runs if run.died or any(o.step is step and o.has_run for o in run.steps)
    ]
    return bool(tried) and not any(
        one.step is step and one.state is not StepState.FAILED for one in tried[-1].steps
    )


def _faults(step: Step, runs: Sequence[RunSeen], until: datetime) -> str:
    """What went wrong with the step, or with whole runs, while it was open; empty when nothing."""
    opens = min(one.opens for run in runs for one in run.steps if one.step is step)
    for run in runs:
        if not opens <= run.moment <= until:
            continue
        if run.died:
            return f"the run of {run.moment:%d.%m. %H:%M} ended: {run.died}"
        for one in run.steps:
            if one.step is step and one.has_run and one.state is StepState.FAILED:
                return f"at {run.moment:%d.%m. %H:%M}: {one.summary}"
    return ""
