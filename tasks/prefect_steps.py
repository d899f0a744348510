"""The eleven steps as Prefect tasks: names, retries, states in words, artifacts.

The only module below `flows` that knows Prefect. What a step does is in the module of its name.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from prefect import task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed
from prefect.utilities.annotations import quote

from integrations.errors import TemporaryFault
from rules.day_sentences import BADGES
from rules.process import STEPS, Step, StepState
from rules.wording import Text
from tasks.context import Progress, StepContext, StepFailure, StepResult
from tasks.day_overview import run_words, timeline
from tasks.question_page import LinkTo, no_form
from tasks.run_steps import Runner, StepOutcome, perform_step

# Shorter work is over before anybody could look at its progress.
_WORTH_SHOWING = 40

_IDLE = "Nav ko mainīt"


def task_name(step: Step) -> str:
    """The step's number and English name.

    Not the Latvian one: the font of Prefect's run graph has no ā, č, ē or š and leaves them out.
    """
    return f"{step.value:02d} {STEPS[step].name}"


def artifact_key(day: date, step: Step) -> str:
    """The title of a step's artifact: `2026-12-05-03-remind-lecturers`, found by day and in order.

    Prefect allows lower-case letters, digits and hyphens only.
    """
    return f"{day}-{step.value:02d}-{step.name.lower().replace('_', '-')}"


def prefect_runner(context: StepContext) -> Runner:
    """Performs steps as Prefect task runs, with the pauses between tries that settings give."""
    pauses = context.services.settings.step_retry_seconds
    tasks = {
        step: _TASKS[step].with_options(retries=len(pauses), retry_delay_seconds=pauses)
        if pauses
        else _TASKS[step]
        for step in Step
    }

    def perform(step: Step, given: StepContext) -> StepResult:
        return _result_of(tasks[step](quote(given), return_state=True))

    def notice(outcome: StepOutcome) -> None:
        _NOTICES[outcome.step](quote(outcome), return_state=True)

    return Runner(perform, notice)


def _result_of(state: State[Any]) -> StepResult:
    result = state.result()
    if not isinstance(result, StepResult):
        raise TypeError(f"a step gave {type(result).__name__}")
    return result


def _will_pass(_task: object, _run: TaskRun, state: State[Any]) -> bool:
    """Whether trying again in a minute can help."""
    error = state.result(raise_on_failure=False)
    if isinstance(error, StepFailure):
        return error.retry_at is None
    return isinstance(error, TemporaryFault) and error.retry_at is None


def _shown(state: StepState, words: Text, *, is_idle: bool = False, data: Any = None) -> State[Any]:
    name = _IDLE if is_idle and state is StepState.DONE else BADGES[state]
    return Completed(name=name, message=words.lv, data=data)


def _step_task(step: Step) -> Any:
    def run(context: StepContext) -> State[Any]:
        watched = _with_progress(context, step)
        result = perform_step(step, watched)
        _show_report(context, step, result)
        return _shown(result.state, result.words, is_idle=result.is_idle, data=result)

    return _as_task(step, run)


def _notice_task(step: Step) -> Any:
    def show(outcome: StepOutcome) -> State[Any]:
        return _shown(outcome.state, outcome.words)

    return _as_task(step, show)


def _as_task(step: Step, function: Callable[..., State[Any]]) -> Any:
    # Any: Prefect's types do not know `return_state` of a task that returns a state.
    return task(
        name=task_name(step),
        task_run_name=task_name(step),
        description=STEPS[step].name_lv,
        cache_policy=NO_CACHE,
        persist_result=False,
        retry_condition_fn=_will_pass,
    )(function)


def _show_report(context: StepContext, step: Step, result: StepResult) -> None:
    said = result.words.lv
    if result.report:
        create_markdown_artifact(
            key=artifact_key(context.day, step),
            markdown=f"## {STEPS[step].name_lv}\n\n{context.day}: {said}\n\n{result.report}",
            description=f"{said} · {STEPS[step].name_lv}",
        )


def show_day(
    context: StepContext,
    outcomes: Sequence[StepOutcome],
    link: LinkTo = no_form,
    actions: str = "",
) -> None:
    """The day's timeline as an artifact under a key that stays the same for the day."""
    create_markdown_artifact(
        key=f"study-day-{context.day}",
        markdown=timeline(context, outcomes, link, actions),
        description=f"Studiju diena · {run_words(outcomes).lv}",
    )


class _ProgressBar:
    """A progress artifact, made when there is enough to do and updated at each tenth."""

    def __init__(self, context: StepContext, step: Step) -> None:
        self._context = context
        self._step = step
        self._artifact: UUID | None = None
        self._tenth = -1

    def __call__(self, what: str, done: int, total: int) -> None:
        if total < _WORTH_SHOWING or self._tenth == done * 10 // total:
            return
        self._tenth = done * 10 // total
        percent = 100 * done / total
        if self._artifact is None:
            key = f"{artifact_key(self._context.day, self._step)}-progress"
            made = create_progress_artifact(percent, key=key, description=what)
            self._artifact = made if isinstance(made, UUID) else None
        else:
            update_progress_artifact(self._artifact, percent, description=what)


def _with_progress(context: StepContext, step: Step) -> StepContext:
    bar: Progress = _ProgressBar(context, step)
    return replace(context, progress=bar)


_TASKS = {step: _step_task(step) for step in Step}
_NOTICES = {step: _notice_task(step) for step in Step}
