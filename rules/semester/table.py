"""A recognised sheet, its rows, and the reading of a row's cells with every problem noted.

A cell that cannot be read gives a stand-in value and a finding, so that one pass finds all; what
holds a stand-in is never used, because a semester with any finding is refused whole.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Generic, TypeVar

from rules.semester import sentences as say
from rules.semester.cells import address_of, count_of, date_of, list_of, text_of, time_of
from rules.semester.findings import Finding, Sentence, finding
from rules.semester.sheets import FORMS, Cell, Column, RawSheet, SheetKind, fold

T = TypeVar("T")
Record_co = TypeVar("Record_co", covariant=True)

_CLOSE = 0.85  # "staus" is a slip of "status"; "telpa" is a column of the user's own


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet whose columns are found: our column name -> its place."""

    sheet: RawSheet
    places: Mapping[str, int]

    def rows(self) -> Iterator["Row"]:
        """Every row that is not blank, with its number in the file."""
        for number, cells in enumerate(self.sheet.rows, start=2):
            if any(text_of(cell) for cell in cells):
                yield Row(self, number, cells)


@dataclass(slots=True)
class Row:
    """A row while it is read."""

    table: Table
    number: int
    cells: Sequence[Cell]
    findings: list[Finding] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def has_read(self, *columns: str) -> bool:
        """Whether nothing was found wrong with these cells, so that they may be compared."""
        return self.refused.isdisjoint(columns)

    def refuse(self, column: str, sentence: Sentence, **values: object) -> None:
        """Notes a problem of that cell, under the header that the user wrote."""
        place = self.table.places.get(column)
        written = column if place is None else self.table.sheet.header[place]
        self.refused.add(column)
        self.findings.append(Finding(self.table.sheet.name, self.number, written, sentence, values))

    def cell(self, column: str) -> Cell:
        place = self.table.places.get(column)
        return None if place is None or place >= len(self.cells) else self.cells[place]

    def text(self, column: str) -> str:
        return text_of(self.cell(column))

    def filled(self, column: str) -> str:
        """A text that must be there."""
        text = self.text(column)
        if not text:
            self.refuse(column, say.EMPTY)
        return text

    def many(self, column: str) -> tuple[str, ...]:
        return list_of(self.cell(column))

    def some(self, column: str) -> tuple[str, ...]:
        """A list with at least one item."""
        items = self.many(column)
        if not items:
            self.refuse(column, say.EMPTY)
        return items

    def day(self, column: str) -> date:
        return self._read(column, date_of, say.BAD_DATE) or date.min

    def clock(self, column: str) -> time:
        return self._read(column, time_of, say.BAD_TIME) or time.min

    def count(self, column: str) -> int:
        return self._read(column, count_of, say.BAD_COUNT) or 1

    def address(self, column: str) -> str:
        return self._read(column, address_of, say.BAD_EMAIL) or ""

    def _read(self, column: str, meaning: Callable[[Cell], T | None], wrong: Sentence) -> T | None:
        if not self.filled(column):
            return None
        value = meaning(self.cell(column))
        if value is None:
            self.refuse(column, wrong, value=self.text(column))
        return value

    def choice(self, column: str, words: Mapping[T, tuple[str, str]], usual: T | None = None) -> T:
        """The value whose Latvian or English word is there, whatever its case and diacritics.

        An empty cell means `usual`; without one it must be filled.
        """
        text = self.text(column) if usual is not None else self.filled(column)
        stand_in = next(iter(words)) if usual is None else usual
        if not text:
            return stand_in
        meant = {fold(word): value for value, pair in words.items() for word in pair}
        if fold(text) not in meant:
            latvian, english = (", ".join(each) for each in zip(*words.values(), strict=True))
            self.refuse(column, say.BAD_CHOICE, value=text, choices=Sentence(latvian, english))
        return meant.get(fold(text), stand_in)


@dataclass(frozen=True, slots=True)
class Line(Generic[Record_co]):
    """What a row says, and the row, so that later checks can point at it."""

    row: Row
    record: Record_co


def find_columns(sheet: RawSheet, kind: SheetKind) -> tuple[Table, tuple[Finding, ...]]:
    """The places of our columns in the sheet's header, and what is wrong with the header."""
    headers = [fold(written) for written in sheet.header]
    places: dict[str, int] = {}
    found: list[Finding] = []
    for column in FORMS[kind].columns:
        names = {fold(column.english), fold(column.latvian)}
        at = [place for place, header in enumerate(headers) if header in names]
        if at:
            places[column.english] = at[0]
        found += [finding(sheet.name, 1, sheet.header[place], say.COLUMN_TWICE) for place in at[1:]]
    found += _absent_columns(sheet, kind, places)
    found += _too_wide_rows(sheet)
    return Table(sheet, places), tuple(found)


def _absent_columns(
    sheet: RawSheet, kind: SheetKind, places: Mapping[str, int]
) -> Iterator[Finding]:
    known = {
        fold(name) for column in FORMS[kind].columns for name in (column.english, column.latvian)
    }
    strangers = {fold(written): written for written in sheet.header if fold(written) not in known}
    for column in FORMS[kind].columns:
        if column.english in places:
            continue
        written = _slip_of(column, strangers)
        values = {"english": column.english, "latvian": column.latvian}
        if written is not None:
            # A misspelt "status" that is passed over would hold cancelled classes.
            yield finding(sheet.name, 1, written, say.MISSPELT_COLUMN, written=written, **values)
        elif column.is_required:
            yield finding(sheet.name, 1, column.english, say.MISSING_COLUMN, **values)


def _slip_of(column: Column, strangers: Mapping[str, str]) -> str | None:
    names = (fold(column.english), fold(column.latvian))
    for name in names:
        for close in difflib.get_close_matches(name, strangers, n=1, cutoff=_CLOSE):
            return strangers[close]
    return None


def _too_wide_rows(sheet: RawSheet) -> Iterator[Finding]:
    width = len(sheet.header)
    for number, cells in enumerate(sheet.rows, start=2):
        if any(text_of(cell) for cell in cells[width:]):
            yield finding(sheet.name, number, None, say.TOO_MANY_CELLS)
