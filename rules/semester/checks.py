"""What rows mean beside each other: keys, references, spellings of groups, names of courses.

Classes at the same time are in `rules/semester/overlaps.py`.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from rules.people import Role
from rules.semester import sentences as say
from rules.semester.table import Line, Row
from rules.timetable import Course, Duty, StaffMember, Student, TimetableRow

T = TypeVar("T")

_DASHES = re.compile("[‐‑‒–—_]")


def check_keys(lines: Sequence[Line[T]], column: str, key: Callable[[T], str]) -> None:
    """Each key once; a row that repeats another one wholly is named as such."""
    first: dict[str, Line[T]] = {}
    for line in lines:
        value = key(line.record)
        if not value:
            continue
        seen = first.setdefault(value, line)
        if seen is not line:
            is_copy = seen.record == line.record
            sentence = say.SAME_ROW if is_copy else say.SAME_KEY
            line.row.refuse(column, sentence, value=value, other=seen.row.number)


def check_addresses(lines: Sequence[Line[T]], key: Callable[[T], tuple[str, str]]) -> None:
    """Each address belongs to one key: a letter to one person must not go to another."""
    first: dict[str, tuple[str, int]] = {}
    for line in lines:
        owner, email = key(line.record)
        if not email:
            continue
        other, number = first.setdefault(email.casefold(), (owner, line.row.number))
        if other != owner:
            line.row.refuse("email", say.SAME_EMAIL, value=email, other=number)


def check_courses(lines: Sequence[Line[Course]]) -> None:
    """Each code once; two names for one code are the coordinator's to settle."""
    first: dict[str, Line[Course]] = {}
    for line in lines:
        course = line.record
        if not course.code:
            continue
        seen = first.setdefault(course.code, line)
        if seen is line:
            continue
        if seen.record.name_lv != course.name_lv:
            values = {"value": course.name_lv, "other": seen.record.name_lv}
            line.row.refuse(
                "name_lv",
                say.TWO_NAMES,
                code=course.code,
                sheet=line.row.table.sheet.name,
                **values,
            )
        else:
            sentence = say.SAME_ROW if seen.record == course else say.SAME_KEY
            line.row.refuse("code", sentence, value=course.code, other=seen.row.number)


def check_references(row: Row, column: str, values: Iterable[str], known: "Known") -> None:
    """Every key is a key of that sheet; a close one is offered."""
    for value in values:
        if value and value not in known.keys:
            close = known.closest(value)
            sentence = say.UNKNOWN_KEY if close is None else say.MISSPELT_KEY
            row.refuse(column, sentence, value=value, sheet=known.sheet, close=close)


class Known:
    """The keys of one sheet, and how it is called."""

    def __init__(self, sheet: str, keys: Iterable[str]) -> None:
        self.sheet = sheet
        self.keys = frozenset(keys) - {""}
        self.closest = lru_cache(maxsize=None)(self._closest)

    def _closest(self, value: str) -> str | None:
        folded = {key.casefold(): key for key in sorted(self.keys)}
        close = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.75)
        return folded[close[0]] if close else None


def check_course_names(
    lines: Sequence[Line[TimetableRow]], courses: Sequence[Line[Course]]
) -> None:
    """A name beside a code is the course's own, in Latvian or English."""
    by_code = {line.record.code: line for line in reversed(courses)}  # the first of a code counts
    for line in lines:
        named = by_code.get(line.record.course_code)
        name = line.record.course_name
        if named and name and name not in {named.record.name_lv, named.record.name_en}:
            line.row.refuse(
                "course_name",
                say.TWO_NAMES,
                code=line.record.course_code,
                value=name,
                sheet=named.row.table.sheet.name,
                other=named.record.name_lv,
            )


def check_group_spelling(
    classes: Sequence[Line[TimetableRow]], students: Sequence[Line[Student]]
) -> None:
    """A group that no student belongs to has size unknown and is fine, as many a real semester has.

    Only a group that is written in two ways (case, diacritics, spaces, dashes) is a slip for certain:
    names such as IT1 and IT2 differ by one letter and are both right.
    """
    first: dict[str, str] = {}
    written = [(line.row, line.record.groups) for line in students]
    written += [(line.row, line.record.groups) for line in classes]
    for row, groups in written:
        for group in groups:
            spelling = first.setdefault(_bare(group), group)
            if spelling != group:
                row.refuse("groups", say.TWO_SPELLINGS, value=group, other=spelling)


def _bare(group: str) -> str:
    plain = unicodedata.normalize("NFKD", _DASHES.sub("-", group)).casefold()
    return "".join(sign for sign in plain if not unicodedata.combining(sign) and sign != " ")


def check_same_class(lines: Sequence[Line[TimetableRow]]) -> None:
    """The natural key of a class (day, course, start, groups) is there once."""
    first: dict[object, Line[TimetableRow]] = {}
    for line in lines:
        held = line.record
        if not line.row.has_read("date", "start", "end", "slot", "course_code", "groups"):
            continue
        key = (held.day, held.course_code, held.starts, frozenset(held.groups))
        seen = first.setdefault(key, line)
        if seen is not line:
            line.row.refuse("date", say.SAME_CLASS, other=seen.row.number)


def check_duty_staff(lines: Sequence[Line[Duty]], staff: Sequence[Line[StaffMember]]) -> None:
    """The process description, step 8: coordinators look after the study day."""
    by_key = {line.record.key: line for line in staff}
    for line in lines:
        person = by_key.get(line.record.staff)
        if person and person.row.has_read("role") and person.record.role is not Role.COORDINATOR:
            line.row.refuse(
                "staff", say.NOT_A_COORDINATOR, name=person.record.name or person.record.key
            )
