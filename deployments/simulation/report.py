"""What a simulated semester leaves behind: the figures, the picture, and the story in words."""

import json
from collections.abc import Iterator
from pathlib import Path

from deployments.simulation.compliance import Verdict
from deployments.simulation.picture import draw
from deployments.simulation.semester import Outcome
from rules.process import STEPS, StepState


def write_report(outcome: Outcome, out: Path) -> None:
    """`report.json`, `report.md` and `semester.svg` in that folder."""
    out.mkdir(parents=True, exist_ok=True)
    document = json.dumps(outcome.document(), ensure_ascii=False, indent=2)
    (out / "report.json").write_text(document + "\n", encoding="utf-8")
    (out / "report.md").write_text("\n".join(_lines(outcome)) + "\n", encoding="utf-8")
    (out / "semester.svg").write_text(
        draw(outcome.days, "Deadlines of the semester", _sentence(outcome)), encoding="utf-8"
    )


def _sentence(outcome: Outcome) -> str:
    document = outcome.document()
    return (
        f"{document['days']} study days, {outcome.classes} classes, {outcome.letters} letters, "
        f"{outcome.faults} faults survived, {outcome.questions} questions, "
        f"{len(outcome.violations)} violations"
    )


def _lines(outcome: Outcome) -> Iterator[str]:
    yield "# A semester in virtual time\n"
    yield f"{_sentence(outcome)}.\n"
    yield "![Deadlines](semester.svg)\n"
    yield "## Violations\n"
    yield from (f"- {one.day}: {one.invariant}: {one.what}" for one in outcome.violations)
    if not outcome.violations:
        yield "None."
    yield "\n## Deadlines not plainly kept\n"
    yield "| Day | Step | Due | Done | Verdict | Why |\n| --- | --- | --- | --- | --- | --- |"
    for day in outcome.days:
        for step in day.steps:
            if step.verdict is not Verdict.KEPT:
                done = f"{step.done:%d.%m. %H:%M}" if step.done else ""
                name = f"{step.step.value} {STEPS[step.step].name}"
                why = step.why.replace("|", "/")
                yield (
                    f"| {day.day} | {name} | {step.due:%d.%m. %H:%M} | {done} | {step.verdict} "
                    f"| {why} |"
                )
    yield "\n## Faults\n"
    for moment, words in outcome.story.troubles:
        yield f"- {moment:%Y-%m-%d %H:%M}: {words}"
    yield "\n## Runs that did not end well\n"
    for run in outcome.story.runs:
        failed = [one for one in run.steps if one.has_run and one.state is StepState.FAILED]
        words = run.died or "; ".join(f"step {one.step.value}: {one.summary}" for one in failed)
        if words:
            yield f"- {run.moment:%Y-%m-%d %H:%M} {run.title}: {words}"
