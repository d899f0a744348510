"""From items to clauses: the pieces of a sentence that can each hold one number of attendees.

What clauses say together is worked out in `statements.py`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rules.replies.class_names import ClassNames
from rules.replies.items import Item

SENTENCE_ENDS = frozenset({"stop", "query", "line"})
_CLAUSE_ENDS = frozenset({"comma", "semicolon", "conjunction", "open", "close"})
# Roles that may stand beside a number without changing it.
_QUIET = frozenset(
    [
        "present",
        "people",
        "filler",
        "polite_count",
        "apology",
        "class_noun",
        "group_noun",
        "name",
        "greeting",
        "address",
        "date",
        "smile",
        "percent",
        "clock",
        "confirm",
        "colon",
        "dash",
        "slash",
        "each",
        "every_class",
        "total",
        "conclude",
        "correction",
        "year",
    ]
)
# Roles of remarks, clauses without any number.
_REMARK = _QUIET | frozenset(
    ["time", "event", "chat", "polite", "duration", "link", "of", "weekday"]
)
_YEAR = re.compile(r"kurs\w{0,4}|курс\w{0,3}", re.IGNORECASE)


@dataclass(slots=True)
class Clause:
    """A clause while it is built, then as it is read: numbers by what they are of."""

    opened_by: str
    items: list[Item] = field(default_factory=list)
    references: list[frozenset[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    former: list[int] = field(default_factory=list)  # "nevis 26": what was said before
    whole: list[int] = field(default_factory=list)  # "no 31": the size of the group
    roles: set[str] = field(default_factory=set)
    odd: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(item.text for item in self.items)

    @property
    def ids(self) -> frozenset[str] | None:
        """The classes that all references together can mean; None without any reference."""
        return frozenset.intersection(*self.references) if self.references else None

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


def join(items: Sequence[Item], names: ClassNames) -> list[Item]:
    """Merges items that mean something together: ordinals with their nouns, "no 31", "nevis 26"."""
    found: list[Item] = []
    for at, item in enumerate(items):
        after = items[at + 1] if at + 1 < len(items) else None
        before = found[-1] if found else None
        found.append(_joined(item, before, after, names))
        if found[-1].role == "former_after" and before is not None:
            found[-2:] = [replace(before, role="former")]
    return found


def _joined(item: Item, before: Item | None, after: Item | None, names: ClassNames) -> Item:
    if item.role == "ordinal":
        return _ordinal(item, after, names)
    if item.role == "number":
        if item.text == "one" and before is not None and before.role == "classes":
            return replace(item, role="class_noun")  # "the second one"
        return _number(item, before, after)
    if item.role == "pair":
        said = before is not None and before.kinds & {"first", "second", "third", "every_class"}
        ordinal = said or (before is not None and before.role == "classes")
        return replace(item, role="class_noun" if ordinal else "hedge")
    if item.role == "instead_after":
        is_number = before is not None and before.role == "number"
        return replace(item, role="former_after" if is_number else "unknown")
    if item.role in {"instead", "not"}:
        is_next = after is not None and after.role == "number"
        return replace(item, role="former_mark" if is_next else "unknown")
    if _YEAR.fullmatch(item.text) and before is not None and before.role == "year":
        return replace(item, role="year")
    return item


def _ordinal(item: Item, after: Item | None, names: ClassNames) -> Item:
    if after is not None and "group_noun" in after.kinds:
        return replace(item, role="classes", ids=names.nth_group(item.value))
    if after is not None and _YEAR.fullmatch(after.text):
        return replace(item, role="year")
    return replace(item, role="classes")


def _number(item: Item, before: Item | None, after: Item | None) -> Item:
    if after is not None and after.role == "unit":
        return replace(item, role="duration")
    if before is None:
        return item
    if before.role == "former_mark":
        return replace(item, role="former")
    if before.role == "of":
        return replace(item, role="whole")
    if before.role == "dash" and before.spaced and not item.spaced:
        return replace(item, role="odd")  # "-5" is negative; "- 26" is a list, "lekcija-26" a dash
    return item


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
    for at, item in enumerate(sentence):
        if item.role in _CLAUSE_ENDS:
            found.append(Clause(item.role))
        elif item.role not in SENTENCE_ENDS:
            if _begins_pair(found[-1], item):
                found.append(Clause("pair"))
            _add(found[-1], item, sentence[at + 1] if at + 1 < len(sentence) else None)
    return [clause for clause in found if clause.items]


def _begins_pair(clause: Clause, item: Item) -> bool:
    """Whether a clause is complete and the item begins the next one: "pirmajā 26 otrajā 20"."""
    if not (clause.references and clause.numbers) or item.role not in {"classes", "number"}:
        return False
    first = next(old.role for old in clause.items if old.role in {"classes", "number"})
    return item.role == first


def _add(clause: Clause, item: Item, after: Item | None) -> None:
    clause.items.append(item)
    clause.roles.add(item.role)
    match item.role:
        case "classes":
            clause.references.append(item.ids)
        case "number":
            clause.numbers.append(item.value)
            if after is not None and not _may_follow(after):
                clause.odd.append(after)
            if _is_inverted(clause):
                clause.roles.add("hedge")
        case "former":
            clause.former.append(item.value)
        case "whole":
            clause.whole.append(item.value)
        case _:
            pass
    if not _is_explained(item):
        clause.odd.append(item)


def _is_inverted(clause: Clause) -> bool:
    """Russian says "человек двадцать" for about twenty."""
    if len(clause.items) < 2:
        return False
    before = clause.items[-2]
    return before.role == "people" and bool(re.search("[а-яё]", before.text.lower()))


def _may_follow(after: Item) -> bool:
    """Whether something may stand right after a number that counts people."""
    ends = SENTENCE_ENDS | _CLAUSE_ENDS
    fits = after.role in ends or after.role in {
        "people", "present", "classes", "of", "each", "every_class", "total", "former_mark",
        "not_present", "absent", "smile", "colon", "dash", "name", "hedge", "not_held", "confirm",
        "instead_after", "aside", "listed", "percent", "greeting", "date", "year", "number",
    }  # fmt: skip
    return fits or "after_number" in after.kinds


def _is_explained(item: Item) -> bool:
    return item.role in _REMARK or item.role in {
        "classes", "number", "former", "former_mark", "whole", "not_present", "absent", "nobody",
        "nobody_en", "stated", "aside", "listed", "only_so_far", "unit",
    }  # fmt: skip


def is_plain(clause: Clause) -> bool:
    """Whether everything beside the clause's number leaves the number as it is."""
    return clause.roles <= _QUIET | {
        "number",
        "classes",
        "former",
        "former_mark",
        "whole",
        "of",
    } | {"only_so_far"}


def is_remark(clause: Clause) -> bool:
    """Whether the clause says nothing about numbers or particular classes."""
    return clause.roles <= _REMARK
