"""The invariants of letters: everybody concerned got what the plan's history asks for, each once.

A letter is measured by the plan of the moment at which it came; after a run that says that step 3
or 6 is done, what people were last told is measured by the plan of that moment. Which class a line
tells of is known by the plan, not by its words: they may all change.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from deployments.simulation.books import Entry
from deployments.simulation.driver import RunSeen
from deployments.simulation.letters_seen import CalendarPart, ClassTold, LetterSeen
from deployments.simulation.people import People, Person
from deployments.simulation.plan_history import PlanHistory
from deployments.simulation.plan_words import (
    Known,
    PlanWords,
    are_apart,
    comparable,
    in_order,
    shown,
)
from deployments.simulation.violation import Violation
from rules.people import Role
from rules.process import Step

_CONVERSATIONS = {"lecturer": Step.REMIND_LECTURERS, "student": Step.NOTIFY_STUDENTS}
_STAFF_LETTERS: Mapping[str, frozenset[Role]] = {
    "team_briefing": frozenset({Role.HEAD_OF_SAC, Role.COORDINATOR, Role.E_STUDY_COORDINATOR}),
    "missing_attendance": frozenset({Role.HEAD_OF_SAC}),
    "class_not_started": frozenset({Role.COORDINATOR}),
}


@dataclass(frozen=True, slots=True)
class LetterCheck:
    """Everything that letters are measured by."""

    history: PlanHistory
    people: People
    zone: ZoneInfo
    runs: Sequence[RunSeen]
    lost: frozenset[tuple[str, str, date]] = frozenset()  # see `lost_letters`
    _heard: dict[tuple[str, str, date], list[tuple[datetime, Known]]] = field(default_factory=dict)

    @property
    def plan(self) -> PlanWords:
        return PlanWords(self.history, self.people, self.zone)

    def violations(self, letters: Sequence[LetterSeen]) -> Iterator[Violation]:
        yield from _twice(letters)
        talks: dict[tuple[str, str, date], list[LetterSeen]] = defaultdict(list)
        for letter in letters:
            if letter.kind in _CONVERSATIONS and letter.day is not None:
                talks[letter.address, letter.kind, letter.day].append(letter)
            else:
                yield from self._single(letter)
        yield from self._conversations(talks)

    def _single(self, letter: LetterSeen) -> Iterator[Violation]:
        """Briefings, reminders, reports: only ever to those whom they concern."""
        if letter.kind == "attendance_reminder":
            person = self.people.lecturer(letter.address)
            day = self.history.on(letter.day, letter.at) if letter.day else ()
            taught = (row for row in day if row.has_meeting and row.start <= letter.at)
            if person is None or not any(map(person.concerns, taught)):
                yield Violation("letters", letter.day, f"{_words(letter)}: teaches nothing then")
        elif self.people.staff.get(letter.address) not in _STAFF_LETTERS.get(letter.kind, ()):
            yield Violation("letters", letter.day, f"{_words(letter)}: not meant for them")

    def _conversations(
        self, talks: Mapping[tuple[str, str, date], list[LetterSeen]]
    ) -> Iterator[Violation]:
        for (address, kind, day), letters in talks.items():
            person = self.people.listeners.get((address, kind))
            if person is None:
                yield Violation("letters", day, f"{_words(letters[0])}: a stranger")
            else:
                yield from self._each(person, day, letters)
        yield from self._calendars(talks)
        for run in self.runs:
            for kind, step in _CONVERSATIONS.items():
                if run.did(step):
                    yield from self._everybody_knows(run, kind)

    def _each(self, person: Person, day: date, letters: list[LetterSeen]) -> Iterator[Violation]:
        told: Sequence[ClassTold] = ()
        known: Known = {}
        heard = self._heard.setdefault((person.email, person.kind, day), [])
        for number, letter in enumerate(letters):
            known = self._answered(person, day, letter, known)
            said, wanted = comparable(letter.told, person), in_order(known.values())
            if said != wanted:
                yield Violation(
                    "letters", day, f"{_words(letter)}: says {shown(said)}, plan {shown(wanted)}"
                )
            if number and letter.told == told and not _tells_of_another_day(letter, day):
                yield Violation("letters", day, f"{_words(letter)}: tells nothing new")
            told = letter.told
            heard.append((letter.at, known))

    def _answered(self, person: Person, day: date, letter: LetterSeen, known: Known) -> Known:
        """What the letter should say to somebody who knows that.

        Who was told of a class in a letter that was lost on its way, for all that is known, may hear
        of it again though it is on site or gone. While the step is not done, because the plan's
        letters wait for a person, what cannot wait is told alone.
        """
        plan, moment = self.plan, letter.at
        found = [plan.wanted(person, day, moment, known)]
        if (person.kind, person.key, day) in self.lost:
            perhaps = {row.id for row in self.history.on(day, moment)}
            found.append(plan.wanted(person, day, moment, known, perhaps))
        if not self._was_done(person.kind, day, moment):
            found += [plan.pressing(day, moment, known, one) for one in found]
        said = comparable(letter.told, person)
        return next((one for one in found if in_order(one.values()) == said), found[0])

    def _was_done(self, kind: str, day: date, moment: datetime) -> bool:
        step = _CONVERSATIONS[kind]
        return any((run.day, run.moment) == (day, moment) and run.did(step) for run in self.runs)

    def _calendars(
        self, talks: Mapping[tuple[str, str, date], list[LetterSeen]]
    ) -> Iterator[Violation]:
        """A reader's calendar, which takes the files of all days, shows what the last letters say."""
        by_person: dict[tuple[str, str], dict[date, list[LetterSeen]]] = defaultdict(dict)
        for (address, kind, day), letters in talks.items():
            by_person[address, kind][day] = letters
        for (address, _), days in by_person.items():
            calendar = _Calendar({})
            for letter in sorted(chain(*days.values()), key=lambda letter: letter.at):
                yield from calendar.take(letter)
            for day, letters in days.items():
                yield from calendar.compare(address, day, letters[-1])

    def _everybody_knows(self, run: RunSeen, kind: str) -> Iterator[Violation]:
        for person in self.people.of_kind(kind):
            heard = self._heard.get((person.email, kind, run.day), [])
            known = next((known for at, known in reversed(heard) if at <= run.moment), {})
            wanted = self.plan.wanted(person, run.day, run.moment, known)
            if are_apart(known, wanted):
                yield Violation(
                    "letters",
                    run.day,
                    f"{person.email} after the run of {run.moment:%d.%m. %H:%M}: knows "
                    f"{shown(in_order(known.values()))}, plan {shown(in_order(wanted.values()))}",
                )


