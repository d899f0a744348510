"""What each step of a day would create, update and withdraw now; acts on nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.database import reading
from models.letter import LetterKind
from models.lms import LmsKind, items_on
from rules.process import STEPS, Step, StepState
from tasks.context import StepContext
from tasks.day_plan import load_plan
from tasks.meeting_plan import plan_of_meetings
from tasks.notices import Listeners, letters_due
from tasks.notify_students import student_listeners
from tasks.publish_links import plan_of_links
from tasks.publish_plan import plan_change
from tasks.remind_lecturers import lecturer_listeners
from tasks.run_steps import StepOutcome, day_status


@dataclass(frozen=True, slots=True)
class StepPreview:
    """One step's effects in words: meetings, letters or LMS entries."""

    step: Step
    state: StepState
    create: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    withdraw: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return STEPS[self.step].name

    @property
    def is_empty(self) -> bool:
        return not (self.create or self.update or self.withdraw)


def preview_day(context: StepContext) -> list[StepPreview]:
    """The effects of the steps that act outside, whether they are due yet or not."""
    outcomes = {outcome.step: outcome for outcome in day_status(context)}
    return [
        _meetings(context, outcomes[Step.PLAN_MEETINGS]),
        _letters(context, outcomes[Step.REMIND_LECTURERS], LetterKind.LECTURER, lecturer_listeners),
        _plan(context, outcomes[Step.PUBLISH_PLAN]),
        _links(context, outcomes[Step.PUBLISH_LINKS]),
        _letters(context, outcomes[Step.NOTIFY_STUDENTS], LetterKind.STUDENT, student_listeners),
        _clearing(context, outcomes[Step.CLEAR_LMS]),
    ]


def _is_over(outcome: StepOutcome, context: StepContext) -> bool:
    return outcome.window.closes is not None and context.now >= outcome.window.closes


def _meetings(context: StepContext, outcome: StepOutcome) -> StepPreview:
    services = context.services
    with reading(services.engine) as session:
        plan = load_plan(session, context.day, services.settings.zone)
        meetings = plan_of_meetings(session, services.settings, plan, context.now)
    labels = {planned.id: planned.label for planned in plan.classes}
    difference = meetings.difference

    def named(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(f"Zoom: {labels.get(class_id, class_id)}" for class_id in ids)

    return StepPreview(
        outcome.step,
        outcome.state,
        named(difference.create),
        named(difference.update),
        named(difference.withdraw),
    )


def _letters(
    context: StepContext, outcome: StepOutcome, kind: LetterKind, listeners: Listeners
) -> StepPreview:
    letters = [] if _is_over(outcome, context) else letters_due(context, kind, listeners)
    written = [letter for letter in letters if letter.telling is not None]
    first = [letter for letter in written if not letter.telling or not letter.telling.changes]
    later = [letter for letter in written if letter.telling and letter.telling.changes]
    return StepPreview(
        outcome.step,
        outcome.state,
        tuple(f"letter to {letter.listener.recipient.email}" for letter in first),
        tuple(
            f"{letter.telling.variant} letter to {letter.listener.recipient.email}"
            for letter in later
            if letter.telling
        ),
        tuple(
            f"waiting letter to {letter.listener.recipient.email}"
            for letter in letters
            if letter.telling is None
        ),
    )


def _plan(context: StepContext, outcome: StepOutcome) -> StepPreview:
    change = None if _is_over(outcome, context) else plan_change(context)
    return StepPreview(
        outcome.step,
        outcome.state,
        create=("Moodle: plan.pdf",) if change == "placed" else (),
        update=("Moodle: plan.pdf",) if change == "replaced" else (),
    )


def _links(context: StepContext, outcome: StepOutcome) -> StepPreview:
    links = plan_of_links(context)
    difference = links.difference
    return StepPreview(
        outcome.step,
        outcome.state,
        tuple(f"Moodle: {links.wanted[key].label}" for key in difference.create),
        tuple(f"Moodle: {links.wanted[key].label}" for key in difference.update),
        tuple(f"Moodle: {key}" for key in difference.withdraw),
    )


def _clearing(context: StepContext, outcome: StepOutcome) -> StepPreview:
    if context.now < outcome.window.opens:
        return StepPreview(outcome.step, outcome.state)
    with reading(context.services.engine) as session:
        items = items_on(session, context.day)
    return StepPreview(
        outcome.step,
        outcome.state,
        withdraw=tuple(
            f"Moodle: {'plan.pdf' if item.kind is LmsKind.PLAN else key}"
            for key, item in items.items()
        ),
    )
