"""The executor: walks the eleven steps of a day, runs what is open, and records how each stands.

It knows the order and the times (rules/process.py), not what a step does; the runner that is
handed in performs one step, with Prefect or without.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from models.database import DatabaseUnavailable, reading, writing
from models.journal import write
from models.study_day import OUTSIDE, StepRecord, find_day, step_records
from models.turns import turn_of
from rules.day_sentences import PLAN_CHANGED, closed_undone, never_run, waits_for
from rules.process import STEPS, Step, StepState, Window
from rules.timetable import ClassTime
from rules.wording import Text, same
from tasks.brief_team import brief_team
from tasks.clear_lms import clear_lms
from tasks.collect_attendance import collect_attendance
from tasks.context import StepContext, StepResult
from tasks.day_plan import read_plan
from tasks.notify_students import notify_students
from tasks.plan_meetings import plan_meetings
from tasks.prepare_plan import prepare_plan
from tasks.publish_links import publish_links
from tasks.publish_plan import publish_plan
from tasks.remind_lecturers import remind_lecturers
from tasks.request_attendance import request_attendance
from tasks.watch_classes import watch_classes

Perform = Callable[[Step, StepContext], StepResult]
Notice = Callable[["StepOutcome"], None]

STEP_FUNCTIONS: Mapping[Step, Callable[[StepContext], StepResult]] = {
    Step.PREPARE_PLAN: prepare_plan,
    Step.PLAN_MEETINGS: plan_meetings,
    Step.REMIND_LECTURERS: remind_lecturers,
    Step.PUBLISH_PLAN: publish_plan,
    Step.PUBLISH_LINKS: publish_links,
    Step.NOTIFY_STUDENTS: notify_students,
    Step.BRIEF_TEAM: brief_team,
    Step.WATCH_CLASSES: watch_classes,
    Step.REQUEST_ATTENDANCE: request_attendance,
    Step.COLLECT_ATTENDANCE: collect_attendance,
    Step.CLEAR_LMS: clear_lms,
}
# These carry the plan into the world; a changed plan makes them due again.
FOLLOWS_PLAN = frozenset(step for step in Step if step < Step.BRIEF_TEAM)
# They may tell of what is off although what they need failed; everything else they tell waits.
_TELLS = frozenset({Step.REMIND_LECTURERS, Step.NOTIFY_STUDENTS})
_GOOD_ENOUGH = frozenset({StepState.DONE, StepState.NEEDS_PERSON})


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """How a step stands, for people and for the contract's JSON."""

    step: Step
    window: Window
    state: StepState
    words: Text
    finished: datetime | None = None
    has_run: bool = False
    report: str = ""
    is_outside: bool = False  # a person did it, outside the system
    has_record: bool = False  # it has run before

    @property
    def summary(self) -> str:
        """The sentence as commands and JSON have it."""
        return self.words.en


def perform_step(step: Step, context: StepContext) -> StepResult:
    """The plain runner."""
    return STEP_FUNCTIONS[step](context)


@dataclass(frozen=True, slots=True)
class Runner:
    """How steps are performed, and how those are shown that do not run."""

    perform: Perform = perform_step
    notice: Notice = lambda _outcome: None


def run_day(
    context: StepContext, only: Collection[Step] | None = None, runner: Runner | None = None
) -> list[StepOutcome]:
    """Runs every step that is open (or those of `only`), in order; one that fails stops no other.

    Raises nothing of a step's own: a failure is an outcome. UnknownDay when there is no such day,
    DayBusy when another run is at work on it.
    """
    with turn_of(context.services.engine, context.day):
        return _run_open(context, only, runner or Runner())


def _run_open(
    context: StepContext, only: Collection[Step] | None, chosen: Runner
) -> list[StepOutcome]:
    outcomes: dict[Step, StepOutcome] = {}
    for before in day_status(context):
        blocker = _blocker(before.step, outcomes)
        if not _may_run(before, context, only):
            outcome = before
        elif blocker:
            outcome = _blocked(before, blocker, context, chosen.perform)
        else:
            outcome = _run(before, context, chosen.perform)
        if not outcome.has_run:
            chosen.notice(outcome)
        outcomes[before.step] = outcome
    return list(outcomes.values())


def day_status(context: StepContext) -> list[StepOutcome]:
    """How the eleven steps stand at `context.now`; acts on nothing."""
    plan = read_plan(context.services, context.day)
    with reading(context.services.engine) as session:
        records = step_records(session, context.day)
    return [_status(context, step, plan.times, records.get(step), plan.revision) for step in Step]


