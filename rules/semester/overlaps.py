"""Nobody is in two places: lecturers, groups and people on duty at the same time.

The process description, step 1: a lecturer and a group can be in one class of a slot only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from typing import TypeVar

from rules.semester import sentences as say
from rules.semester.findings import Sentence
from rules.semester.records import span
from rules.semester.table import Line
from rules.timetable import ClassStatus, Duty, StaffMember, TimetableRow

T = TypeVar("T")
_Span = tuple[date, time, time]


def check_classes(lines: Sequence[Line[TimetableRow]]) -> None:
    """No lecturer and no group has two planned classes at once. Touching ends are fine."""
    held = [
        line
        for line in lines
        if line.record.status is ClassStatus.PLANNED
        and line.row.has_read("date", "start", "end", "slot", "status")
    ]
    for column, sentence in (("lecturers", say.LECTURER_BUSY), ("groups", say.GROUP_BUSY)):
        _report(held, column, sentence)


def _report(lines: Sequence[Line[TimetableRow]], column: str, sentence: Sentence) -> None:
    busy: dict[str, list[Line[TimetableRow]]] = defaultdict(list)
    for line in lines:
        for who in line.record.lecturers if column == "lecturers" else line.record.groups:
            busy[who].append(line)
    for who, theirs in busy.items():
        for earlier, later in _clashes(theirs, _class_span):
            first, second = sorted((earlier, later), key=lambda line: line.row.number)
            time_of_first = span(first.record.starts, first.record.ends)
            second.row.refuse(
                column, sentence, value=who, other=first.row.number, time=time_of_first
            )


def check_duty(lines: Sequence[Line[Duty]], staff: Sequence[Line[StaffMember]]) -> None:
    """Nobody is on duty twice at once."""
    names = {line.record.key: line.record.name or line.record.key for line in staff}
    duties: dict[str, list[Line[Duty]]] = defaultdict(list)
    for line in lines:
        if line.row.has_read("date", "from", "to"):
            duties[line.record.staff].append(line)
    for who, theirs in duties.items():
        for earlier, later in _clashes(theirs, _duty_span):
            first, second = sorted((earlier, later), key=lambda line: line.row.number)
            second.row.refuse(
                "staff", say.DUTY_TWICE, name=names.get(who, who), other=first.row.number
            )


def _class_span(held: TimetableRow) -> _Span:
    return (held.day, held.starts, held.ends)


def _duty_span(duty: Duty) -> _Span:
    return (duty.day, duty.starts, duty.ends)


def _clashes(
    lines: Sequence[Line[T]], when: Callable[[T], _Span]
) -> Iterator[tuple[Line[T], Line[T]]]:
    """Each line that begins before an earlier one of its day has ended, with that one."""
    longest: Line[T] | None = None
    for line in sorted(lines, key=lambda each: when(each.record)):
        day, starts, ends = when(line.record)
        if longest is None or when(longest.record)[0] != day:
            longest = line
            continue
        running_until = when(longest.record)[2]
        if starts < running_until:
            yield longest, line
        if ends > running_until:
            longest = line