@dataclass(slots=True)
class _Calendar:
    """A calendar program that obeys each file it gets (RFC 5546)."""

    events: dict[str, CalendarPart]

    def take(self, letter: LetterSeen) -> Iterator[Violation]:
        for part in letter.calendar:
            known = self.events.get(part.uid)
            if known is not None and part.sequence <= known.sequence:
                yield Violation(
                    "calendar", letter.day, f"{_words(letter)}: SEQUENCE {part.sequence} again"
                )
            if part.method == "CANCEL":
                self.events.pop(part.uid, None)
            else:
                self.events[part.uid] = part

    def compare(self, address: str, day: date, last: LetterSeen) -> Iterator[Violation]:
        """What it shows of the day against the last letter about it."""
        shown = sorted(
            (_written(event.start), _written(event.end))
            for event in self.events.values()
            if event.start.startswith(f"{day:%Y%m%d}")
        )
        said = sorted((told.start, told.end) for told in last.told if not told.is_off)
        if shown != said:
            what = f"{address} has {shown} in the calendar, was told {said}"
            yield Violation("calendar", day, what)


def lost_letters(journal: Iterable[Entry]) -> frozenset[tuple[str, str, date]]:
    """Kind, person and day of letters of which nobody ever knew whether they had gone out."""
    lost = (entry for entry in journal if entry.action == "doubtful letter superseded")
    return frozenset(
        (kind, person, entry.day)
        for entry in lost
        if entry.day
        for kind, person, _ in [entry.subject.split("/")]
    )


def _twice(letters: Iterable[LetterSeen]) -> Iterator[Violation]:
    """No letter twice, by its Message-ID, nor a second one for the same cause."""
    seen: set[tuple[str, ...]] = set()
    for letter in letters:
        keys: list[tuple[str, ...]] = [(letter.address, letter.message_id)]
        if letter.kind not in _CONVERSATIONS:
            keys.append((letter.address, letter.kind, str(letter.day), letter.subject))
        if seen.intersection(keys):
            yield Violation("once", letter.day, f"{_words(letter)} came twice")
        seen.update(keys)


def _tells_of_another_day(letter: LetterSeen, day: date) -> bool:
    """Whether it is about a class that has left the day; those told it went hear what becomes of it."""
    return any(not part.start.startswith(f"{day:%Y%m%d}") for part in letter.calendar)


def _written(moment: str) -> str:
    """The clock time of a calendar file's moment."""
    return f"{moment[9:11]}:{moment[11:13]}"


def _words(letter: LetterSeen) -> str:
    return f"{letter.kind} to {letter.address} of {letter.at:%d.%m. %H:%M} “{letter.subject}”"
