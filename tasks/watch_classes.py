"""Step 8, ensuring the study day runs: a look at each class that should have begun.

Each distinct class start has one run a few minutes later; nothing polls. A class that has not
begun is looked at again by every later run of the day, and the coordinators on duty are told once.
"""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from integrations.letters import Recipient, class_not_started
from models.attendance import ClassLook, looks
from models.database import reading, writing
from models.journal import write
from models.letter import LetterKind
from rules.people import Language, Role
from rules.plan import PlannedClass
from rules.process import Step, StepState
from rules.step_sentences import classes_watched
from rules.wording import clock, time_span
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, read_plan
from tasks.duty import check_duty, on_duty
from tasks.effects import Effects
from tasks.outbox import office_of
from tasks.send_letters import send_letters
from tasks.single_letters import SingleLetter, queue_once
from tasks.wording import markdown_table


def watch_classes(context: StepContext) -> StepResult:
    """Studiju dienas norises nodrošināšana."""
    check_duty(context)
    plan = read_plan(context.services, context.day)
    due = [planned for planned in _to_look_at(context, plan) if not _has_started(context, planned)]
    effects = Effects(context, Step.WATCH_CLASSES, len(due))
    for planned in due:
        effects.attempt("seen", planned.id, planned.label, partial(_look, context, planned))
    _tell_duty(context, _silent(context, plan, due))
    effects.finish()
    return effects.waiting_for(_result(context, plan))


def _to_look_at(context: StepContext, plan: DayPlan) -> list[PlannedClass]:
    grace = timedelta(minutes=context.services.settings.watch_after_minutes)
    return [
        planned
        for planned in plan.held
        if planned.facts.start + grace <= context.now < planned.facts.end
        and planned.facts.meeting_id
    ]


def _looks(context: StepContext, plan: DayPlan) -> dict[str, list[ClassLook]]:
    with reading(context.services.engine) as session:
        return looks(session, [planned.id for planned in plan.classes])


def _has_started(context: StepContext, planned: PlannedClass) -> bool:
    with reading(context.services.engine) as session:
        seen = looks(session, [planned.id]).get(planned.id, [])
    return any(look.has_started for look in seen)


def _look(context: StepContext, planned: PlannedClass) -> None:
    meeting = context.services.zoom.fetch_meeting(planned.facts.meeting_id or "")
    has_started = bool(meeting and meeting.has_started)
    with writing(context.services.engine) as session:
        session.add(ClassLook(class_id=planned.id, looked_at=context.now, has_started=has_started))
        write(
            session,
            context.author,
            "class has begun" if has_started else "class has not begun",
            planned.label,
            day=context.day,
            step=Step.WATCH_CLASSES.value,
            class_id=planned.id,
        )


def _silent(context: StepContext, plan: DayPlan, due: Sequence[PlannedClass]) -> list[PlannedClass]:
    """Those that were looked at and never seen begun; an unanswered look says nothing."""
    seen = _looks(context, plan)
    return [
        planned
        for planned in due
        if seen.get(planned.id) and not any(look.has_started for look in seen[planned.id])
    ]


def _tell_duty(context: StepContext, silent: Sequence[PlannedClass]) -> None:
    """Writes to the coordinators on duty, once for each class.

    Also when all is quiet now: a letter of an earlier look may still wait, or be doubtful.
    """
    with reading(context.services.engine) as session:
        office = office_of(session, context, Role.COORDINATOR)
    letters = [
        SingleLetter(
            f"{member.key}:{planned.id}",
            to := Recipient(member.name, member.email, Language.LATVIAN),
            class_not_started(
                context.day,
                to,
                planned.facts,
                [lecturer.phone for lecturer in planned.lecturers if lecturer.phone],
                office,
            ),
        )
        for planned in silent
        for member in on_duty(context, context.now)
    ]
    queue_once(context, LetterKind.CLASS_NOT_STARTED, office, letters)
    send_letters(context, Step.WATCH_CLASSES, [LetterKind.CLASS_NOT_STARTED])


def _result(context: StepContext, plan: DayPlan) -> StepResult:
    seen = _looks(context, plan)
    begun = [p for p in plan.held if any(look.has_started for look in seen.get(p.id, []))]
    silent = [p for p in plan.held if p.id in seen and p not in begun]
    to_come = [p for p in plan.held if p.id not in seen and p.facts.end > context.now]
    state = StepState.DUE if to_come else StepState.DONE
    words = classes_watched(len(begun), len(plan.held), len(silent), len(to_come))
    figures = {"begun": len(begun), "not_begun": len(silent), "to_come": len(to_come)}
    return StepResult(state, words, figures, day_record(context, plan, seen))


def day_record(context: StepContext, plan: DayPlan, seen: dict[str, list[ClassLook]]) -> str:
    """The day's record: every class with when it was looked at and what was seen."""
    zone = context.services.settings.zone
    rows = [
        (
            time_span(planned.facts.start, planned.facts.end),
            planned.facts.course_lv,
            ", ".join(planned.facts.lecturers),
            ", ".join(
                f"{clock(look.looked_at.astimezone(zone))} "
                + ("sākusies" if look.has_started else "**nav sākusies**")
                for look in seen.get(planned.id, [])
            ),
            planned.support_note,
        )
        for planned in plan.held
    ]
    return markdown_table(("Laiks", "Studiju kurss", "Mācībspēki", "Apskatīta", "Atbalsts"), rows)
