"""What the clauses of a sentence state: a number, a former number, absentees, or a doubt."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rules.replies.class_names import ClassNames
from rules.replies.clauses import Clause
from rules.replies.folding import fold
from rules.replies.items import Item
from rules.replies.reading import Reading, Statement
from rules.replies.reasons import Reason

# What may stand beside "nobody": "neviena kļūda" and "nobody confirmed" speak of something else.
_ABOUT_NOBODY = frozenset({
    "address", "apology", "classes", "class_noun", "clock", "colon", "dash", "date", "every_class",
    "filler", "greeting", "name", "nobody", "nobody_en", "not_present", "number", "of", "people",
    "present", "smile", "total", "whole",
})  # fmt: skip
_BY = frozenset({"par", "by", "на", "o"})
_GROUP = re.compile("grup|group|групп")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its line, and the class beside which it was written, if any."""

    names: ClassNames
    reading: Reading
    line: int
    only: frozenset[str] | None


def state(parts: Sequence[Clause], place: Place) -> None:
    """Adds to the reading what each clause states."""
    previous: Clause | None = None
    for part in parts:
        place.reading.former += part.former
        _state_clause(part, previous, place)
        previous = part if part.counts else previous


def _state_clause(part: Clause, previous: Clause | None, place: Place) -> None:
    reading = place.reading
    if part.has("nobody", "nobody_en"):
        _state_nobody(part, place)
    elif part.has("not_present", "absent", "listed"):
        _pass_beside(part, place)
    elif part.has("aside"):
        _set_aside(part, reading)
    elif part.has("stated"):
        reading.former += part.numbers
    elif not part.numbers:
        _pass_remark(part, reading)
    elif len(part.numbers) > 1:
        reading.doubt(Reason.COMPETING, part.text)
    elif previous is not None and _repeats(part):
        _check_repetition(part, previous, reading)
    else:
        _state_number(part, part.numbers[0], place)


def _pass_remark(part: Clause, reading: Reading) -> None:
    if not (part.is_remark or part.former or part.whole):
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)


def _pass_beside(part: Clause, place: Place) -> None:
    """Absentees and people on the list: not counted, but not more than one number either."""
    reading = place.reading
    if part.has("listed"):
        reading.listed += part.numbers
        _doubt_by_list(part, place)
    else:
        reading.missing += part.numbers
    if len(part.numbers) > 1 or part.has("conclude", "total", "each", "every_class", "everyone"):
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)


def _doubt_by_list(part: Clause, place: Place) -> None:
    """A count by a list, "pēc saraksta 23", competes unless it is the size of the group."""
    sizes = {question.enrolled for question in place.names.classes}
    if any(fold(item.text) == "pec" for item in part.items) and set(part.numbers) - sizes:
        place.reading.doubt(Reason.COMPETING, part.text)


def _set_aside(part: Clause, reading: Reading) -> None:
    """A number at the start, of guests, of those who left: competes unless the writer concludes."""
    reading.asides += part.numbers
    if part.has("conclude") or not part.numbers:
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)


def _repeats(part: Clause) -> bool:
    """Whether a number in parentheses says the one before it again: "divdesmit pieci (25)"."""
    alone = part.roles <= {"number", "people"} and not part.references
    return part.opened_by == "open" and alone


def _check_repetition(part: Clause, previous: Clause, reading: Reading) -> None:
    if previous.numbers != part.numbers:
        reading.doubt(Reason.COMPETING, part.text)


def _state_nobody(part: Clause, place: Place) -> None:
    """Zero, if the negations agree: "neviens neieradās", "nobody came", "otrajā neviens"."""
    negates_twice = part.has("nobody") and not part.has("nobody_en")
    strange = not part.roles <= _ABOUT_NOBODY or _speaks_of_else(part) or any(part.numbers)
    if negates_twice:
        strange |= part.has("present") and not part.has("not_present")
    else:
        strange |= part.has("not_present")
    if strange:
        place.reading.doubt(Reason.NOT_UNDERSTOOD, part.text)
        return
    part.roles -= {"nobody", "nobody_en", "not_present"}
    _state_number(part, 0, place)


