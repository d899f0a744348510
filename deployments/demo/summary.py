"""What the demo ends with: the contract's document, the letters as files, a report for people."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from deployments.cli.documents import outcome_document
from deployments.sandbox.testing import RunningSandbox
from models.database import reading
from models.letter import Letter, LetterState
from models.question import Question
from rules.process import StepState
from tasks.context import StepContext
from tasks.day_overview import timeline
from tasks.day_plan import read_plan
from tasks.request_attendance import attendance_now
from tasks.run_steps import StepOutcome, day_status


@dataclass(frozen=True, slots=True)
class Ending:
    """The day at the end of the replay."""

    context: StepContext
    sandbox: RunningSandbox
    out: Path
    most_lms_items: int

    def document(self) -> dict[str, Any]:
        """The contract's JSON."""
        context = self.context
        plan = read_plan(context.services, context.day)
        outcomes = day_status(context)
        meetings = self.sandbox.state()["zoom"]["meetings"]
        with reading(context.services.engine) as session:
            questions = session.exec(select(Question).where(Question.day == context.day)).all()
        return {
            "day": context.day.isoformat(),
            "steps": [outcome_document(outcome) for outcome in outcomes],
            "classes": len(plan.classes),
            "cancelled": len(plan.classes) - len(plan.held),
            "meetings": len(meetings),
            "letters": dict(sorted(self._letters().items())),
            "lms_items": self.most_lms_items,
            "attendance": dict(attendance_now(context).figures),
            "questions": len(questions),
            "problems": _problems(outcomes),
            "out": str(self.out),
        }

    def _letters(self) -> Counter[str]:
        with reading(self.context.services.engine) as session:
            rows = session.exec(
                select(Letter.kind, Letter.variant).where(
                    Letter.day == self.context.day, Letter.state == LetterState.SENT
                )
            ).all()
        return Counter(f"{kind}_{variant}" if variant else str(kind) for kind, variant in rows)

    def write_letters(self) -> int:
        """Every letter that was sent, as a file that a mail program opens."""
        folder = self.out / "letters"
        folder.mkdir(parents=True, exist_ok=True)
        with reading(self.context.services.engine) as session:
            letters = session.exec(
                select(Letter)
                .where(Letter.day == self.context.day, Letter.state == LetterState.SENT)
                .order_by(col(Letter.id))
            ).all()
        for letter in letters:
            name = f"{letter.kind}-{letter.person}-{letter.sequence}.eml".replace(":", "-")
            (folder / name).write_bytes(letter.content)
        return len(letters)

    def write_report(self) -> Path:
        """The day's timeline as a text that people read."""
        report = self.out / "report.md"
        report.write_text(timeline(self.context, day_status(self.context)), encoding="utf-8")
        return report


def _problems(outcomes: list[StepOutcome]) -> list[str]:
    return [
        f"Step {outcome.step.value} is {outcome.state}: {outcome.summary}"
        for outcome in outcomes
        if outcome.state is not StepState.DONE
    ]
