"""What each step of a day would create, update and withdraw now; acts on nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from models.database import reading
from models.letter import LetterKind
from models.lms import LmsKind, items_on
from models.question import Question, QuestionState, find_by_key
from rules.plan import PlannedClass
from rules.process import STEPS, Step, StepState
from tasks.context import StepContext
from tasks.day_plan import DayPlan, load_plan
from tasks.meeting_plan import MeetingPlan, plan_of_meetings
from tasks.notices import Listeners, letters_due
from tasks.notify_students import student_listeners
from tasks.people_letters import NextLetter
from tasks.prepare_plan import problem_question, problems_of
from tasks.publish_links import plan_of_links
from tasks.publish_plan import plan_change
from tasks.release import would_be_held
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
        problems = _unanswered(session, context, plan)
        holding = sum(bool(question.facts["holds_letters"]) for question in problems)
        is_held = would_be_held(session, context, holding)
    expected = _expected(plan, meetings)
    preview = _Preview(context, outcomes, expected, is_held)
    return [
        StepPreview(
            Step.PREPARE_PLAN,
            outcomes[Step.PREPARE_PLAN].state,
            create=tuple(f"question: {question.text}" for question in problems if not question.id),
        ),
        _meetings(outcomes[Step.PLAN_MEETINGS], plan, meetings),
        preview.letters(Step.REMIND_LECTURERS, LetterKind.LECTURER, lecturer_listeners),
        preview.plan_document(),
        preview.links(),
        preview.letters(Step.NOTIFY_STUDENTS, LetterKind.STUDENT, student_listeners),
        _clearing(context, outcomes[Step.CLEAR_LMS]),
    ]


def _unanswered(session: Session, context: StepContext, plan: DayPlan) -> list[Question]:
    """What step 1 would leave for a person to decide; those that stand already have an id."""
    asked = (problem_question(context, one) for one in problems_of(session, context, plan))
    known = [find_by_key(session, question.key) or question for question in asked]
    return [question for question in known if question.state is not QuestionState.ANSWERED]


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
    is_held: bool  # the plan's letters would wait for a person

    def _is_over(self, step: Step) -> bool:
        closes = self.outcomes[step].window.closes
        return closes is not None and self.context.now >= closes

    def letters(self, step: Step, kind: LetterKind, listeners: Listeners) -> StepPreview:
        due = [] if self._is_over(step) else self._due(kind, listeners)
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

    def _due(self, kind: LetterKind, listeners: Listeners) -> list[NextLetter]:
        return letters_due(self.context, kind, listeners, self.plan, only_pressing=self.is_held)

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