def _speaks_of_else(part: Clause) -> bool:
    """Such as "neviena nodarbība", "nobody counted"."""
    following = zip(part.items, part.items[1:], strict=False)
    named = any(
        item.role in {"nobody", "nobody_en"} and _is_what_there_was_none_of(item, after)
        for item, after in following
    )
    return named or any("not_of_nobody" in item.kinds for item in part.items)


def _is_what_there_was_none_of(nobody: Item, after: Item) -> bool:
    if after.role in {"class_noun", "group_noun"}:
        return nobody.text.lower() not in {"neviens", "никто", "nobody"}
    return after.role == "filler" and after.kinds.isdisjoint({"after_number", "beside_nobody"})


def _state_number(part: Clause, number: int, place: Place) -> None:
    reading = place.reading
    if not part.is_plain or _may_be_the_fault(part):
        reading.doubt(Reason.NOT_UNDERSTOOD, part.text)
    if part.whole and (len(part.whole) > 1 or part.whole[0] < number):
        reading.doubt(Reason.IMPOSSIBLE, part.text)
    reading.whole += part.whole
    ids = _meant(part, place)
    if part.has("total") and ids is None:
        reading.totals.append(number)
        return
    reading.statements.append(
        Statement(
            number,
            ids,
            each=part.has("each", "every_class", "summed"),
            line=place.line,
            link=part.opened_by,
            words=part.text,
            noun=next((fold(item.text)[:4] for item in part.items if item.role == "people"), ""),
            is_part=part.has("some_people") or _is_of_some_groups(part, place.names),
            concluded=part.has("conclude"),
        )
    )


def _may_be_the_fault(part: Clause) -> bool:
    """Whether the number may be what was wrong, or by how much: "22 ir kļūda", "kļūdījos par 2"."""
    if part.has("fault") and not part.has("correction", "should", "former"):
        return not _is_told_after(part)
    before = zip(part.items, part.items[1:], strict=False)
    by = any(item.text.lower() in _BY and after.role == "number" for item, after in before)
    return by and part.has("fault", "correction", "should")


def _is_told_after(part: Clause) -> bool:
    """Whether the fault is admitted first, and then it is told how it was: "kļūdījos - bija 29"."""
    roles = [item.role for item in part.items]
    end = next((at for at, role in enumerate(roles) if role in {"colon", "dash"}), len(roles))
    told = roles[end + 1 : roles.index("number")] if "number" in roles else []
    return "fault" in roles[:end] and not {"classes", "present"}.isdisjoint(told)


def _is_of_some_groups(part: Clause, names: ClassNames) -> bool:
    """Whether a class of several groups is named by some of them only."""
    codes = {item.group for item in part.items if item.group}
    otherwise = any(item.role == "classes" and not item.group for item in part.items)
    if not codes or otherwise:
        return False
    return any(not names.groups_of(class_id) <= codes for class_id in part.ids or ())


def _meant(part: Clause, place: Place) -> frozenset[str] | None:
    """The classes of a number: those named, all for "each", else the one it was written beside."""
    ids = part.ids
    if ids is None and _is_for_every_class(part):
        return _every_class(part, place)
    if ids is None and part.has("year") and len(place.names.classes) > 1 and place.only is None:
        return frozenset()
    if place.only is None:
        return ids
    return place.only if ids is None else ids & place.only


def _is_for_every_class(part: Clause) -> bool:
    """Whether a number is meant for each class; a mere "pa 21" does not say so."""
    said = {item.text.lower() for item in part.items if item.role in {"each", "every_class"}}
    return bool(said - {"pa", "по"}) and not part.has("total")


def _every_class(part: Clause, place: Place) -> frozenset[str]:
    says_both = any(map(_is_both, part.items))
    by_group = _GROUP.search(fold(part.text)) is not None and place.names.has_joint_class
    if by_group or _attended_all(part) or (says_both and len(place.names.classes) != 2):
        return frozenset()
    return place.names.all_ids


def _attended_all(part: Clause) -> bool:
    """Whether those may be counted who came every time: "12 attended both"."""
    roles = [item.role for item in part.items]
    if "number" not in roles or "every_class" not in roles:
        return False
    between = roles[roles.index("number") : roles.index("every_class")]
    return "present" in between


def _is_both(item: Item) -> bool:
    return item.role == "every_class" and item.text.lower().startswith(("ab", "both", "об"))
