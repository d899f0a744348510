"""Step 7, the information meeting: a readiness report, and a person's word that it was held.

A missed meeting never blocks the day itself.
"""

from datetime import date, datetime, time

from sqlmodel import Session, col, select

from integrations.letters import BriefedClass, Briefing, Readiness, Recipient, team_briefing
from models.attendance import counts
from models.database import reading, writing
from models.letter import LetterKind, latest_letters
from models.people import duty_on, lecturers, staff
from models.question import Question, QuestionKind, QuestionState, ask, open_questions
from models.study_day import StepRecord, StudyDay, online_classes, step_records
from rules.people import Language, Role
from rules.process import STEPS, Step, StepState
from rules.step_sentences import meeting_word, team_briefed
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, load_plan
from tasks.duty import check_duty
from tasks.outbox import office_of
from tasks.send_letters import send_letters
from tasks.single_letters import SingleLetter, queue_once
from tasks.wording import markdown_table

_PREPARING = tuple(step for step in Step if step < Step.BRIEF_TEAM)
_TEAM = (Role.HEAD_OF_SAC, Role.COORDINATOR, Role.E_STUDY_COORDINATOR)


def brief_team(context: StepContext) -> StepResult:
    """Informatīva sapulce par studiju dienas norisi."""
    check_duty(context)
    with writing(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        briefing = make_briefing(session, context, plan)
        held = ask(session, _question(context))
    told = _send(context, briefing)
    report = readiness_report(briefing)
    if held.state is QuestionState.ANSWERED:
        return _confirmed(held, report)
    return StepResult(
        StepState.NEEDS_PERSON,
        team_briefed(told),
        {"briefed": told},
        report,
    )


def _confirmed(held: Question, report: str) -> StepResult:
    was_held = held.answer == "yes"
    state = StepState.DONE if was_held else StepState.MISSED
    words = meeting_word(held=was_held, by=held.answered_by or "")
    return StepResult(state, words, {}, report)


def _question(context: StepContext) -> Question:
    return Question(
        key=f"{context.day}/meeting-held",
        kind=QuestionKind.MEETING_HELD,
        day=context.day,
        role=Role.HEAD_OF_SAC,
        text=f"Vai informatīvā sapulce par studiju dienu {context.day} ir notikusi?",
        choices=["yes", "no"],
        guess="yes",
        opened_at=context.now,
    )


def _send(context: StepContext, briefing: Briefing) -> int:
    with reading(context.services.engine) as session:
        office = office_of(session, context, Role.HEAD_OF_SAC)
        team = [member for role in _TEAM for member in staff(session, role)]
    letters = []
    for member in team:
        to = Recipient(member.name, member.email, Language.LATVIAN)
        rendered = team_briefing(context.day, to, briefing, office, 0)
        letters.append(SingleLetter(member.key, to, rendered))
    queue_once(context, LetterKind.TEAM_BRIEFING, office, letters)
    send_letters(context, Step.BRIEF_TEAM, [LetterKind.TEAM_BRIEFING])
    with reading(context.services.engine) as session:
        return len(latest_letters(session, context.day, LetterKind.TEAM_BRIEFING))


def make_briefing(session: Session, context: StepContext, plan: DayPlan) -> Briefing:
    """What is ready, what is not, and who may need support."""
    settings = context.services.settings
    records = step_records(session, context.day)
    return Briefing(
        meeting=meeting_time(context),
        readiness=tuple(_readiness(step, records.get(step), plan) for step in _PREPARING),
        classes=tuple(
            BriefedClass(planned.facts, planned.support_note) for planned in plan.classes
        ),
        questions=tuple(question.text for question in open_questions(session, context.day)),
        late_lecturers=late_last_time(session, plan),
        duty=tuple(
            f"{member.name} {duty.starts:%H:%M}–{duty.ends:%H:%M}"
            for duty, member in duty_on(session, context.day)
        ),
        place=settings.briefing_place,
        minutes=settings.briefing_minutes,
    )


def _readiness(step: Step, record: StepRecord | None, plan: DayPlan) -> Readiness:
    if record is None:
        return Readiness(step, ready=False)
    is_of_this_plan = record.plan_revision == plan.revision
    ready = record.state is StepState.DONE and is_of_this_plan
    state = StepState.DUE if record.state is StepState.DONE and not ready else record.state
    return Readiness(step, ready, record.words, state)


def meeting_time(context: StepContext) -> datetime:
    """When the meeting is: a set hour of the last working day before the study day."""
    calendar = context.calendar
    day: date = calendar.due_on(Step.BRIEF_TEAM, context.day)
    return calendar.local(day, time(context.services.settings.briefing_hour))


def late_last_time(session: Session, plan: DayPlan) -> tuple[str, ...]:
    """Lecturers of this day who reported late or not at all on the study day before it."""
    before = session.exec(
        select(col(StudyDay.day)).where(StudyDay.day < plan.day).order_by(col(StudyDay.day).desc())
    ).first()
    if before is None:
        return ()
    held = [planned for planned in online_classes(session, before) if planned.is_planned]
    reports = counts(session, [planned.id for planned in held])
    if not reports:  # that day was not run with this product: nothing is known of it
        return ()
    late = {
        key
        for planned in held
        if planned.id not in reports or reports[planned.id].is_late
        for key in planned.lecturers
    }
    people = lecturers(session)
    return tuple(sorted(people[key].name for key in late & set(plan.lecturers)))


def readiness_report(briefing: Briefing) -> str:
    """The briefing as a table artifact."""
    rows = [
        (
            item.step.value,
            STEPS[item.step].name_lv,
            "gatavs" if item.ready else "**nav gatavs**",
            item.note.lv,
        )
        for item in briefing.readiness
    ]
    notes = [(item.facts.course_lv, item.note) for item in briefing.classes if item.note]
    parts = [markdown_table(("Solis", "Nosaukums", "Stāvoklis", "Piezīme"), rows)]
    parts.append(f"Dežurē: {', '.join(briefing.duty) or '**neviens**'}")
    if briefing.late_lecturers:
        parts.append(
            f"Iepriekšējā reizē nokavēja vai neatbildēja: {', '.join(briefing.late_lecturers)}"
        )
    if notes:
        parts.append(markdown_table(("Nodarbība", "Vajadzīgais atbalsts"), notes))
    if briefing.questions:
        parts.append(
            "Neatbildētie jautājumi:\n" + "\n".join(f"- {text}" for text in briefing.questions)
        )
    return "\n\n".join(parts)
