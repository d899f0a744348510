"""Why a request is not quoted: stable codes, and a sentence for the operator with each problem.

One bad item refuses the whole request; every bad item is listed, in the order of the request.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rules.fees.sentences import Sentence, Value, say
from rules.people import Language


class Code(StrEnum):
    """What kind of refusal it is; scripts rely on these words."""

    UNKNOWN_ROW = "unknown_row"
    HEADING_ROW = "heading_row"
    MISSING_INPUT = "missing_input"
    INVALID_INPUT = "invalid_input"
    LIMIT_EXCEEDED = "limit_exceeded"
    NOT_PRICED = "not_priced"
    NOT_AVAILABLE = "not_available"
    WRONG_ROW = "wrong_row"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong; `item` counts the request's items from 0, None for the request itself."""

    code: Code
    sentence: Sentence
    row: str | None = None
    item: int | None = None

    def at(self, item: int) -> "Problem":
        return replace(self, item=item)


class Refusal(ValueError):
    """A request that is not quoted; `code` and `row` are those of the first problem."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(problems)
        self.code = self.problems[0].code
        self.row = self.problems[0].row
        super().__init__(self.text(Language.ENGLISH))

    def text(self, language: Language) -> str:
        """The first problem as a sentence."""
        return self.problems[0].sentence.of(language)


def refusal(code: Code, row: str | None, key: str, /, **values: Value) -> Refusal:
    """A refusal with one problem; `key` and `values` are those of the sentence."""
    return Refusal([Problem(code, say(key, **values), row)])
