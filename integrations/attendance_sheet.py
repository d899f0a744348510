"""attendance.xlsx: the attendance of a study day, class by class, as the office files it.

Process description, step 10. Which numbers count is decided elsewhere; this only writes them down.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from integrations.workbook_out import OutCell, OutTable, write_table
from rules.wording import time_span

_HEADER = (
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
)
_WIDTHS = (14, 38, 30, 20, 12, 13, 12, 10, 24, 10, 20)
_UNKNOWN = "nav zināms"


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One class. Times are local and aware; `enrolled` is None when a group's size is unknown.

    `reported` is None when no number came, `present` while Zoom has no report; `differs` marks two
    numbers that lie far apart. `is_expected` is false for classes of which none is asked
    (cancelled or on-site ones), which then stay out of the totals.
    """

    start: datetime
    end: datetime
    course: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]
    enrolled: int | None
    reported: int | None
    source: str
    late: bool
    state: str
    is_expected: bool = True
    present: int | None = None
    differs: bool = False


def attendance_workbook(rows: Sequence[AttendanceRow], title: str) -> bytes:
    """The workbook's bytes; `title` stands above the table, in Latvian like everything in it."""
    table = OutTable(
        name="Apmeklējums",
        header=_HEADER,
        rows=[_cells(row) for row in rows],
        widths=_WIDTHS,
        title=title,
        totals=_totals([row for row in rows if row.is_expected]),
    )
    return write_table(table)


def _cells(row: AttendanceRow) -> tuple[OutCell, ...]:
    return (
        time_span(row.start, row.end),
        row.course,
        ", ".join(row.lecturers),
        ", ".join(row.groups),
        _UNKNOWN if row.enrolled is None else row.enrolled,
        row.reported,
        row.present,
        "jā" if row.differs else "",
        row.source,
        "jā" if row.late else "",
        row.state,
    )


def _totals(rows: Sequence[AttendanceRow]) -> list[tuple[OutCell, ...]]:
    """The sums of what is known, and beneath them how many numbers they lack."""
    enrolled = [row.enrolled for row in rows if row.enrolled is not None]
    reported = [row.reported for row in rows if row.reported is not None]
    lacking = (len(rows) - len(enrolled), len(rows) - len(reported))
    totals: list[tuple[OutCell, ...]] = [("Kopā", "", "", "", sum(enrolled), sum(reported))]
    if any(lacking):
        totals.append(("Nav zināms (nodarbību skaits)", "", "", "", *lacking))
    return totals
