"""The demo's world: an import read and checked, its day chosen, its servers' environment made."""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from deployments.sample import SAMPLE
from integrations.spreadsheet import read_sheets
from rules.process import Calendar, Step
from rules.semester import parse_semester
from rules.timetable import Mode, Problem, Semester

SAMPLE_DAY = date(2026, 12, 5)
OFFICE = "sac@augstskola.example"


class DemoRefused(ValueError):
    """The demo cannot be run on this input; `problems` are those of the semester."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """What is replayed: a semester and one day of it."""

    semester: Semester
    day: date
    zone: ZoneInfo

    @property
    def begins(self) -> datetime:
        """A morning before everything: before the first step opens and before the first class."""
        first_class = min(row.day for row in self.semester.timetable)
        first_step = Calendar(self.zone).due_on(Step.PREPARE_PLAN, self.day)
        start = min(first_class, first_step) - timedelta(days=1)
        return datetime.combine(start, time(8), tzinfo=self.zone)

    def habits(self) -> dict[str, str]:
        """Two lecturers of the day whose answers the office has to work for."""
        keys = sorted(
            {
                row.lecturers[0]
                for row in self.semester.timetable
                if row.day == self.day and row.mode is Mode.ONLINE and row.lecturers
            }
        )
        return dict(zip(keys[::3], ("unclear", "when_reminded"), strict=False))


def read_world(source: Path | None, day: date | None, zone: ZoneInfo) -> DemoWorld:
    """Reads the input (the shipped sample without one); DemoRefused when it cannot be used."""
    path = source or SAMPLE
    semester, problems = parse_semester(read_sheets(path))
    if semester is None:
        raise DemoRefused(f"{path} has {len(problems)} problems; nothing was started.", problems)
    online = Counter(row.day for row in semester.timetable if row.mode is Mode.ONLINE)
    if not online:
        raise DemoRefused(f"{path} has no online class.")
    chosen = day or (SAMPLE_DAY if source is None else max(online, key=lambda one: online[one]))
    if chosen not in online:
        raise DemoRefused(f"{chosen} is not a study day with online classes in {path}.")
    return DemoWorld(semester, chosen, zone)


def product_environment(sandbox: dict[str, str], out: Path, work: Path) -> dict[str, str]:
    """The settings of the product for this demo."""
    return {
        **sandbox,
        "SAC_DATABASE_URL": f"sqlite:///{work / 'sac.db'}",
        "SAC_OUTPUT_DIR": str(out / "documents"),
        "SAC_LETTER_SECRET": sandbox.get("SAC_LETTER_SECRET") or secrets.token_hex(32),
        "SAC_INSTITUTION": "Augstskola",
        "SAC_BRIEFING_PLACE": "SAC, 101. telpa",
        "SAC_STEP_RETRY_SECONDS": "[1]",
    }
