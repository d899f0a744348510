"""The closed vocabulary of answers: which kinds a word or a phrase can be.

The words themselves, and what may be added to them, are in `vocabulary.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from rules.replies.folding import fold

_NOTHING: frozenset[str] = frozenset()
_LONGEST_ENDING = 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, stems and phrases with their kinds. One word may be of several kinds."""

    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    phrases: Mapping[tuple[str, ...], frozenset[str]]
    longest_phrase: int

    def kinds(self, word: str) -> frozenset[str]:
        """The kinds of a folded word; none if it is not understood."""
        found = self.words.get(word)
        return found if found is not None else self._by_stem(word)

    def _by_stem(self, word: str) -> frozenset[str]:
        for length in range(len(word), max(2, len(word) - _LONGEST_ENDING - 1), -1):
            found = self.stems.get(word[:length])
            if found is not None:
                return found
        return _NOTHING

    def phrase_at(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]]:
        """The longest phrase of several words that begins there: its length and kinds."""
        for length in range(min(self.longest_phrase, len(words) - start), 1, -1):
            found = self.phrases.get(tuple(words[start : start + length]))
            if found is not None:
                return length, found
        return 0, _NOTHING


def _entries(kind: str, lists: Mapping[str, str | list[str]]) -> Iterator[tuple[str, str]]:
    for words in lists.values():
        for entry in words.split() if isinstance(words, str) else words:
            yield entry, kind


def load() -> Vocabulary:
    """Reads `vocabulary.toml`, folding every entry."""
    text = resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
    words: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    phrases: dict[tuple[str, ...], frozenset[str]] = {}
    for kind, lists in tomllib.loads(text).items():
        for entry, name in _entries(kind, lists):
            parts = tuple(fold(part.rstrip("*")) for part in entry.split())
            if len(parts) > 1:
                phrases[parts] = phrases.get(parts, _NOTHING) | {name}
            else:
                table = stems if entry.endswith("*") else words
                table[parts[0]] = table.get(parts[0], _NOTHING) | {name}
    for word in list(words):
        # A word that is also covered by a stem has the kinds of both.
        for length in range(len(word), max(2, len(word) - _LONGEST_ENDING - 1), -1):
            words[word] |= stems.get(word[:length], _NOTHING)
    return Vocabulary(words, stems, phrases, max(map(len, phrases)))


VOCABULARY = load()
