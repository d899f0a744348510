"""How people name a class: by its slot, its time, its course's name or its group's code.

A reference is the set of classes that it can mean; words around it narrow the set down.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from rules.replies.folding import fold
from rules.replies.verdict import ClassQuestion

# Endings (folded) that one word of a name may have in its place: Latvian, English, Russian.
_ENDINGS = frozenset(
    [
        "a",
        "e",
        "i",
        "o",
        "u",
        "s",
        "as",
        "es",
        "is",
        "os",
        "us",
        "am",
        "em",
        "im",
        "um",
        "ai",
        "ei",
        "ie",
        "iem",
        "aja",
        "ajai",
        "ajam",
        "ajas",
        "ajos",
        "ajiem",
        "ais",
        "a's",
        "'s",
        "а",
        "я",
        "у",
        "ю",
        "е",
        "и",
        "ы",
        "о",
        "ой",
        "еи",
        "ои",
        "ом",
        "ем",
        "ам",
        "ям",
        "ах",
        "ях",
        "ов",
        "ии",
        "ая",
        "ую",
        "ое",
        "ого",
        "ому",
    ]
) | {""}
_SHORTEST_STEM = 3
_SHORTEST_SHORTENING = 4


def _stem(word: str) -> str:
    for length in (4, 3, 2, 1):
        if word[-length:] in _ENDINGS and len(word) - length >= _SHORTEST_STEM:
            return word[:-length]
    return word


def same_word(said: str, name: str) -> bool:
    """Whether a folded word is a word of a name, inflected or shortened.

    >>> same_word("organiskaja", "organiska"), same_word("makro", "makroekonomika")
    (True, True)
    >>> same_word("vadija", "vadiba")
    False
    """
    if said == name or (len(said) >= _SHORTEST_SHORTENING and name.startswith(said)):
        return True
    stem = _stem(name)
    return len(stem) >= _SHORTEST_STEM and said.startswith(stem) and said[len(stem) :] in _ENDINGS


# Folded Cyrillic in folded Latvian letters: Russian speakers name Latvian courses by ear.
_IN_LATIN = str.maketrans(
    dict(zip("абвгдезиклмнопрстуфхцчшыэ", "abvgdeziklmnoprstufhccsie", strict=True))
    | {"ж": "z", "щ": "s", "ю": "ju", "я": "ja", "ь": "", "ъ": "", "й": "i"}
)


def in_latin(word: str) -> str:
    """A folded Russian word as a Latvian one, folded.

    >>> in_latin("менеджменте"), same_word(in_latin("маркетингу"), "marketings")
    ('menedzmente', True)
    """
    return fold(word.translate(_IN_LATIN))


def _sounds_alike(said: str, name: str) -> bool:
    return not said.isascii() and same_word(in_latin(said), name)


def minutes(moment: datetime) -> int:
    """Minutes since midnight of an aware local moment."""
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, slots=True)
class CourseMatch:
    """Some words that stand for courses: how many, of which classes, and whether by full name."""

    length: int
    ids: frozenset[str]
    is_full: bool


def _run(said: Sequence[str], name: Sequence[str]) -> int:
    """How many leading words of both are the same."""
    length = 0
    for spoken, written in zip(said, name, strict=False):
        if not (same_word(spoken, written) or _sounds_alike(spoken, written)):
            break
        length += 1
    return length


@dataclass(frozen=True)
class ClassNames:
    """The names of one lecturer's classes of one study day."""

    classes: tuple[ClassQuestion, ...]

    @cached_property
    def all_ids(self) -> frozenset[str]:
        return frozenset(question.id for question in self.classes)

    @cached_property
    def in_order(self) -> tuple[ClassQuestion, ...]:
        """By time; classes at the same time as they stand in the letter."""
        return tuple(sorted(self.classes, key=lambda question: question.start))

    @cached_property
    def slots_differ(self) -> bool:
        return len({question.start for question in self.classes}) == len(self.classes)

    def _ids(self, wanted: Iterable[ClassQuestion]) -> frozenset[str]:
        return frozenset(question.id for question in wanted)

    def slot(self, number: int) -> frozenset[str]:
        """Classes of the first, second ... slot of the day."""
        if any(question.slot is None for question in self.classes):
            starts = sorted({question.start for question in self.classes})
            start = starts[number - 1] if number <= len(starts) else None
            return self._ids(q for q in self.classes if q.start == start)
        return self._ids(q for q in self.classes if q.slot == number)

    def nth_group(self, number: int) -> frozenset[str]:
        """The second class of the letter for "the second group", if every class has its own group."""
        groups = [question.groups for question in self.in_order]
        if len(set(groups)) < len(groups) or any(len(group) != 1 for group in groups):
            return frozenset()
        chosen = self._ids(self.in_order[number - 1 : number])
        numbered = self._ids(
            question for question in self.classes if _last_number(question.groups[0]) == number
        )
        return chosen & (numbered or chosen)  # "VA-2" in the morning is no "first group"

    def groups_of(self, class_id: str) -> frozenset[str]:
        """The codes of a class's groups, as `compact` writes them."""
        return frozenset(
            compact(group) for q in self.classes if q.id == class_id for group in q.groups
        )

    @cached_property
    def bare_numbers(self) -> frozenset[int]:
        """The groups that are called by a number only."""
        codes = (compact(group) for question in self.classes for group in question.groups)
        return frozenset(int(code) for code in codes if re.fullmatch("[0-9]{1,4}", code))

    @cached_property
    def has_joint_class(self) -> bool:
        """Whether several groups have a class together."""
        return any(len(question.groups) > 1 for question in self.classes)

    def first(self, number: int) -> frozenset[str]:
        return self._ids(self.in_order[:number])

    def part_of_day(self, *, morning: bool) -> frozenset[str]:
        return self._ids(q for q in self.classes if (q.start.hour < 12) == morning)

    def at(self, start: int, end: int | None = None) -> frozenset[str]:
        """Classes that begin (and end) at those minutes of the day."""
        return self._ids(
            q for q in self.classes if minutes(q.start) == start and end in (None, minutes(q.end))
        )

    @cached_property
    def _groups(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for question in self.classes:
            for group in question.groups:
                key = compact(group)
                found[key] = found.get(key, frozenset()) | {question.id}
        return found

    def group(self, code: str) -> frozenset[str]:
        return self._groups.get(compact(code), frozenset())

    @cached_property
    def group_pattern(self) -> str | None:
        """A pattern for the group codes, longest first, with any spacing inside."""
        codes = {group for question in self.classes for group in question.groups}
        worded = [
            code for code in codes if any(c.isalpha() for c in code) and len(compact(code)) > 1
        ]
        patterns = map(_code_pattern, sorted(worded, key=lambda code: (-len(code), code)))
        return "|".join(pattern for pattern in patterns if pattern) or None

    @cached_property
    def _courses(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        return tuple(
            (tuple(map(fold, re.findall(r"\w+", name))), question.id)
            for question in self.classes
            for name in question.course_names
            if name.strip()
        )

    def course_at(self, words: Sequence[str]) -> CourseMatch | None:
        """The longest run of words from the first on that stands in a course's name."""
        best, ids, full = 0, frozenset[str](), frozenset[str]()
        for name, class_id in self._courses:
            for begin in range(len(name)):
                length = _run(words, name[begin:])
                if length > best:
                    best, ids, full = length, frozenset(), frozenset()
                if length and length == best:
                    ids |= {class_id}
                    full |= {class_id} if length == len(name) else set()
        if not best:
            return None
        return CourseMatch(best, full or ids | self._containing(words[:best]), bool(full))

    def _containing(self, words: Sequence[str]) -> frozenset[str]:
        """Classes whose course has these words inside others: "tiesības" in "civiltiesības"."""
        stems = [_stem(word) for word in words]
        return frozenset(
            class_id
            for name, class_id in self._courses
            if all(any(stem in written for written in name) for stem in stems)
        )


def _last_number(code: str) -> int | None:
    found = re.findall("[0-9]+", code)
    return int(found[-1]) if found else None


def compact(code: str) -> str:
    """A group's code without case, diacritics, spaces and punctuation."""
    return "".join(re.findall(r"\w+", "".join(map(fold, code.split()))))


def _code_pattern(code: str) -> str:
    pieces = re.findall(r"[^\W\d_]+|[0-9]+", code)
    letters = ["".join(_letter(char) for char in piece) for piece in pieces]
    return r"(?<!\w)" + r"[-–\s./]{0,2}".join(letters) + r"(?!\w)" if pieces else ""


def _letter(char: str) -> str:
    variants = {char.lower(), char.upper(), fold(char), fold(char).upper()}
    return f"[{re.escape(''.join(sorted(variants)))}]" if len(variants) > 1 else re.escape(char)
