"""A day at a glance: the sentence and the timeline that end every run."""

from collections.abc import Sequence

from models.database import reading
from models.people import staff
from models.question import open_questions
from rules.process import STEPS, StepState
from tasks.context import StepContext
from tasks.question_page import LinkTo, no_form
from tasks.reports import questions_report
from tasks.run_steps import StepOutcome
from tasks.wording import markdown_table

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
    ran = [f"{one.step.value}: {one.summary}" for one in outcomes if one.has_run]
    return "; ".join(ran) or "nothing is due"


def failed_words(outcomes: Sequence[StepOutcome]) -> str:
    """Which steps failed and what to do; empty when none did."""
    failed = [one for one in outcomes if one.has_run and one.state is StepState.FAILED]
    if not failed:
        return ""
    words = " ".join(f"Step {one.step.value} failed: {one.summary}" for one in failed)
    return f"{words} When it is mended, click Retry: only what is missing will be done."


def timeline(context: StepContext, outcomes: Sequence[StepOutcome], link: LinkTo = no_form) -> str:
    """The eleven steps with their times and states, and what waits for people."""
    zone = context.services.settings.zone
    rows = [
        (
            one.step.value,
            STEPS[one.step].name,
            f"{one.window.opens.astimezone(zone):%a %d %b %H:%M}",
            f"{one.window.due.astimezone(zone):%a %d %b %H:%M}",
            _MARKS[one.state],
            one.summary,
        )
        for one in outcomes
    ]
    with reading(context.services.engine) as session:
        names: dict[str, str] = {}
        for member in reversed(staff(session)):
            names[member.role] = member.name
        questions = questions_report(open_questions(session, context.day), names, link)
    table = markdown_table(("Step", "Name", "Opens", "Due", "State", "What happened"), rows)
    return f"# Study day {context.day}\n\n{table}\n\n## Questions\n\n{questions}"
