"""Ties references to numbers: a class named in one clause, its number in the next."""

from collections.abc import Sequence

from rules.replies.clauses import Clause
from rules.replies.reading import Reading
from rules.replies.reasons import Reason


def tied(parts: Sequence[Clause], reading: Reading) -> list[Clause]:
    """Clauses that name a class without a number, joined to the clause that has the number.

    "Ķīmijā, 1. nodarbībā, 26" narrows down; "pirmajā un otrajā pa 21" adds up; what cannot be
    joined is a class without a number, and a doubt.
    """
    found: list[Clause] = []
    waiting: list[Clause] = []
    for part in parts:
        if _only_names(part):
            if waiting or not found or not _belongs_to(found[-1], part):
                waiting.append(part)
            else:
                _merge(found[-1], part)
        else:
            if waiting and part.counts:
                _attach(waiting, part, reading)
                waiting = []
            found.append(part)
    _leave(waiting, reading)
    return found


def _only_names(part: Clause) -> bool:
    return bool(part.references) and not part.counts


def _belongs_to(before: Clause, part: Clause) -> bool:
    """Whether a reference after a number is the number's own: "21 (1. nodarbība)"."""
    if not before.numbers or part.has("event"):
        return False
    if before.ids is None:
        return part.opened_by == "open"
    return bool(before.ids & (part.ids or frozenset()))


def _merge(before: Clause, part: Clause) -> None:
    before.references += part.references
    before.items += part.items
    before.roles |= part.roles
    before.unclear += part.unclear


def _attach(waiting: Sequence[Clause], part: Clause, reading: Reading) -> None:
    named = [clause.ids or frozenset() for clause in waiting]
    part.former += [number for clause in waiting for number in clause.former]
    if part.has("each") and not part.has("every_class"):
        part.references = [frozenset.union(part.ids or frozenset(), *named)]
        part.roles.add("summed")
    elif frozenset.intersection(*named, *([part.ids] if part.ids is not None else [])):
        part.references += named
        part.items[:0] = [item for clause in waiting for item in clause.items]
    else:
        _leave(waiting, reading)


def _leave(waiting: Sequence[Clause], reading: Reading) -> None:
    for clause in waiting:
        if clause.ids and clause.has("event", "absent", "not_present", "listed"):
            reading.remarked |= clause.ids
        else:
            reading.doubt(Reason.WHICH_CLASS, clause.text)
