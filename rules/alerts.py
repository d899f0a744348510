"""Who must hear of what, and since when: deadlines, failures, waiting questions, silent machines.

What stands is handed in; the alerts and digests that are wanted come out. What has been written
already, the words and the sending are `tasks/alerts.py` and `integrations/letters/notices.py`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from rules.people import Role
from rules.process import STEPS, Step, StepState, Window


class AlertKind(StrEnum):
    """What has happened, or is about to."""

    FAILED = "failed"
    ENDANGERED = "endangered"  # the due moment is near
    OVERDUE = "overdue"  # it has passed, and the step is still open
    MISSED = "missed"  # the step has closed undone
    QUESTION = "question"
    SILENCE = "silence"


class SilentPart(StrEnum):
    """What of the machinery does not answer."""

    SERVER = "server"
    WORKER = "worker"
    LATE_RUNS = "late_runs"


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """The office's patience."""

    endangered: timedelta = timedelta(hours=8)  # before a step's due moment
    escalate: timedelta = timedelta(hours=4)  # from the role's letter to the head's
    remind: timedelta = timedelta(hours=24)  # from a question to its reminder, and to the head's
    look_back: timedelta = timedelta(days=3)  # what was missed longer ago is no news


@dataclass(frozen=True, slots=True)
class StepStanding:
    """How a step of a study day stands now."""

    day: date
    step: Step
    state: StepState
    window: Window
    summary: str
    failed_since: datetime | None = None

    @property
    def role(self) -> Role:
        """Who must act; the coordinators speak for the lecturers' step 9."""
        return STEPS[self.step].role or Role.COORDINATOR


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """An open question; `due` is the due moment of the step that waits for it, if one does."""

    number: int
    day: date | None
    role: Role
    text: str
    asked: datetime
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """A part that is silent; `since` names the episode, so that it is told once."""

    part: SilentPart
    since: datetime
    count: int = 0


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that people must hear of: `role` from `since` on, the head from `escalates` on.

    Without a role it is for whoever keeps the machines running. `cause` tells two alerts apart.
    """

    cause: str
    kind: AlertKind
    role: Role | None
    since: datetime
    escalates: datetime
    standing: StepStanding | None = None
    question: WaitingQuestion | None = None
    silence: Silence | None = None


# Step 8's due moment is the end of the classes it looks at; step 10 speaks for step 9.
_NO_DEADLINE = frozenset({Step.WATCH_CLASSES, Step.REQUEST_ATTENDANCE})
_OPEN = frozenset({StepState.DUE, StepState.NEEDS_PERSON})


def alerts(
    standings: Iterable[StepStanding],
    questions: Iterable[WaitingQuestion],
    silences: Iterable[Silence],
    now: datetime,
    policy: AlertPolicy,
) -> list[Alert]:
    """Everything that somebody must know at `now`, the oldest first."""
    found = [
        *(alert for standing in standings for alert in _of_step(standing, now, policy)),
        *(_of_question(question, policy) for question in questions),
        *(_of_silence(silence, policy) for silence in silences),
    ]
    return sorted(
        (alert for alert in found if alert.since <= now), key=lambda one: (one.since, one.cause)
    )


def _of_step(standing: StepStanding, now: datetime, policy: AlertPolicy) -> Iterator[Alert]:
    due, closes = standing.window.due, standing.window.closes
    if standing.state is StepState.FAILED and standing.failed_since:
        began = standing.failed_since
        yield _alert(standing, AlertKind.FAILED, began, began, began + policy.escalate)
    if standing.state is StepState.MISSED and standing.step is not Step.REQUEST_ATTENDANCE:
        if closes is not None and now - closes <= policy.look_back:
            yield _alert(standing, AlertKind.MISSED, closes, closes, closes)
        return
    if standing.step in _NO_DEADLINE:
        return
    if now > due and standing.state in _OPEN | {StepState.FAILED}:
        yield _alert(standing, AlertKind.OVERDUE, due, due, due)
    elif standing.state in _OPEN:
        first, second = due - policy.endangered, due - policy.endangered / 2
        yield _alert(standing, AlertKind.ENDANGERED, due, first, second)


def _alert(
    standing: StepStanding,
    kind: AlertKind,
    episode: datetime,
    since: datetime,
    escalates: datetime,
) -> Alert:
    cause = f"{standing.day}/{standing.step.value}/{kind}/{_stamp(episode)}"
    return Alert(cause, kind, standing.role, since, escalates, standing=standing)


def _of_question(question: WaitingQuestion, policy: AlertPolicy) -> Alert:
    since = question.asked + policy.remind
    escalates = since + policy.remind
    if question.due is not None:
        since = min(since, max(question.asked, question.due - policy.endangered))
        escalates = min(escalates, max(since, question.due - policy.endangered / 2))
    cause = f"question/{question.number}/{_stamp(question.asked)}"
    return Alert(cause, AlertKind.QUESTION, question.role, since, escalates, question=question)


def _of_silence(silence: Silence, policy: AlertPolicy) -> Alert:
    cause = f"silence/{silence.part}/{_stamp(silence.since)}"
    began, later = silence.since, silence.since + policy.escalate
    return Alert(cause, AlertKind.SILENCE, None, began, later, silence=silence)


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M}"


def letters_wanted(
    found: Sequence[Alert],
    people: Mapping[Role | None, Sequence[str]],
    told: Mapping[str, Collection[str]],
    now: datetime,
) -> dict[str, list[Alert]]:
    """What each person (a key) must be written now, without the causes that they were told of.

    A role that nobody has is the head's.
    """
    wanted: dict[str, list[Alert]] = {}
    for alert in found:
        for person in _audience(alert, people, now):
            if alert.cause not in told.get(person, ()):
                wanted.setdefault(person, []).append(alert)
    return wanted


def _audience(
    alert: Alert, people: Mapping[Role | None, Sequence[str]], now: datetime
) -> list[str]:
    head = people.get(Role.HEAD_OF_SAC, ())
    first = people.get(alert.role, ())
    second = head if now >= alert.escalates or not first else ()
    return list(dict.fromkeys([*first, *second]))


@dataclass(frozen=True, slots=True)
class Digest:
    """A working day's morning: what is due by tonight, what is wrong, what waits for people."""

    due: tuple[StepStanding, ...]
    wrong: tuple[StepStanding, ...]
    waiting: tuple[WaitingQuestion, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.due or self.wrong or self.waiting)


