"""Tells ordinals from counts among the tokens: "1. nodarbība", a list's "2)", "II lekcija".

Works on tokens before anything else does, and drops full stops that end no sentence.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from rules.replies.lexer import Token
from rules.replies.number_words import NUMBER_WORDS

_MOST_CLASSES = 3  # of one lecturer on one day, as far as people number them
_NO_YEAR = 1000  # "2026. gada" belongs to a date
_YEAR_OF_STUDY = re.compile(r"kurs\w{0,4}|курс\w{0,3}")
_LIST_STARTS = frozenset({"line", "comma", "semicolon"})


def is_year_of_study(word: str) -> bool:
    """Whether a word makes the ordinal before it a year of study: "3. kursa studenti"."""
    return _YEAR_OF_STUDY.fullmatch(word.lower()) is not None


def with_ordinals(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with their ordinals found and the full stops of abbreviations dropped."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token, after = tokens[at], tokens[at + 1 :]
        length = _length(found, after, token)
        if length:
            found.append(replace(token, kind="ordinal", word=""))
            at += length
            continue
        if (
            _is_lone_list_number(found, after, token)
            or _is_high_ordinal(after, token)
            or (_is_number_of_thing(after, token))
        ):
            token = replace(token, kind="odd")
        if not (_is_full_stop(token) and found and "abbreviation" in found[-1].kinds):
            found.append(replace(token, kind="word") if token.kind == "roman" else token)
        at += 1
    return found


def _is_lone_list_number(before: Sequence[Token], after: Sequence[Token], token: Token) -> bool:
    """Whether a line consists of a list's number only: "1."."""
    begins = not before or before[-1].kind == "line"
    dotted = bool(after) and _is_full_stop(after[0]) and (len(after) < 2 or after[1].kind == "line")
    return token.kind == "number" and token.value <= _MOST_CLASSES and begins and dotted


def _is_high_ordinal(after: Sequence[Token], token: Token) -> bool:
    """Whether it is a class of the semester, "24. nodarbība"; a new sentence has a capital."""
    return (
        token.kind == "number"
        and token.value > 9
        and len(after) > 1
        and _is_full_stop(after[0])
        and after[1].text[:1].islower()
        and _names_class(after[1])
    )


def _is_number_of_thing(after: Sequence[Token], token: Token) -> bool:
    """Whether it is the number of a room, a day, a task: "20. auditorijā"."""
    return (
        token.kind == "number"
        and token.value < _NO_YEAR
        and len(after) > 1
        and _is_full_stop(after[0])
        and after[1].text[:1].islower()
        and "numbered" in after[1].kinds
    )


def _is_full_stop(token: Token) -> bool:
    return token.kind == "stop" and token.text == "."


def _length(before: Sequence[Token], after: Sequence[Token], token: Token) -> int:
    """How many tokens an ordinal that begins with this one takes; 0 if it is none."""
    if token.kind == "roman":
        return _roman_length(after, token)
    if token.kind != "number" or token.value > 9 or not after:
        return 0
    if _is_full_stop(after[0]) and not after[0].spaced and len(after) > 1:
        return 2 * (_is_dotted(after[1:]) or _is_listed(before, after[1], token))
    if token.value > _MOST_CLASSES:
        return 0
    if after[0].kind == "close":
        return 2 * (not before or before[-1].kind == "line")
    return int("class_noun_singular" in after[0].kinds or _is_numbered_class(before, after))


def _roman_length(after: Sequence[Token], token: Token) -> int:
    """Two or three strokes are an ordinal anywhere, one only where a class or a number follows."""
    dotted = bool(after) and _is_full_stop(after[0]) and not after[0].spaced
    following = after[1:2] if dotted else after[:1]
    fits = bool(following) and (
        _names_class(following[0]) or following[0].kind in {"dash", "colon"}
    )
    return (1 + dotted) * (token.value > 1 or fits)


def _names_class(token: Token) -> bool:
    return not token.kinds.isdisjoint({"class_noun", "group_noun", "pair"}) or is_year_of_study(
        token.word
    )


def _is_dotted(after: Sequence[Token]) -> bool:
    """Such as "1. nodarbība", and the first of "1. un 2. nodarbībā"."""
    if _names_class(after[0]):
        return True
    return (
        len(after) > 3
        and "conjunction" in after[0].kinds
        and after[1].kind == "number"
        and _is_full_stop(after[2])
        and _names_class(after[3])
    )


def _is_listed(before: Sequence[Token], following: Token, token: Token) -> bool:
    """Such as "1. 26" at the beginning of a line or of a part of a list."""
    begins = not before or before[-1].kind in _LIST_STARTS
    counted = following.word in NUMBER_WORDS or "people" in following.kinds
    return (
        begins
        and token.value <= _MOST_CLASSES
        and (following.kind in {"number", "dash", "colon"} or counted)
    )


def _is_numbered_class(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Such as "Class 1: 20"."""
    return bool(before) and "class_noun" in before[-1].kinds and after[0].kind == "colon"
