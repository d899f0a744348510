"""Step 1, preparing the study-day plan: what is wrong with it becomes questions, not crashes."""

from datetime import timedelta

from sqlmodel import Session

from models.database import writing
from models.journal import write
from models.people import zoom_accounts
from models.question import Question, QuestionKind
from models.study_day import step_records
from rules.people import Role
from rules.plan import PlanProblem, ProblemCode, plan_problems
from rules.process import Step, StepState
from rules.step_sentences import NO_CLASSES, plan_prepared
from rules.wording import Text
from rules.zoom_accounts import assign_accounts
from tasks.context import StepContext, StepResult
from tasks.day_plan import DayPlan, load_plan
from tasks.effects import waiting_for
from tasks.meeting_plan import class_need
from tasks.questions import keep_questions
from tasks.reports import plan_report


def prepare_plan(context: StepContext) -> StepResult:
    """Studiju dienas plāna sagatavošana."""
    with writing(context.services.engine) as session:
        plan = load_plan(session, context.day, context.services.settings.zone)
        problems = problems_of(session, context, plan)
        open_ones = keep_questions(
            session,
            context,
            QuestionKind.PLAN_PROBLEM,
            (problem_question(context, problem) for problem in problems),
        )
        _note_revision(session, context, plan)
    cancelled = len(plan.classes) - len(plan.held)
    result = StepResult(
        StepState.DONE,
        _words(plan, cancelled),
        {
            "classes": len(plan.held),
            "cancelled": cancelled,
            "revision": plan.revision,
            "problems": [problem.text for problem in problems],
        },
        plan_report(plan),
    )
    return waiting_for(len(open_ones), result)


def _words(plan: DayPlan, cancelled: int) -> Text:
    if not plan.classes:
        return NO_CLASSES
    return plan_prepared(len(plan.held), cancelled, len(plan.lecturers), len(plan.groups))


def problems_of(session: Session, context: StepContext, plan: DayPlan) -> tuple[PlanProblem, ...]:
    """Everything that a person should mend or accept, as the plan stands."""
    return (*plan_problems(plan.classes, plan.onsite), *_shortages(context, session, plan))


def _shortages(context: StepContext, session: Session, plan: DayPlan) -> tuple[PlanProblem, ...]:
    buffer = timedelta(minutes=context.services.settings.buffer_minutes)
    needs = [class_need(planned) for planned in plan.held]
    missing = assign_accounts(needs, zoom_accounts(session), buffer).unassigned
    labels = {planned.id: planned.label for planned in plan.held}
    return tuple(
        PlanProblem(
            ProblemCode.TOO_FEW_ACCOUNTS,
            (shortage.class_id,),
            "",
            f"Nodarbībai {labels[shortage.class_id]} nepietiek ZOOM kontu. {shortage.remedy}",
        )
        for shortage in missing
    )


def problem_question(context: StepContext, problem: PlanProblem) -> Question:
    """The question to the head of SAC that a problem becomes."""
    return Question(
        key=f"{context.day}/plan/{problem.key}",
        kind=QuestionKind.PLAN_PROBLEM,
        day=context.day,
        class_id=problem.class_ids[0],
        role=Role.HEAD_OF_SAC,
        text=problem.text,
        facts={"code": problem.code, "holds_letters": problem.holds_letters},
        choices=["accept"],
        opened_at=context.now,
    )


def _note_revision(session: Session, context: StepContext, plan: DayPlan) -> None:
    last = step_records(session, context.day).get(Step.PREPARE_PLAN)
    if last is None or last.plan_revision != plan.revision:
        write(
            session,
            context.author,
            "prepared",
            f"plan revision {plan.revision}",
            day=context.day,
            step=Step.PREPARE_PLAN.value,
            classes=[planned.id for planned in plan.held],
        )
