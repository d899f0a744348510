"""Words, numbers, dates and times as Latvian and English readers write them (babel).

No sentences live here; money is `money.py`.
"""

from collections.abc import Sequence
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


NO_TEXT = Text("", "")


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
    return f"{figures} {_agreeing(figures, noun.lv_one, noun.lv_many)}"


def agreeing(count: int, one: str, many: str) -> str:
    """The form of a Latvian word that goes with the number.

    >>> [agreeing(n, "nosūtīta", "nosūtītas") for n in (1, 2, 11, 21)]
    ['nosūtīta', 'nosūtītas', 'nosūtītas', 'nosūtīta']
    """
    return _agreeing(str(count), one, many)


def _agreeing(figures: str, one: str, many: str) -> str:
    last = figures.rpartition(",")[2]
    return one if last.endswith("1") and not last.endswith("11") else many


def counted_text(count: int, noun: Noun) -> Text:
    """So many of something, in both languages."""
    return Text(counted(count, noun), counted(count, noun, Language.ENGLISH))


def joined(parts: Sequence[Text]) -> Text:
    """A list in a sentence; empty for an empty one.

    >>> joined([Text("A", "a"), Text("B", "b"), Text("C", "c")])
    Text(lv='A, B un C', en='a, b and c')
    """
    if not parts:
        return NO_TEXT
    *before, last = parts
    if not before:
        return last
    lv, en = ", ".join(one.lv for one in before), ", ".join(one.en for one in before)
    return Text(f"{lv} un {last.lv}", f"{en} and {last.en}")


def semicolons(*parts: Text) -> Text:
    """Clauses of a sentence; empty ones are left out."""
    return Text(
        "; ".join(one.lv for one in parts if one.lv), "; ".join(one.en for one in parts if one.en)
    )


def same(words: str) -> Text:
    """Words that stand as they are in both languages: names, an error of the outside world."""
    return Text(words, words)


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


def weekday(day: date) -> str:
    """The short name of the day of the week, in Latvian.

    >>> weekday(date(2026, 12, 5))
    'sestd.'
    """
    return format_date(day, "EEE", locale="lv")


def clock(moment: datetime) -> str:
    """Hours and minutes of an aware local moment: `09:00`."""
    return f"{moment:%H:%M}"


def time_span(start: datetime, end: datetime) -> str:
    """From-to of a class: `09:00-12:00` with an en dash."""
    return f"{clock(start)}–{clock(end)}"
