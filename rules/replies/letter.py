"""Our own letter inside a reply: which quoted lines are ours, and what was written into it.

Works from the text that was sent where it is at hand, otherwise from the shape that all our letters
have: a heading with the time of the class, its details, and the line for the number.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import resources

from rules.replies.class_names import ClassNames, compact
from rules.replies.folding import plain_line

_RANGE = re.compile(r"\b([0-9]{1,2})[:.]([0-9]{2}) ?[-–—] ?([0-9]{1,2})[:.]([0-9]{2})\b")
_FORM = re.compile(r"(?:apmekletaju skaits|number of attendees) ?: ?(.*)")
_FORM_RAW = re.compile(r"[^:]{1,40}: ?(.*)")
_LABEL = re.compile(r"(?:studiju kurss|kurss|course|grupas?|groups?) ?: ?(.*)")
_DETAIL = re.compile(
    r"(?:(?:[a-z ]{1,40}:)? ?https?://\S{1,2000}(?: ?<\S{1,2000}>)?"
    r"|meeting id ?: ?[0-9 ]{5,20}(?:pass(?:code|word) ?: ?\S{1,20})?"
    r"|(?:passcode|password|parole) ?: ?\S{1,20}"
    r"|studiju diena ?: ?\S{1,20}|macibspeks ?: ?.{1,80}|lecturer ?: ?.{1,80}|study day ?: ?.{1,40})"
)
_LAST_FIELD_IS_NUMBER = re.compile(r"\| ?[0-9]+(?: ?[,;/] ?[0-9]+)*$")
_JOINED_NUMBER = re.compile(r"\w \(?[0-9]+\)?$")
_SHORTEST_WRAPPED = 40  # columns: mail programs leave shorter lines alone
_SURELY_OURS = 12  # characters: nobody fills in a piece of our own letter that is longer


def _sentences() -> tuple[str, ...]:
    text = resources.files(__package__).joinpath("letter_sentences.txt").read_text(encoding="utf-8")
    return tuple(plain_line(line) for line in text.splitlines() if not line.startswith("#"))


_SENTENCES = _sentences()
_OFFICE_PHONE = re.compile(
    r"(?:talr\.?|tel\.?|phone)? ?\+?[0-9][0-9 ]{6,16}"
    r"(?:, ?(?:[0-9]\. korpuss, ?[0-9]{1,4}\. kab\.|\S{1,64}@\S{1,100}))?"
)
_INTRODUCTION = re.compile(
    r"(?:labdien|labrit|labvakar|sveiki|dear|hello|godatais|godata|cienijamais|cienijama)\b.{0,80}"
    r"|atgadinam, ka .{1,200}|this is a reminder .{1,200}|tiessaistes nodarbibas:?|online classes on .{1,100}"
)
_HEADING_WORDS = re.compile(
    r"[0-9]\. ?(?:nodarbiba|lekcija)|[0-9](?:st|nd|rd|th) class|\b(?:plkst|pl)\.?|[|,;:·()*]|(?<!\w)[-–—]|[-–—](?!\w)"
)


@dataclass(slots=True)
class Block:
    """The part of the letter about one class, and the classes it can be about so far."""

    ids: frozenset[str]

    def narrow(self, ids: frozenset[str]) -> None:
        self.ids = self.ids & ids or self.ids


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the lecturer, and the part of the letter beside which they stand, if any.

    `fills_in` says that they stand in the line for the number, where nothing else belongs;
    `is_unsure` that they may be ours: "Fizika 2" where "Fizika" is known.
    """

    text: str
    block: Block | None = None
    fills_in: bool = False
    is_unsure: bool = False


