"""The closed vocabulary of answers: which kinds a word or a phrase can be.

The words themselves, what may be added to them and why their order matters, are in
`vocabulary.toml`.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from rules.replies.folding import fold

_NOTHING: frozenset[str] = frozenset()
_LONGEST_ENDING = 5
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, stems and phrases with their kinds; `roles` in the order in which they take a word."""

    roles: tuple[str, ...]
    words: Mapping[str, frozenset[str]]
    stems: Mapping[str, frozenset[str]]
    phrases: Mapping[tuple[str, ...], frozenset[str]]
    longest_phrase: int

    def kinds(self, word: str) -> frozenset[str]:
        """The kinds of a folded word; none if it is not understood."""
        return self.words.get(word, _NOTHING) | self._by_stem(word)

    def _by_stem(self, word: str) -> frozenset[str]:
        shortest = max(_SHORTEST_STEM, len(word) - _LONGEST_ENDING)
        stems = (word[:length] for length in range(len(word), shortest - 1, -1))
        return next((self.stems[stem] for stem in stems if stem in self.stems), _NOTHING)

    def phrase_at(self, words: Sequence[str], start: int) -> tuple[int, frozenset[str]]:
        """The longest phrase of several words that begins there: its length and kinds."""
        for length in range(min(self.longest_phrase, len(words) - start), 1, -1):
            found = self.phrases.get(tuple(words[start : start + length]))
            if found is not None:
                return length, found
        return 0, _NOTHING

    def role(self, kinds: frozenset[str]) -> str:
        """The role that a word of these kinds plays beside a number."""
        return next((role for role in self.roles if role in kinds), "unknown")


def _entries(sections: Mapping[str, Mapping[str, str | list[str]]]) -> Iterator[tuple[str, str]]:
    for kind, lists in sections.items():
        for words in lists.values():
            for entry in words.split() if isinstance(words, str) else words:
                yield entry, kind


def load() -> Vocabulary:
    """Reads `vocabulary.toml`, folding every entry."""
    text = resources.files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
    sections = tomllib.loads(text)
    traits = sections.pop("traits")
    words: dict[str, frozenset[str]] = {}
    stems: dict[str, frozenset[str]] = {}
    phrases: dict[tuple[str, ...], frozenset[str]] = {}
    for entry, kind in _entries(sections | traits):
        parts = tuple(fold(part.rstrip("*")) for part in entry.split())
        if len(parts) > 1:
            phrases[parts] = phrases.get(parts, _NOTHING) | {kind}
        else:
            table = stems if entry.endswith("*") else words
            table[parts[0]] = table.get(parts[0], _NOTHING) | {kind}
    return Vocabulary(tuple(sections), words, stems, phrases, max(map(len, phrases)))


VOCABULARY = load()
