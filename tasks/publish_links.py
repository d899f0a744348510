"""Step 5, placing each class's connection information in its course: link, Meeting ID, Passcode.

A class that has begun is left as it stands; a cancelled one is taken down.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import escape

from models.database import reading
from models.journal import count_actions
from models.lms import LmsItem, LmsKind, items_on
from rules.facts import content_hash, facts_to_json
from rules.plan import PlannedClass
from rules.process import Step, StepState
from rules.reconcile import Difference, reconcile
from rules.step_sentences import links_published
from rules.wording import time_span
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, load_plan
from tasks.effects import Effects
from tasks.publish_plan import record_item
from tasks.wording import markdown_table


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """Wanted and existing connection entries by key, and what follows from the two."""

    wanted: Mapping[str, PlannedClass]
    existing: Mapping[str, LmsItem]
    difference: Difference[str]


def publish_links(context: StepContext) -> StepResult:
    """Tiešsaistes nodarbību pieslēgšanās informācijas ievietošana LMS."""
    links = plan_of_links(context)
    difference = links.difference
    effects = Effects(context, Step.PUBLISH_LINKS, difference.size)
    for key in difference.withdraw:
        item = links.existing[key]
        effects.attempt(
            "removed",
            key,
            item.course_idnumber,
            partial(withdraw_link, context, Step.PUBLISH_LINKS, item),
        )
    for verb, keys in (("placed", difference.create), ("replaced", difference.update)):
        for key in keys:
            planned = links.wanted[key]
            action = partial(_publish, context, key, planned, links.existing.get(key))
            effects.attempt(verb, key, planned.label, action)
    effects.finish()
    return effects.waiting_for(_result(context, is_idle=not effects.figures))


def _result(context: StepContext, *, is_idle: bool) -> StepResult:
    with reading(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        items = items_on(session, context.day, LmsKind.CONNECTION)
        done = count_actions(session, context.day, Step.PUBLISH_LINKS.value)
    in_courses = len({item.course_idnumber for item in items.values()})
    evidence = {
        "placed": len(items),
        "replaced": done.get("replaced link", 0),
        "removed": done.get("removed link", 0),
    }
    later = {verb: evidence[verb] for verb in ("replaced", "removed")}
    return StepResult(
        StepState.DONE,
        links_published(len(items), in_courses, later),
        evidence,
        _report(plan, items),
        is_idle=is_idle,
    )


def plan_of_links(context: StepContext, expected: DayPlan | None = None) -> LinkPlan:
    """Compares the plan (or the one that a preview expects) with what stands in the LMS."""
    with reading(context.services.engine) as session:
        plan = expected or load_plan(session, context.day, context.services.settings.zone)
        existing = items_on(session, context.day, LmsKind.CONNECTION)
    wanted = {link_key(planned.id): planned for planned in _open_with_link(plan, context)}
    begun = {link_key(p.id) for p in plan.classes if p.facts.start <= context.now}
    known = {key: item.content_hash for key, item in existing.items() if key not in begun}
    hashes = {key: _hash(planned) for key, planned in wanted.items()}
    return LinkPlan(wanted, existing, reconcile(hashes, known))


def _open_with_link(plan: DayPlan, context: StepContext) -> list[PlannedClass]:
    return [
        planned
        for planned in plan.held
        if planned.facts.join_url
        and planned.course.moodle_idnumber
        and planned.facts.start > context.now
    ]


def link_key(class_id: str) -> str:
    """The key of a class's entry in the LMS."""
    return f"sac-class-{class_id}"


def _hash(planned: PlannedClass) -> str:
    return content_hash(facts_to_json([planned.facts]), planned.course.moodle_idnumber)


def _publish(context: StepContext, key: str, planned: PlannedClass, item: LmsItem | None) -> None:
    course = planned.course.moodle_idnumber
    known_id = item.moodle_id if item and item.course_idnumber == course else None
    if item is not None and known_id is None:
        context.services.moodle.withdraw_event(item.course_idnumber, key, item.moodle_id)
    posted = context.services.moodle.publish_event(*event_of(key, planned), known_id)
    row = LmsItem(
        key=key,
        day=context.day,
        kind=LmsKind.CONNECTION,
        course_idnumber=course,
        class_id=planned.id,
        moodle_id=posted.moodle_id,
        url=posted.url,
        content_hash=_hash(planned),
        published_at=context.now,
    )
    verb = "replaced" if item else "published"
    record_item(context, Step.PUBLISH_LINKS, row, f"{verb} link")


def event_of(key: str, planned: PlannedClass) -> tuple[str, str, str, str, datetime, datetime, str]:
    """What is to stand in the calendar of the class's course, as `integrations/moodle` takes it."""
    facts = planned.facts
    return (
        planned.course.moodle_idnumber,
        key,
        f"Tiešsaistes nodarbība: {facts.course_lv} ({', '.join(facts.groups)})",
        connection_html(planned),
        facts.start,
        facts.end,
        _hash(planned),
    )


def connection_html(planned: PlannedClass) -> str:
    """The connection information as students see it in the course."""
    facts = planned.facts
    url = escape(facts.join_url or "", quote=True)
    lines = (
        f"<strong>{escape(time_span(facts.start, facts.end))}</strong> {escape(facts.course_lv)}",
        f"Mācībspēks: {escape(', '.join(facts.lecturers))}",
        f"Grupas: {escape(', '.join(facts.groups))}",
        f'<a href="{url}">Pieslēgties nodarbībai</a>',
        f"Meeting ID: {escape(facts.meeting_id or '')}",
        f"Passcode: {escape(facts.passcode or '')}",
    )
    return "".join(f"<p>{line}</p>" for line in lines)


def withdraw_link(context: StepContext, step: Step, item: LmsItem) -> None:
    """Takes an entry down and keeps the proof of when."""
    context.services.moodle.withdraw_event(item.course_idnumber, item.key, item.moodle_id)
    item.withdrawn_at = context.now
    record_item(context, step, item, "removed link")


def _report(plan: DayPlan, items: Mapping[str, LmsItem]) -> str:
    labels = {link_key(planned.id): planned.label for planned in plan.classes}
    rows = [
        (labels.get(key, key), item.course_idnumber, f"[atvērt]({item.url})")
        for key, item in sorted(items.items(), key=lambda pair: labels.get(pair[0], pair[0]))
    ]
    return markdown_table(("Nodarbība", "Moodle kurss", "Ieraksts"), rows)
