"""Days in an answer: "7. novembrī", "November 7", "2026. gada 7. novembrī", "05.12.2026.".

Only ever compared with the study day: a number on another day is not the number asked for.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.replies.lexer import Token

_WEEKDAYS = (
    ("pirmdien", "monday", "понедельник"),
    ("otrdien", "tuesday", "вторник"),
    ("tresdien", "wednesday", "сред"),
    ("ceturtdien", "thursday", "четверг"),
    ("piektdien", "friday", "пятниц"),
    ("sestdien", "saturday", "суббот"),
    ("svetdien", "sunday", "воскресен"),
)
_MONTHS = (
    ("janvar", "jan", "январ"),
    ("februar", "feb", "феврал"),
    ("mart", "mar", "март"),
    ("april", "apr", "апрел"),
    ("maij", "may", "мая"),
    ("junij", "jun", "июн"),
    ("julij", "jul", "июл"),
    ("august", "aug", "август"),
    ("septembr", "sep", "сентябр"),
    ("oktobr", "oct", "октябр"),
    ("novembr", "nov", "ноябр"),
    ("decembr", "dec", "декабр"),
)
_FIRST_YEAR = 1900
_NIGHT = timedelta(hours=4)  # who writes after midnight still says "today"


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was written: how many tokens it takes, and the year if it was said."""

    length: int
    day: int
    month: int
    year: int | None

    def is_on(self, day: date | None) -> bool:
        return (
            day is not None
            and (self.day, self.month) == (day.day, day.month)
            and self.year in {None, day.year, day.year % 100}
        )


def is_weekday_of(word: str, day: date | None) -> bool:
    """Whether a folded weekday is that of the study day."""
    return day is not None and word.startswith(_WEEKDAYS[day.weekday()])


def is_day_told_from(sent: datetime | None, days_before: int, day: date | None) -> bool:
    """Whether "today" (0 days before) or "yesterday" (1) of a local moment is the study day.

    Without a moment nothing is said against it: such a message goes to a person anyway.
    """
    if sent is None:
        return True
    back = timedelta(days=days_before)
    return day in {(sent - back).date(), (sent - _NIGHT - back).date()}


def day_in_figures(text: str) -> Day:
    """A date written in figures, `05.12.`, `5.12.2026.` or `2026-12-05`."""
    figures = [int(figure) for figure in re.findall("[0-9]+", text)]
    if "-" in text:
        return Day(1, figures[2], figures[1], figures[0])
    return Day(1, figures[0], figures[1], figures[2] if len(figures) > 2 else None)


def day_at(tokens: Sequence[Token]) -> Day | None:
    """A day with its month in words, if the tokens begin with one."""
    skipped, year = _leading_year(tokens)
    rest = tokens[skipped:]
    found = _day_first(rest) or (None if skipped else _month_first(rest))
    if found is None:
        return None
    length, day, month = found
    if year is None and length < len(rest) and _is_year(rest[length]):
        year, length = rest[length].value, length + 1
    return Day(skipped + length, day, month, year)


def _is_year(token: Token) -> bool:
    return token.kind == "number" and token.value > _FIRST_YEAR


def _is_day(token: Token) -> bool:
    return token.kind in {"number", "ordinal"} and 1 <= token.value <= 31


def _leading_year(tokens: Sequence[Token]) -> tuple[int, int | None]:
    """The tokens of "2026. gada", and the year."""
    if not _is_year(tokens[0]):
        return 0, None
    length = 1
    while length < len(tokens) and (
        tokens[length].kind == "stop" or tokens[length].word in {"gada", "g"}
    ):
        length += 1
    return length, tokens[0].value


def _day_first(tokens: Sequence[Token]) -> tuple[int, int, int] | None:
    if len(tokens) < 2 or not _is_day(tokens[0]):
        return None
    at = 2 if tokens[1].kind == "stop" and len(tokens) > 2 else 1
    month = _month(tokens[at])
    return (at + 1, tokens[0].value, month) if month else None


def _month_first(tokens: Sequence[Token]) -> tuple[int, int, int] | None:
    month = _month(tokens[0])
    if not month or len(tokens) < 2 or not _is_day(tokens[1]):
        return None
    return 2, tokens[1].value, month


def _month(token: Token) -> int | None:
    if "month" not in token.kinds:
        return None
    return next(number for number, names in enumerate(_MONTHS, 1) if token.word.startswith(names))
