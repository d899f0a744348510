"""From tokens to items: numbers, references to classes, and the roles that words play.

Looks at a token and its neighbours only. How items make a statement is `clauses.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rules.replies.class_names import ClassNames, compact
from rules.replies.dates import day_at, day_in_figures, is_day_told_from, is_weekday_of
from rules.replies.folding import fold
from rules.replies.lexer import Token, tokens_of
from rules.replies.number_words import NUMBER_WORDS, value_of
from rules.replies.ordinals import with_ordinals
from rules.replies.vocabulary import VOCABULARY

_ORDINALS = {"first": 1, "second": 2, "third": 3}
_HARMLESS = frozenset({"chat", "question", "polite"})
# What could be, or change, a number of people.
ALARMS = frozenset({
    "number", "nobody", "nobody_en", "hedge", "not_held", "correction", "instead", "instead_after",
    "odd", "ordinal", "query", "aside", "not_present", "everyone",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A number, a reference or a word in its role.

    `role` is `number`, `classes`, a token's kind, `unknown`, or a kind of the vocabulary; `kinds`
    are all that the word could be. `ids` are the classes that a reference can mean, `group` is the
    group's code if it names one.
    """

    role: str
    text: str
    value: int = -1
    ids: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    spaced: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of an answer, and the place at which the next item begins."""

    all: Sequence[Token]
    words: Sequence[str]
    at: int

    @property
    def first(self) -> Token:
        return self.all[self.at]

    def text(self, length: int) -> str:
        return " ".join(token.text for token in self.all[self.at : self.at + length])


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns one lecturer's answers into items; knows the classes, the day and the lecturer's name.

    `sent` is the local moment of writing, from which "today" and "yesterday" are told.
    """

    names: ClassNames
    day: date | None
    sent: datetime | None = None
    person_words: frozenset[str] = frozenset()

    def items(self, text: str) -> list[Item]:
        """The items of an answer, in order."""
        tokens = with_ordinals(list(tokens_of(text, self.names.group_pattern)))
        words = [token.word for token in tokens]
        found: list[Item] = []
        at = 0
        while at < len(tokens):
            length, item = self._item(_Tokens(tokens, words, at), found)
            found.append(item)
            at += length
        return found

    def matters(self, text: str) -> bool:
        """Whether a text says anything that could be, or change, a number of people."""
        return any(item.role in ALARMS for item in self.items(text))

    def _item(self, tokens: _Tokens, before: Sequence[Item]) -> tuple[int, Item]:
        if course := self._course(tokens):
            return course
        if tokens.first.kind == "word":
            return (
                _number_words(tokens)
                or self._date(tokens)
                or self._phrase(tokens)
                or (1, self._word(tokens.first, before))
            )
        return self._date(tokens) or self._hour(tokens) or (1, self._plain(tokens.first))

    def _plain(self, token: Token) -> Item:
        match token.kind:
            case "ordinal":
                return self._ordinal(token.value, token.text)
            case "group":
                return Item(
                    "classes",
                    token.text,
                    ids=self.names.group(token.text),
                    group=compact(token.text),
                )
            case "time":
                return self._time(token.text, token.value, token.until)
            case "date":
                same = day_in_figures(token.text).is_on(self.day)
                return Item("date" if same else "other_date", token.text)
            case _:
                return Item(token.kind, token.text, value=token.value, spaced=token.spaced)

    def _ordinal(self, number: int, text: str) -> Item:
        return Item("ordinal", text, value=number, ids=self.names.slot(number))

    def _time(self, text: str, start: int, end: int | None) -> Item:
        ids = self.names.at(start, end)
        return Item("classes" if ids else "time", text, ids=ids)

    def _course(self, tokens: _Tokens) -> tuple[int, Item] | None:
        window = tokens.all[tokens.at : tokens.at + 8]
        if not any(char.isalpha() for char in tokens.first.text):
            return None
        match = self.names.course_at([token.word or fold(token.text) for token in window])
        if match is None or (match.length == 1 and _is_common(tokens.first.word, match.is_full)):
            return None
        return match.length, Item("classes", tokens.text(match.length), ids=match.ids)

    def _phrase(self, tokens: _Tokens) -> tuple[int, Item] | None:
        length, kinds = VOCABULARY.phrase_at(tokens.words, tokens.at)
        return (length, self._in_role(tokens.text(length), kinds)) if length else None

    def _word(self, token: Token, before: Sequence[Item]) -> Item:
        if "weekday" in token.kinds:
            same = is_weekday_of(token.word, self.day)
            return Item("date" if same else "other_date", token.text)
        for kind, days in (("today", 0), ("yesterday", 1)):
            if kind in token.kinds:
                same = is_day_told_from(self.sent, days, self.day)
                return Item("date" if same else "other_date", token.text, kinds=token.kinds)
        if token.kinds and token.text != "IT":  # a field of study, not the English word
            return self._in_role(token.text, token.kinds)
        known = token.word in self.person_words or _is_addressed(token, before)
        return Item("name" if known else "unknown", token.text)

    def _in_role(self, text: str, kinds: frozenset[str]) -> Item:
        role = VOCABULARY.role(kinds)
        if role in _ORDINALS:
            return replace(self._ordinal(_ORDINALS[role], text), kinds=kinds)
        if role in {"morning", "afternoon"}:
            ids = self.names.part_of_day(morning=role == "morning")
            return Item("classes", text, ids=ids, kinds=kinds)
        if role == "first_several":
            return Item("classes", text, ids=self.names.first(2), kinds=kinds)
        return Item(role, text, kinds=kinds)

    def _hour(self, tokens: _Tokens) -> tuple[int, Item] | None:
        """An hour after its mark: "plkst. 9"."""
        token = tokens.first
        marked = tokens.at > 0 and "clock" in tokens.all[tokens.at - 1].kinds
        if token.kind != "number" or not marked:
            return None
        if token.value > 23:
            return 1, Item("odd", token.text)
        return 1, self._time(token.text, token.value * 60, None)

    def _date(self, tokens: _Tokens) -> tuple[int, Item] | None:
        found = day_at(tokens.all[tokens.at : tokens.at + 6])
        if found is None:
            return None
        role = "date" if found.is_on(self.day) else "other_date"
        return found.length, Item(role, tokens.text(found.length))


def _is_common(word: str, is_full: bool) -> bool:  # noqa: FBT001  # a property of the match
    """Whether a word means something else by itself, so that it cannot name a course alone."""
    kinds = VOCABULARY.kinds(word)
    return word in NUMBER_WORDS or bool(kinds - _HARMLESS if is_full else kinds)


def _number_words(tokens: _Tokens) -> tuple[int, Item] | None:
    """Number words that stand together; a run that makes no number is odd ("divi trīs")."""
    parts: list[str] = []
    length = 0
    for token in tokens.all[tokens.at :]:
        pieces = token.word.split("-")
        if token.kind != "word" or not all(piece in NUMBER_WORDS for piece in pieces):
            break
        parts += pieces
        length += 1
    if not parts:
        return None
    value = value_of(parts)
    text = tokens.text(length)
    return length, Item("odd", text) if value is None else Item("number", text, value=value)


def _is_addressed(token: Token, before: Sequence[Item]) -> bool:
    """Whether an unknown capitalised word is the name of the person greeted: "Labdien, Ilze!"."""
    spoken = [item.role for item in before[-4:] if item.role not in {"comma", "name"}]
    beside = bool(before) and before[-1].role in {"comma", "name", "greeting", "address"}
    return token.text[:1].isupper() and beside and spoken[-1:] in (["greeting"], ["address"])
