"""A day at a glance: the sentence and the timeline that end every run; the timeline in Latvian."""

from collections.abc import Sequence
from datetime import datetime, time

from models.database import reading
from models.people import staff
from models.question import open_questions
from rules.day_sentences import BADGES, of_failed_steps, of_steps
from rules.process import STEPS, StepState
from rules.wording import Text, weekday
from tasks.context import StepContext
from tasks.question_page import LinkTo, no_form
from tasks.reports import questions_report
from tasks.run_steps import StepOutcome
from tasks.wording import markdown_table, wrapped

_LOUD = frozenset({StepState.NEEDS_PERSON, StepState.FAILED, StepState.MISSED})


def run_words(outcomes: Sequence[StepOutcome]) -> Text:
    """What this run did, in a sentence."""
    return of_steps([(one.step.value, one.words) for one in outcomes if one.has_run])


def failed_words(outcomes: Sequence[StepOutcome]) -> Text | None:
    """Which steps failed and what to do, if any did."""
    failed = [
        (one.step.value, one.words)
        for one in outcomes
        if one.has_run and one.state is StepState.FAILED
    ]
    return of_failed_steps(failed) if failed else None


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
            f"**{one.step.value}** {wrapped(STEPS[one.step].name_lv)}",
            _mark(one.state),
            wrapped(one.words.lv),
            _due(one.window.due.astimezone(zone)),
        )
        for one in outcomes
    ]
    with reading(context.services.engine) as session:
        names: dict[str, str] = {}
        for member in reversed(staff(session)):
            names[member.role] = member.name
        questions = questions_report(open_questions(session, context.day), names, link)
    table = markdown_table(("Solis", "Stāvoklis", "Kas notika", "Termiņš"), rows)
    parts = [f"# Studiju diena {context.day}", table, actions, "## Jautājumi", questions]
    return "\n\n".join(filter(None, parts))


def _mark(state: StepState) -> str:
    if state is StepState.DONE:
        return f"✓ {BADGES[state].lower()}"
    return f"**{BADGES[state].lower()}**" if state in _LOUD else BADGES[state].lower()


def _due(moment: datetime) -> str:
    """The day, and below it the hour where it is not the day's end: side by side they are cut off."""
    hour = "" if moment.time().replace(second=0) == time(23, 59) else f"<br>{moment:%H:%M}"
    return f"{weekday(moment)} {moment:%d.%m.}{hour}"
