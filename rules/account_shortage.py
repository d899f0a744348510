"""Too few Zoom accounts: why a class has none, and the smallest remedy for the day.

The numbers come from the board; whether the remedy suffices is tried out by `zoom_accounts.py`.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rules.account_board import Board
from rules.people import Language
from rules.wording import clock


@dataclass(frozen=True, slots=True)
class Shortage:
    """A class without an account.

    `reason` is a code with its numbers ("too_few_accounts wanted=4 available=3"); `remedy` says in
    Latvian what would do for the whole day, `remedy_en` the same in English.
    """

    class_id: str
    reason: str
    remedy: str
    remedy_en: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """One account that is missing: for at least so many people, at the start of that class."""

    capacity: int
    index: int


def overlap_deficit(board: Board) -> list[Missing]:
    """The accounts without which the day cannot be, the largest first.

    At every size: as many as the classes of at least that size that run at once exceed the places
    of that size, less the larger accounts already asked for.
    """
    missing: list[Missing] = []
    for size in sorted(set(board.sizes), reverse=True):
        crowd = board.at_least(size)
        counts = [(moment & crowd).bit_count() for moment in board.moments]
        lacking = max(counts) - board.places(size) - len(missing)
        missing += [Missing(size, counts.index(max(counts)))] * lacking
    return missing


def reason(board: Board, index: int) -> str:
    """Why that class has no account, as a code with the numbers that matter."""
    size = board.sizes[index]
    if not board.capacities:
        return "no_accounts"
    if not board.choices[index]:
        return f"too_large size={size} largest={board.capacities[-1]}"
    crowd = board.at_least(size)
    wanted = max((moment & crowd).bit_count() for moment in board.crowds(index))
    available = board.places(size)
    code = "too_few_accounts" if wanted > available else "no_account_free_throughout"
    return f"{code} wanted={wanted} available={available}"


def remedy(
    missing: Sequence[Missing], starts: Sequence[datetime], language: Language = Language.LATVIAN
) -> str:
    """The accounts to add, in one sentence: how many, how large, when."""
    counted = Counter((each.capacity, starts[each.index]) for each in missing)
    parts = [
        _part(count, capacity, start, language) for (capacity, start), count in counted.items()
    ]
    opening = (
        "More ZOOM accounts are needed"
        if language is Language.ENGLISH
        else "Papildus vajadzīgie ZOOM konti"
    )
    return f"{opening}: {'; '.join(parts)}."


def _part(count: int, capacity: int, start: datetime, language: Language) -> str:
    if language is Language.ENGLISH:
        size = f"capacity at least {capacity}" if capacity else "any capacity"
        return f"{count} ({size}, at {clock(start)})"
    size = f"ietilpība vismaz {capacity}" if capacity else "jebkura ietilpība"
    return f"{count} ({size}, plkst. {clock(start)})"
