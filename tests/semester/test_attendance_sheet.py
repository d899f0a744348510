"""attendance.xlsx and the writing of workbooks: what is in them, and what cannot get into them."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from integrations.attendance_sheet import AttendanceRow, attendance_workbook
from integrations.workbook_out import OutCell, OutTable, harmless, write_table

RIGA = ZoneInfo("Europe/Riga")
MORNING = (datetime(2026, 12, 5, 9, tzinfo=RIGA), datetime(2026, 12, 5, 12, tzinfo=RIGA))
NOON = (datetime(2026, 12, 5, 12, 45, tzinfo=RIGA), datetime(2026, 12, 5, 15, 45, tzinfo=RIGA))
HEADER = [
    "Laiks",
    "Studiju kurss",
    "Mācībspēki",
    "Grupas",
    "Studējošo skaits",
    "Apmeklētāju skaits",
    "Zoom dalībnieki",
    "Atšķiras",
    "Avots",
    "Novēloti",
    "Stāvoklis",
]
REPORTED = AttendanceRow(
    *MORNING,
    course="Datubāzu sistēmas",
    lecturers=("Vineta Dzene", "Uldis Ūdris"),
    groups=("IT2",),
    enrolled=14,
    reported=11,
    source="vēstule",
    late=True,
    state="saņemts",
    present=17,
    differs=True,
)
ZERO = AttendanceRow(
    *NOON, "Loģistika", ("Ņ. Ķ.",), ("LG1", "UV3"), 24, 0, "vēstule", False, "saņemts"
)
SILENT = AttendanceRow(*NOON, "Audits", ("Inese Ķirse",), ("GF9",), None, None, "", False, "gaida")
CANCELLED = AttendanceRow(
    *NOON, "Civiltiesības", ("A. Ņ.",), ("TZ2",), 13, None, "", False, "atcelta", is_expected=False
)


def _sheet(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def _values(content: bytes) -> list[list[object]]:
    return [list(row) for row in _sheet(content).iter_rows(values_only=True)]


def test_attendance_of_a_day() -> None:
    content = attendance_workbook([REPORTED, ZERO, SILENT, CANCELLED], "Apmeklējums 05.12.2026.")

    rest = [None] * 5
    assert _values(content) == [
        ["Apmeklējums 05.12.2026.", *[None] * 10],
        HEADER,
        [
            "09:00–12:00",
            "Datubāzu sistēmas",
            "Vineta Dzene, Uldis Ūdris",
            "IT2",
            14,
            11,
            17,
            "jā",
            "vēstule",
            "jā",
            "saņemts",
        ],
        [
            "12:45–15:45",
            "Loģistika",
            "Ņ. Ķ.",
            "LG1, UV3",
            24,
            0,
            None,
            None,
            "vēstule",
            None,
            "saņemts",
        ],
        ["12:45–15:45", "Audits", "Inese Ķirse", "GF9", "nav zināms", *[None] * 5, "gaida"],
        ["12:45–15:45", "Civiltiesības", "A. Ņ.", "TZ2", 13, *[None] * 5, "atcelta"],
        ["Kopā", None, None, None, 38, 11, *rest],
        ["Nav zināms (nodarbību skaits)", None, None, None, 1, 1, *rest],
    ]


def test_a_complete_day_needs_no_line_for_what_is_lacking() -> None:
    assert _values(attendance_workbook([REPORTED, ZERO], "x"))[4:] == [
        ["Kopā", None, None, None, 38, 11, *[None] * 5]
    ]


def test_it_prints_on_a4_landscape_with_its_header_on_every_page() -> None:
    sheet = _sheet(attendance_workbook([REPORTED], "x"))

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A3", "$2:$2")
    assert sheet.column_dimensions["B"].width == 38


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\x00=1", "'=1"),
        ("a=1", "a=1"),
        (-1, -1),
        (None, None),
    ],
)
def test_no_text_becomes_a_formula(cell: OutCell, expected: OutCell) -> None:
    assert harmless(cell) == expected


def test_hostile_text_is_text_in_the_workbook_too() -> None:
    evil = '=HYPERLINK("http://evil.example")'
    table = OutTable("Lapa: [1]/2", [evil], [[evil], [None]], title=evil)

    sheet = _sheet(write_table(table))

    cells = [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows()]
    assert cells == [(f"'{evil}", "s")] * 3 + [(None, "n")]
    assert sheet.title == "Lapa 12"


def test_a_table_without_a_title_begins_with_its_header() -> None:
    sheet = _sheet(write_table(OutTable("x", ["a"], [["b"]])))

    assert [cell.value for (cell,) in sheet.iter_rows()] == ["a", "b"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
