"""Matches classes to Zoom accounts wave by wave: those that start together are one matching.

Quick and nearly always as good as can be; `account_board.best_possible` tells whether it was, and
`account_search.py` takes over where it was not.
"""

from collections.abc import Callable, Sequence
from itertools import groupby

import numpy as np
from scipy.optimize import linear_sum_assignment

from rules.account_board import Board, Seats

# Costs of a match, each larger than what all smaller ones add up to in practice: an account more is
# a licence more; a large account is wanted by large classes; a lecturer who stays on one account
# need not sign in anew; and an account at which another lecturer is at home may be wanted back.
_OPENED = 1000
_TOO_LARGE = 50
_OTHER_ACCOUNT = 20
_SOMEONES = 5
_LEFT_OUT = 10**9

Order = Callable[[int], tuple[int, ...]]


def orders(board: Board) -> tuple[Order, ...]:
    """Two orders of waves, neither always better: by time, and the largest classes first."""
    return (
        lambda index: (board.spans[index][0],),
        lambda index: (len(board.choices[index]), board.spans[index][0]),
    )


class _Day:
    """What has been given out so far."""

    def __init__(self, board: Board, kept: Seats) -> None:
        self.board = board
        self.seats: list[int | None] = [None] * len(kept)
        self.booked = [0] * len(board.capacities)
        self.homes: dict[str, int] = {}  # lecturer -> account of the last class
        self.guests = [""] * len(board.capacities)  # account -> lecturer of the last class
        self.tiers = {size: tier for tier, size in enumerate(sorted(set(board.capacities)))}
        for index, account in enumerate(kept):
            if account is not None:
                self.take(index, account)

    def take(self, index: int, account: int) -> None:
        lecturer = self.board.lecturers[index]
        self.seats[index] = account
        self.booked[account] |= 1 << index
        if lecturer:
            self.homes[lecturer] = account
            self.guests[account] = lecturer

    def has_room(self, crowds: Sequence[int], account: int) -> bool:
        booked, slots = self.booked[account], self.board.slots[account]
        return all((booked & crowd).bit_count() < slots for crowd in crowds)

    def cost(self, index: int, account: int) -> int:
        lecturer = self.board.lecturers[index]
        return (
            _OPENED * (not self.booked[account])
            + _TOO_LARGE * self._misfit(index, account)
            + _OTHER_ACCOUNT * (self.homes.get(lecturer, account) != account)
            + _SOMEONES * (self.guests[account] not in {"", lecturer})
        )

    def _misfit(self, index: int, account: int) -> int:
        """Tiers too large; a class of unknown size prefers the largest that nobody else needs."""
        choices, capacities = self.board.choices[index], self.board.capacities
        wanted = choices[0] if self.board.sizes[index] else choices[-1]
        return abs(self.tiers[capacities[account]] - self.tiers[capacities[wanted]])

    def match(self, wave: list[int]) -> None:
        """One matching; of several too many, the larger classes come first."""
        # Real accounts first, then for each class a column of its own for going without.
        width = len(self.booked) + len(wave)
        costs = np.array(
            [[_LEFT_OUT + self.board.sizes[index]] * width for index in wave], dtype=float
        )
        for row, index in enumerate(wave):
            crowds = self.board.crowds(index)
            for account in self.board.choices[index]:
                if self.has_room(crowds, account):
                    costs[row, account] = self.cost(index, account)
        for row, account in zip(*linear_sum_assignment(costs), strict=True):
            if costs[row, account] < _LEFT_OUT:
                self.take(wave[row], int(account))


def by_waves(board: Board, kept: Seats, order: Order) -> Seats:
    """Accounts for all classes that are not kept where they are, as far as there is room.

    An account with several slots takes one class of a wave at a time; the rest of the wave is
    matched again until nobody more finds room.
    """
    day = _Day(board, kept)
    waiting = [index for index, seat in enumerate(kept) if seat is None and board.choices[index]]
    for _, group in groupby(sorted(waiting, key=order), key=order):
        wave = list(group)
        while wave:
            day.match(wave)
            left = [index for index in wave if day.seats[index] is None]
            wave = left if len(left) < len(wave) else []
    return tuple(day.seats)
