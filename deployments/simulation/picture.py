"""The semester as a picture: a column for each study day, a row for each step, green to red.

A mark in each square that is not plainly green says the same to whoever does not see the colours.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from deployments.simulation.compliance import DayCompliance, StepCompliance, Verdict
from rules.process import Step

_COLOURS: Mapping[Verdict, str] = {
    Verdict.KEPT: "#2e8b57",
    Verdict.KEPT_AFTER_FAULTS: "#93c572",
    Verdict.WAITED: "#f2c94c",
    Verdict.EXPLAINED: "#ee8f3c",
    Verdict.VIOLATED: "#c0392b",
}
_MARKS: Mapping[Verdict, str] = {
    Verdict.KEPT: "",
    Verdict.KEPT_AFTER_FAULTS: "·",
    Verdict.WAITED: "?",
    Verdict.EXPLAINED: "!",
    Verdict.VIOLATED: "×",
}
_NAMES: Mapping[Step, str] = {
    Step.PREPARE_PLAN: "The plan",
    Step.PLAN_MEETINGS: "Zoom meetings",
    Step.REMIND_LECTURERS: "Reminders to lecturers",
    Step.PUBLISH_PLAN: "Plan in the LMS",
    Step.PUBLISH_LINKS: "Connections in the LMS",
    Step.NOTIFY_STUDENTS: "Information to students",
    Step.BRIEF_TEAM: "Information meeting",
    Step.WATCH_CLASSES: "The study day itself",
    Step.REQUEST_ATTENDANCE: "Numbers asked for",
    Step.COLLECT_ATTENDANCE: "Numbers compiled",
    Step.CLEAR_LMS: "LMS cleared",
}
_MARGIN, _LEFT, _TOP, _ROW = 28, 240, 132, 30
_NARROWEST, _WIDEST, _ROOM = 18, 56, 1000
_INK, _PALE, _LINE = "#222222", "#6b6b6b", "#d9d9d9"


def draw(days: Sequence[DayCompliance], title: str, subtitle: str) -> str:
    """An SVG document; each square says on touch what happened."""
    width = max(_NARROWEST, min(_WIDEST, _ROOM // max(1, len(days))))
    full_width = max(_LEFT + width * len(days) + _MARGIN, 960)
    height = _TOP + _ROW * len(Step) + 66
    body = "\n".join(
        (
            _text(_MARGIN, 42, title, 22, weight="bold"),
            _text(_MARGIN, 66, subtitle, 14, colour=_PALE),
            *_rows(),
            *_months(days, width),
            *(part for number, day in enumerate(days) for part in _column(number, width, day)),
            *_legend(height - 28, days),
        )
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full_width} {height}" '
        f'width="{full_width}" height="{height}" font-family="DejaVu Sans, Arial, sans-serif">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def _rows() -> Iterator[str]:
    for number, step in enumerate(Step):
        baseline = _TOP + number * _ROW + 20
        yield _text(_MARGIN + 20, baseline, f"{step.value}", 13, anchor="end", colour=_PALE)
        yield _text(_MARGIN + 32, baseline, _NAMES[step], 13)


def _months(days: Sequence[DayCompliance], width: int) -> Iterator[str]:
    """The name of each month above its days; one that has hardly room is cut short."""
    first = 0
    for (year, month), group in groupby(days, lambda day: (day.day.year, day.day.month)):
        members = list(group)
        left, room = _LEFT + first * width, len(members) * width
        name = f"{members[0].day:%B %Y}" if room > 110 else f"{month}.{year % 100:02d}"
        if room < 34:
            name = f"{month}."
        yield f'<path d="M{left + 1} {_TOP - 26}h{room - 2}" stroke="{_LINE}" stroke-width="2"/>'
        yield _text(left + 2, _TOP - 33, name, 12, colour=_PALE)
        first += len(members)


def _column(number: int, width: int, day: DayCompliance) -> Iterator[str]:
    left = _LEFT + number * width
    yield _text(
        left + width / 2, _TOP - 9, f"{day.day.day}", 12 if width > 22 else 10, anchor="middle"
    )
    for row, step in enumerate(day.steps):
        yield _square(left, _TOP + row * _ROW, width, step)


def _square(left: float, top: float, width: int, step: StepCompliance) -> str:
    done = f"done {step.done:%d.%m. %H:%M}" if step.done else "not done"
    words = f"{step.day} step {step.step.value}: {step.verdict}, {done}. {step.why}".strip()
    square = (
        f'<rect x="{left + 1}" y="{top + 1}" width="{width - 2}" height="{_ROW - 2}" rx="3" '
        f'fill="{_COLOURS[step.verdict]}"><title>{escape(words)}</title></rect>'
    )
    if not (mark := _MARKS[step.verdict]):
        return square
    return square + _text(left + width / 2, top + 20, mark, 14, anchor="middle", weight="bold")


def _legend(top: float, days: Sequence[DayCompliance]) -> Iterator[str]:
    counts = Counter(step.verdict for day in days for step in day.steps)
    left = _MARGIN + 6
    for verdict, colour in _COLOURS.items():
        words = f"{verdict}: {counts[verdict]}"
        yield f'<rect x="{left}" y="{top - 13}" width="18" height="18" rx="3" fill="{colour}"/>'
        yield _text(left + 9, top + 1, _MARKS[verdict], 13, anchor="middle", weight="bold")
        yield _text(left + 26, top + 1, words, 13)
        left += 44 + 15 * len(words) // 2


def _text(  # noqa: PLR0913 - a text and how it looks
    x: float,
    y: float,
    words: str,
    size: int,
    *,
    colour: str = _INK,
    anchor: str = "start",
    weight: str = "normal",
) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}" font-weight="{weight}">{escape(words)}</text>'
    )
