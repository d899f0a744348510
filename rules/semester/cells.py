"""What one cell means: text, date, time, number, list, address. None when it cannot be read.

Strict on purpose: a date or time that could be read in two ways is not guessed.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from rules.semester.sheets import Cell

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_LATVIAN_DATE = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?", re.ASCII)
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?", re.ASCII)
_COUNT = re.compile(r"\d{1,9}", re.ASCII)
_SEPARATORS = re.compile(r"[;\n]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_ADDRESS = re.compile(
    r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@(?P<domain>.+)", re.ASCII
)
_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE | re.ASCII
)
_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3: a path is 256 octets with its angle brackets
_YEARS = range(2000, 2100)
_MINUTES_A_DAY = 24 * 60


def text_of(cell: Cell) -> str:
    """The cell as the user sees it, in composed letters and single spaces.

    >>> text_of(101.0), text_of(" Anna   Be\u0304rzin\u0327a ")
    ('101', 'Anna Bērziņa')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", str(cell))).split())


def list_of(cell: Cell) -> tuple[str, ...]:
    """The items of a cell separated by semicolons or line breaks, each once, in order.

    >>> list_of("IT1; IT2;;IT1")
    ('IT1', 'IT2')
    """
    parts = _SEPARATORS.split(cell) if isinstance(cell, str) else [cell]
    return tuple(dict.fromkeys(item for item in map(text_of, parts) if item))


def date_of(cell: Cell) -> date | None:
    """A calendar date of this century.

    >>> date_of("05.12.2026."), date_of("12/5/2026")
    (datetime.date(2026, 12, 5), None)
    """
    if isinstance(cell, datetime):
        return _in_range(cell.date()) if cell.time() == time.min else None
    return _in_range(cell) if isinstance(cell, date) else _date_in(text_of(cell))


def _date_in(text: str) -> date | None:
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = map(int, match.groups())
    elif match := _LATVIAN_DATE.fullmatch(text):
        day, month, year = map(int, match.groups())
    else:
        return None
    try:
        return _in_range(date(year, month, day))
    except ValueError:
        return None


def _in_range(day: date) -> date | None:
    return day if day.year in _YEARS else None


def time_of(cell: Cell) -> time | None:
    """A time of day to the minute; spreadsheets also hold it as a part of a day.

    >>> time_of("9.00"), time_of(0.53125), time_of("25:00")
    (datetime.time(9, 0), datetime.time(12, 45), None)
    """
    if isinstance(cell, timedelta):
        return _time_at(cell / timedelta(days=1))
    if isinstance(cell, time | datetime):
        # A time without a date comes as a date-time of the spreadsheet's day zero.
        clock = cell.time() if isinstance(cell, datetime) and cell.year < 1901 else cell
        return _whole_minute(clock) if isinstance(clock, time) else None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _time_at(cell)
    match = _TIME.fullmatch(text_of(cell))
    return _clock(int(match[1]), int(match[2])) if match else None


def _time_at(part_of_day: float) -> time | None:
    minutes = part_of_day * _MINUTES_A_DAY
    if not 0 <= part_of_day < 1 or abs(minutes - round(minutes)) > 0.01:
        return None
    return _clock(*divmod(round(minutes), 60))


def _whole_minute(clock: time) -> time | None:
    return _time_at((clock.hour * 3600 + clock.minute * 60 + clock.second) / 86400)


def _clock(hour: int, minute: int) -> time | None:
    return time(hour, minute) if hour < 24 and minute < 60 else None


def count_of(cell: Cell) -> int | None:
    """A whole number above zero.

    >>> count_of("300"), count_of(300.0), count_of("0"), count_of("ap 300")
    (300, 300, None, None)
    """
    text = "" if isinstance(cell, bool) else text_of(cell)
    number = int(text) if _COUNT.fullmatch(text) else 0
    return number or None


def address_of(cell: Cell) -> str | None:
    """An e-mail address in plain letters, which every mail server takes.

    >>> address_of("anna@augstskola.example"), address_of("anna@augstskola"), address_of("a b@c.lv")
    ('anna@augstskola.example', None, None)
    """
    text = text_of(cell)
    match = _ADDRESS.fullmatch(text)
    is_sound = match and _DOMAIN.fullmatch(match["domain"]) and len(text) <= _LONGEST_ADDRESS
    return text if is_sound else None
