"""From tokens to items: numbers, references to classes, and the roles that words play.

Looks at a token and its neighbours only. How items make a statement is `clauses.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from rules.replies.class_names import ClassNames
from rules.replies.lexer import Token, tokens_of
from rules.replies.number_words import NUMBER_WORDS, value_of
from rules.replies.vocabulary import VOCABULARY

# The role that a word of several kinds plays beside a number: what could spoil it comes first.
_ROLES = [
    "hedge",
    "not_held",
    "nobody",
    "nobody_en",
    "not_present",
    "absent",
    "instead",
    "instead_after",
    "conclude",
    "stated",
    "correction",
    "aside",
    "listed",
    "total",
    "every_class",
    "first_several",
    "each",
    "of",
    "first",
    "second",
    "third",
    "pair",
    "morning",
    "afternoon",
    "people",
    "present",
    "class_noun",
    "group_noun",
    "clock",
    "only_so_far",
    "conjunction",
    "unit",
    "apology",
    "polite_count",
    "filler",
    "greeting",
    "address",
    "confirm",
    "event",
    "chat",
    "polite",
    "month",
    "weekday",
    "question",
    "out_of_office",
    "signature",
]
_ORDINALS = {"first": 1, "second": 2, "third": 3}
# Abbreviations whose full stop does not end a sentence.
_ABBREVIATIONS = frozenset(
    [
        "nod",
        "nodarb",
        "lek",
        "lekc",
        "lkc",
        "stud",
        "cilv",
        "pers",
        "plkst",
        "pl",
        "gr",
        "apm",
        "t",
        "tel",
        "talr",
        "kab",
        "nr",
        "dr",
        "mg",
        "prof",
        "doc",
        "asoc",
        "sk",
        "gab",
        "чел",
        "зан",
        "ауд",
        "гр",
        "каб",
        "тел",
        "ч",
        "skat",
        "см",
    ]
)
# What may stand right after a number without being what is counted: "26 šodien", "26 in the first".
_AFTER_NUMBER = frozenset(
    [
        "sodien",
        "vakar",
        "tiessaiste",
        "online",
        "onlaina",
        "zoom",
        "zooma",
        "zuma",
        "mums",
        "man",
        "in",
        "at",
        "on",
        "for",
        "today",
        "yesterday",
        "during",
        "the",
        "from",
        "with",
        "сегодня",
        "вчера",
        "онлайн",
        "на",
        "в",
        "во",
        "у",
        "the",
        "uz",
    ]
)
_YEAR_OF_STUDY = re.compile(r"kurs\w{0,4}|курс\w{0,3}")
_WEEKDAYS = (
    ("pirmdien", "monday", "понедельник"),
    ("otrdien", "tuesday", "вторник"),
    ("tresdien", "wednesday", "сред"),
    ("ceturtdien", "thursday", "четверг"),
    ("piektdien", "friday", "пятниц"),
    ("sestdien", "saturday", "суббот"),
    ("svetdien", "sunday", "воскресен"),
)
_MONTHS = (
    ("janvar", "jan", "январ"),
    ("februar", "feb", "феврал"),
    ("mart", "mar", "март"),
    ("april", "apr", "апрел"),
    ("maij", "may", "мая"),
    ("junij", "jun", "июн"),
    ("julij", "jul", "июл"),
    ("august", "aug", "август"),
    ("septembr", "sep", "сентябр"),
    ("oktobr", "oct", "октябр"),
    ("novembr", "nov", "ноябр"),
    ("decembr", "dec", "декабр"),
)

ALARMS = frozenset(
    [
        "number",
        "nobody",
        "nobody_en",
        "hedge",
        "not_held",
        "correction",
        "instead",
        "instead_after",
        "odd",
        "ordinal",
        "query",
        "aside",
        "not_present",
    ]
)


@dataclass(frozen=True, slots=True)
class Item:
    """A number, a reference or a word in its role.

    `role` is `number`, `classes`, `end`, `query`, a punctuation's name, `unknown`, `odd`, or a
    kind of the vocabulary; `kinds` all that the word could be.
    """

    role: str
    text: str
    value: int = -1
    ids: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    spaced: bool = True


@dataclass(frozen=True)
class Reader:
    """Turns one lecturer's tokens into items; knows the classes, the day and the names."""

    names: ClassNames
    day: date | None
    person_words: frozenset[str] = frozenset()
    _roles: dict[str, str] = field(default_factory=dict)

    def items(self, text: str) -> list[Item]:
        """The items of an answer, in order."""
        tokens = _ordinals(list(tokens_of(text, self.names.group_pattern)))
        words = [token.word for token in tokens]
        found: list[Item] = []
        at = 0
        while at < len(tokens):
            length, item = self._item(tokens, words, at, found)
            found.append(item)
            at += length
        return found

    def matters(self, text: str) -> bool:
        """Whether a text says anything that could be, or change, a number of people."""
        return any(item.role in ALARMS for item in self.items(text))

    def _item(
        self, tokens: Sequence[Token], words: Sequence[str], at: int, before: Sequence[Item]
    ) -> tuple[int, Item]:
        token = tokens[at]
        if token.kind == "word":
            return (
                self._course(tokens, words, at)
                or self._number_words(tokens, words, at)
                or self._date(tokens, at)
                or self._phrase(tokens, words, at)
                or (1, self._word(token, before))
            )
        return self._date(tokens, at) or self._clock(tokens, at) or (1, self._plain(token))

    def _plain(self, token: Token) -> Item:
        match token.kind:
            case "number":
                return Item("number", token.text, value=token.value, spaced=token.spaced)
            case "ordinal":
                return self._ordinal(token.value, token.text)
            case "group":
                return Item("classes", token.text, ids=self.names.group(token.text))
            case "time":
                ids = self.names.at(token.value, token.until)
                return Item("classes" if ids else "time", token.text, ids=ids)
            case "date":
                return Item("date" if self._is_day(token.text) else "other_date", token.text)
            case _:
                return Item(token.kind, token.text, spaced=token.spaced)

    def _ordinal(self, number: int, text: str) -> Item:
        return Item("ordinal", text, value=number, ids=self.names.slot(number))

    def _course(
        self, tokens: Sequence[Token], words: Sequence[str], at: int
    ) -> tuple[int, Item] | None:
        spoken = [
            word or token.text
            for token, word in zip(tokens[at : at + 8], words[at : at + 8], strict=True)
        ]
        match = self.names.course_at(spoken, 0)
        if match is None or (match.length == 1 and self._is_common(words[at], match.is_full)):
            return None
        text = " ".join(token.text for token in tokens[at : at + match.length])
        return match.length, Item("classes", text, ids=match.ids)

    def _is_common(self, word: str, is_full: bool) -> bool:
        """Whether a word means something else by itself, so that it cannot name a course alone."""
        kinds = VOCABULARY.kinds(word)
        return word in NUMBER_WORDS or bool(
            kinds - {"chat", "question", "polite"} if is_full else kinds
        )

    def _number_words(
        self, tokens: Sequence[Token], words: Sequence[str], at: int
    ) -> tuple[int, Item] | None:
        parts, length = [], 0
        for token in tokens[at:]:
            pieces = token.word.split("-") if token.kind == "word" else [""]
            if not all(piece in NUMBER_WORDS for piece in pieces):
                break
            parts += pieces
            length += 1
        if not parts:
            return None
        text = " ".join(token.text for token in tokens[at : at + length])
        value = value_of(parts)
        return length, Item("odd", text) if value is None else Item("number", text, value=value)

    def _phrase(
        self, tokens: Sequence[Token], words: Sequence[str], at: int
    ) -> tuple[int, Item] | None:
        length, kinds = VOCABULARY.phrase_at(words, at)
        if not length:
            return None
        text = " ".join(token.text for token in tokens[at : at + length])
        return length, self._in_role(text, kinds)

    def _word(self, token: Token, before: Sequence[Item]) -> Item:
        kinds = token.kinds
        if kinds:
            if "weekday" in kinds:
                return Item("date" if self._is_weekday(token.word) else "other_date", token.text)
            return self._in_role(token.text, kinds, token.word)
        if token.word in self.person_words or _is_addressed(token, before):
            return Item("name", token.text)
        return Item("unknown", token.text)

    def _in_role(self, text: str, kinds: frozenset[str], word: str = "") -> Item:
        role = next(role for role in _ROLES if role in kinds)
        if role in _ORDINALS:
            return replace(self._ordinal(_ORDINALS[role], text), kinds=kinds)
        if role in {"morning", "afternoon"}:
            ids = self.names.part_of_day(morning=role == "morning")
            return Item("classes", text, ids=ids, kinds=kinds)
        if role == "first_several":
            return Item("classes", text, ids=self.names.first(2), kinds=kinds)
        # "s" of "today's" and lone letters have no meaning of their own.
        return Item(
            role, text, kinds=kinds | ({"after_number"} if word in _AFTER_NUMBER else set())
        )

    def _clock(self, tokens: Sequence[Token], at: int) -> tuple[int, Item] | None:
        """ "plkst. 9": an hour after its mark."""
        token = tokens[at]
        if (
            token.kind != "number"
            or at == 0
            or "clock" not in tokens[at - 1].kinds
            or token.value > 23
        ):
            return None
        ids = self.names.at(token.value * 60)
        return 1, Item("classes" if ids else "time", token.text, ids=ids)

    def _date(self, tokens: Sequence[Token], at: int) -> tuple[int, Item] | None:
        """A day beside its month: "7. novembrī", "7 November 2026", "November 7", with the year."""
        window = tokens[at : at + 6]
        found = _day_and_month(window)
        if found is None:
            return None
        length, day, month, year = found
        text = " ".join(token.text for token in window[:length])
        same = self.day is not None and (day, month) == (self.day.day, self.day.month)
        same = same and self.day is not None and year in (None, self.day.year)
        return length, Item("date" if same else "other_date", text)

    def _is_day(self, text: str) -> bool:
        figures = [int(figure) for figure in re.findall("[0-9]+", text)]
        if self.day is None:
            return False
        if len(text.split("-")) == 3:
            return figures == [self.day.year, self.day.month, self.day.day]
        years = [self.day.year, self.day.year % 100]
        return figures[:2] == [self.day.day, self.day.month] and all(
            f in years for f in figures[2:]
        )

    def _is_weekday(self, word: str) -> bool:
        return self.day is not None and word.startswith(_WEEKDAYS[self.day.weekday()])


