"""Carries out a step's effects one by one, so that one that fails never stops the others.

What needs a person becomes a question, withdrawn when the effect succeeds later; what will pass
is gathered and raised at the end as one `StepFailure`.
"""

from collections.abc import Callable
from dataclasses import replace

from integrations.errors import PersonNeeded, TemporaryFault
from models.database import reading, writing
from models.question import (
    Question,
    QuestionKind,
    ask,
    find_by_key,
    open_questions,
    withdraw,
)
from rules.people import Role
from rules.process import STEPS, Step, StepState
from tasks.context import StepContext, StepFailure, StepResult
from tasks.wording import counted, tally

# A service that fails this often in a row is down; asking it a hundred times more helps nobody.
_GIVE_UP_AFTER = 3


class Effects:
    """The effects of one step in one run."""

    def __init__(self, context: StepContext, step: Step, total: int) -> None:
        self._context = context
        self._step = step
        self._total = total
        self._attempted = 0
        self._faults: list[TemporaryFault] = []
        self._in_a_row = 0
        self._questions = 0
        self._asked = self._asked_before()
        self.figures: dict[str, int] = {}

    def attempt(self, verb: str, key: str, label: str, action: Callable[[], object]) -> bool:
        """Makes one effect; `verb` is counted when it succeeded ("made", "changed", "removed")."""
        self._attempted += 1
        try:
            action()
        except PersonNeeded as error:
            self._ask(key, label, error)
            return False
        except TemporaryFault as error:
            self._remember(error)
            return False
        finally:
            self._context.progress(STEPS[self._step].name, self._attempted, self._total)
        self._in_a_row = 0
        self.figures[verb] = self.figures.get(verb, 0) + 1
        self._settle(key)
        return True

    def failure(self) -> StepFailure | None:
        """The gathered faults as one, if there were any."""
        if not self._faults:
            return None
        return StepFailure(self._step, self._faults, tally(self.figures, nothing=""))

    def raise_failure(self) -> None:
        failure = self.failure()
        if failure is not None:
            raise failure from failure.errors[0]

    def questions(self) -> int:
        """How many of these effects wait for a person."""
        return self._questions

    def _remember(self, error: TemporaryFault) -> None:
        self._faults.append(error)
        self._in_a_row += 1
        if self._in_a_row >= _GIVE_UP_AFTER:
            self.raise_failure()

    def _question_key(self, key: str) -> str:
        return f"{self._context.day}/{self._step.value}/{key}"

    def _ask(self, key: str, label: str, error: PersonNeeded) -> None:
        self._questions += 1
        role = STEPS[self._step].role or Role.COORDINATOR
        with writing(self._context.services.engine) as session:
            ask(
                session,
                Question(
                    key=self._question_key(key),
                    kind=QuestionKind.OUTSIDE_PROBLEM,
                    day=self._context.day,
                    role=role,
                    text=f"{label}: {error.what}. {error.advice}",
                    facts={"service": error.service, "operation": error.operation},
                    choices=["mended", "skip"],
                    opened_at=self._context.now,
                ),
            )

    def _asked_before(self) -> set[str]:
        with reading(self._context.services.engine) as session:
            day, kind = self._context.day, QuestionKind.OUTSIDE_PROBLEM
            return {question.key for question in open_questions(session, day, kind)}

    def _settle(self, key: str) -> None:
        """What was asked about this effect needs no answer any more."""
        if self._question_key(key) not in self._asked:
            return
        with writing(self._context.services.engine) as session:
            question = find_by_key(session, self._question_key(key))
            if question is not None:
                withdraw(session, question, self._context.now)


def waiting_for(questions: int, result: StepResult) -> StepResult:
    """The result as it is, or as one that waits for a person when there are questions."""
    if not questions:
        return result
    summary = f"{result.summary}; {counted(questions, 'question')} to answer"
    return replace(result, state=StepState.NEEDS_PERSON, summary=summary)
