"""Reads an .xlsx workbook that may be hostile: a look at the zip first, then a child process.

Measured: a cell at XFD1048576 makes the reader allocate 550 GB and abort the process, and a file of
0.6 MB can unfold to 600 MB. So this process never opens a workbook; `workbook_child.py` does.
"""

import json
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import IO, Any

from integrations import workbook_child
from rules.semester import sentences as say
from rules.semester.cells import text_of
from rules.semester.findings import Sentence, finding
from rules.semester.sheets import Cell, RawSheet, RawSheets

_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE: .xls, and every encrypted workbook
_UNPACKED_LIMIT = 128 * 1024 * 1024
_ENTRY_LIMIT = 1000
_CHUNK = 1024 * 1024
_OVERLAP = 16 * 1024  # longer than what is looked for (a formula has 8,192 characters at most)
_SECONDS = 20
_MARKUP = (".xml", ".rels", ".vml")
# What zipfile raises for archives that are damaged, encrypted or packed by rare methods.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
# Row 100,000 and beyond, or column AAA and beyond; a fast refusal matters more than an exact limit.
_FAR_CELL = re.compile(rb"""\sr\s*=\s*["']\s*(?:[A-Za-z]{3,}\d|[A-Za-z]*\d{6,})""")
# A formula with no value beside it: the reader would take the cell for an empty one, and an empty
# status means that the class is held. A text cell (t="str") may well have worked out as nothing.
# No piece of a pattern here runs across a "<", so that no text makes the search quadratic.
_UNCOUNTED_FORMULA = re.compile(
    rb"""<c\b(?![^<>]*\st=["']str["'])[^<>]*>\s*<f\b[^<>]*>[^<]*</f>\s*(?:</c>|<v\s*/>|<v>\s*</v>)"""
)
_REFUSALS = (
    say.FORBIDDEN_XML,
    say.MACROS,
    say.FAR_CELL,
    say.UNCOUNTED_FORMULA,
    say.BROKEN_WORKBOOK,
)
_CELL_TYPES: dict[str, Callable[[Any], Cell]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda seconds: timedelta(seconds=seconds),
}


def read_workbook(name: str, content: bytes) -> RawSheets:
    """The workbook's sheets, or the one reason why it was refused. `name` is for that reason."""
    refusal = inspect_workbook(content)
    if refusal is not None:
        return RawSheets((), (finding(name, None, None, refusal),))
    answer = _ask_child(content)
    if isinstance(answer, Sentence):
        return RawSheets((), (finding(name, None, None, answer),))
    return RawSheets(tuple(_sheet(title, rows) for title, rows in answer))


def inspect_workbook(content: bytes) -> Sentence | None:
    """Why the file must not be opened, found without opening it as a workbook; None if it may be."""
    if content.startswith(_OLD_EXCEL):
        return say.OLD_OR_LOCKED
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _refusal_of_entries(archive.infolist()) or _refusal_of_markup(archive)
    except _DAMAGE:
        return say.BROKEN_WORKBOOK


def _refusal_of_entries(entries: list[zipfile.ZipInfo]) -> Sentence | None:
    names = [entry.filename.casefold() for entry in entries]
    if len(entries) > _ENTRY_LIMIT or sum(entry.file_size for entry in entries) > _UNPACKED_LIMIT:
        return say.WORKBOOK_TOO_LARGE
    if any(name.endswith("vbaproject.bin") for name in names):
        return say.MACROS
    # Two entries of one name: what we look at and what the reader opens could differ.
    if len(set(names)) < len(names) or "xl/workbook.xml" not in names:
        return say.BROKEN_WORKBOOK
    return None


def _refusal_of_markup(archive: zipfile.ZipFile) -> Sentence | None:
    for entry in archive.infolist():
        with archive.open(entry) as part:
            # Read to the end whatever it is: sizes that were declared falsely show as a bad checksum.
            refusals = set(_look_through(part, entry.filename))
        for refusal in _REFUSALS:  # the gravest first
            if refusal in refusals:
                return refusal
    return None


def _look_through(part: IO[bytes], name: str) -> Iterator[Sentence]:
    is_markup = name.casefold().endswith(_MARKUP)
    tail = b""
    while chunk := part.read(_CHUNK):
        window = tail + chunk
        tail = window[-_OVERLAP:]
        if b"<!DOCTYPE" in window:
            yield say.FORBIDDEN_XML
        if is_markup and b"\0" in window:
            # UTF-16 or 32, in which the other searches would find nothing. Excel writes UTF-8.
            yield say.BROKEN_WORKBOOK
        if b"macroEnabled" in window:
            yield say.MACROS
        if _FAR_CELL.search(window):
            yield say.FAR_CELL
        if _UNCOUNTED_FORMULA.search(window):
            yield say.UNCOUNTED_FORMULA


def _ask_child(content: bytes) -> list[tuple[str, list[list[Any]]]] | Sentence:
    command = [sys.executable, "-I", workbook_child.__file__]
    try:
        child = subprocess.run(
            command, input=content, capture_output=True, timeout=_SECONDS, check=False, env={}
        )
    except subprocess.TimeoutExpired:
        return say.WORKBOOK_REFUSED
    if child.returncode == workbook_child.BROKEN:
        return say.BROKEN_WORKBOOK
    if child.returncode != 0:
        return say.WORKBOOK_REFUSED
    sheets: list[tuple[str, list[list[Any]]]] = json.loads(child.stdout)
    return sheets


def _sheet(title: str, rows: list[list[Any]]) -> RawSheet:
    header, *body = [tuple(map(_cell, row)) for row in rows] or [()]
    return RawSheet(title, tuple(map(text_of, header)), tuple(body))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        ((kind, content),) = value.items()
        return _CELL_TYPES[kind](content)
    cell: Cell = value
    return cell
