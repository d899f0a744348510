"""Words, numbers, dates and times as Latvian and English readers write them (babel).

No sentences live here; money is `money.py`.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from rules.people import Language


class Text(NamedTuple):
    """The same words in Latvian and English."""

    lv: str
    en: str

    def of(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language is Language.ENGLISH else self.lv


class Noun(NamedTuple):
    """A noun in the forms that stand after a number."""

    lv_one: str
    lv_many: str
    en_one: str
    en_many: str


def number(value: Decimal | int, language: Language = Language.LATVIAN) -> str:
    """A number as people write it, without needless zeros.

    >>> number(Decimal("1.0250")), number(Decimal("-2.5"), Language.ENGLISH)
    ('1,025', '−2.5')
    """
    locale = "en" if language is Language.ENGLISH else "lv"
    return format_decimal(value, "0.##########;−0.##########", locale=locale)


def counted(count: Decimal | int, noun: Noun, language: Language = Language.LATVIAN) -> str:
    """So many of something; in Latvian 1, 21 and 1,1 take the singular, 11 and 111 do not.

    >>> day = Noun("diena", "dienas", "day", "days")
    >>> [counted(n, day) for n in (1, 11, 15, 21, Decimal("1.50"))]
    ['1 diena', '11 dienas', '15 dienas', '21 diena', '1,5 dienas']
    """
    figures = number(count, language)
    if language is Language.ENGLISH:
        return f"{figures} {noun.en_one if count == 1 else noun.en_many}"
    last = figures.rpartition(",")[2]
    singular = last.endswith("1") and not last.endswith("11")
    return f"{figures} {noun.lv_one if singular else noun.lv_many}"


def long_date(day: date, language: Language = Language.LATVIAN) -> str:
    """Weekday and full date.

    >>> long_date(date(2026, 12, 5))
    'sestdiena, 2026. gada 5. decembris'
    >>> long_date(date(2026, 12, 5), Language.ENGLISH)
    'Saturday, 5 December 2026'
    """
    locale = "en_GB" if language is Language.ENGLISH else "lv"
    pattern = "EEEE, d MMMM y" if language is Language.ENGLISH else "full"
    return format_date(day, pattern, locale=locale)


def short_date(day: date, language: Language = Language.LATVIAN) -> str:
    """Day, month and year in figures.

    >>> short_date(date(2026, 12, 5))
    '05.12.2026.'
    >>> short_date(date(2026, 12, 5), Language.ENGLISH)
    '5 Dec 2026'
    """
    if language is Language.ENGLISH:
        return format_date(day, "d MMM y", locale="en_GB")
    return f"{day:%d.%m.%Y}."


def clock(moment: datetime) -> str:
    """Hours and minutes of an aware local moment: `09:00`."""
    return f"{moment:%H:%M}"


def time_span(start: datetime, end: datetime) -> str:
    """From-to of a class: `09:00-12:00` with an en dash."""
    return f"{clock(start)}–{clock(end)}"
