"""All simulated lecturers: what each has read, what is due to be answered, and when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from deployments.sandbox.lecturers.habits import Habit, delay, habits
from deployments.sandbox.lecturers.reading import HOME, ClassSeen, LetterRead, read
from deployments.sandbox.lecturers.replies import Reply, recipient, write, write_absence
from deployments.sandbox.mail.border import Accepted
from deployments.sandbox.mail.post_office import PostOffice
from deployments.sandbox.seed import Lecturer
from deployments.sandbox.world import World

_ANSWERS_UNASKED = frozenset((Habit.FORM, Habit.NUMBER, Habit.SENTENCE, Habit.UNCLEAR))
_NEVER_ANSWERS = frozenset((Habit.OUT_OF_OFFICE, Habit.SILENT))


@dataclass(slots=True)
class Person:
    """One lecturer's memory."""

    lecturer: Lecturer
    habit: Habit
    calendar: dict[str, ClassSeen] = field(default_factory=dict)
    reminders: dict[date, LetterRead] = field(default_factory=dict)
    requests: dict[date, LetterRead] = field(default_factory=dict)
    answered: set[date] = field(default_factory=set)
    was_unclear: set[date] = field(default_factory=set)
    is_away_told: bool = False

    def held(self, day: date) -> list[ClassSeen]:
        """Classes of a day that are not cancelled, by start."""
        classes = [c for c in self.calendar.values() if not c.cancelled and _day(c) == day]
        return sorted(classes, key=lambda seen: (seen.start, seen.uid))

    def notice(self, letter: LetterRead) -> None:
        """Puts the letter's classes into the calendar and remembers which day it asks about."""
        for seen in letter.classes:
            self._enter(seen)
        now = letter.accepted.at
        days = {_day(seen) for seen in letter.classes} or self._just_taught(now)
        for day in days:
            over = all(seen.end <= now for seen in self.held(day))
            if letter.sections or day not in self.reminders:
                (self.requests if over else self.reminders)[day] = letter

    def _enter(self, seen: ClassSeen) -> None:
        """Into the calendar; words alone add nothing to a class that is already there."""
        same_time = [known for known in self.calendar.values() if known.start == seen.start]
        if not (seen.is_written and same_time):
            self.calendar[seen.uid] = seen

    def _just_taught(self, now: datetime) -> set[date]:
        past = [_day(seen) for seen in self.calendar.values() if seen.end <= now]
        return {max(past)} if past else set()


@dataclass(frozen=True, slots=True)
class Due:
    """A reply to be written at a moment."""

    when: datetime
    person: Person
    day: date
    letter: LetterRead


class StaffRoom:
    """The lecturers of the seed; students and strangers never answer."""

    def __init__(self, world: World, post_office: PostOffice) -> None:
        self._world = world
        self._post_office = post_office
        seed = world.seed
        by_address = habits(seed.lecturers, seed.random)
        self.people = {
            lecturer.email.lower(): Person(lecturer, by_address[lecturer.email.lower()])
            for lecturer in seed.lecturers
        }
        self.answers = seed.lecturers_answer
        self.said: list[dict[str, Any]] = []  # every number that a reply gave, for a checker

    async def read(self, address: str, accepted: Accepted) -> None:
        """A letter has come; whoever is away answers at once, the others wait for their class."""
        person = self.people.get(address)
        if person is None:
            return
        letter = read(accepted)
        person.notice(letter)
        for seen in letter.classes:
            self._world.turnout.learn(seen.key, _words(letter, seen))
        if person.habit is Habit.OUT_OF_OFFICE and self.answers and not person.is_away_told:
            person.is_away_told = True
            raw = write_absence(person.lecturer, letter, accepted.at)
            await self._send(person, letter, raw, accepted.at)

    async def answer_due(self) -> int:
        """Sends every reply that is due by the virtual clock, oldest first; says how many."""
        if not self.answers:
            return 0
        due = sorted(self._due(), key=lambda item: (item.when, item.person.lecturer.email))
        for item in due:
            await self._answer(item)
        return len(due)

    def _due(self) -> Iterator[Due]:
        for person in self.people.values():
            for day in sorted(person.reminders.keys() | person.requests.keys()):
                item = self._next(person, day)
                if item is not None and item.when <= self._world.clock.now:
                    yield item

    def _next(self, person: Person, day: date) -> Due | None:
        # Cheap questions first: a semester has thousands of days and lecturers to ask about.
        today = self._world.clock.now.astimezone(HOME).date()
        if day > today or day in person.answered or person.habit in _NEVER_ANSWERS:
            return None
        waits = person.habit not in _ANSWERS_UNASKED or day in person.was_unclear
        letter = person.requests.get(day) or (None if waits else person.reminders.get(day))
        classes = person.held(day) if letter else []
        if letter is None or not classes:
            return None
        moment = max(letter.accepted.at, *(seen.end for seen in classes))
        pause = delay(self._world.seed.random, person.lecturer.email, day)
        return Due(moment + pause, person, day, letter)

    async def _answer(self, due: Due) -> None:
        person, classes = due.person, _asked(due.letter, due.person.held(due.day))
        counts = [self._world.turnout.of(seen.key) for seen in classes]
        reply = Reply(person.lecturer, due.letter, classes, counts, due.when)
        self.said.extend(
            {
                "from": person.lecturer.email.lower(),
                "key": seen.key,
                "start": seen.start.astimezone(HOME).isoformat(),
                "count": count,
            }
            for seen, count in zip(classes, counts, strict=True)
        )
        is_again = due.day in person.was_unclear or person.habit is Habit.WHEN_REMINDED
        habit = Habit.FORM if is_again else person.habit
        if habit is Habit.UNCLEAR:
            person.was_unclear.add(due.day)
            person.requests.pop(due.day, None)
        else:
            person.answered.add(due.day)
        await self._send(person, due.letter, write(reply, habit), due.when)

    async def _send(self, person: Person, letter: LetterRead, raw: bytes, at: datetime) -> None:
        # Handed in behind the SMTP door: a fault aimed at the office's letters must not hit these.
        await self._post_office.accept(person.lecturer.email, [recipient(letter)], raw, at)


def _day(seen: ClassSeen) -> date:
    return seen.start.astimezone(HOME).date()


def _asked(letter: LetterRead, held: list[ClassSeen]) -> list[ClassSeen]:
    """The classes that the letter wants a number for: those with a line to fill, if there are any."""
    told = [seen for seen in held if any(section.tells(seen) for section in letter.sections)]
    return told or held


def _words(letter: LetterRead, seen: ClassSeen) -> str:
    told = (section.words for section in letter.sections if section.tells(seen))
    return "\n".join((seen.words, *told))
