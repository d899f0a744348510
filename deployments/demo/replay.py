"""Replays one study day: moves the clock, runs the flow at each due moment, acts as the staff.

People of the demo: lecturers answer in the sandbox; here the office cancels one class after the
letters went out, holds its meeting, and reads the replies that are unclear.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from deployments.sandbox.testing import RunningSandbox
from integrations.services import Services
from models.database import reading
from models.people import staff
from models.question import Question, QuestionKind, open_questions
from rules.people import Role
from rules.plan import PlannedClass
from rules.process import Step
from tasks.answer_question import answer_question
from tasks.change_class import cancel_class
from tasks.context import StepContext
from tasks.day_calendar import run_title
from tasks.day_plan import read_plan

RunDay = Callable[[datetime, str], None]
ReadMail = Callable[[datetime], None]

_CANCEL_REASON = "Mācībspēks saslimis"


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the replay: what people do, then what the product does."""

    moment: datetime
    title: str
    people: Callable[[datetime], None] | None = None
    runs_day: bool = True


@dataclass(frozen=True, slots=True)
class Replay:
    """Everything that the replay moves."""

    services: Services
    sandbox: RunningSandbox
    context: StepContext
    run_day: RunDay
    read_mail: ReadMail

    def scenes(self) -> list[Scene]:
        """The due moments of the day, and between them what people do."""
        context, calendar = self.context, self.context.calendar
        times = read_plan(self.services, context.day).times
        waves = calendar.waves(context.day, times)
        due = [Scene(wave.moment, run_title(context.day, wave), None) for wave in waves]
        published = calendar.due_on(Step.PUBLISH_LINKS, context.day)
        meeting = calendar.local(calendar.due_on(Step.BRIEF_TEAM, context.day), time(15))
        evening = max(held.end for held in times) + timedelta(hours=3)
        reminded = calendar.local(calendar.reminder_on(context.day), time(16))
        last = calendar.local(calendar.due_on(Step.CLEAR_LMS, context.day), time(15))
        after = calendar.trigger(last.date() + timedelta(days=1))
        extra = [
            Scene(
                calendar.local(published, time(17)),
                f"{context.day} · a class is cancelled",
                self.cancel_one,
            ),
            Scene(meeting, f"{context.day} · the meeting is held", self.answer_questions),
            Scene(evening, "the mailbox in the evening", None, runs_day=False),
            Scene(reminded, "the mailbox on the day of the reminder", None, runs_day=False),
            Scene(last, f"{context.day} · unclear replies are read", self.answer_questions),
            Scene(after, f"{context.day} · the day after", None),
        ]
        return sorted([*due, *extra], key=lambda scene: scene.moment)

    def play(self, scene: Scene) -> None:
        """Moves the world's clock to the scene and lets it happen."""
        self.sandbox.move_clock(scene.moment)
        if scene.people is not None:
            scene.people(scene.moment)
        if scene.runs_day:
            self.run_day(scene.moment, scene.title)
        else:
            self.read_mail(scene.moment)

    def _at(self, moment: datetime, actor: str, reason: str) -> StepContext:
        return StepContext(self.services, self.context.day, moment, "demo", actor, reason)

    def cancel_one(self, moment: datetime) -> None:
        """A lecturer falls ill: one class of the middle of the day is cancelled."""
        head = self._colleague(Role.HEAD_OF_SAC)
        cancel_class(self._at(moment, head, _CANCEL_REASON), self.class_to_cancel().id)

    def class_to_cancel(self) -> PlannedClass:
        """The class in the middle of the day that has students to be told."""
        held = read_plan(self.services, self.context.day).held
        attended = [planned for planned in held if planned.size] or list(held)
        return attended[len(attended) // 2]

    def answer_questions(self, moment: datetime) -> None:
        """The staff answer everything that waits, as a careful colleague would."""
        with reading(self.services.engine) as session:
            questions = open_questions(session, self.context.day)
        for question in questions:
            by = self._colleague(question.role)
            context = self._at(moment, by, "")
            answer_question(context, question.id or 0, _answer(question), by)

    def _colleague(self, role: Role) -> str:
        with reading(self.services.engine) as session:
            return (staff(session, role) or staff(session))[0].key


def _answer(question: Question) -> str:
    if question.kind is QuestionKind.UNCLEAR_REPLY:
        # The coordinator has read the mail and asked back on the phone.
        return question.guess or ";".join("12" for _ in question.facts["classes"])
    return question.guess or question.choices[0]
