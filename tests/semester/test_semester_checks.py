"""Every check of a semester, with all the problems that it reports, as listed in checks.txt."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rules.semester import RawSheets, parse_semester
from rules.timetable import Problem

_TEXT = Path(__file__).with_name("checks.txt").read_text(encoding="utf-8")
CASES = dict(case.split("\n", 1) for case in re.split(r"^# ", _TEXT, flags=re.MULTILINE)[1:])


def _sheets(case: str) -> dict[str, str | None]:
    """The sheets that a case changes: name -> text, None for a missing one."""
    changed = re.split(r"^=> ", case, maxsplit=1, flags=re.MULTILINE)[0]
    found = re.findall(r"^\[(.+?)\]( none)?\n([^\[]*)", changed, flags=re.MULTILINE)
    return {name: None if is_missing else text for name, is_missing, text in found}


def _problem(line: str) -> Problem:
    sheet, row, column, message = line.split(" / ", 3)
    return Problem(
        sheet, None if row == "-" else int(row), None if column == "-" else column, message
    )


@pytest.mark.parametrize("name", CASES)
def test_all_problems_are_reported_at_once(
    semester_of: Callable[..., RawSheets], name: str
) -> None:
    expected = [_problem(line) for line in re.findall(r"^=> (.+)$", CASES[name], re.MULTILINE)]

    semester, problems = parse_semester(semester_of(**_sheets(CASES[name])))

    assert semester is None
    assert list(problems) == expected
