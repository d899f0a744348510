"""The coming runs of all study days: one per day and due moment, named as people read them."""

from dataclasses import dataclass
from datetime import date

from models.database import reading
from models.study_day import classes_on, study_days
from rules.process import Wave
from tasks.context import StepContext
from tasks.day_plan import read_plan


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """A run that should stand in Prefect's calendar; `key` makes it unique for its moment."""

    day: date
    wave: Wave
    key: str

    @property
    def title(self) -> str:
        """The same text before and while it runs: `2026-12-05 · steps 3, 6 · due Tue 1 Dec 09:00`."""
        return run_title(self.day, self.wave)


def run_title(day: date, wave: Wave) -> str:
    """What a run is for, with its moment in local time."""
    steps = ", ".join(str(step.value) for step in wave.steps)
    noun = "steps" if len(wave.steps) > 1 else "step"
    moment = wave.moment
    return f"{day} · {noun} {steps} · due {moment:%a} {moment.day} {moment:%b %H:%M}"


def coming_runs(context: StepContext) -> list[PlannedRun]:
    """Every due moment after `context.now` of every day that still has classes."""
    zone = context.services.settings.zone
    with reading(context.services.engine) as session:
        days = [
            (study_day.day, study_day.schedule_revision)
            for study_day in study_days(session)
            if classes_on(session, study_day.day)
        ]
    return [
        PlannedRun(day, wave, f"{day}/{wave.moment:%Y%m%dT%H%M}/{revision}")
        for day, revision in days
        for wave in context.calendar.waves(day, read_plan(context.services, day).times)
        if wave.moment > context.now.astimezone(zone)
    ]
