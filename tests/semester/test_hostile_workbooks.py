"""Workbooks made to harm: each is refused quickly, with a sentence, and never opened in here."""

import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from integrations import workbook_child, workbook_in
from integrations.workbook_in import inspect_workbook, read_workbook
from rules.semester import RawSheets
from rules.semester import sentences as say
from rules.semester.findings import Sentence, finding

SHEET = "xl/worksheets/sheet1.xml"
_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _workbook(parts: dict[str, bytes] | None = None) -> bytes:
    """A sound workbook in which some parts are replaced or added."""
    sound, built = BytesIO(), BytesIO()
    openpyxl.Workbook().save(sound)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(built, "w", zipfile.ZIP_DEFLATED) as new:
        contents = {name: old.read(name) for name in old.namelist()} | (parts or {})
        for name, content in contents.items():
            new.writestr(name, content)
    return built.getvalue()


def _sheet_with(rows: str, before: str = "") -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return (
        f"{head}{before}<worksheet {_NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode()
    )


def _far_cell() -> bytes:
    return _workbook({SHEET: _sheet_with('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})


def _zip_bomb() -> bytes:
    return _workbook({SHEET: b" " * (600 * 1024 * 1024)})


def _lying_bomb() -> bytes:
    """A bomb that declares a small size in its directory."""
    size = 200 * 1024 * 1024
    content = _workbook({SHEET: b" " * size})
    return content.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def _doctype(declaration: str) -> bytes:
    return _workbook({SHEET: _sheet_with('<row r="1"><c r="A1"><v>&a;</v></c></row>', declaration)})


def _external_entity() -> bytes:
    return _doctype('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>')


def _billion_laughs() -> bytes:
    laughs = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("bcdefghij", "cdefghijk", strict=True)
    )
    return _doctype(f'<!DOCTYPE x [<!ENTITY b "ha">{laughs}<!ENTITY a "&k;">]>')


def _across_chunks() -> bytes:
    """A declaration that lies across two of the pieces in which parts are searched."""
    padding = b" " * (workbook_in._CHUNK - 5)
    return _workbook({SHEET: padding + b'<!DOCTYPE x SYSTEM "http://evil.example">'})


def _utf_16() -> bytes:
    text = _sheet_with('<row r="1"/>').decode().replace("UTF-8", "UTF-16")
    return _workbook({SHEET: text.encode("utf-16")})


def _macro_content_type() -> bytes:
    types = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    return _workbook({"[Content_Types].xml": types})


def _uncounted_formula() -> bytes:
    book, stream = openpyxl.Workbook(), BytesIO()
    book.worksheets[0]["A1"] = '=IF(TRUE,"atcelta","notiek")'
    book.save(stream)
    return stream.getvalue()


def _not_a_workbook() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    return stream.getvalue()


@pytest.fixture
def twin_parts() -> bytes:
    stream = BytesIO(_workbook())
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(SHEET, _sheet_with(""))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (_zip_bomb, say.WORKBOOK_TOO_LARGE),
        (_lying_bomb, say.BROKEN_WORKBOOK),
        (lambda: _workbook({f"xl/{n}.xml": b"" for n in range(1001)}), say.WORKBOOK_TOO_LARGE),
        (_far_cell, say.FAR_CELL),
        (_external_entity, say.FORBIDDEN_XML),
        (_billion_laughs, say.FORBIDDEN_XML),
        (_across_chunks, say.FORBIDDEN_XML),
        (_utf_16, say.BROKEN_WORKBOOK),
        (lambda: _workbook({"xl/vbaProject.bin": b"macro"}), say.MACROS),
        (_macro_content_type, say.MACROS),
        (_uncounted_formula, say.UNCOUNTED_FORMULA),
        (_not_a_workbook, say.BROKEN_WORKBOOK),
        (lambda: _workbook()[:-300], say.BROKEN_WORKBOOK),
        (lambda: b"date;start\n", say.BROKEN_WORKBOOK),
        (lambda: b"", say.BROKEN_WORKBOOK),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), say.OLD_OR_LOCKED),
    ],
)
def test_hostile_workbooks_are_refused_at_once(
    build: Callable[[], bytes], sentence: Sentence
) -> None:
    content = build()
    started = time.process_time()

    refusal = inspect_workbook(content)

    assert refusal == sentence
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "piece", [b"<c", b"<c ", b"<c><f>", b"<c t=", b' r="A', b" r ", b'<c r="', b"<c><f></f> "]
)
def test_no_text_makes_the_search_slow(piece: bytes) -> None:
    content = _workbook({SHEET: piece * (4 * 1024 * 1024 // len(piece))})
    started = time.process_time()

    assert inspect_workbook(content) is None
    assert time.process_time() - started < 2


def test_two_parts_of_one_name_are_refused(twin_parts: bytes) -> None:
    assert inspect_workbook(twin_parts) == say.BROKEN_WORKBOOK


def test_a_refused_workbook_names_its_file() -> None:
    expected = RawSheets((), (finding("semestris.xlsx", None, None, say.FAR_CELL),))

    assert read_workbook("semestris.xlsx", _far_cell()) == expected


def test_a_workbook_that_only_the_reader_finds_broken_is_refused() -> None:
    content = _workbook({"xl/workbook.xml": b"<workbook"})

    assert inspect_workbook(content) is None
    assert read_workbook("s.xlsx", content).findings == (
        finding("s.xlsx", None, None, say.BROKEN_WORKBOOK),
    )


def test_a_workbook_that_kills_its_reader_ends_in_a_sentence() -> None:
    # 90,000 rows of 702 columns are within the look at the zip, but not within the memory allowed.
    content = _workbook(
        {
            SHEET: _sheet_with(
                '<row r="90000"><c r="ZZ90000"><v>1</v></c></row>'
                '<row r="1"><c r="A1"><v>1</v></c></row>'
            )
        }
    )

    assert inspect_workbook(content) is None
    assert read_workbook("s.xlsx", content).findings == (
        finding("s.xlsx", None, None, say.WORKBOOK_REFUSED),
    )


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_in, "_SECONDS", 0.001)

    assert read_workbook("s.xlsx", _workbook()).findings == (
        finding("s.xlsx", None, None, say.WORKBOOK_REFUSED),
    )


def test_the_reader_ends_in_its_own_process_where_nothing_looked_first(tmp_path: Path) -> None:
    """The reader aborts at a far cell: the reason why it is given a process of its own."""
    (tmp_path / "far.xlsx").write_bytes(_far_cell())

    with (tmp_path / "far.xlsx").open("rb") as workbook:
        child = subprocess.run(
            [sys.executable, "-I", workbook_child.__file__],
            stdin=workbook,
            capture_output=True,
            check=False,
            timeout=20,
        )

    assert (child.returncode != 0, child.stdout) == (True, b"")


class _Input:
    """Standard input with these bytes."""

    def __init__(self, content: bytes) -> None:
        self.buffer = BytesIO(content)


def _run_child(content: bytes, monkeypatch: pytest.MonkeyPatch) -> int:
    """The child's program in this process, which must keep its own limits."""
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr(sys, "stdin", _Input(content))
    return workbook_child.main()


def test_the_child_says_sheets_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    moment = datetime(2026, 12, 5, 9)  # noqa: DTZ001  (spreadsheets know no zones)
    page.append(["ā", 1.5, moment, moment.date(), moment.time(), timedelta(hours=33)])
    stream = BytesIO()
    book.save(stream)

    code = _run_child(stream.getvalue(), monkeypatch)

    assert (code, capsys.readouterr().out) == (
        0,
        (
            '[["Sheet", [["\\u0101", 1.5, {"datetime": "2026-12-05T09:00:00"}, {"date": "2026-12-05"}, '
            '{"time": "09:00:00"}, {"timedelta": 118800.0}]]]]'
        ),
    )


def test_the_child_says_that_it_is_no_workbook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run_child(b"date;start", monkeypatch) == workbook_child.BROKEN
    assert capsys.readouterr().out == ""


def test_the_child_does_not_answer_at_any_length(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workbook_child, "_LARGEST_ANSWER", 10)

    assert _run_child(_workbook(), monkeypatch) == 1
    assert capsys.readouterr().out == ""


def test_the_child_knows_no_other_types() -> None:
    with pytest.raises(TypeError, match="no form for bytes"):
        workbook_child._tagged(b"x")
