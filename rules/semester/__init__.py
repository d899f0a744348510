"""Checks a semester's sheets: a `Semester` free of problems, or all of its problems at once.

Files become sheets in `integrations/spreadsheet.py`; what an import changes is the business of
`rules/semester_changes.py`.
"""

from rules.semester.parse import parse_semester
from rules.semester.sheets import Cell, RawSheet, RawSheets

__all__ = ["Cell", "RawSheet", "RawSheets", "parse_semester"]