def _is_addressed(token: Token, before: Sequence[Item]) -> bool:
    """Whether an unknown capitalised word is the name of the person greeted: "Labdien, Ilze!"."""
    if not token.text[:1].isupper():
        return False
    recent = [item for item in before[-3:] if item.role not in {"comma", "name"}]
    return (
        bool(before)
        and before[-1].role in {"comma", "name", "greeting", "address"}
        and bool(recent)
        and recent[-1].role in {"greeting", "address"}
    )


def _month(token: Token) -> int | None:
    if "month" not in token.kinds:
        return None
    return next(n for n, names in enumerate(_MONTHS, 1) if token.word.startswith(names))


def _day_and_month(window: Sequence[Token]) -> tuple[int, int, int, int | None] | None:
    """Length, day, month and year of a date that begins there."""
    year, skipped = None, 0
    if window[0].kind == "number" and window[0].value > 1900:
        # "2026. gada 7. novembrī"
        year, skipped = window[0].value, 1
        while skipped < len(window) and (
            window[skipped].kind == "stop" or window[skipped].word in {"gada", "g"}
        ):
            skipped += 1
    rest = [*window[skipped:]]
    if len(rest) > 1 and rest[0].kind == "number" and rest[0].value <= 31:
        after = 2 if rest[1].kind == "stop" and len(rest) > 2 else 1
        month = _month(rest[after])
        if month:
            return _with_year(rest, skipped, after + 1, rest[0].value, month, year)
    month = _month(rest[0]) if rest and not skipped else None
    if month and len(rest) > 1 and rest[1].kind in {"number", "ordinal"} and rest[1].value <= 31:
        return _with_year(rest, skipped, 2, rest[1].value, month, year)
    return None