def digest_for(
    role: Role,
    standings: Sequence[StepStanding],
    questions: Sequence[WaitingQuestion],
    day_ends: datetime,
    policy: AlertPolicy,
) -> Digest:
    """What concerns that role on the day that ends then; the head of SAC sees everything.

    Steps that were missed long ago are left out, as in `alerts`.
    """
    sees_all = role is Role.HEAD_OF_SAC
    mine = [one for one in standings if sees_all or one.role is role]
    wrong = tuple(one for one in mine if _is_wrong(one, day_ends, policy))
    begins = day_ends - timedelta(days=1)
    due = tuple(
        one
        for one in mine
        if one not in wrong
        and one.state not in {StepState.DONE, StepState.MISSED}
        and begins < one.window.due <= day_ends
    )
    return Digest(due, wrong, tuple(one for one in questions if sees_all or one.role is role))


def _is_wrong(standing: StepStanding, day_ends: datetime, policy: AlertPolicy) -> bool:
    closes = standing.window.closes
    if standing.state is StepState.MISSED:
        is_news = closes is not None and day_ends - closes <= policy.look_back
        return is_news and standing.step is not Step.REQUEST_ATTENDANCE
    if standing.state is StepState.FAILED:
        return True
    is_late = standing.window.due <= day_ends - timedelta(days=1)
    return is_late and standing.state in _OPEN and standing.step not in _NO_DEADLINE
