"""Sentences with numbers in them, written in Latvian or English only when somebody reads them.

A quote keeps the key and the raw values; the words stand in `texts.py`, the forms of money and
dates in `rules/money.py` and `rules/wording.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Protocol

from rules.fees.nouns import NOUNS
from rules.fees.texts import TEXTS
from rules.money import euros
from rules.people import Language
from rules.wording import counted, number, short_date
from rules.working_days import WorkingDays


class Worded(Protocol):
    """A value that knows its own form in each language."""

    def of(self, language: Language) -> str: ...


Value = str | int | Decimal | date | Worded


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence to be: which text, and the values that stand in it."""

    key: str
    values: Mapping[str, Value]

    def of(self, language: Language = Language.LATVIAN) -> str:
        """The sentence as it is read.

        >>> say("total", amount=Decimal("12.00")).of(Language.ENGLISH)
        'In total: EUR 12.00'
        """
        latvian, english = TEXTS[self.key]
        template = english if language is Language.ENGLISH else latvian
        return template.format_map(
            {name: _shown(value, language) for name, value in self.values.items()}
        )


def say(key: str, **values: Value) -> Sentence:
    """A sentence from its key in `texts.TEXTS` and the values that its template names."""
    return Sentence(key, values)


def _shown(value: Value, language: Language) -> str:
    if isinstance(value, str | int):
        return str(value)
    if isinstance(value, Decimal):
        return euros(value, language)
    if isinstance(value, date):
        return short_date(value, language)
    return value.of(language)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something; `noun` is a key of `nouns.NOUNS`.

    >>> Count(21, "working_day").of(Language.LATVIAN)
    '21 darba diena'
    """

    number: int | Decimal
    noun: str

    def of(self, language: Language) -> str:
        return counted(self.number, NOUNS[self.noun], language)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that is not money: credit points, square metres.

    >>> Figure(Decimal("1.50")).of(Language.LATVIAN)
    '1,5'
    """

    number: Decimal

    def of(self, language: Language) -> str:
        return number(self.number, language)


@dataclass(frozen=True, slots=True)
class FreeWeekdays:
    """The weekdays without work between two dates, as a list; nothing when there are none."""

    after: date
    until: date
    working_days: WorkingDays

    def of(self, language: Language) -> str:
        span = (self.until - self.after).days
        days = (self.after + timedelta(days=count) for count in range(1, span))
        free = [day for day in days if day.weekday() < 5 and not self.working_days.is_working(day)]
        if not free:
            return ""
        dates = ", ".join(short_date(day, language) for day in free)
        if language is Language.ENGLISH:
            return f"; not worked: {dates}"
        return f"; {'brīvdiena' if len(free) == 1 else 'brīvdienas'}: {dates}"


def paragraph(sentences: tuple[Sentence, ...], language: Language) -> str:
    """Sentences one after another, each with its full stop."""
    texts = (sentence.of(language) for sentence in sentences)
    return " ".join(text if text.endswith(".") else f"{text}." for text in texts)