def _status(
    context: StepContext,
    step: Step,
    times: tuple[ClassTime, ...],
    record: StepRecord | None,
    revision: int,
) -> StepOutcome:
    window = context.calendar.window(step, context.day, times)
    is_closed = window.closes is not None and context.now >= window.closes
    if record is None:
        return StepOutcome(step, window, *_untouched(context.now, window, is_closed=is_closed))
    is_stale = step in FOLLOWS_PLAN and record.plan_revision != revision and not is_closed
    if is_stale and record.state is StepState.DONE:
        return StepOutcome(step, window, StepState.DUE, PLAN_CHANGED, has_record=True)
    state, words = record.state, record.words
    outside = state is StepState.DONE and OUTSIDE in record.evidence
    if is_closed and state is not StepState.DONE:
        state, words = StepState.MISSED, closed_undone(words)
    return StepOutcome(
        step,
        window,
        state,
        words,
        record.finished_at,
        is_outside=outside,
        has_record=True,
    )


def _untouched(now: datetime, window: Window, *, is_closed: bool) -> tuple[StepState, Text]:
    if is_closed and window.closes:
        state, moment = StepState.MISSED, window.closes
    elif now < window.opens:
        state, moment = StepState.NOT_DUE, window.opens
    else:
        state, moment = StepState.DUE, window.due
    return state, never_run(state, moment)


def _may_run(before: StepOutcome, context: StepContext, only: Collection[Step] | None) -> bool:
    if only is not None and before.step not in only:
        return False
    if before.is_outside and only is None:
        return False  # doing it again would tell people twice; by hand it can be run all the same
    window = before.window
    if window.closes is not None and context.now >= window.closes:
        return False
    if context.now >= window.opens:
        return True
    return only is not None and STEPS[before.step].may_be_early


def _blocker(step: Step, outcomes: Mapping[Step, StepOutcome]) -> StepOutcome | None:
    needed = (outcomes[need] for need in STEPS[step].needs)
    return next((one for one in needed if one.state not in _GOOD_ENOUGH), None)


def _blocked(
    before: StepOutcome, blocker: StepOutcome, context: StepContext, perform: Perform
) -> StepOutcome:
    """What becomes of a step that needs another; one that tells people still tells what is off."""
    words = waits_for(blocker.step.value, blocker.words)
    if before.step in _TELLS and before.has_record:
        return _run(before, replace(context, letters_wait=words), perform)
    return StepOutcome(before.step, before.window, StepState.DUE, words)


def _run(before: StepOutcome, context: StepContext, perform: Perform) -> StepOutcome:
    try:
        # What the step is recorded as done for; a change that comes while it runs makes it due anew.
        revision = _revision(context)
        result = _performed(before.step, context, perform)
        finished = _record(context, before.step, result, revision)
    except DatabaseUnavailable as error:  # then it cannot be recorded either
        return replace(before, state=StepState.FAILED, words=same(str(error)), has_run=True)
    return StepOutcome(
        before.step,
        before.window,
        result.state,
        result.words,
        finished,
        has_run=True,
        report=result.report,
    )


def _performed(step: Step, context: StepContext, perform: Perform) -> StepResult:
    try:
        return perform(step, context)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other steps must go on
        return StepResult(StepState.FAILED, same(str(error) or type(error).__name__))


def _revision(context: StepContext) -> int:
    with reading(context.services.engine) as session:
        study_day = find_day(session, context.day)
        return study_day.plan_revision if study_day else 0


def _record(context: StepContext, step: Step, result: StepResult, revision: int) -> datetime | None:
    """Keeps how the step stands; it stays finished since it was first done for this plan."""
    with writing(context.services.engine) as session:
        before = step_records(session, context.day).get(step)
        finished = context.now if result.state is StepState.DONE else None
        if finished and before and before.state is StepState.DONE:
            unchanged = before.plan_revision == revision or step not in FOLLOWS_PLAN
            finished = before.finished_at if unchanged else finished
        session.merge(
            StepRecord(
                day=context.day,
                step=step.value,
                state=result.state,
                summary=result.words.en,
                summary_lv=result.words.lv,
                plan_revision=revision,
                recorded_at=context.now,
                finished_at=finished,
                run=context.run,
                # A failure takes nothing away from what was done before it.
                evidence=dict(result.evidence or (before.evidence if before else {})),
            )
        )
        if before is None or (before.state, before.summary) != (result.state, result.summary):
            write(
                session,
                context.author,
                f"step {result.state}",
                result.summary,
                day=context.day,
                step=step.value,
            )
    return finished
