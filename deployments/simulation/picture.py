"""The semester as a picture: a column for each study day, a row for each step, green to red."""

from collections.abc import Iterator, Sequence
from html import escape

from deployments.simulation.compliance import DayCompliance, StepCompliance, Verdict
from rules.process import STEPS, Step

_COLOURS = {
    Verdict.KEPT: "#2e8b57",
    Verdict.KEPT_AFTER_FAULTS: "#9acd32",
    Verdict.WAITED: "#f2c94c",
    Verdict.EXPLAINED: "#f2994a",
    Verdict.VIOLATED: "#c0392b",
}
_LEFT, _TOP, _ROW = 420, 118, 30
_INK, _PALE = "#222222", "#777777"


def draw(days: Sequence[DayCompliance], title: str, subtitle: str) -> str:
    """An SVG document; each square says on touch what happened."""
    width = max(16, min(56, 1200 // max(1, len(days))))
    full_width = max(_LEFT + width * len(days) + 40, 1000)
    height = _TOP + _ROW * len(Step) + 74
    body = "\n".join(
        (
            _text(24, 38, title, 22, weight="bold"),
            _text(24, 62, subtitle, 14, colour=_PALE),
            *_rows(),
            *(part for number, day in enumerate(days) for part in _column(number, width, day)),
            *_legend(height - 34),
        )
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {full_width} {height}" '
        f'width="{full_width}" height="{height}" font-family="sans-serif">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def _rows() -> Iterator[str]:
    for number, step in enumerate(Step):
        name = STEPS[step].name
        short = name if len(name) <= 52 else name[:51].rsplit(" ", 1)[0] + "…"
        baseline = _TOP + number * _ROW + 20
        yield _text(40, baseline, f"{step.value}", 13, anchor="end", colour=_PALE)
        yield _text(50, baseline, short, 13)


def _column(number: int, width: int, day: DayCompliance) -> Iterator[str]:
    left = _LEFT + number * width
    middle = left + width / 2
    label = f"{day.day:%d.%m.%y}"
    turn = f'transform="rotate(-60 {middle:.0f} {_TOP - 10})"'
    yield _text(middle, _TOP - 10, label, 12, extra=turn, colour=_PALE)
    for row, step in enumerate(day.steps):
        yield _square(left, _TOP + row * _ROW, width, step)


def _square(left: float, top: float, width: int, step: StepCompliance) -> str:
    done = f"done {step.done:%d.%m. %H:%M}" if step.done else "not done"
    words = f"{step.day} step {step.step.value}: {step.verdict}, {done}. {step.why}".strip()
    return (
        f'<rect x="{left + 1}" y="{top + 1}" width="{width - 2}" height="{_ROW - 2}" rx="3" '
        f'fill="{_COLOURS[step.verdict]}"><title>{escape(words)}</title></rect>'
    )


def _legend(top: float) -> Iterator[str]:
    left = 50
    for verdict, colour in _COLOURS.items():
        yield f'<rect x="{left}" y="{top - 12}" width="14" height="14" rx="3" fill="{colour}"/>'
        yield _text(left + 20, top, str(verdict), 13)
        left += 40 + 8 * len(verdict)


def _text(  # noqa: PLR0913 - a text and how it looks
    x: float,
    y: float,
    words: str,
    size: int,
    *,
    colour: str = _INK,
    anchor: str = "start",
    weight: str = "normal",
    extra: str = "",
) -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{colour}" '
        f'text-anchor="{anchor}" font-weight="{weight}" {extra}>{escape(words)}</text>'
    )
