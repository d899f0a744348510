"""Carries out a step's effects one by one, so that one that fails never stops the others.

What needs a person becomes a question, one for each cause, withdrawn when the cause is gone; what
will pass is gathered and raised at the end as one `StepFailure`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from integrations.errors import PersonNeeded, TemporaryFault
from models.database import reading, writing
from models.question import SKIP, Question, QuestionKind, QuestionState, questions_of
from rules.day_sentences import with_questions
from rules.facts import content_hash
from rules.people import Role
from rules.process import STEPS, Step, StepState
from tasks.context import StepContext, StepFailure, StepResult
from tasks.questions import keep_questions
from tasks.wording import listed, tally

# A service that fails this often in a row is down; asking it a hundred times more helps nobody.
_GIVE_UP_AFTER = 3
MENDED = "mended"


@dataclass(slots=True)
class _Cause:
    """One reason for which a person is needed, and the effects (key -> label) that it stops."""

    error: PersonNeeded
    labels: dict[str, str] = field(default_factory=dict)


class Effects:
    """The effects of one step in one run."""

    def __init__(self, context: StepContext, step: Step, total: int) -> None:
        self._context = context
        self._step = step
        self._total = total
        self._attempted = 0
        self._faults: list[TemporaryFault] = []
        self._in_a_row = 0
        self._causes: dict[str, _Cause] = {}
        self._questions = 0
        self.figures: dict[str, int] = {}

    def attempt(self, verb: str, key: str, label: str, action: Callable[[], object]) -> bool:
        """Makes one effect; `verb` is counted when it succeeded ("made", "changed", "removed")."""
        self._attempted += 1
        try:
            action()
        except PersonNeeded as error:
            cause = self._causes.setdefault(f"{error.what}/{error.advice}", _Cause(error))
            cause.labels[key] = label
            return False
        except TemporaryFault as error:
            self._remember(error)
            return False
        finally:
            self._context.progress(STEPS[self._step].name_lv, self._attempted, self._total)
        self._in_a_row = 0
        self.figures[verb] = self.figures.get(verb, 0) + 1
        return True

    def finish(self) -> None:
        """Asks about what needs a person; raises the gathered faults, if there were any."""
        self._ask(settle=not self._faults)
        if self._faults:
            done = tally(self.figures, nothing="")
            raise StepFailure(self._step, self._faults, done) from self._faults[0]

    def waiting_for(self, result: StepResult) -> StepResult:
        """The result, as one that waits for a person when effects do."""
        return waiting_for(self._questions, result)

    def was_asked(self, key: str, error: type[PersonNeeded]) -> bool:
        """Whether an earlier run asked about that effect for that reason, and nobody said skip."""
        with reading(self._context.services.engine) as session:
            return any(
                question.state is not QuestionState.WITHDRAWN
                and question.answer != SKIP
                and question.facts["error"] == error.__name__
                and key in question.facts["effects"]
                for question in questions_of(session, self._prefix)
            )

    @property
    def _prefix(self) -> str:
        return f"{self._context.day}/{self._step.value}/"

    def _remember(self, error: TemporaryFault) -> None:
        self._faults.append(error)
        self._in_a_row += 1
        if self._in_a_row >= _GIVE_UP_AFTER:
            self.finish()

    def _ask(self, *, settle: bool) -> None:
        """Keeps this step's questions; only a run that could try everything withdraws any."""
        if not self._causes and not settle:
            return
        wanted = [self._question(cause) for cause in self._causes.values()]
        with writing(self._context.services.engine) as session:
            open_ones = keep_questions(
                session,
                self._context,
                QuestionKind.OUTSIDE_PROBLEM,
                wanted,
                prefix=self._prefix if settle else None,
                again_after=MENDED,
            )
        self._questions = len(open_ones)

    def _question(self, cause: _Cause) -> Question:
        error, concerned = cause.error, listed(list(cause.labels.values()))
        return Question(
            key=f"{self._prefix}{content_hash(error.what, sorted(cause.labels))}",
            kind=QuestionKind.OUTSIDE_PROBLEM,
            day=self._context.day,
            role=STEPS[self._step].role or Role.COORDINATOR,
            text=f"{concerned}: {error.what}. {error.advice}",
            facts={
                "service": error.service,
                "operation": error.operation,
                "error": type(error).__name__,
                "effects": sorted(cause.labels),
                # A class without its meeting: letters about it would have to be taken back.
                "holds_letters": self._step is Step.PLAN_MEETINGS,
            },
            choices=[MENDED, SKIP],
            opened_at=self._context.now,
        )


def waiting_for(questions: int, result: StepResult) -> StepResult:
    """The result as it is, or as one that waits for a person when there are questions."""
    if not questions:
        return result
    words = with_questions(result.words, questions)
    return replace(result, state=StepState.NEEDS_PERSON, words=words)
