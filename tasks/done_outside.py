"""A step that a person did outside the system: recorded with who, why and what proves it.

The executor (`tasks/run_steps.py`) then leaves the step alone until the plan changes or somebody
runs it by hand.
"""

from sqlmodel import Session

from models.database import writing
from models.journal import write
from models.people import staff
from models.question import QuestionKind, open_questions, withdraw
from models.study_day import OUTSIDE, StepRecord, StudyDay, find_day, step_records
from rules.day_sentences import done_outside
from rules.process import Step, StepState
from rules.wording import Text
from tasks.context import StepContext
from tasks.day_plan import UnknownDay


class DoneRefused(ValueError):
    """A step that cannot be marked so; says why."""


def mark_done_outside(context: StepContext, step: Step, evidence: str, by: str) -> Text:
    """Marks the step of `context.day` as done by hand; returns the sentence that stays on record.

    `by` is a staff key; `context.reason` says why it was not left to the system. Raises DoneRefused
    and UnknownDay. The same mark made twice is made once.
    """
    reason, proof = context.reason.strip(), evidence.strip()
    if not reason or not proof:
        raise DoneRefused("Say why it was done outside the system, and what shows that it was.")
    with writing(context.services.engine) as session:
        study_day = find_day(session, context.day)
        if study_day is None:
            raise UnknownDay(context.day)
        name = _name_of(session, by)
        words = done_outside(name, reason, proof)
        if not _is_marked(session, context, step, words):
            outside = {"by": by, "reason": reason, "evidence": proof}
            _mark(session, context, (study_day, step), words, outside)
    return words


def _name_of(session: Session, by: str) -> str:
    people = {member.key: member.name for member in staff(session)}
    if by not in people:
        raise DoneRefused(f"Unknown colleague {by!r}; known are {', '.join(people)}.")
    return people[by]


def _is_marked(session: Session, context: StepContext, step: Step, words: Text) -> bool:
    record = step_records(session, context.day).get(step)
    if record is None or record.state is not StepState.DONE:
        return False
    if record.summary != words.en:
        raise DoneRefused(f"Step {step.value} is done already: {record.summary}.")
    return True


def _mark(
    session: Session,
    context: StepContext,
    what: tuple[StudyDay, Step],
    words: Text,
    outside: dict[str, str],
) -> None:
    study_day, step = what
    session.merge(
        StepRecord(
            day=context.day,
            step=step.value,
            state=StepState.DONE,
            summary=words.en,
            summary_lv=words.lv,
            plan_revision=study_day.plan_revision,
            recorded_at=context.now,
            finished_at=context.now,
            run=context.run,
            evidence={OUTSIDE: outside},
        )
    )
    if step is Step.BRIEF_TEAM:
        for question in open_questions(session, context.day, QuestionKind.MEETING_HELD):
            withdraw(session, question, context.now)
    author, day = context.author, context.day
    write(session, author, "step done outside", words.en, day=day, step=step.value, **outside)
