"""The sandbox's world made from an import: its courses, accounts, lecturers and groups."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules.timetable import Semester


def sandbox_seed(
    semester: Semester, office: str, clock: datetime, habits: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The seed document of `deployments/sandbox/seed.py`; `habits` by lecturer's key."""
    known = habits or {}
    sizes = Counter(group for student in semester.students for group in student.groups)
    return {
        "courses": [
            {"idnumber": course.moodle_idnumber, "name": course.name_lv, "shortname": course.code}
            for course in semester.courses
            if course.moodle_idnumber
        ],
        "zoom_accounts": [account.email for account in semester.zoom_accounts],
        "lecturers": [
            {"email": person.email, "name": person.name, "language": person.language.value}
            | ({"habit": known[person.key]} if person.key in known else {})
            for person in semester.lecturers
        ],
        "groups": dict(sizes),
        "office": office,
        "clock": clock.isoformat(),
    }
