"""The day's classes and Zoom accounts as numbers, with what can be proved about them.

Sets of classes are bit masks, so that "who runs at this moment" is one operation. Choosing
accounts is `account_waves.py` and `account_search.py`; words and addresses are `zoom_accounts.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Seats = tuple[int | None, ...]  # for each class its account, or None


@dataclass(frozen=True, slots=True)
class Board:
    """Classes in order of start, accounts in order of capacity; both known by their index."""

    spans: tuple[tuple[int, int], ...]  # start, and when the account is free again (seconds)
    sizes: tuple[int, ...]  # 0: unknown
    lecturers: tuple[str, ...]
    capacities: tuple[int, ...]
    slots: tuple[int, ...]  # classes that an account hosts at once
    choices: tuple[tuple[int, ...], ...]  # for each class the accounts that are large enough
    pins: Seats  # the account that already holds the class's meeting, if it is large enough
    moments: tuple[int, ...]  # for each class, the mask of those that run at its start

    def crowds(self, index: int) -> list[int]:
        """The masks of all moments at which somebody starts while this class runs."""
        bit = 1 << index
        return [mask for mask in set(self.moments) if mask & bit]

    def peak(self, classes: int) -> int:
        """The largest number of these classes (a mask) that run at once."""
        return max(((mask & classes).bit_count() for mask in self.moments), default=0)

    def at_least(self, size: int) -> int:
        """The mask of the classes of that size or more."""
        return mask_of(index for index, own in enumerate(self.sizes) if own >= size)

    def places(self, size: int) -> int:
        """How many classes of that size the whole pool hosts at once."""
        pairs = zip(self.capacities, self.slots, strict=True)
        return sum(slots for capacity, slots in pairs if capacity >= size)


def mask_of(indices: Iterable[int]) -> int:
    """The set as a bit mask."""
    mask = 0
    for index in indices:
        mask |= 1 << index
    return mask


def moments_of(spans: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """For each class the mask of the classes that run at its start; touching is free."""
    return tuple(
        mask_of(index for index, (begin, end) in enumerate(spans) if begin <= start < end)
        for start, _ in spans
    )


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """What an assignment costs, the worst first: lower is better."""

    unassigned: int
    moved: int
    accounts: int


def score(board: Board, seats: Seats) -> Score:
    """Counts what is left out, what left the account of its meeting, and the accounts in use."""
    moved = sum(
        pin is not None and pin != seat for pin, seat in zip(board.pins, seats, strict=True)
    )
    return Score(seats.count(None), moved, len({seat for seat in seats if seat is not None}))


def changes(board: Board, seats: Seats) -> int:
    """How often a lecturer's next class is on another account than the one before."""
    last: dict[str, int] = {}
    count = 0
    for lecturer, seat in zip(board.lecturers, seats, strict=True):
        if lecturer and seat is not None:
            count += last.get(lecturer, seat) != seat
            last[lecturer] = seat
    return count


def keepable(board: Board) -> Seats:
    """The most meetings that can stay where they are, were there no other classes.

    Accounts do not disturb one another here, so the most for each is the most for all. On one
    account the largest set is had by dropping, wherever too many run, the one that ends last.
    """
    seats: list[int | None] = list(board.pins)
    for account, slots in enumerate(board.slots):
        held = 0
        for index in [index for index, pin in enumerate(board.pins) if pin == account]:
            held |= 1 << index
            running = held & board.moments[index]
            if running.bit_count() > slots:
                dropped = max(_members(running), key=lambda each: (board.spans[each][1], each))
                held ^= 1 << dropped
                seats[dropped] = None
    return tuple(seats)


def _members(mask: int) -> list[int]:
    return [index for index in range(mask.bit_length()) if mask >> index & 1]


def best_possible(board: Board) -> Score:
    """No assignment can be better than this; one that is as good needs no further search.

    For every size, the classes of at least that size that run at once need so many accounts of at
    least that capacity. An account whose meetings can stay is in use whatever else happens.
    """
    kept = keepable(board)
    overlap = max((_fewest(board, size) for size in {0, *board.sizes}), default=0)
    staying = {seat for seat in kept if seat is not None}
    moved = kept.count(None) - board.pins.count(None)
    return Score(board.choices.count(()), moved, max(overlap, len(staying)))


def _fewest(board: Board, size: int) -> int:
    """The fewest accounts of at least that capacity that hold the peak of such classes."""
    placeable = mask_of(index for index, choices in enumerate(board.choices) if choices)
    crowd = board.peak(board.at_least(size) & placeable)
    pairs = zip(board.capacities, board.slots, strict=True)
    largest_first = sorted((slots for capacity, slots in pairs if capacity >= size), reverse=True)
    used = 0
    for slots in largest_first:
        if crowd <= 0:
            break
        crowd -= slots
        used += 1
    return used
