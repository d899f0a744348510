"""Merges neighbouring items that mean something together: "1. nodarbība", "no 31", "nevis 26"."""

from collections.abc import Sequence
from dataclasses import replace

from rules.replies.class_names import ClassNames
from rules.replies.items import Item
from rules.replies.ordinals import is_year_of_study

_LONGEST_CODE = 3  # letters


def merged(items: Sequence[Item], names: ClassNames) -> list[Item]:
    """The items with the roles that their neighbours give them."""
    found: list[Item] = []
    for at, item in enumerate(items):
        after = items[at + 1] if at + 1 < len(items) else None
        before = found[-1] if found else None
        if item.role == "instead_after" and before is not None and before.role == "number":
            found[-1] = replace(before, role="former")  # "26 vietā"
        else:
            is_code = item.role == "number" and _ends_code(item, found)
            found.append(
                replace(item, role="odd") if is_code else _merged(item, before, after, names)
            )
    return found


def _ends_code(item: Item, before: Sequence[Item]) -> bool:
    """Whether a number is the end of a code, such as a group that was not asked for: "IT-2"."""
    if len(before) < 2 or item.spaced or before[-1].role != "dash" or before[-1].spaced:
        return False
    return len(before[-2].text) <= _LONGEST_CODE and before[-2].role != "classes"


def _merged(item: Item, before: Item | None, after: Item | None, names: ClassNames) -> Item:
    match item.role:
        case "ordinal":
            return _ordinal(item, after, names)
        case "number":
            return replace(item, role=_role_of_number(item, before, after))
        case "pair":
            # "1. pārī" is a class, "pāris" alone a couple.
            is_class = before is not None and before.role in {"classes", "every_class"}
            return replace(item, role="class_noun" if is_class else "hedge")
        case "of" if before is not None and before.role == "number" and before.value == 1:
            # "One of the students": nobody was counted.
            is_whole = after is not None and after.role == "number"
            return item if is_whole else replace(item, role="unknown")
        case "instead":
            is_next = after is not None and after.role == "number"
            return replace(item, role="former_mark" if is_next else "unknown")
        case _:
            is_year = before is not None and before.role == "year" and is_year_of_study(item.text)
            return replace(item, role="year") if is_year else item


def _ordinal(item: Item, after: Item | None, names: ClassNames) -> Item:
    if after is not None and "group_noun" in after.kinds:
        return replace(item, role="classes", ids=names.nth_group(item.value))
    is_year = after is not None and is_year_of_study(after.text)
    return replace(item, role="year" if is_year else "classes")


def _role_of_number(item: Item, before: Item | None, after: Item | None) -> str:
    if after is not None and after.role == "unit":
        return "duration"
    if before is None:
        return "number"
    if item.text == "one" and before.role == "classes":
        return "class_noun"  # "the second one"
    is_negative = before.role == "dash" and before.spaced and not item.spaced
    if is_negative or before.role == "slash":
        return "odd"  # "-5", "/2"; but "- 26" is a list, "lekcija-26" a dash
    return {"former_mark": "former", "of": "whole"}.get(before.role, "number")
