"""From items to clauses: the pieces of a sentence that can each hold one number of attendees.

Items that mean something together are merged before (`merging.py`); what clauses state is worked
out in `stating.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rules.replies.items import Item

SENTENCE_ENDS = frozenset({"stop", "query", "line"})
_CLAUSE_ENDS = frozenset({"comma", "semicolon", "conjunction", "open", "close"})
# Roles that may stand beside a number without changing it.
_QUIET = frozenset({
    "address", "apology", "clock", "class_noun", "colon", "conclude", "confirm", "correction",
    "dash", "date", "each", "every_class", "everyone", "fault", "filler", "greeting", "group_noun",
    "meeting", "name", "people", "percent", "polite_count", "present", "should", "slash", "smile",
    "some_people", "total", "year",
})  # fmt: skip
_OF_NUMBERS = frozenset({
    "classes", "former", "former_mark", "number", "of", "only_so_far", "summed", "whole",
})  # fmt: skip
# Roles of remarks, which are clauses without any number.
_REMARK = (_QUIET - {"everyone"}) | {"chat", "duration", "event", "link", "of", "polite", "time"}
# Roles that are understood only beside certain others; `stating.py` says which.
_CONDITIONAL = frozenset({
    "absent", "aside", "listed", "nobody", "nobody_en", "not_present", "stated", "unit",
})  # fmt: skip
_AFTER_NUMBER = SENTENCE_ENDS | _CLAUSE_ENDS | {
    "absent", "aside", "classes", "colon", "confirm", "dash", "date", "each", "every_class",
    "former_mark", "greeting", "hedge", "instead_after", "listed", "name", "not_held",
    "not_present", "number", "of", "people", "percent", "present", "smile", "some_people", "total",
    "year",
}  # fmt: skip


@dataclass(slots=True)
class Clause:
    """A clause while it is put together: its items, and its numbers by what they are of."""

    opened_by: str
    items: list[Item] = field(default_factory=list)
    references: list[frozenset[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    former: list[int] = field(default_factory=list)  # "nevis 26": what was said before
    whole: list[int] = field(default_factory=list)  # "no 31": the size of the group
    roles: set[str] = field(default_factory=set)
    unclear: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(item.text for item in self.items)

    @property
    def ids(self) -> frozenset[str] | None:
        """The classes that all references together can mean; None without any reference."""
        return frozenset.intersection(*self.references) if self.references else None

    @property
    def counts(self) -> bool:
        """Whether it says a number of people, be it nobody."""
        return bool(self.numbers) or self.has("nobody", "nobody_en")

    @property
    def is_plain(self) -> bool:
        """Whether everything beside its number leaves the number as it is."""
        grouped = "group_noun" in self.roles and not self.references
        # "Grupā ir 24": the size of the group as likely as the number of those who came.
        doubtful = grouped and self.roles.isdisjoint({"each", "every_class"})
        return self.roles <= _QUIET | _OF_NUMBERS and not (
            doubtful or self._is_of_course or self._has("farewell")
        )

    @property
    def _is_of_course(self) -> bool:
        """Whether the number may be how many take the course."""
        came = any(item.role == "present" and "lasting" not in item.kinds for item in self.items)
        return self._has("course") and not (self.references or came)

    def _has(self, kind: str) -> bool:
        return any(kind in item.kinds and item.role != "year" for item in self.items)

    @property
    def is_remark(self) -> bool:
        """Whether it says nothing about numbers or particular classes."""
        return self.roles <= _REMARK

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    def add(self, item: Item, after: Item | None) -> None:
        """Takes the next item; `after` is the one that follows it in the sentence."""
        self.items.append(item)
        self.roles.add(item.role)
        match item.role:
            case "classes":
                self.references.append(item.ids)
            case "number":
                self._add_number(item, after)
            case "former":
                self.former.append(item.value)
            case "whole":
                self.whole.append(item.value)
            case role if role not in _REMARK | _OF_NUMBERS | _CONDITIONAL | {"everyone"}:
                self.unclear.append(item)

    def _add_number(self, item: Item, after: Item | None) -> None:
        self.numbers.append(item.value)
        follows = after is None or after.role in _AFTER_NUMBER or "after_number" in after.kinds
        dangling = after is not None and after.role == "dash" and not after.spaced
        if after is not None and (not follows or (dangling and after.text != "—")):
            self.unclear.append(after)  # "24 jautājumus": something else is counted; "24-" goes on
        if _is_inverted(self.items[:-1]):
            self.roles.add("hedge")
        before = self.items[-2] if len(self.items) > 1 else item
        corrects = "correction" in self.roles and before.text.lower() in {"uz", "to"}
        if "preposition" in before.kinds and not corrects:
            self.unclear.append(before)


def _is_inverted(before: Sequence[Item]) -> bool:
    """Whether people stand before their number, which makes it "about": "человек двадцать"."""
    if any(item.role in {"colon", "dash"} or "counting" in item.kinds for item in before):
        return False
    people = [item for item in before if item.role == "people"]
    beside = bool(before) and before[-1].role == "people"
    return any(re.search("[а-яА-Я]", item.text) for item in people) or (
        beside and before[-1].text.lower() in {"cilvēki", "cilveki"}
    )


def sentences(items: Iterable[Item]) -> Iterator[list[Item]]:
    """The items cut at full stops, question marks and line ends; each with its end."""
    current: list[Item] = []
    for item in items:
        if item.role == "line" and current and current[-1].role == "colon":
            continue  # "1. nodarbība:" and the number on the next line
        current.append(item)
        if item.role in SENTENCE_ENDS:
            yield current
            current = []
    if current:
        yield current


def clauses(sentence: Sequence[Item]) -> list[Clause]:
    """The clauses of a sentence, cut at commas, conjunctions, parentheses and new pairs."""
    found = [Clause("start")]
    for item, after in zip(sentence, [*sentence[1:], None], strict=True):
        if item.role in _CLAUSE_ENDS or (item.role == "colon" and _is_total(found[-1])):
            found.append(Clause(_opening(item)))
        elif item.role not in SENTENCE_ENDS:
            if _begins_pair(found[-1], item):
                found.append(Clause("pair"))
            found[-1].add(item, after)
    return [clause for clause in found if clause.items]


def _opening(item: Item) -> str:
    """What opens a clause; "22, bet 18" are not the numbers of two classes, "22 un 18" are."""
    contrasts = item.role == "conjunction" and "and" not in item.kinds and item.text != "&"
    return "contrast" if contrasts else item.role


def _is_total(clause: Clause) -> bool:
    """Whether a breakdown may follow: "kopā 38: pirmajā 20, otrajā 18"."""
    return clause.has("total") and bool(clause.numbers)


def _begins_pair(clause: Clause, item: Item) -> bool:
    """Whether a clause is complete and the item begins the next: "pirmajā 26 otrajā 20"."""
    if not (clause.references and clause.numbers) or item.role not in {"classes", "number"}:
        return False
    first = next(old.role for old in clause.items if old.role in {"classes", "number"})
    return item.role == first