@dataclass
class LetterReader:
    """Follows the quoted letter line by line and hands back what is not ours."""

    names: ClassNames
    matters: Callable[[str], bool]  # whether a line says something that could touch a number
    letter_texts: tuple[str, ...] = ()
    block: Block | None = None
    is_recognised: bool = False
    _pending: str = ""
    _wrapped_rest: str | None = None  # what the next line begins with, if a name was wrapped

    @cached_property
    def _sent_lines(self) -> frozenset[str]:
        return frozenset(
            folded
            for text in self.letter_texts
            for line in text.splitlines()
            if (folded := plain_line(line)) and not _FORM.fullmatch(folded)
        )

    @cached_property
    def _sent_text(self) -> str:
        return f" {plain_line(' '.join(self.letter_texts))} "

    @cached_property
    def _wrapped(self) -> tuple[str, ...]:
        """Lines that mail programs wrap: sentences, longer than what a person fills in."""
        return (*_SENTENCES, *(line for line in self._sent_lines if len(line) > 50))

    def feed(self, line: str) -> Passage | None:
        """Takes one quoted line without its mark; returns what was written into it, if anything."""
        folded = plain_line(line.replace("*", " "))
        rest, self._wrapped_rest = self._wrapped_rest, None
        if not folded or self._continues(folded) or _DETAIL.fullmatch(folded):
            return None
        if rest is not None and folded.startswith(rest):
            return self._insertion(self._rest(folded.removeprefix(rest)))
        return self._read(line, folded)

    def _read(self, line: str, folded: str) -> Passage | None:
        if form := _FORM.fullmatch(folded):
            return self._filled(line) if form.group(1).strip(" _") else None
        if _RANGE.search(folded):
            return self._heading(folded)
        if label := _LABEL.fullmatch(folded):
            return self._label(folded, label.group(1))
        if self._is_ours(folded) or not self.is_recognised or not self.matters(line):
            return None
        return Passage(line.strip(), self.block)

    def _is_ours(self, folded: str) -> bool:
        """Whether a line stands in our letters; sentences of ours end the part about a class."""
        if folded in self._sent_lines and not folded.endswith("."):
            self._narrow(folded)
            return True
        if self._begins_sentence(folded) or _OFFICE_PHONE.fullmatch(folded):
            self.block = None
            return True
        if len(folded) >= _SURELY_OURS and f" {folded} " in self._sent_text:
            return True
        return self.block is None and _INTRODUCTION.fullmatch(folded) is not None

    def _continues(self, folded: str) -> bool:
        """Whether the line is the rest of a wrapped line of ours."""
        if self._pending.startswith(folded):
            self._pending = self._pending[len(folded) :].strip()
            return True
        self._pending = ""
        return False

    def _begins_sentence(self, folded: str) -> bool:
        for sentence in self._wrapped:
            if sentence == folded:
                return True
            if sentence.startswith(folded + " ") and len(folded) > 20:
                self._pending = sentence[len(folded) :].strip()
                return True
        return False

    def _heading(self, folded: str) -> Passage | None:
        """A line with the time of a class begins the part about it, whether it was asked for or not."""
        found = _RANGE.search(folded)
        hour, minute, end_hour, end_minute = map(int, found.groups()) if found else (0, 0, 0, 0)
        ids = self.names.at(hour * 60 + minute, end_hour * 60 + end_minute)
        self.is_recognised = self.is_recognised or bool(ids)
        self.block = Block(ids)
        self._narrow(folded)
        self._expect_rest(folded)
        if not ids or folded in self._sent_lines or self._begins_sentence(folded):
            return None
        if _LAST_FIELD_IS_NUMBER.search(folded):
            return None  # a group that is called by a number
        return self._insertion(self._rest(_RANGE.sub(" ", folded)))

    def _label(self, folded: str, value: str) -> Passage | None:
        """A line with the course or the groups, and what was added to it: "Grupas: MA-1 - 26"."""
        self._narrow(folded)
        self._expect_rest(folded)
        if folded in self._sent_lines or self._begins_sentence(folded):
            return None
        if self._without_names(value) == value:
            return None  # a course or a group of before the plan was changed
        added = self._insertion(self._rest(value))
        joined = _JOINED_NUMBER.search(value) is not None
        return added and replace(added, is_unsure=joined)

    def _narrow(self, folded: str) -> None:
        if self.block is None:
            return
        groups = self._groups_in(folded)
        if groups:
            exact = frozenset(
                question.id
                for question in self.names.classes
                if {compact(group) for group in question.groups} == groups
            )
            self.block.narrow(exact)
        named = {
            question.id: max(len(name) for name in names)
            for question in self.names.classes
            if (names := [n for n in map(plain_line, question.course_names) if n in folded])
        }
        longest = max(named.values(), default=0)
        self.block.narrow(frozenset(key for key, length in named.items() if length == longest))

    def _groups_in(self, folded: str) -> set[str]:
        pattern = self.names.group_pattern
        found = re.findall(pattern, folded, re.IGNORECASE) if pattern else []
        return {compact(code) for code in found}

    def _expect_rest(self, folded: str) -> None:
        """Notes that the line ends inside a course's name or a list, which goes on in the next."""
        if folded.endswith(","):
            self._wrapped_rest = ""
        for name in self._known_names:
            for at in (found.start() for found in re.finditer(" ", name)):
                if folded.endswith(name[:at]) and len(folded) > _SHORTEST_WRAPPED:
                    self._wrapped_rest = name[at + 1 :]
                    return

    def _rest(self, folded: str) -> str:
        """What remains of one of our lines without all that belongs into it."""
        rest = " ".join(_HEADING_WORDS.sub(" ", self._without_names(folded)).split())
        return rest if re.search(r"\w", rest) else ""

    def _without_names(self, folded: str) -> str:
        for name in self._known_names:
            folded = folded.replace(name, " ")
        if self.names.group_pattern:
            folded = re.sub(self.names.group_pattern, " ", folded, flags=re.IGNORECASE)
        for number in self.names.bare_numbers:
            folded = re.sub(rf"\b{number}\b(?!\.)", " ", folded, count=1)
        return folded

    @cached_property
    def _known_names(self) -> tuple[str, ...]:
        names: Iterable[str] = (plain_line(n) for q in self.names.classes for n in q.course_names)
        return tuple(sorted(set(names), key=len, reverse=True))

    def _insertion(self, rest: str) -> Passage | None:
        """What was added to a line of ours: "1. nodarbība pl. 9:00-12:00 - 26"."""
        is_added = bool(rest) and not rest.startswith("/")  # "/2" goes on with a group's code
        return Passage(rest, self.block) if is_added and self.matters(rest) else None

    def _filled(self, line: str) -> Passage:
        match = _FORM_RAW.search(line)
        return Passage(match.group(1).strip("_ *") if match else line, self.block, fills_in=True)
