"""Step 11, deleting the plan and the connection information in the LMS, with proof of removal."""

from collections.abc import Mapping
from functools import partial

from sqlmodel import select

from models.database import reading
from models.journal import count_actions
from models.lms import LmsItem, LmsKind, items_on
from rules.process import Step, StepState
from tasks.context import StepContext, StepResult
from tasks.effects import Effects
from tasks.publish_links import withdraw_link
from tasks.publish_plan import record_item
from tasks.wording import counted, joined, markdown_table


def clear_lms(context: StepContext) -> StepResult:
    """Plāna un notikušo nodarbību pieslēgšanās informācijas nodzēšana LMS."""
    with reading(context.services.engine) as session:
        items = items_on(session, context.day)
    effects = Effects(context, Step.CLEAR_LMS, len(items))
    for key, item in items.items():
        withdraw = _withdraw_plan if item.kind is LmsKind.PLAN else _withdraw_connection
        label = item.course_idnumber or "Plan"
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
        _summary(evidence),
        evidence,
        _proof(context),
        is_idle=not effects.figures,
    )
    return effects.waiting_for(result)


def _summary(evidence: Mapping[str, int]) -> str:
    removed = [
        counted(evidence[name], noun)
        for name, noun in (("plans", "plan"), ("connections", "connection"))
        if evidence[name]
    ]
    words = f"removed {joined(removed)}" if removed else "nothing of ours was removed"
    left = evidence["left"]
    return f"{words}; {left} still to remove" if left else f"{words}; nothing of ours is left"


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
            item.kind,
            item.course_idnumber,
            item.moodle_id,
            f"{item.withdrawn_at.astimezone(zone):%Y-%m-%d %H:%M}"
            if item.withdrawn_at
            else "stands",
        )
        for item in items
    ]
    return markdown_table(("What", "Moodle course", "Moodle id", "Removed"), rows)
