"""Assigns a whole study day's online classes to the pool of Zoom accounts.

Source: process description, step 2 ("Studiju dienas plānā nodarbībām nozīmē ZOOM kontus").
Making the meetings is `integrations/zoom.py`; the proof of the least number of accounts is
`account_board.py`, the matching `account_waves.py`, the exact search `account_search.py`, and what
to do about too few accounts `account_shortage.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from rules.account_board import (
    Board,
    Seats,
    best_possible,
    changes,
    keepable,
    moments_of,
    score,
)
from rules.account_search import search
from rules.account_shortage import Missing, Shortage, overlap_deficit, reason, remedy
from rules.account_waves import by_waves, orders
from rules.people import Language
from rules.timetable import ZoomAccount

__all__ = ["Assignment", "ClassNeed", "Shortage", "assign_accounts"]


@dataclass(frozen=True, slots=True)
class ClassNeed:
    """An online class that needs an account. Times are aware; they are shown as they are given.

    `size` is the number of students, None where a group's students are not known; `lecturer` the
    key of the first lecturer or ""; `current` the e-mail of the account that holds its meeting.
    """

    class_id: str
    start: datetime
    end: datetime
    lecturer: str
    size: int | None
    current: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Class id -> e-mail of its account, and the classes for which there is none."""

    accounts: Mapping[str, str]
    unassigned: tuple[Shortage, ...]


def assign_accounts(
    needs: Sequence[ClassNeed], accounts: Sequence[ZoomAccount], buffer: timedelta
) -> Assignment:
    """Accounts for all classes of a day; the same input, in any order, gives the same answer.

    In this order: as many classes as possible get an account that is large enough and free until
    `buffer` after the class; meetings stay where they are; where some must go without, the most
    students are served; as few accounts as possible are used; lecturers stay on one account.

    A class of unknown size fits every account and takes the largest that nobody else needs: asking
    for the largest would take room from classes known to need it, and one of the smallest would
    shut students out. Never raises; what cannot be had is in `unassigned` with its remedy.
    """
    ordered = sorted(needs, key=lambda need: (*_seconds(need), need.class_id))
    pool = sorted(accounts, key=lambda account: (account.capacity, account.email))
    board = _board(ordered, pool, buffer)
    seats = _solve(board)
    given = {
        need.class_id: pool[seat].email
        for need, seat in zip(ordered, seats, strict=True)
        if seat is not None
    }
    if None not in seats:
        return Assignment(MappingProxyType(given), ())
    missing = _missing([_as_bought(need, pool) for need in ordered], pool, buffer)
    starts = [need.start for need in ordered]
    latvian, english = remedy(missing, starts), remedy(missing, starts, Language.ENGLISH)
    left = tuple(
        Shortage(need.class_id, reason(board, index), latvian, english)
        for index, need in enumerate(ordered)
        if seats[index] is None
    )
    return Assignment(MappingProxyType(given), left)


def _seconds(need: ClassNeed) -> tuple[int, int]:
    """Start and end since the epoch: local times would lie when the clocks change."""
    return round(need.start.timestamp()), round(need.end.timestamp())


def _size(need: ClassNeed) -> int:
    """The size as the board has it: 0 is unknown, so a class known to be empty counts one."""
    return 0 if need.size is None else max(need.size, 1)


def _board(ordered: Sequence[ClassNeed], pool: Sequence[ZoomAccount], buffer: timedelta) -> Board:
    pause = round(buffer.total_seconds())
    spans = tuple((start, end + pause) for start, end in map(_seconds, ordered))
    by_email = {account.email: index for index, account in enumerate(pool)}
    choices = tuple(
        tuple(index for index, account in enumerate(pool) if account.capacity >= _size(need))
        for need in ordered
    )
    current = [by_email.get(need.current or "") for need in ordered]
    return Board(
        spans=spans,
        sizes=tuple(map(_size, ordered)),
        lecturers=tuple(need.lecturer for need in ordered),
        capacities=tuple(account.capacity for account in pool),
        slots=tuple(account.concurrent for account in pool),
        choices=choices,
        pins=tuple(
            pin if pin in fitting else None for pin, fitting in zip(current, choices, strict=True)
        ),
        moments=moments_of(spans),
    )


def _solve(board: Board) -> Seats:
    """By waves; where that is not provably best, by the exact search, then tidied."""
    kept = keepable(board)
    found = [by_waves(board, kept, order) for order in orders(board)]
    best = min(found, key=lambda seats: _cost(board, seats))
    if score(board, best) <= best_possible(board):
        return best
    exact = search(board)
    if exact is None:
        return best
    return min((exact, *_tidied(board, exact), best), key=lambda seats: _cost(board, seats))


def _cost(board: Board, seats: Seats) -> tuple[int, ...]:
    """The aims of `assign_accounts` in their order, as numbers to make small."""
    found = score(board, seats)
    served = sum(size for size, seat in zip(board.sizes, seats, strict=True) if seat is not None)
    return found.unassigned, found.moved, -served, found.accounts, changes(board, seats)


def _tidied(board: Board, exact: Seats) -> list[Seats]:
    """The same accounts and kinds of account, matched anew so that lecturers change less."""
    kinds = list(zip(board.capacities, board.slots, strict=True))
    in_use = sorted({seat for seat in exact if seat is not None})
    choices = tuple(
        () if seat is None else tuple(each for each in in_use if kinds[each] == kinds[seat])
        for seat in exact
    )
    kept = tuple(pin if seat == pin else None for seat, pin in zip(exact, board.pins, strict=True))
    narrowed = replace(board, choices=choices)
    return [by_waves(narrowed, kept, order) for order in orders(narrowed)]


def _as_bought(need: ClassNeed, pool: Sequence[ZoomAccount]) -> ClassNeed:
    """The class as the remedy counts it: sizes as accounts have them, whoever is where now."""
    if need.size is None:
        return replace(need, current=None)
    fitting = (account.capacity for account in pool if account.capacity >= _size(need))
    return replace(need, current=None, size=next(fitting, need.size))


def _missing(
    ordered: Sequence[ClassNeed], pool: Sequence[ZoomAccount], buffer: timedelta
) -> list[Missing]:
    """The accounts to add so that nobody goes without: what overlaps demand, tried and completed."""
    missing = overlap_deficit(_board(ordered, pool, buffer))
    while True:
        added = [ZoomAccount(f"+{n}", each.capacity) for n, each in enumerate(missing)]
        larger = sorted([*pool, *added], key=lambda account: (account.capacity, account.email))
        board = _board(ordered, larger, buffer)
        left = [index for index, seat in enumerate(_solve(board)) if seat is None]
        if not left:
            return missing
        largest = max(left, key=lambda index: board.sizes[index])
        missing.append(Missing(board.sizes[largest], largest))
