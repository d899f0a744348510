"""What each step of a day would create, update and withdraw now; acts on nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from models.database import reading
from models.letter import LetterKind
from models.lms import LmsKind, items_on
from rules.plan import PlannedClass
from rules.process import STEPS, Step, StepState
from tasks.context import StepContext
from tasks.day_plan import DayPlan, load_plan
from tasks.meeting_plan import MeetingPlan, plan_of_meetings
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
    services = context.services
    with reading(services.engine) as session:
        plan = load_plan(session, context.day, services.settings.zone)
        meetings = plan_of_meetings(session, services.settings, plan, context.now)
    expected = _expected(plan, meetings)
    preview = _Preview(context, outcomes, expected)
    return [
        _meetings(outcomes[Step.PLAN_MEETINGS], plan, meetings),
        preview.letters(Step.REMIND_LECTURERS, LetterKind.LECTURER, lecturer_listeners),
        preview.plan_document(),
        preview.links(),
        preview.letters(Step.NOTIFY_STUDENTS, LetterKind.STUDENT, student_listeners),
        _clearing(context, outcomes[Step.CLEAR_LMS]),
    ]


def _expected(plan: DayPlan, meetings: MeetingPlan) -> DayPlan:
    """The plan as step 2 will leave it: what gets another meeting has another link, not known yet."""
    difference = meetings.difference
    replaced = {
        class_id
        for class_id in difference.update
        if meetings.wanted[class_id].host != meetings.existing[class_id].host
    }
    links: dict[str, str | None] = dict.fromkeys({*difference.create, *replaced}, "to come")
    links |= dict.fromkeys(difference.withdraw)
    return replace(
        plan,
        classes=tuple(
            _with_link(planned, links[planned.id])
            if planned.is_held and planned.id in links
            else planned
            for planned in plan.classes
        ),
    )


def _with_link(planned: PlannedClass, link: str | None) -> PlannedClass:
    facts = replace(planned.facts, join_url=link, meeting_id=link, passcode=link)
    return replace(planned, facts=facts)


def _meetings(outcome: StepOutcome, plan: DayPlan, meetings: MeetingPlan) -> StepPreview:
    labels = {planned.id: planned.label for planned in (*plan.classes, *plan.elsewhere)}
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


@dataclass(frozen=True, slots=True)
class _Preview:
    """The steps that carry the expected plan into the world."""

    context: StepContext
    outcomes: Mapping[Step, StepOutcome]
    plan: DayPlan

    def _is_over(self, step: Step) -> bool:
        closes = self.outcomes[step].window.closes
        return closes is not None and self.context.now >= closes

    def letters(self, step: Step, kind: LetterKind, listeners: Listeners) -> StepPreview:
        due = [] if self._is_over(step) else letters_due(self.context, kind, listeners, self.plan)
        written = [
            (letter.telling, letter.listener.recipient.email) for letter in due if letter.telling
        ]
        return StepPreview(
            step,
            self.outcomes[step].state,
            tuple(f"letter to {to}" for telling, to in written if not telling.changes),
            tuple(
                f"{telling.variant} letter to {to}" for telling, to in written if telling.changes
            ),
            tuple(
                f"waiting letter to {letter.listener.recipient.email}"
                for letter in due
                if letter.telling is None
            ),
        )

    def plan_document(self) -> StepPreview:
        step = Step.PUBLISH_PLAN
        change = "" if self._is_over(step) else plan_change(self.context, self.plan)
        return StepPreview(
            step,
            self.outcomes[step].state,
            create=("Moodle: plan.pdf",) if change == "placed" else (),
            update=("Moodle: plan.pdf",) if change == "replaced" else (),
        )

    def links(self) -> StepPreview:
        links = plan_of_links(self.context, self.plan)
        difference = links.difference
        return StepPreview(
            Step.PUBLISH_LINKS,
            self.outcomes[Step.PUBLISH_LINKS].state,
            tuple(f"Moodle: {links.wanted[key].label}" for key in difference.create),
            tuple(f"Moodle: {links.wanted[key].label}" for key in difference.update),
            tuple(f"Moodle: {links.existing[key].course_idnumber}" for key in difference.withdraw),
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
            f"Moodle: {'plan.pdf' if item.kind is LmsKind.PLAN else item.course_idnumber}"
            for item in items.values()
        ),
    )
