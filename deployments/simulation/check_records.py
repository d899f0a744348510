"""The invariants of what is recorded: numbers that somebody gave, a journal that explains effects."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from deployments.simulation.books import ClassRow, Entry, Number
from deployments.simulation.driver import RunSeen
from deployments.simulation.letters_seen import LetterSeen
from deployments.simulation.people import People
from deployments.simulation.violation import Violation
from deployments.simulation.world_seen import WorldSeen
from rules.process import Step, StepState
from tasks.run_steps import FOLLOWS_PLAN

_PATIENCE = timedelta(hours=1)  # longer than any grace of the product


@dataclass(frozen=True, slots=True)
class MailSent:
    """A mail of a lecturer to the office."""

    address: str
    message_id: str


def check_progress(runs: Sequence[RunSeen]) -> Iterator[Violation]:
    """No step that carries the plan is left "in progress" run after run: it waits for nobody then."""
    last: dict[tuple[date, Step], datetime] = {}
    for run in runs:
        for seen in run.steps:
            key = (run.day, seen.step)
            if not seen.has_run or seen.step not in FOLLOWS_PLAN:
                continue
            if seen.state is not StepState.DUE:
                last.pop(key, None)
            elif key not in last:
                last[key] = run.moment
            elif run.moment - last[key] >= _PATIENCE:
                what = f"step {seen.step.value} waits for nobody since {last[key]:%d.%m. %H:%M}"
                yield Violation("progress", run.day, f"{what}: {seen.summary}")
                last[key] = run.moment


def said_of(
    said: Sequence[Mapping[str, Any]], worlds: Sequence[WorldSeen], classes: Mapping[str, ClassRow]
) -> Mapping[tuple[str, str], set[int]]:
    """What each lecturer (by address) counted in the meetings that a class ever had.

    Whoever could not be told in time of a new meeting counted in the old one. A class without a
    meeting in the lecturer's letter is known by its start.
    """
    class_of = {
        meeting.id: meeting.class_id
        for world in worlds
        for meeting in world.meetings
        if meeting.class_id
    }
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in said:
        start = datetime.fromisoformat(one["start"])
        known = class_of.get(one["key"])
        for class_id in [known] if known else [c.id for c in classes.values() if c.start == start]:
            found[class_id, one["from"]].add(one["count"])
    return found


def check_numbers(
    numbers: Sequence[Number],
    classes: Mapping[str, ClassRow],
    mails: Mapping[str, str],
    said: Mapping[tuple[str, str], set[int]],
    typed: Mapping[str, set[int]],
    people: People,
) -> Iterator[Violation]:
    """`mails`: senders by Message-ID; `said`: what each lecturer counted, see `said_of`."""
    addresses = {person.key: person.email for person in people.listeners.values()}
    for number in numbers:
        day = classes[number.class_id].day
        what = f"{number.count} for class {number.class_id} by {number.by} ({number.source})"
        if number.source == "staff":
            if number.count not in typed.get(number.class_id, ()):
                yield Violation("numbers", day, f"{what}: nobody typed it")
        elif mails.get(number.message) != addresses.get(number.by):
            yield Violation("numbers", day, f"{what}: no such mail of theirs")
        elif number.count not in (counted := said.get((number.class_id, addresses[number.by]), ())):
            yield Violation("numbers", day, f"{what}: counted were {sorted(counted)}")
    yield from _twice(numbers, classes)


def _twice(numbers: Sequence[Number], classes: Mapping[str, ClassRow]) -> Iterator[Violation]:
    sources = Counter((number.class_id, number.message, number.count) for number in numbers)
    for (class_id, message, count), times in sources.items():
        if times > 1:
            day = classes[class_id].day
            yield Violation("numbers", day, f"{count} from {message} recorded {times} times")
    valid = Counter(number.class_id for number in numbers if not number.is_replaced)
    for class_id, times in valid.items():
        if times > 1:
            yield Violation("numbers", classes[class_id].day, f"class {class_id} has {times}")


def check_journal(
    journal: Sequence[Entry],
    worlds: Sequence[WorldSeen],
    deleted: Sequence[str],
    letters: Sequence[LetterSeen],
) -> Iterator[Violation]:
    """Every meeting, entry and letter that exists is told of in the journal."""
    meetings = {str(entry.details.get("meeting")) for entry in journal if "meeting" in entry.action}
    entries = {str(entry.details["moodle_id"]) for entry in journal if "moodle_id" in entry.details}
    mails = {str(entry.details.get("message_id")) for entry in journal}
    last = worlds[-1] if worlds else None
    for meeting in last.meetings if last else ():
        if meeting.id not in meetings:
            yield Violation("journal", None, f"meeting {meeting.id} is not explained")
    for entry in last.entries if last else ():
        if str(entry.id) not in entries:
            yield Violation("journal", None, f"{entry.kind} {entry.id} is not explained")
    for meeting_id in deleted:
        if str(meeting_id) not in meetings:
            yield Violation("journal", None, f"the end of meeting {meeting_id} is not explained")
    for letter in letters:
        if letter.message_id not in mails:
            what = f"{letter.kind} to {letter.address} “{letter.subject}” is not explained"
            yield Violation("journal", letter.day, what)
