"""Reads a semester's sheets from a folder of CSV files or one .xlsx workbook.

What cannot be read is a finding in the result, never a crash: files come from anybody. What the
cells mean is the business of `rules/semester/`; writing workbooks is `integrations/workbook_out.py`.
"""

import codecs
import csv
import io
from collections.abc import Sequence
from pathlib import Path

from integrations.workbook_in import read_workbook
from rules.semester import sentences as say
from rules.semester.cells import text_of
from rules.semester.findings import Finding, Sentence, finding
from rules.semester.sheets import FORMS, RawSheet, RawSheets, fold, kind_of

_MEGABYTE = 1024 * 1024
_LARGEST_FILE = 32 * _MEGABYTE
_LONGEST_CELL = 32_767  # Excel's own limit
_COLUMN_NAMES = frozenset(
    fold(name)
    for form in FORMS.values()
    for column in form.columns
    for name in (column.english, column.latvian)
)
_LATVIAN_LETTERS = frozenset("āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽ")


def read_sheets(path: Path) -> RawSheets:
    """The sheets at `path`, for `rules.semester.parse_semester`, which also words the findings."""
    if path.is_dir():
        return _read_folder(path)
    if not path.exists():
        return _refused(path, say.NO_SUCH_FILE)
    if path.suffix.casefold() not in {".xlsx", ".xlsm", ".xls"}:
        return _refused(path, say.NOT_A_SEMESTER)
    content = _content(path)
    return content if isinstance(content, RawSheets) else read_workbook(path.name, content)


def _refused(path: Path, sentence: Sentence, **values: object) -> RawSheets:
    return RawSheets((), (finding(path.name, None, None, sentence, name=path.name, **values),))


def _content(path: Path) -> bytes | RawSheets:
    """The file's bytes, read once: what is checked is what is used."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        return _refused(path, say.UNREADABLE_FILE, reason=error.strerror)
    if len(content) > _LARGEST_FILE:
        return _refused(path, say.FILE_TOO_LARGE, limit=_LARGEST_FILE // _MEGABYTE)
    return content


def _read_folder(folder: Path) -> RawSheets:
    try:
        files = sorted(file for file in folder.iterdir() if _is_csv(file))
    except OSError as error:
        return _refused(folder, say.UNREADABLE_FILE, reason=error.strerror)
    if not files:
        return _refused(folder, say.NO_CSV_FILES)
    # Files of other matters may lie beside ours; one that cannot be read is then no problem.
    outcomes = [_read_csv(file) for file in files if kind_of(file.stem) is not None]
    return RawSheets(
        tuple(outcome for outcome in outcomes if isinstance(outcome, RawSheet)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Finding)),
    )


def _is_csv(file: Path) -> bool:
    """A CSV file of the user's own; those that systems hide beside it begin with a dot or tilde."""
    return file.suffix.casefold() == ".csv" and not file.name.startswith((".", "~"))


def _read_csv(file: Path) -> RawSheet | Finding:
    content = _content(file)
    if isinstance(content, RawSheets):
        (found,) = content.findings
        return finding(file.stem, None, None, found.sentence, **found.values)
    text = _decoded(content)
    if isinstance(text, Sentence):
        return finding(file.stem, None, None, text)
    rows, is_whole = _csv_rows(text)
    if not is_whole:
        return finding(file.stem, len(rows) + 1, None, say.BROKEN_CSV)
    header, *body = rows or [()]
    return RawSheet(file.stem, tuple(map(text_of, header)), tuple(body))


def _decoded(content: bytes) -> str | Sentence:
    """The text, or the sentence that says how it was saved instead of UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _encoding_of(content)
    if "\ufffd" in text:
        return say.LOST_LETTERS
    return say.NOT_UTF_8 if "\0" in text else text


def _encoding_of(content: bytes) -> Sentence:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return say.NOT_UTF_8
    try:
        text = content.decode("cp1257")
    except UnicodeDecodeError:
        return say.NOT_UTF_8
    strange = {letter for letter in text if letter > "\x7f" and letter.isalpha()}
    # Other code pages show as letters that Latvian does not have.
    return say.WINDOWS_1257 if strange and strange <= _LATVIAN_LETTERS else say.NOT_UTF_8


def _csv_rows(text: str) -> tuple[list[tuple[str, ...]], bool]:
    """The rows up to the first that cannot be read, and whether that was all of them."""
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            if any(len(cell) > _LONGEST_CELL for cell in row):
                return rows, False
            rows.append(tuple(row))
    except csv.Error:
        return rows, False
    return rows, True


def _delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever makes most known names of the header."""
    first_line = text.split("\n", 1)[0]

    def known_names(delimiter: str) -> int:
        return sum(fold(name) in _COLUMN_NAMES for name in _names(first_line, delimiter))

    return max((",", ";", "\t"), key=known_names)


def _names(line: str, delimiter: str) -> Sequence[str]:
    return [name.strip(' "\r') for name in line.split(delimiter)]
