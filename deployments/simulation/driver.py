"""Drives study days through virtual time: due runs, changes, answers, troubles, one after another.

A run that was killed or failed is tried again a little later, and healed by whatever run comes next.
What happened is kept as a list of `RunSeen` for the checker.
"""

import heapq
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from deployments.sandbox.testing import RunningSandbox
from deployments.simulation import office
from deployments.simulation.books import ClassRow
from deployments.simulation.office import Asked, StepSeen
from deployments.simulation.processes import Worker, WorkerFailed, WorkerKilled, WorkerStuck
from deployments.simulation.trouble import SLOW_SECONDS, Trouble
from models.question import SKIP, QuestionKind
from rules.process import Step, StepState

_RETRY_AFTER = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=24))
_SETTLING_RUNS = 6
_MOST_ANSWERS = 60  # rounds of answers to a day; whoever still asks then will ask for ever


@dataclass(frozen=True, slots=True)
class Action:
    """Something that happens to a day at a moment: a due run, a change by hand, an answer."""

    moment: datetime
    day: date
    kind: str  # run, change, answer
    what: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    tries: int = 0
    name: str = ""  # what later actions call the class that this one adds


@dataclass(frozen=True, slots=True)
class RunSeen:
    """A run of a day as seen from outside; `steps` is empty when it was killed."""

    moment: datetime
    day: date
    title: str
    steps: tuple[StepSeen, ...]
    died: str = ""

    def did(self, step: Step) -> bool:
        """Whether this run left that step done."""
        return any(
            seen.step is step and seen.has_run and seen.state is StepState.DONE
            for seen in self.steps
        )

    @property
    def has_failed(self) -> bool:
        return bool(self.died) or any(
            seen.has_run and seen.state is StepState.FAILED for seen in self.steps
        )


@dataclass(slots=True)
class Story:
    """All that happened, for the checker and the report."""

    runs: list[RunSeen] = field(default_factory=list)
    troubles: list[tuple[datetime, str]] = field(default_factory=list)
    typed: dict[str, set[int]] = field(default_factory=dict)  # numbers typed by a person, by class
    refused: list[str] = field(default_factory=list)
    stuck: list[tuple[date | None, str]] = field(
        default_factory=list
    )  # what would never have ended


Look = Callable[[RunSeen], None]


