"""The child process that opens a workbook: bytes on standard input, sheets as JSON on standard output.

It limits its own memory and time before it reads anything, so that a hostile workbook ends this
process and no other. `integrations/workbook_in.py` runs this file as a program.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

BROKEN = 3  # exit code: not a workbook after all
_MEMORY = 1024 * 1024 * 1024
_SECONDS = 15
_LARGEST_ANSWER = 64 * 1024 * 1024


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Imported under the limits, and only here: the reader aborts its whole process at will.
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  (see above)

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheets = [(name, _rows(workbook, name)) for name in workbook.sheet_names]
    except CalamineError:
        return BROKEN
    answer = json.dumps(sheets, default=_tagged)
    if len(answer) > _LARGEST_ANSWER:
        return 1
    sys.stdout.write(answer)
    return 0


def _rows(workbook: Any, name: str) -> list[list[Any]]:
    """Every row from the first on, empty ones too, so that row numbers are the user's."""
    rows: list[list[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return rows


def _tagged(value: object) -> dict[str, str | float]:
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    if isinstance(value, date | time):  # a datetime is a date, too
        kind = "datetime" if isinstance(value, datetime) else type(value).__name__
        return {kind: value.isoformat()}
    raise TypeError(f"no form for {type(value).__name__}")


if __name__ == "__main__":
    sys.exit(main())
