"""What every rule answers: a value, the clauses used, and words that are made only when asked for.

A rule that the text leaves to a person answers with grounds (`reasons`) and points to decide
(`needs_decision`), never with the decision itself.
"""

import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

from rules.money import euros
from rules.people import Language
from rules.wording import Noun, Text, counted, number, short_date

Value_co = TypeVar("Value_co", covariant=True)


class Point(NamedTuple):
    """A reason, or a point that only a person can decide: a stable code and its words."""

    code: str
    lv: str
    en: str

    def of(self, language: Language) -> str:
        """The words in one language."""
        return self.en if language is Language.ENGLISH else self.lv


_DAY = Noun("diena", "dienas", "day", "days")
_SEMESTER = Noun("semestris", "semestri", "semester", "semesters")


def counted_days(count: Decimal | int, language: Language) -> str:
    """Days with the noun in the right number."""
    return counted(count, _DAY, language)


def counted_semesters(count: Decimal | int, language: Language) -> str:
    """Semesters with the noun in the right number."""
    return counted(count, _SEMESTER, language)


def percent(value: Decimal | int, language: Language) -> str:
    """A percentage as people write it.

    >>> percent(Decimal("0.1"), Language.LATVIAN), percent(Decimal("0.1"), Language.ENGLISH)
    ('0,1 %', '0.1%')
    """
    return number(value, language) + ("%" if language is Language.ENGLISH else " %")


def _money(amount: Decimal | int, language: Language) -> str:
    return euros(Decimal(amount), language)


_FORMS: Mapping[str, Callable[[Decimal | int, Language], str]] = {
    "": number,
    "days": counted_days,
    "semesters": counted_semesters,
    "eur": _money,
    "pct": percent,
}


class _InWords(string.Formatter):
    """Fills a text in one language; the form after the colon says what kind of thing it is."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: object, format_spec: str) -> str:
        language = self._language
        match value:
            case Text():
                words = value.of(language)
            case Sentence():
                words = value(language)
            case tuple():
                words = "; ".join(self.format_field(item, "") for item in value)
            case date():
                words = short_date(value, language)
            case Decimal() | int():
                words = _FORMS[format_spec](value, language)
            case _:
                words = str(value)
        return words


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text and what goes into it; called with a language, it becomes words."""

    text: Text
    values: Mapping[str, object]

    def __call__(self, language: Language) -> str:
        return _InWords(language).vformat(self.text.of(language), (), self.values)


def say(lv: str, en: str, **values: object) -> Sentence:
    """The words in both languages with what goes into them, not yet rendered.

    >>> say("{n:days} no {sum:eur}", "", n=2, sum=Decimal(3))(Language.LATVIAN)
    '2 dienas no 3,00 EUR'
    """
    return Sentence(Text(lv, en), values)


_CITED = Text("Studiju nolikums, {}. p.", "study regulations, {}")
_TO_DECIDE = Text("Vajadzīgs lēmums", "Decision needed")


class Answer(NamedTuple, Generic[Value_co]):
    """The answer of one rule. `value` None: the text gives no answer, see `needs_decision`.

    A named tuple, because it is made twice as fast as a frozen dataclass.
    """

    value: Value_co
    clauses: tuple[str, ...]
    said: Callable[[Language], str]
    needs_decision: tuple[Point, ...] = ()
    reasons: tuple[Point, ...] = ()

    def explain(self, language: Language = Language.LATVIAN) -> str:
        """The answer in a sentence with its numbers, the clause at the end."""
        words = self.said(language)
        if self.reasons:
            words += ": " + "; ".join(reason.of(language) for reason in self.reasons)
        if self.needs_decision:
            points = "; ".join(point.of(language) for point in self.needs_decision)
            # A Latvian date ends with its own full stop.
            words += f"{'' if words.endswith('.') else '.'} {_TO_DECIDE.of(language)}: {points}"
        between = ", " if language is Language.ENGLISH else "., "
        return f"{words} ({_CITED.of(language).format(between.join(self.clauses))})."


def verdict(
    clauses: tuple[str, ...],
    yes: Sentence,
    no: Sentence,
    reasons: tuple[Point, ...],
    needs_decision: tuple[Point, ...] = (),
) -> Answer[bool]:
    """Yes when nothing speaks against it, otherwise no with every reason."""
    return Answer(not reasons, clauses, no if reasons else yes, needs_decision, reasons)
