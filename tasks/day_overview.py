"""A day at a glance: the sentence and the timeline that end every run."""

from collections.abc import Sequence
from datetime import datetime, time

from models.database import reading
from models.people import staff
from models.question import open_questions
from rules.process import STEPS, StepState
from tasks.context import StepContext
from tasks.question_page import LinkTo, no_form
from tasks.reports import questions_report
from tasks.run_steps import StepOutcome
from tasks.wording import markdown_table, wrapped

_MARKS = {
    StepState.DONE: "✓ done",
    StepState.DUE: "due",
    StepState.NOT_DUE: "not due",
    StepState.NEEDS_PERSON: "**waits for a person**",
    StepState.FAILED: "**failed**",
    StepState.MISSED: "**missed**",
}


def run_words(outcomes: Sequence[StepOutcome]) -> str:
    """What this run did, in a sentence."""
    ran = [f"Step {one.step.value}: {one.summary.rstrip('.')}." for one in outcomes if one.has_run]
    return " ".join(ran) or "Nothing is due."


def failed_words(outcomes: Sequence[StepOutcome]) -> str:
    """Which steps failed and what to do; empty when none did."""
    failed = [one for one in outcomes if one.has_run and one.state is StepState.FAILED]
    if not failed:
        return ""
    words = " ".join(f"Step {one.step.value} failed: {one.summary}" for one in failed)
    return f"{words} When it is mended, click Retry: only what is missing will be done."


def timeline(
    context: StepContext,
    outcomes: Sequence[StepOutcome],
    link: LinkTo = no_form,
    actions: str = "",
) -> str:
    """The eleven steps with their times and states, what can be done, and what waits for people."""
    zone = context.services.settings.zone
    rows = [
        (
            f"**{one.step.value}** {wrapped(STEPS[one.step].name)}",
            _MARKS[one.state],
            wrapped(one.summary),
            _due(one.window.due.astimezone(zone)),
        )
        for one in outcomes
    ]
    with reading(context.services.engine) as session:
        names: dict[str, str] = {}
        for member in reversed(staff(session)):
            names[member.role] = member.name
        questions = questions_report(open_questions(session, context.day), names, link)
    table = markdown_table(("Step", "State", "What happened", "Due"), rows)
    parts = [f"# Study day {context.day}", table, actions, "## Questions", questions]
    return "\n\n".join(filter(None, parts))


def _due(moment: datetime) -> str:
    """The day, and the hour where it is not the day's end."""
    hour = "" if moment.time().replace(second=0) == time(23, 59) else f" {moment:%H:%M}"
    return f"{moment:%a} {moment.day} {moment:%b}{hour}"
