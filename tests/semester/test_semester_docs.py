"""docs/semester_files.md names every sheet and column, in both languages."""

import re
from pathlib import Path

from rules.semester.sheets import FORMS

_DOC = Path(__file__).resolve().parents[2] / "docs" / "semester_files.md"


def test_every_column_is_documented() -> None:
    rows = re.findall(r"^\| ([^|]*)\| ([^|]+) \| ([^|]+) \|", _DOC.read_text("utf-8"), re.MULTILINE)

    documented = [(sheet.strip(), english, latvian) for sheet, english, latvian in rows[2:]]

    assert documented == [
        (f"{kind} ({form.latvian})" if number == 0 else "", column.english, column.latvian)
        for kind, form in FORMS.items()
        for number, column in enumerate(form.columns)
    ]
