"""Writes tables as an .xlsx workbook that people open; formulas from anybody's text stay text.

What stands in a table is decided by the caller, for instance `integrations/attendance_sheet.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

OutCell = str | int | date | datetime | time | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_FORBIDDEN_IN_TITLE = str.maketrans("", "", "[]:*?/\\")
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_HEADER = PatternFill("solid", fgColor="E8EDF3")
_THIN = Side(style="thin", color="B0B7C0")
_TOP = Alignment(vertical="top", wrap_text=True)


@dataclass(frozen=True, slots=True)
class OutTable:
    """A sheet to write: `widths` in characters of the standard font; `totals` stand out at the end."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[OutCell]]
    widths: Sequence[int] = ()
    title: str = ""
    totals: Sequence[Sequence[OutCell]] = ()


def write_table(*tables: OutTable) -> bytes:
    """The tables as one workbook, a sheet each, ready to print on A4 landscape."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for table in tables:
        sheet = workbook.create_sheet(table.name.translate(_FORBIDDEN_IN_TITLE)[:31])
        _fill(sheet, table)
        _lay_out(sheet, table)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def harmless(cell: OutCell) -> OutCell:
    """The cell as spreadsheets may have it: a text that would be a formula begins with '.

    >>> harmless("=1+1"), harmless(-5)
    ("'=1+1", -5)
    """
    if not isinstance(cell, str):
        return cell
    # Looked at before the control characters go: one of them could hide a formula's beginning.
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _fill(sheet: Worksheet, table: OutTable) -> None:
    if table.title:
        sheet.append([harmless(table.title)])
        sheet["A1"].font = _TITLE
    for cells in (table.header, *table.rows, *table.totals):
        sheet.append([harmless(cell) for cell in cells])


def _lay_out(sheet: Worksheet, table: OutTable) -> None:
    header_row = 2 if table.title else 1
    plain_rows = range(header_row + 1, header_row + 1 + len(table.rows))
    for number, cells in enumerate(sheet.iter_rows(min_row=header_row), start=header_row):
        for cell in cells:
            cell.alignment = _TOP
            cell.border = Border(bottom=_THIN)
            if number not in plain_rows:
                cell.font = _BOLD
            if number == header_row:
                cell.fill = _HEADER
    for number, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{header_row + 1}"
    _set_up_page(sheet, header_row)


def _set_up_page(sheet: Worksheet, header_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    footer = HeaderFooterItem()
    footer.center.text = "&P / &N"
    sheet.HeaderFooter.oddFooter = footer