@dataclass(slots=True)
class Driver:
    """Moves one world through time. `look` is called after each run, while the world stands still."""

    sandbox: RunningSandbox
    new_worker: Callable[[], Worker]
    look: Look = lambda _run: None
    answer_after: timedelta = timedelta(hours=3)
    trouble_at: Callable[[int, date], Trouble | None] = lambda _number, _day: None
    new_day_first: bool = False  # which of two days runs first after a move
    runs_after_answers: bool = True  # at once, and not only when the next run is due
    story: Story = field(default_factory=Story)
    _queue: list[tuple[datetime, int, Action]] = field(default_factory=list)
    _number: Any = field(default_factory=count)
    _now: datetime | None = None
    _worker: Worker | None = None
    _planned: set[tuple[date, datetime]] = field(default_factory=set)
    _answering: set[int] = field(default_factory=set)
    _added: dict[str, str] = field(default_factory=dict)  # ids of added classes by their names
    _answers: Counter[date] = field(default_factory=Counter)
    _slow_hits: int = 0

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a worker that is alive answers.

        One that was killed, or that hangs, is gone afterwards; the next call starts another.
        """
        if self._worker is None:
            self._worker = self.new_worker()
        try:
            return self._worker.call(function, *arguments)
        except WorkerKilled as killed:
            self._worker = None
            if isinstance(killed, WorkerStuck):
                self.story.stuck.append((None, killed.where))
            raise

    def push(self, action: Action) -> None:
        heapq.heappush(self._queue, (action.moment, next(self._number), action))

    def plan_day(self, day: date, now: datetime) -> None:
        """Queues the day's due runs after `now`, and one on the day after; known ones once only."""
        moments = [moment for moment in self.ask(office.waves, day, now) if moment > now]
        for moment in (*moments, moments[-1] + timedelta(days=1)) if moments else ():
            if (day, moment) not in self._planned:
                self._planned.add((day, moment))
                self.push(Action(moment, day, "run", "due"))

    @property
    def last_moment(self) -> datetime:
        """The last moment that is planned so far."""
        return max(moment for moment, _, _ in self._queue)

    def play(self) -> Story:
        """Until nothing is left to happen; then the world is left in peace for some days."""
        self._play_queue()
        self.sandbox.forget_faults()
        days = sorted({run.day for run in self.story.runs})
        for _ in range(_SETTLING_RUNS):
            unsettled = [day for day in days if self._is_unsettled(day)]
            if not unsettled:
                break
            moment = (self._now or self.story.runs[-1].moment) + timedelta(days=1)
            for day in unsettled:
                self.push(Action(moment, day, "run", "settling"))
            self._play_queue()
        return self.story

    def close(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def _is_unsettled(self, day: date) -> bool:
        last = next(run for run in reversed(self.story.runs) if run.day == day)
        return last.has_failed or bool(self.ask(office.questions, day))

    def _play_queue(self) -> None:
        while self._queue:
            _, _, action = heapq.heappop(self._queue)
            self._now = action.moment
            self.sandbox.move_clock(action.moment)
            if action.kind == "run":
                self._run(action)
            elif action.kind == "change":
                self._change(action)
            else:
                self._answer(action)

    def _run(self, action: Action) -> None:
        trouble = self.trouble_at(len(self.story.runs), action.day)
        traps = trouble.arm(self.sandbox) if trouble else ()
        if trouble:
            self.story.troubles.append((action.moment, trouble.words))
        title = f"{action.day} · {action.what}"
        steps: Sequence[StepSeen] = ()
        died = ""
        try:
            steps = self.ask(office.run, action.day, action.moment, title, traps)
        except WorkerKilled as killed:
            died = f"killed {killed.where}"
        except WorkerFailed as failed:
            died = str(failed)
        if trouble:
            trouble.end()
        self._await_late_effects()
        seen = RunSeen(action.moment, action.day, title, tuple(steps), died)
        self.story.runs.append(seen)
        if seen.has_failed and action.tries < len(_RETRY_AFTER):
            moment = action.moment + _RETRY_AFTER[action.tries]
            self.push(Action(moment, action.day, "run", "retry", tries=action.tries + 1))
        self._expect_answers(seen)
        self.look(seen)

    def _await_late_effects(self) -> None:
        """What is slow has its effect before virtual time goes on, as minutes pass in an office.

        A fault that found nothing to hit in its own run hits a later one.
        """
        faults = self.sandbox.state("faults")["faults"]
        hits = sum(fault["hits"] for fault in faults if fault["kind"] == "slow")
        if hits > self._slow_hits:
            self._slow_hits = hits
            time.sleep(SLOW_SECONDS)

    def _expect_answers(self, run: RunSeen) -> None:
        """Whoever is asked answers some hours later."""
        asked = {question.id for question in self.ask(office.questions, run.day)}
        if asked - self._answering:
            self._answering |= asked
            self.push(Action(run.moment + self.answer_after, run.day, "answer"))

    def _change(self, action: Action) -> None:
        for _ in range(2):
            try:
                self._added[action.name] = self.ask(
                    office.change, action.day, action.moment, action.what, self._known(action)
                )
                break
            except WorkerKilled:  # whoever typed the command types it again
                continue
            except WorkerFailed as refused:
                self.story.refused.append(f"{action.moment:%d.%m. %H:%M} {action.what}: {refused}")
                return
        days = [action.day]
        if action.what == "move_day":
            days.append(action.values["to"])
            self.plan_day(action.values["to"], action.moment)
        elif action.what in {"move", "add"}:
            days.append(moved_to := action.values["start"].date())
            if any(day == moved_to for day, _ in self._planned):
                self.plan_day(
                    moved_to, action.moment
                )  # a class that begins later is looked at later
        days = list(dict.fromkeys(days))
        for day in reversed(days) if self.new_day_first else days:
            self.push(Action(action.moment, day, "run", f"after {action.what}"))

    def _known(self, action: Action) -> Mapping[str, Any]:
        """The action's values, with the id of a class that has been added meanwhile."""
        given = action.values.get("class_id")
        return (
            {**action.values, "class_id": self._added[given]}
            if given in self._added
            else action.values
        )

    def _answer(self, action: Action) -> None:
        questions = self.ask(office.questions, action.day)
        self._answers[action.day] += 1
        if self._answers[action.day] > _MOST_ANSWERS:
            asked = ", ".join(question.kind for question in questions)
            self.story.stuck.append(
                (action.day, f"asked {_MOST_ANSWERS} times, and still: {asked}")
            )
            return
        for question in questions:
            value = self._value(question)
            with suppress(WorkerKilled):
                try:
                    self.ask(office.answer, action.day, action.moment, question.id, value)
                except WorkerFailed as refused:
                    self.story.refused.append(f"answer {value} to {question.kind}: {refused}")
            self._answering.discard(question.id)
        if self.runs_after_answers:
            self.push(Action(action.moment, action.day, "run", "after an answer"))

    def _value(self, question: Asked) -> str:
        if question.kind is QuestionKind.UNCLEAR_REPLY:
            return self._typed(question)
        return question.guess or question.choices[0]

    def _typed(self, question: Asked) -> str:
        """The coordinator telephones, and types what the lecturer says.

        Whoever has written has no class that day, perhaps: then there is nothing to type.
        """
        if not question.facts["classes"]:
            return SKIP
        numbers = []
        for position, class_id in enumerate(question.facts["classes"]):
            number = 2 + (question.id + position) % 3
            self.story.typed.setdefault(class_id, set()).add(number)
            numbers.append(str(number))
        return ";".join(numbers)


def rows_by_id(rows: Sequence[ClassRow]) -> dict[str, ClassRow]:
    return {row.id: row for row in rows}
