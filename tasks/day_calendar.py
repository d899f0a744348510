"""What should stand in Prefect's calendar: a run per study day and due moment, named for people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from models.database import reading
from models.study_day import (
    SETTLING,
    StepRecord,
    classes_on,
    find_day,
    prepared_days,
    step_records,
    study_days,
)
from rules.process import Step, StepState, Wave
from tasks.context import StepContext
from tasks.day_plan import read_plan
from tasks.run_steps import FOLLOWS_PLAN, StepOutcome, day_status

# The run of a due moment has this long to do its work before the day counts as left behind.
_GRACE = timedelta(minutes=10)
# Days whose last step was due longer ago are not taken up again by themselves.
_HISTORY = timedelta(days=14)
# The tags of runs that stand for a due moment, and of those that do what was left undone.
CALENDAR, CATCHING_UP = "calendar", "catching up"


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run that should stand in Prefect's calendar; `key` makes it unique for its moment."""

    day: date
    moment: datetime
    key: str
    title: str
    tag: str = CALENDAR

    @property
    def settles(self) -> bool:
        """Whether it comes by a change: then notices that are not urgent wait for more."""
        return self.tag == CATCHING_UP


def run_title(day: date, wave: Wave) -> str:
    """What a run is for, before and while it runs: `2026-12-05 · steps 3, 6 · due Tue 1 Dec 09:00`.

    The moment is in local time.
    """
    steps = ", ".join(str(step.value) for step in wave.steps)
    noun = "steps" if len(wave.steps) > 1 else "step"
    moment = wave.moment
    return f"{day} · {noun} {steps} · due {moment:%a} {moment.day} {moment:%b %H:%M}"


def planned_runs(context: StepContext) -> list[PlannedRun]:
    """A run for every due moment, past ones too, of every day that has classes and is ours.

    A day that was over when its semester was imported is not: nobody was told of it by us.
    """
    today = context.now.astimezone(context.services.settings.zone).date()
    with reading(context.services.engine) as session:
        prepared = prepared_days(session)
        revisions = {
            study_day.day: study_day.schedule_revision
            for study_day in study_days(session)
            if (study_day.day >= today or study_day.day in prepared)
            and classes_on(session, study_day.day)
        }
    return [
        _planned(day, wave, revision)
        for day, revision in revisions.items()
        for wave in context.calendar.waves(day, read_plan(context.services, day).times)
    ]


def _planned(day: date, wave: Wave, revision: int) -> PlannedRun:
    key = f"{day}/{wave.moment:%Y%m%dT%H%M}/{revision}"
    return PlannedRun(day, wave.moment, key, run_title(day, wave))


def catch_up_runs(context: StepContext, planned: Sequence[PlannedRun]) -> list[PlannedRun]:
    """A run now for each day that an outage or an unannounced change has left behind.

    One for each state of the plan and each UTC day (Zoom's daily limits end with it): a step that
    cannot succeed is not hammered.
    """
    with reading(context.services.engine) as session:
        revisions = {row.day: row.plan_revision for row in study_days(session)}
        prepared = prepared_days(session)
    # A day that lost all its classes has no due moments, but people may have to be told.
    emptied = prepared - {run.day for run in planned}
    days = [*_begun(planned, context.now), *sorted(emptied)]
    date_utc = context.now.astimezone(UTC).date()
    return [
        PlannedRun(
            day,
            context.now,
            f"{day}/open/{revisions[day]}/{date_utc}",
            f"{day} · catching up",
            CATCHING_UP,
        )
        for day in days
        if not _is_history(context, day)
        and has_open_work(replace(context, day=day), context.now - _GRACE)
    ]


def _begun(planned: Iterable[PlannedRun], now: datetime) -> list[date]:
    """Days with a due moment behind them."""
    return sorted({run.day for run in planned if run.moment <= now})


def _is_history(context: StepContext, day: date) -> bool:
    ended = context.calendar.trigger(context.calendar.due_on(Step.CLEAR_LMS, day))
    return context.now > ended + _HISTORY


def has_open_work(context: StepContext, since: datetime) -> bool:
    """Whether something of the day has waited since that moment.

    That is a step that failed, or one that was not run for the plan as it is now.
    """
    with reading(context.services.engine) as session:
        records = step_records(session, context.day)
        study_day = find_day(session, context.day)
    revision = study_day.plan_revision if study_day else 0
    return any(
        outcome.window.opens <= since
        and _waits(outcome, records.get(outcome.step), revision, since)
        for outcome in day_status(context)
    )


def _waits(outcome: StepOutcome, record: StepRecord | None, revision: int, since: datetime) -> bool:
    if outcome.state is StepState.FAILED:
        return record is not None and record.recorded_at <= since
    if record is not None and record.evidence.get(SETTLING):
        return record.recorded_at <= since
    is_new = record is None or (outcome.step in FOLLOWS_PLAN and record.plan_revision != revision)
    return outcome.state is StepState.DUE and is_new
