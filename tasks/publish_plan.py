"""Step 4, placing the study-day plan in the LMS as a PDF, replacing the old one when it changed."""

from pathlib import Path

from integrations.plan_document import PlanDocument, render_plan
from models.database import reading, writing
from models.journal import count_actions, write
from models.lms import LmsItem, LmsKind, items_on
from models.people import duty_on
from rules.facts import content_hash, facts_to_json
from rules.people import Role
from rules.process import Step, StepState
from rules.step_sentences import plan_published
from rules.wording import long_date, short_date
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, load_plan, responsible
from tasks.effects import Effects


def publish_plan(context: StepContext) -> StepResult:
    """Studiju dienas plāna ievietošana LMS."""
    document, item = _wanted_and_known(context)
    effects = Effects(context, Step.PUBLISH_PLAN, 1)
    if verb := _change(document, item):
        effects.attempt(verb, "plan", "Plāns", lambda: _publish(context, document, item))
    effects.finish()
    with reading(context.services.engine) as session:
        item = items_on(session, context.day, LmsKind.PLAN).get(plan_key(context))
        done = count_actions(session, context.day, Step.PUBLISH_PLAN.value)
    evidence = {"placed": int(item is not None), "replaced": done.get("published plan", 1) - 1}
    result = StepResult(
        StepState.DONE,
        plan_published(stands=item is not None, replaced=evidence["replaced"]),
        evidence,
        f"[Plāns LMS]({item.url})" if item else "Plāna nav LMS.",
        is_idle=not effects.figures,
    )
    return effects.waiting_for(result)


def plan_change(context: StepContext, expected: DayPlan) -> str:
    """What step 4 would do with that plan: "placed", "replaced", or nothing."""
    return _change(*_wanted_and_known(context, expected))


def _change(document: PlanDocument, item: LmsItem | None) -> str:
    if item is None:
        return "placed"
    return "" if item.content_hash == plan_hash(document) else "replaced"


def plan_key(context: StepContext) -> str:
    """The key of the day's plan in the LMS."""
    return f"sac-plan-{context.day}"


def plan_hash(document: PlanDocument) -> str:
    """Covers what the reader sees, not when it was made."""
    return content_hash(facts_to_json(document.classes), document.duty, document.contact)


def plan_document(context: StepContext, plan: DayPlan) -> PlanDocument:
    """The day's plan as the document that students and lecturers see."""
    settings = context.services.settings
    with reading(context.services.engine) as session:
        duty = tuple(member.name for _, member in duty_on(session, context.day))
        contact = responsible(session, Role.COORDINATOR)
    return PlanDocument(
        day=context.day,
        institution=settings.institution,
        classes=tuple(planned.facts for planned in plan.classes),
        duty=duty,
        revision=plan.revision,
        made_at=context.now.astimezone(settings.zone),
        contact=", ".join(filter(None, (settings.smtp.sender, contact.phone))),
    )


def save_document(context: StepContext, name: str, content: bytes) -> Path:
    """Puts a document into the day's output folder, never half-written."""
    folder = context.services.settings.output_dir / str(context.day)
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(content)
    return unfinished.replace(folder / name)


def _wanted_and_known(
    context: StepContext, expected: DayPlan | None = None
) -> tuple[PlanDocument, LmsItem | None]:
    with reading(context.services.engine) as session:
        plan = expected or load_plan(session, context.day, context.services.settings.zone)
        item = items_on(session, context.day, LmsKind.PLAN).get(plan_key(context))
    return plan_document(context, plan), item


def _publish(context: StepContext, document: PlanDocument, item: LmsItem | None) -> None:
    wanted_hash = plan_hash(document)
    pdf = render_plan(document)
    save_document(context, "plan.pdf", pdf)
    key, subject, message, filename = post_of(context)
    posted = context.services.moodle.publish_plan(
        key,
        subject,
        message,
        pdf,
        filename,
        wanted_hash,
        item.moodle_id if item else None,
    )
    row = LmsItem(
        key=plan_key(context),
        day=context.day,
        kind=LmsKind.PLAN,
        moodle_id=posted.moodle_id,
        url=posted.url,
        content_hash=wanted_hash,
        published_at=context.now,
    )
    record_item(context, Step.PUBLISH_PLAN, row, "published plan")


def post_of(context: StepContext) -> tuple[str, str, str, str]:
    """The key of the day's post on the info page, its subject, its text, and its file's name."""
    return (
        plan_key(context),
        f"Studiju dienas plāns: {short_date(context.day)}",
        f"<p>Studiju dienas plāns: {long_date(context.day)}.</p>",
        f"studiju-dienas-plans-{context.day}.pdf",
    )


def record_item(context: StepContext, step: Step, row: LmsItem, action: str) -> None:
    """Keeps what stands (or stood) in the LMS, and says so in the journal."""
    with writing(context.services.engine) as session:
        session.merge(row)
        write(
            session,
            context.author,
            action,
            row.key,
            day=context.day,
            step=step.value,
            moodle_id=row.moodle_id,
        )