def _with_year(
    rest: Sequence[Token], skipped: int, length: int, day: int, month: int, year: int | None
) -> tuple[int, int, int, int | None]:
    if (
        year is None
        and length < len(rest)
        and rest[length].kind == "number"
        and rest[length].value > 1900
    ):
        year, length = rest[length].value, length + 1
    return skipped + length, day, month, year


def _ordinals(tokens: list[Token]) -> list[Token]:
    """Tells ordinals from counts: "1. nodarbība", a list's "1." and "2)", "1 занятие".

    Full stops that end no sentence (of ordinals and abbreviations) are dropped on the way.
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        after = tokens[at + 1 :]
        if (
            token.kind == "number"
            and token.value <= 9
            and (length := _ordinal_length(found, after, token))
        ):
            found.append(replace(token, kind="ordinal"))
            at += length
            continue
        if (
            token.kind == "stop"
            and token.text == "."
            and found
            and found[-1].word in _ABBREVIATIONS
        ):
            at += 1
            continue
        found.append(token)
        at += 1
    return found


def _names_class(token: Token) -> bool:
    return bool(token.kinds & {"class_noun", "group_noun", "pair"}) or bool(
        _YEAR_OF_STUDY.fullmatch(token.word)
    )


def _ordinal_length(before: Sequence[Token], after: Sequence[Token], token: Token) -> int:
    """How many tokens an ordinal that begins with this number takes; 0 if it is a count."""
    if not after:
        return 0
    dotted = after[0].kind == "stop" and after[0].text == "." and not after[0].spaced
    if dotted and len(after) > 1:
        if _names_class(after[1]) or _pairs_with_ordinal(after[1:]):
            return 2
        starts = not before or before[-1].kind in {"line", "comma", "semicolon"}
        if (
            starts
            and token.value <= 3
            and after[1].kind in {"number", "dash", "colon", "word"}
            and (
                after[1].kind != "word"
                or after[1].word in NUMBER_WORDS
                or "people" in after[1].kinds
            )
        ):
            return 2
    closed = after[0].kind == "close" and (not before or before[-1].kind == "line")
    if closed and token.value <= 3:
        return 2
    if token.value <= 3 and "class_noun_singular" in after[0].kinds and not dotted:
        return 1
    return int(_is_numbered_class(before, after, token))


def _pairs_with_ordinal(after: Sequence[Token]) -> bool:
    """ "1. un 2. nodarbībā": the first of two ordinals."""
    return (
        len(after) > 3
        and "conjunction" in after[0].kinds
        and after[1].kind == "number"
        and after[2].text == "."
        and _names_class(after[3])
    )


def _is_numbered_class(before: Sequence[Token], after: Sequence[Token], token: Token) -> bool:
    """ "Class 1: 20"."""
    return (
        token.value <= 3
        and bool(before)
        and "class_noun" in before[-1].kinds
        and after[0].kind == "colon"
    )
