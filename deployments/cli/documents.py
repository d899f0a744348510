"""The JSON documents that commands answer with; the forms that scripts rely on."""

from typing import Any

from models.attendance import counts
from models.database import reading
from models.question import Question, open_questions
from rules.plan import PlannedClass
from rules.process import STEPS, StepState
from tasks.context import StepContext
from tasks.day_plan import load_plan
from tasks.preview import StepPreview
from tasks.run_steps import StepOutcome, day_status


def day_document(context: StepContext) -> dict[str, Any]:
    """`sac day show --json`."""
    with reading(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        reported = counts(session, [planned.id for planned in plan.classes])
        questions = [question_document(found) for found in open_questions(session, context.day)]
    return {
        "day": context.day.isoformat(),
        "revision": plan.revision,
        "classes": [
            class_document(planned, reported[planned.id].count if planned.id in reported else None)
            for planned in plan.classes
        ],
        "steps": [outcome_document(outcome) for outcome in day_status(context)],
        "questions": questions,
    }


def class_document(planned: PlannedClass, attendance: int | None) -> dict[str, Any]:
    """One class of a plan."""
    facts = planned.facts
    return {
        "key": facts.class_id,
        "start": facts.start.isoformat(),
        "end": facts.end.isoformat(),
        "course": facts.course_lv,
        "lecturers": list(facts.lecturers),
        "groups": list(facts.groups),
        "status": facts.status.value,
        "account": planned.host or None,
        "meeting_id": facts.meeting_id,
        "join_url": facts.join_url,
        "passcode": facts.passcode,
        "attendance": attendance,
        "enrolled": planned.size,
        "support_note": planned.support_note,
    }


def outcome_document(outcome: StepOutcome) -> dict[str, Any]:
    """How one step stands."""
    rule = STEPS[outcome.step]
    return {
        "number": outcome.step.value,
        "name": rule.name,
        "name_lv": rule.name_lv,
        "opens": outcome.window.opens.isoformat(),
        "due": outcome.window.due.isoformat(),
        "state": outcome.state.value,
        "finished": outcome.finished.astimezone(outcome.window.due.tzinfo).isoformat()
        if outcome.finished
        else None,
        "summary": outcome.summary,
    }


def question_document(question: Question) -> dict[str, Any]:
    """One question, with everything needed to answer it."""
    return {
        "id": question.id,
        "kind": question.kind.value,
        "day": question.day.isoformat() if question.day else None,
        "role": question.role.value,
        "text": question.text,
        "guess": question.guess,
        "choices": question.choices,
        "facts": question.facts,
        "opened": question.opened_at.isoformat(),
    }


def preview_document(found: StepPreview) -> dict[str, Any]:
    """What one step would do."""
    return {
        "number": found.step.value,
        "name": found.name,
        "state": found.state.value,
        "create": list(found.create),
        "update": list(found.update),
        "withdraw": list(found.withdraw),
    }


def day_row(context: StepContext) -> dict[str, Any]:
    """One line of `sac day list`."""
    with reading(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        questions = len(open_questions(session, context.day))
    settled = {StepState.DONE, StepState.MISSED}
    coming = [outcome for outcome in day_status(context) if outcome.state not in settled]
    following = min(coming, key=lambda outcome: (outcome.window.due, outcome.step), default=None)
    return {
        "day": context.day.isoformat(),
        "classes": len(plan.held),
        "cancelled": len(plan.classes) - len(plan.held),
        "next_step": following.step.value if following else None,
        "next_due": following.window.due.isoformat() if following else None,
        "questions": questions,
    }
