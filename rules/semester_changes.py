"""What a new timetable changes in the classes that exist: worked out, nothing carried out.

A class keeps its opaque id; how rows find their classes is in `rules/semester/matching.py`. Checking
the rows themselves is the business of `rules/semester/`; storing is that of `models/`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rules.people import Language
from rules.semester import sentences as say
from rules.semester.findings import Finding, Sentence, finding, problems
from rules.semester.matching import (
    Candidates,
    FieldValue,
    Held,
    KnownClass,
    Matches,
    match,
    natural_key,
)
from rules.timetable import ClassStatus, Problem, TimetableRow
from rules.wording import short_date

__all__ = [
    "Candidates",
    "ClassChange",
    "Conflict",
    "ImportPolicy",
    "KnownClass",
    "SemesterChange",
    "natural_key",
    "semester_changes",
]

FIELDS = (
    "day",
    "starts",
    "ends",
    "slot",
    "course_code",
    "lecturers",
    "groups",
    "mode",
    "status",
    "note",
)


@dataclass(frozen=True, slots=True)
class ImportPolicy:
    """What an import may do. `today` is local; the past is every day before it.

    `accept_removals`: how many classes may leave prepared days, to the exact number. `decisions`:
    answers to earlier ambiguities, a row's `natural_key` -> the class's id, or None for a new class.
    """

    today: date
    accept_removals: int = 0
    decisions: Mapping[str, str | None] = field(default_factory=dict)
    sheet: str = "timetable"
    language: Language = Language.LATVIAN


@dataclass(frozen=True, slots=True)
class ClassChange:
    """A class that stays and the fields that take the row's value."""

    before: KnownClass
    after: TimetableRow
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that a person changed by hand and the import now changes otherwise: not applied.

    `field` is None when it is the whole class: gone from the file (`after` is None), or taken out by
    hand and changed in the file.
    """

    known: KnownClass
    after: TimetableRow | None
    field: str | None


@dataclass(frozen=True, slots=True)
class SemesterChange:
    """What importing would do; with any problem, nothing of it may be done.

    `past` are classes that the file no longer has and whose day is over: they stay as they are.
    `adopted` were added by hand and are in the file now, with the fields in which it differs.
    """

    added: tuple[TimetableRow, ...]
    changed: tuple[ClassChange, ...]
    removed: tuple[KnownClass, ...]
    unchanged: tuple[KnownClass, ...]
    past: tuple[KnownClass, ...]
    ambiguous: tuple[Candidates, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    adopted: tuple[ClassChange, ...] = ()


def semester_changes(
    known: Sequence[KnownClass], rows: Sequence[TimetableRow], policy: ImportPolicy
) -> SemesterChange:
    """Compares the rows of a checked timetable with the classes that exist."""
    matches = match(known, rows, policy.today, policy.decisions)
    pairs = [_Pair(each, row, _differing(each, row)) for each, row in matches.pairs]
    adopted = [ClassChange(each, row, _differing(each, row)) for each, row in matches.adopted]
    gone = [each for each in matches.gone if not each.removed]
    present = [each for each in gone if each.held_on >= policy.today]
    removed = tuple(each for each in present if not _is_kept_by_hand(each))
    findings = sorted(_past_findings(pairs, matches, policy), key=_row_number)
    changed = tuple(_changes(pairs))
    leaving = [change.before for change in changed if "day" in change.fields]
    findings += _removal_findings([*removed, *leaving], policy)
    return SemesterChange(
        added=matches.new,
        changed=changed,
        removed=removed,
        unchanged=tuple(pair.known for pair in pairs if not pair.fields),
        past=tuple(each for each in gone if each.held_on < policy.today),
        ambiguous=matches.ambiguous,
        conflicts=(*_conflicts(pairs), *_of_adopted(adopted), *_kept(present)),
        problems=problems(findings, policy.language),
        adopted=tuple(adopted),
    )


@dataclass(frozen=True, slots=True)
class _Pair:
    known: KnownClass
    row: TimetableRow
    fields: tuple[str, ...]  # in which the row differs from what the last import said

    def contested(self) -> tuple[str, ...]:
        """The fields that a person set to something else than the import now says."""
        if self.known.removed:
            return self.fields
        return tuple(
            name
            for name in self.fields
            if name in self.known.overrides
            and _comparable(self.known.overrides[name]) != _value(self.row, name)
        )


def _differing(known: KnownClass, row: TimetableRow) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if _value(known, name) != _value(row, name))


def _value(held: Held, name: str) -> object:
    value: FieldValue = getattr(held, name)
    return _comparable(value)


def _comparable(value: FieldValue) -> object:
    """The order of lecturers or groups in a cell means nothing."""
    return frozenset(value) if isinstance(value, tuple) else value


def _changes(pairs: Sequence[_Pair]) -> Iterator[ClassChange]:
    for pair in pairs:
        contested = pair.contested()
        fields = tuple(name for name in pair.fields if name not in contested)
        if fields:
            yield ClassChange(pair.known, pair.row, fields)


def _conflicts(pairs: Sequence[_Pair]) -> Iterator[Conflict]:
    for pair in pairs:
        if pair.known.removed and pair.fields:
            yield Conflict(pair.known, pair.row, None)
        elif not pair.known.removed:
            yield from (Conflict(pair.known, pair.row, name) for name in pair.contested())


def _of_adopted(adopted: Sequence[ClassChange]) -> Iterator[Conflict]:
    for each in adopted:
        yield from (Conflict(each.before, each.after, name) for name in each.fields)


def _kept(gone: Sequence[KnownClass]) -> Iterator[Conflict]:
    return (Conflict(each, None, None) for each in gone if _is_kept_by_hand(each))


def _is_kept_by_hand(known: KnownClass) -> bool:
    """Whether a person has worked on the class, other than cancelling it or adding a note."""
    if known.overrides.get("status") is ClassStatus.CANCELLED:
        return False  # the file and the person agree: it is not held
    return bool(known.is_overridden - {"note"})


def _past_findings(
    pairs: Sequence[_Pair], matches: Matches, policy: ImportPolicy
) -> Iterator[Finding]:
    for row in matches.new:
        if row.day < policy.today:
            yield _row_finding(row, row.day, say.NEW_IN_PAST, policy)
    for row in (row for rivals in matches.ambiguous for row in rivals.rows):
        if row.day < policy.today:
            yield _row_finding(row, row.day, say.CHANGED_IN_PAST, policy)
    for pair in pairs:
        day = min(pair.known.held_on, pair.row.day)
        if pair.fields and day < policy.today:
            yield _row_finding(pair.row, day, say.CHANGED_IN_PAST, policy)


def _row_finding(row: TimetableRow, day: date, sentence: Sentence, policy: ImportPolicy) -> Finding:
    shown = short_date(day, policy.language)
    return finding(policy.sheet, row.row, None, sentence, day=shown)


def _row_number(found: Finding) -> int:
    return found.row or 0


def _removal_findings(going: Sequence[KnownClass], policy: ImportPolicy) -> list[Finding]:
    """A partial or old file, or one with two days swapped, must not be able to empty a prepared day."""
    prepared = [each for each in going if each.prepared]
    if len(prepared) in {0, policy.accept_removals}:
        return []
    days = ", ".join(
        short_date(day, policy.language) for day in sorted({each.held_on for each in prepared})
    )
    values = {"days": days, "count": len(prepared)}
    return [finding(policy.sheet, None, None, say.REMOVALS, **values)]
