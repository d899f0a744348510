"""What is wrong with an input as data: a place, a sentence and its values; worded only at the end.

The sentences themselves are in `rules/semester/sentences.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.people import Language
from rules.timetable import Problem

_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence for a coordinator in both languages, with the same places for values."""

    lv: str
    en: str

    def say(self, language: Language, values: Mapping[str, object]) -> str:
        template = self.en if language is Language.ENGLISH else self.lv
        shown = {name: _shown(value, language) for name, value in values.items()}
        return template.format(**shown)


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem before it is worded. Rows count from 1, the header; None means the whole sheet."""

    sheet: str
    row: int | None
    column: str | None
    sentence: Sentence
    values: Mapping[str, object]

    def problem(self, language: Language) -> Problem:
        return Problem(self.sheet, self.row, self.column, self.sentence.say(language, self.values))


def finding(  # one place, one sentence, and whatever values that sentence asks for
    sheet: str, row: int | None, column: str | None, sentence: Sentence, **values: object
) -> Finding:
    """A finding, with the sentence's values as keywords."""
    return Finding(sheet, row, column, sentence, values)


def problems(findings: Iterable[Finding], language: Language) -> tuple[Problem, ...]:
    """The findings in words, each once, in the given order."""
    return tuple(dict.fromkeys(found.problem(language) for found in findings))


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Sentence):
        return value.say(language, {})
    text = str(value)
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
