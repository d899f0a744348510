"""The sheets of a semester as they come in: raw cells, and which sheet and column is which.

Names are recognised in Latvian and English, whatever their case, spaces and diacritics. What a
cell means is the business of `rules/semester/cells.py`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType

from rules.semester.findings import Finding

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as the user wrote it: its first row, and the rows below it (row 2 comes first)."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class RawSheets:
    """All sheets of a file or folder, and what could not be read of it."""

    sheets: tuple[RawSheet, ...]
    findings: tuple[Finding, ...] = ()


class SheetKind(StrEnum):
    """The sheets of a semester by their English names, in the order in which people read them."""

    TIMETABLE = "timetable"
    LECTURERS = "lecturers"
    STUDENTS = "students"
    COURSES = "courses"
    ZOOM_ACCOUNTS = "zoom_accounts"
    STAFF = "staff"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its two names; a required one must have a header, though not every cell."""

    english: str
    latvian: str
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class SheetForm:
    """What a sheet is called in Latvian, and its columns."""

    latvian: str
    columns: tuple[Column, ...]


FORMS: Mapping[SheetKind, SheetForm] = MappingProxyType(
    {
        SheetKind.TIMETABLE: SheetForm(
            "studiju grafiks",
            (
                Column("date", "datums"),
                Column("start", "sākums", is_required=False),
                Column("end", "beigas", is_required=False),
                Column("slot", "nodarbība", is_required=False),
                Column("course_code", "kursa kods"),
                Column("course_name", "studiju kurss", is_required=False),
                Column("lecturers", "mācībspēki"),
                Column("groups", "grupas"),
                Column("mode", "norise", is_required=False),
                Column("status", "statuss", is_required=False),
                Column("note", "piezīmes", is_required=False),
            ),
        ),
        SheetKind.LECTURERS: SheetForm(
            "mācībspēki",
            (
                Column("key", "kods"),
                Column("name", "vārds"),
                Column("email", "e-pasts"),
                Column("language", "valoda", is_required=False),
                Column("phone", "tālrunis", is_required=False),
            ),
        ),
        SheetKind.STUDENTS: SheetForm(
            "studējošie",
            (
                Column("key", "kods"),
                Column("name", "vārds"),
                Column("email", "e-pasts"),
                Column("groups", "grupas"),
                Column("language", "valoda", is_required=False),
            ),
        ),
        SheetKind.COURSES: SheetForm(
            "studiju kursi",
            (
                Column("code", "kursa kods"),
                Column("name_lv", "nosaukums"),
                Column("name_en", "nosaukums angliski", is_required=False),
                Column("moodle_idnumber", "moodle idnumber"),
            ),
        ),
        SheetKind.ZOOM_ACCOUNTS: SheetForm(
            "zoom konti",
            (
                Column("email", "e-pasts"),
                Column("capacity", "dalībnieki"),
                Column("concurrent", "vienlaikus", is_required=False),
            ),
        ),
        SheetKind.STAFF: SheetForm(
            "sac",
            (
                Column("key", "kods"),
                Column("name", "vārds"),
                Column("email", "e-pasts"),
                Column("role", "loma"),
                Column("phone", "tālrunis", is_required=False),
            ),
        ),
        SheetKind.DUTY: SheetForm(
            "darba grafiks",
            (
                Column("date", "datums"),
                Column("staff", "darbinieks"),
                Column("from", "no"),
                Column("to", "līdz"),
            ),
        ),
    }
)


def fold(name: str) -> str:
    """A name without case, diacritics, spaces and punctuation, to compare what people typed.

    >>> fold(" E-Pasts ") == fold("epasts"), fold("Sākums"), fold("course_code")
    (True, 'sakums', 'coursecode')
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


_KINDS = {fold(name): kind for kind, form in FORMS.items() for name in (kind.value, form.latvian)}


def kind_of(name: str) -> SheetKind | None:
    """Which sheet that name means; None for sheets that are none of ours.

    >>> kind_of("Studiju_grafiks")
    <SheetKind.TIMETABLE: 'timetable'>
    """
    return _KINDS.get(fold(name))
