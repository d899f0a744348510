"""Which row of a new timetable is which class that exists. Only a match without a rival counts.

What follows from the matches is decided in `rules/semester_changes.py`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from rules.timetable import ClassStatus, Mode, TimetableRow

FieldValue = date | time | int | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class KnownClass:
    """A class as the last import said it, and beside that what people have changed by hand.

    `overrides` maps a field's name to its value by hand, which stands above the import. `prepared`:
    the plan of the class's study day has been prepared. `added` and `removed`: by hand; an added
    class was never in a file, so its fields are what a person said.
    """

    id: str
    day: date
    starts: time
    ends: time
    slot: int | None
    course_code: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]
    mode: Mode = Mode.ONLINE
    status: ClassStatus = ClassStatus.PLANNED
    note: str = ""
    overrides: Mapping[str, FieldValue] = field(default_factory=dict)
    prepared: bool = False
    added: bool = False
    removed: bool = False

    @property
    def is_overridden(self) -> frozenset[str]:
        """The fields that a person has changed."""
        return frozenset(self.overrides)

    @property
    def held_on(self) -> date:
        """The day on which the class really is, should it have been moved by hand."""
        moved_to = self.overrides.get("day")
        return moved_to if isinstance(moved_to, date) else self.day


Held = KnownClass | TimetableRow


@dataclass(frozen=True, slots=True)
class Candidates:
    """Classes and rows that could be each other; more than one of either is ambiguous."""

    known: tuple[KnownClass, ...]
    rows: tuple[TimetableRow, ...]


@dataclass(frozen=True, slots=True)
class Matches:
    """Every row is in exactly one of these, and every class that a file ever had.

    `adopted` are classes that a person added and the file now has as well.
    """

    pairs: tuple[tuple[KnownClass, TimetableRow], ...]
    adopted: tuple[tuple[KnownClass, TimetableRow], ...]
    ambiguous: tuple[Candidates, ...]
    gone: tuple[KnownClass, ...]
    new: tuple[TimetableRow, ...]


def natural_key(held: Held) -> str:
    """Day, start, course and groups as one text; two spaces never occur within a part.

    >>> natural_key(TimetableRow(2, date(2026, 12, 5), time(9), time(12), 1, "UV-101", "", (), ("B", "A")))
    '2026-12-05  09:00  UV-101  A;B'
    """
    groups = ";".join(sorted(held.groups))
    return f"{held.day}  {held.starts:%H:%M}  {held.course_code}  {groups}"


def match(
    known: Sequence[KnownClass],
    rows: Sequence[TimetableRow],
    today: date,
    decisions: Mapping[str, str | None],
) -> Matches:
    """Matches by natural key, then by what a change of one class leaves alone.

    A class of the past is never moved to another day: what is new then is a new class. `decisions`
    are a person's answers to earlier ambiguities: a row's natural key -> the class's id, or None for
    a new class. A class added by hand is only ever the row that says exactly the same.
    """
    matching = _Matching([each for each in known if not each.added], list(rows))
    matching.decide(decisions)
    matching.pair_by([natural_key])
    adopted = matching.adopt([each for each in known if each.added])
    matching.settle(_SAME_DAY)
    past = matching.set_aside(today)
    matching.settle(_OTHER_DAY)
    return Matches(
        tuple(matching.pairs),
        adopted,
        tuple(matching.ambiguous),
        (*matching.known, *past.known),
        (*matching.rows, *matching.told_new, *past.rows),
    )


def _with_lecturers(key: Callable[[Held], Hashable]) -> Callable[[Held], Hashable]:
    return lambda held: (key(held), frozenset(held.lecturers))


def _other_start(held: Held) -> Hashable:
    return (held.day, held.course_code, frozenset(held.groups))


def _other_groups(held: Held) -> Hashable:
    return (held.day, held.course_code, held.starts)


def _other_day(held: Held) -> Hashable:
    return (held.course_code, frozenset(held.groups), held.starts)


def _other_day_and_start(held: Held) -> Hashable:
    return (held.course_code, frozenset(held.groups))


# What stays the same, the stronger first; where that is not enough, the lecturers decide.
_SAME_DAY = (
    _other_start,
    _other_groups,
    _with_lecturers(_other_start),
    _with_lecturers(_other_groups),
)
_OTHER_DAY = (
    _other_day,
    _with_lecturers(_other_day),
    _other_day_and_start,
    _with_lecturers(_other_day_and_start),
)


@dataclass(slots=True)
class _Matching:
    """The state of one matching: what is still without a partner, and what has been found."""

    known: list[KnownClass]
    rows: list[TimetableRow]
    pairs: list[tuple[KnownClass, TimetableRow]] = field(default_factory=list)
    ambiguous: list[Candidates] = field(default_factory=list)
    told_new: list[TimetableRow] = field(default_factory=list)

    def decide(self, decisions: Mapping[str, str | None]) -> None:
        by_id = {each.id: each for each in self.known}
        for row in [row for row in self.rows if natural_key(row) in decisions]:
            chosen = decisions[natural_key(row)]
            if chosen is None:
                self.rows.remove(row)
                self.told_new.append(row)
            elif chosen in by_id:
                self._take([(by_id.pop(chosen), row)])

    def pair_by(self, keys: Sequence[Callable[[Held], Hashable]]) -> None:
        """Pairs what has one candidate on both sides, again and again until nothing more is found."""
        before = -1
        while before != len(self.pairs):
            before = len(self.pairs)
            for key in keys:
                self._take(
                    (each.known[0], each.rows[0])
                    for each in self._candidates(key)
                    if len(each.known) == len(each.rows) == 1
                )

    def settle(self, keys: Sequence[Callable[[Held], Hashable]]) -> None:
        """Pairs by these keys; what still has rivals is a person's to decide, not a weaker key's."""
        self.pair_by(keys)
        for key in keys:
            for rivals in self._candidates(key):
                self.ambiguous.append(rivals)
                self._drop(rivals.known, rivals.rows)

    def adopt(self, added: Sequence[KnownClass]) -> tuple[tuple[KnownClass, TimetableRow], ...]:
        """Takes the rows that say what people have added by hand."""
        rows = {natural_key(row): row for row in self.rows}
        found = tuple(
            (each, rows[natural_key(each)]) for each in added if natural_key(each) in rows
        )
        self._drop((), [row for _, row in found])
        return found

    def set_aside(self, today: date) -> Candidates:
        """Takes the past out of what is matched across days."""
        past = Candidates(
            tuple(each for each in self.known if each.held_on < today),
            tuple(row for row in self.rows if row.day < today),
        )
        self._drop(past.known, past.rows)
        return past

    def _candidates(self, key: Callable[[Held], Hashable]) -> list[Candidates]:
        known: dict[Hashable, list[KnownClass]] = defaultdict(list)
        rows: dict[Hashable, list[TimetableRow]] = defaultdict(list)
        for each in self.known:
            known[key(each)].append(each)
        for row in self.rows:
            rows[key(row)].append(row)
        return [Candidates(tuple(known[at]), tuple(rows[at])) for at in rows if at in known]

    def _take(self, pairs: Iterable[tuple[KnownClass, TimetableRow]]) -> None:
        found = list(pairs)
        self.pairs += found
        self._drop([known for known, _ in found], [row for _, row in found])

    def _drop(self, known: Collection[KnownClass], rows: Collection[TimetableRow]) -> None:
        # By identity: a KnownClass holds a mapping and cannot be hashed.
        taken = {id(each) for each in (*known, *rows)}
        self.known = [each for each in self.known if id(each) not in taken]
        self.rows = [row for row in self.rows if id(row) not in taken]
