"""From raw sheets to a semester: find the sheets, read the rows, check them beside each other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rules.people import Language
from rules.semester import checks, overlaps, records
from rules.semester import sentences as say
from rules.semester.checks import Known
from rules.semester.findings import Finding, finding, problems
from rules.semester.sheets import FORMS, RawSheet, RawSheets, SheetKind, kind_of
from rules.semester.table import Line, Row, Table, find_columns
from rules.timetable import (
    Course,
    Duty,
    Lecturer,
    Problem,
    Semester,
    StaffMember,
    Student,
    TimetableRow,
    ZoomAccount,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Lines:
    """Every row of every sheet that could be located."""

    tables: dict[SheetKind, Table]
    timetable: Sequence[Line[TimetableRow]]
    lecturers: Sequence[Line[Lecturer]]
    students: Sequence[Line[Student]]
    courses: Sequence[Line[Course]]
    zoom_accounts: Sequence[Line[ZoomAccount]]
    staff: Sequence[Line[StaffMember]]
    duty: Sequence[Line[Duty]]

    def rows(self) -> Iterator[Row]:
        sheets: tuple[Sequence[Line[object]], ...] = (
            self.timetable,
            self.lecturers,
            self.students,
            self.courses,
            self.zoom_accounts,
            self.staff,
            self.duty,
        )
        return (line.row for lines in sheets for line in lines)


def parse_semester(
    raw: RawSheets, language: Language = Language.LATVIAN
) -> tuple[Semester | None, tuple[Problem, ...]]:
    """The semester, or every problem that its sheets have, in the order of sheets and rows."""
    tables, found = _locate(raw)
    lines = _read(tables)
    _check(lines)
    found += [*raw.findings, *(problem for row in lines.rows() for problem in row.findings)]
    if found:
        return None, problems(sorted(found, key=_place), language)
    return _semester(lines), ()


def _place(found: Finding) -> tuple[int, int]:
    kind = kind_of(found.sheet)
    return (-1 if kind is None else list(SheetKind).index(kind), found.row or 0)


def _locate(raw: RawSheets) -> tuple[dict[SheetKind, Table], list[Finding]]:
    sheets: dict[SheetKind, RawSheet] = {}
    found: list[Finding] = []
    for sheet in raw.sheets:
        kind = kind_of(sheet.name)
        if kind is not None and sheets.setdefault(kind, sheet) is not sheet:
            found.append(finding(sheet.name, None, None, say.SHEET_TWICE, other=sheets[kind].name))
    located = {kind: find_columns(sheet, kind) for kind, sheet in sheets.items()}
    found += [problem for _, of_header in located.values() for problem in of_header]
    found += _missing_sheets(raw, sheets)
    return {kind: table for kind, (table, _) in located.items()}, found


def _missing_sheets(raw: RawSheets, sheets: Iterable[SheetKind]) -> Iterator[Finding]:
    unread = {kind_of(problem.sheet) for problem in raw.findings}
    if None in unread:
        return  # a whole workbook could not be read: its sheets are not what is missing
    for kind in SheetKind:
        if kind not in sheets and kind not in unread:
            names = {"english": kind.value, "latvian": FORMS[kind].latvian}
            yield finding(kind.value, None, None, say.MISSING_SHEET, **names)


def _read(tables: dict[SheetKind, Table]) -> _Lines:
    def lines(kind: SheetKind, record: Callable[[Row], T]) -> list[Line[T]]:
        table = tables.get(kind)
        # Without its columns no cell of a sheet can be named; the header is reported already.
        if table is None or not _has_required(table, kind):
            return []
        return [Line(row, record(row)) for row in table.rows()]

    return _Lines(
        tables=tables,
        timetable=lines(SheetKind.TIMETABLE, records.timetable_row),
        lecturers=lines(SheetKind.LECTURERS, records.lecturer),
        students=lines(SheetKind.STUDENTS, records.student),
        courses=lines(SheetKind.COURSES, records.course),
        zoom_accounts=lines(SheetKind.ZOOM_ACCOUNTS, records.zoom_account),
        staff=lines(SheetKind.STAFF, records.staff_member),
        duty=lines(SheetKind.DUTY, records.duty),
    )


def _has_required(table: Table, kind: SheetKind) -> bool:
    return all(
        column.english in table.places for column in FORMS[kind].columns if column.is_required
    )


def _check(lines: _Lines) -> None:
    # A class that is there twice does not clash with itself, so twins are found before clashes.
    checks.check_same_class(lines.timetable)
    overlaps.check_classes(lines.timetable)
    overlaps.check_duty(lines.duty, lines.staff)
    _check_keys(lines)
    _check_references(lines)
    checks.check_duty_staff(lines.duty, lines.staff)
    checks.check_course_names(lines.timetable, lines.courses)
    checks.check_group_spelling(lines.timetable, lines.students)


def _check_keys(lines: _Lines) -> None:
    checks.check_keys(lines.lecturers, "key", lambda each: each.key)
    checks.check_keys(lines.students, "key", lambda each: each.key)
    checks.check_keys(lines.staff, "key", lambda each: each.key)
    checks.check_keys(lines.zoom_accounts, "email", lambda each: each.email.casefold())
    checks.check_courses(lines.courses)
    checks.check_addresses(lines.lecturers, lambda each: (each.key, each.email))
    checks.check_addresses(lines.students, lambda each: (each.key, each.email))


def _check_references(lines: _Lines) -> None:
    lecturers = _known(lines, SheetKind.LECTURERS, (each.record.key for each in lines.lecturers))
    courses = _known(lines, SheetKind.COURSES, (each.record.code for each in lines.courses))
    staff = _known(lines, SheetKind.STAFF, (each.record.key for each in lines.staff))
    for held in lines.timetable:
        if lecturers:
            checks.check_references(held.row, "lecturers", held.record.lecturers, lecturers)
        if courses:
            checks.check_references(held.row, "course_code", [held.record.course_code], courses)
    for duty in lines.duty:
        if staff:
            checks.check_references(duty.row, "staff", [duty.record.staff], staff)


def _known(lines: _Lines, kind: SheetKind, keys: Iterable[str]) -> Known | None:
    """The keys of a sheet; None when the sheet could not be read, which is reported already."""
    table = lines.tables.get(kind)
    return Known(table.sheet.name, keys) if table and _has_required(table, kind) else None


def _semester(lines: _Lines) -> Semester:
    names = {line.record.code: line.record.name_lv for line in lines.courses}
    return Semester(
        timetable=tuple(
            replace(
                line.record, course_name=line.record.course_name or names[line.record.course_code]
            )
            for line in lines.timetable
        ),
        lecturers=_records(lines.lecturers),
        students=_records(lines.students),
        courses=_records(lines.courses),
        zoom_accounts=_records(lines.zoom_accounts),
        staff=_records(lines.staff),
        duty=_records(lines.duty),
    )


def _records(lines: Sequence[Line[T]]) -> tuple[T, ...]:
    return tuple(line.record for line in lines)
