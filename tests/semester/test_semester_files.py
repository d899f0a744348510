"""Reading a semester's files: CSV in all its variants, workbooks, and what cannot be read."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Never

import openpyxl
import pytest

from deployments.sample import SAMPLE
from integrations.spreadsheet import read_sheets
from rules.semester import RawSheet, RawSheets, parse_semester
from rules.semester import sentences as say
from rules.semester.findings import Finding, Sentence, finding

HEADER = "kods;vārds;e-pasts\n"
ROW = "ab;Anna Bērziņa;anna@augstskola.example\n"
LECTURERS = RawSheet(
    "lecturers",
    ("kods", "vārds", "e-pasts"),
    (("ab", "Anna Bērziņa", "anna@augstskola.example"),),
)


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + ROW).encode(),
        (HEADER + ROW).encode("utf-8-sig"),
        (HEADER + ROW).replace("\n", "\r\n").encode("utf-8-sig"),
        (HEADER + ROW).replace(";", ",").encode(),
        (HEADER + ROW).replace(";", "\t").encode(),
        '"kods";"vārds";"e-pasts"\n"ab";"Anna Bērziņa";"anna@augstskola.example"'.encode(),
    ],
)
def test_csv_variants_read_the_same(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lecturers.csv").write_bytes(content)

    assert read_sheets(tmp_path) == RawSheets((LECTURERS,))


def test_lists_and_line_breaks_in_quotes_stay_in_their_cell(tmp_path: Path) -> None:
    text = 'grupas;piezīmes\n"UV1;UV2";"viens\ndivi"\n\nUV3;trīs\n'
    (tmp_path / "timetable.CSV").write_text(text, encoding="utf-8")

    assert read_sheets(tmp_path).sheets == (
        RawSheet(
            "timetable",
            ("grupas", "piezīmes"),
            (("UV1;UV2", "viens\ndivi"), (), ("UV3", "trīs")),
        ),
    )


def test_other_files_in_the_folder_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "lecturers.csv").write_text(HEADER + ROW, encoding="utf-8")
    (tmp_path / "sarakste.csv").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "._lecturers.csv").write_bytes(b"\0\x05\x16\x07")
    (tmp_path / "README.md").write_text("x", encoding="utf-8")

    assert read_sheets(tmp_path) == RawSheets((LECTURERS,))


def test_an_empty_file_has_no_header(tmp_path: Path) -> None:
    (tmp_path / "lecturers.csv").write_bytes(b"")

    assert read_sheets(tmp_path) == RawSheets((RawSheet("lecturers", (), ()),))


@pytest.mark.parametrize(
    ("content", "row", "sentence"),
    [
        ((HEADER + ROW).encode("cp1257"), None, say.WINDOWS_1257),
        ((HEADER + ROW).encode("utf-16"), None, say.NOT_UTF_8),
        ("vārds;Müller".encode("cp1257"), None, say.NOT_UTF_8),
        (b"\x81\xa1\xff", None, say.NOT_UTF_8),
        (b"kods\0;x", None, say.NOT_UTF_8),
        ("kods;B\ufffdrzi\ufffda".encode(), None, say.LOST_LETTERS),
        ((HEADER + ROW + 'jo;"Jānis\n').encode(), 3, say.BROKEN_CSV),
        ((HEADER + "ab;" + "x" * 40_000).encode(), 2, say.BROKEN_CSV),
    ],
)
def test_csv_that_cannot_be_read_is_a_finding(
    tmp_path: Path, content: bytes, row: int | None, sentence: Sentence
) -> None:
    (tmp_path / "lecturers.csv").write_bytes(content)
    (tmp_path / "staff.csv").write_text("kods\nk1", encoding="utf-8")

    assert read_sheets(tmp_path) == RawSheets(
        (RawSheet("staff", ("kods",), (("k1",),)),),
        (finding("lecturers", row, None, sentence),),
    )


def test_paths_that_hold_no_semester(tmp_path: Path) -> None:
    (tmp_path / "semestris.ods").write_bytes(b"x")
    (tmp_path / "tukša").mkdir()

    assert [_only_finding(tmp_path / name) for name in ("nav.xlsx", "semestris.ods", "tukša")] == [
        finding("nav.xlsx", None, None, say.NO_SUCH_FILE, name="nav.xlsx"),
        finding("semestris.ods", None, None, say.NOT_A_SEMESTER, name="semestris.ods"),
        finding("tukša", None, None, say.NO_CSV_FILES, name="tukša"),
    ]


def test_files_that_are_too_large_or_no_files(tmp_path: Path) -> None:
    with (tmp_path / "lecturers.csv").open("wb") as sparse:
        sparse.truncate(33 * 1024 * 1024)
    (tmp_path / "staff.csv").mkdir()

    found = read_sheets(tmp_path).findings

    assert [(each.sheet, each.sentence) for each in found] == [
        ("lecturers", say.FILE_TOO_LARGE),
        ("staff", say.UNREADABLE_FILE),
    ]


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> Never:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)

    expected = {"name": tmp_path.name, "reason": "Permission denied"}
    assert _only_finding(tmp_path) == finding(
        tmp_path.name, None, None, say.UNREADABLE_FILE, **expected
    )


def test_a_workbook_reads_as_its_csv_files_do(tmp_path: Path) -> None:
    workbook = tmp_path / "semestris.xlsx"
    workbook.write_bytes(_as_workbook(read_sheets(SAMPLE)))

    from_workbook = parse_semester(read_sheets(workbook))

    assert from_workbook == parse_semester(read_sheets(SAMPLE))
    assert from_workbook[1] == ()


def test_cells_of_a_workbook_keep_their_types_and_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Studiju grafiks"
    sheet.append(["Datums", " Sākums ", None, "kods"])
    sheet.append([])
    sheet.append([date(2026, 12, 5), time(9), "Anna", 101])
    sheet.append([datetime(2026, 12, 5, 9, 30), timedelta(hours=33), True, 0.5])  # noqa: DTZ001
    book.save(tmp_path / "s.xlsx")

    assert read_sheets(tmp_path / "s.xlsx") == RawSheets(
        (
            RawSheet(
                "Studiju grafiks",
                ("Datums", "Sākums", "", "kods"),
                (
                    ("", "", "", ""),
                    (date(2026, 12, 5), time(9), "Anna", 101.0),
                    (datetime(2026, 12, 5, 9, 30), timedelta(hours=33), True, 0.5),  # noqa: DTZ001
                ),
            ),
        )
    )


def test_an_empty_workbook_is_read(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "s.xlsx")

    assert read_sheets(tmp_path / "s.xlsx") == RawSheets((RawSheet("Sheet", (), ()),))


def _only_finding(path: Path) -> Finding:
    (found,) = read_sheets(path).findings
    return found


def _typed(header: str) -> Callable[[str], object]:
    """How people keep such a column in a workbook: dates, times and numbers, not texts."""
    if header == "datums":
        return lambda text: datetime.strptime(text, "%d.%m.%Y.").date()  # noqa: DTZ007
    if header in {"sākums", "beigas", "no", "līdz"}:
        return lambda text: datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007
    if header in {"nodarbība", "dalībnieki", "vienlaikus"}:
        return int
    return str


def _as_workbook(raw: RawSheets) -> bytes:
    book = openpyxl.Workbook()
    for sheet in raw.sheets:
        page = book.create_sheet(sheet.name)
        page.append(sheet.header)
        for row in sheet.rows:
            cells = zip(sheet.header, row, strict=True)
            page.append([_typed(header)(str(cell)) for header, cell in cells])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
