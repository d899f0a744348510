"""Step 11, deleting the plan and the connection information in the LMS, with proof of removal."""

from functools import partial

from sqlmodel import select

from models.database import reading
from models.journal import count_actions
from models.lms import LmsItem, LmsKind, items_on
from rules.process import Step, StepState
from rules.step_sentences import lms_cleared
from tasks.context import StepContext, StepResult
from tasks.effects import Effects
from tasks.publish_links import withdraw_link
from tasks.publish_plan import record_item
from tasks.wording import markdown_table

_KINDS = {LmsKind.PLAN: "plāns", LmsKind.CONNECTION: "pieslēgšanās informācija"}


def clear_lms(context: StepContext) -> StepResult:
    """Plāna un notikušo nodarbību pieslēgšanās informācijas nodzēšana LMS."""
    with reading(context.services.engine) as session:
        items = items_on(session, context.day)
    effects = Effects(context, Step.CLEAR_LMS, len(items))
    for key, item in items.items():
        withdraw = _withdraw_plan if item.kind is LmsKind.PLAN else _withdraw_connection
        label = item.course_idnumber or "Plāns"
        effects.attempt("removed", key, label, partial(withdraw, context, item))
    effects.finish()
    with reading(context.services.engine) as session:
        done = count_actions(session, context.day, Step.CLEAR_LMS.value)
        left = len(items_on(session, context.day))
    evidence = {
        "plans": done.get("removed plan", 0),
        "connections": done.get("removed link", 0),
        "left": left,
    }
    result = StepResult(
        StepState.DONE,
        lms_cleared(**evidence),
        evidence,
        _proof(context),
        is_idle=not effects.figures,
    )
    return effects.waiting_for(result)


def _withdraw_plan(context: StepContext, item: LmsItem) -> None:
    context.services.moodle.withdraw_plan(item.key, item.moodle_id)
    item.withdrawn_at = context.now
    record_item(context, Step.CLEAR_LMS, item, "removed plan")


def _withdraw_connection(context: StepContext, item: LmsItem) -> None:
    withdraw_link(context, Step.CLEAR_LMS, item)


def _proof(context: StepContext) -> str:
    zone = context.services.settings.zone
    with reading(context.services.engine) as session:
        items = session.exec(select(LmsItem).where(LmsItem.day == context.day)).all()
    rows = [
        (
            _KINDS[item.kind],
            item.course_idnumber,
            item.moodle_id,
            f"{item.withdrawn_at.astimezone(zone):%d.%m.%Y. %H:%M}"
            if item.withdrawn_at
            else "vēl stāv",
        )
        for item in items
    ]
    return markdown_table(("Kas", "Moodle kurss", "Moodle numurs", "Dzēsts"), rows)
