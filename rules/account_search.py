"""The exact search for accounts, for days on which matching by waves is not provably best.

Eligibility by capacity makes the question NP-hard in general (Kolen, Lenstra, Papadimitriou,
Spieksma: "Interval scheduling: a survey"), but a study day is small: an integer program over
(class, account) pairs is solved in well under a second. It runs without a clock: its limits are
counted in pairs and nodes, so the same day always gets the same answer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from rules.account_board import Board, Seats

PAIR_LIMIT = 8_000  # larger days keep the answer of the waves
_NODE_LIMIT = 500
_TOLERANCE = 1e-6

Row = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Program:
    """Variables: one for each pair, then one for each account (in use or not)."""

    pairs: tuple[tuple[int, int], ...]
    rows: csr_array
    upper: Row

    def best(self, goal: Row, bounds: list[LinearConstraint]) -> Row | None:
        """The variables that make `goal` least, or None when the search gave up."""
        answer = milp(
            goal,
            constraints=[LinearConstraint(self.rows, -np.inf, self.upper), *bounds],
            integrality=np.ones_like(goal),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0, "node_limit": _NODE_LIMIT},
        )
        return None if answer.x is None else np.round(answer.x)


def search(board: Board) -> Seats | None:
    """The best assignment, its aims one after the other; None for a day too large to search.

    As many classes as possible; then as many as possible where their meeting is; then as many
    students as possible; then the fewest accounts, none larger than needed.
    """
    pairs = tuple(
        (index, account) for index, choices in enumerate(board.choices) for account in choices
    )
    if not pairs or len(pairs) > PAIR_LIMIT:
        return None
    program = _program(board, pairs)
    found: Row | None = None
    bounds: list[LinearConstraint] = []
    for goal in _goals(board, pairs):
        if not goal.any():
            continue
        better = program.best(goal, bounds)
        if better is None:
            break
        found = better
        bounds.append(LinearConstraint(goal[np.newaxis, :], -np.inf, goal @ found + _TOLERANCE))
    return None if found is None else _seats(board, pairs, found)


def _seats(board: Board, pairs: tuple[tuple[int, int], ...], found: Row) -> Seats:
    chosen = {index: account for (index, account), x in zip(pairs, found, strict=False) if x}
    return tuple(chosen.get(index) for index in range(len(board.spans)))


def _program(board: Board, pairs: tuple[tuple[int, int], ...]) -> _Program:
    """Each class at most once; at each crowded moment an account hosts what its slots allow."""
    crowds = _largest(board)
    entries = [(index, column, 1.0) for column, (index, _) in enumerate(pairs)]
    upper = [1.0] * len(board.spans)
    for crowd in crowds:
        for account, slots in enumerate(board.slots):
            entries.append((len(upper) + account, len(pairs) + account, -float(slots)))
        entries += [
            (len(upper) + account, column, 1.0)
            for column, (index, account) in enumerate(pairs)
            if crowd >> index & 1
        ]
        upper += [0.0] * len(board.slots)
    rows, columns, values = zip(*entries, strict=True)
    shape = (len(upper), len(pairs) + len(board.slots))
    return _Program(pairs, csr_array((values, (rows, columns)), shape=shape), np.array(upper))


def _largest(board: Board) -> list[int]:
    """The moments whose crowd is not part of a larger one; the others follow from them."""
    crowds = sorted(set(board.moments))
    return [
        crowd
        for crowd in crowds
        if not any(crowd != other and crowd & other == crowd for other in crowds)
    ]


def _goals(board: Board, pairs: tuple[tuple[int, int], ...]) -> list[Row]:
    """What to make least, the most important first."""
    in_use = [0.0] * len(board.slots)
    placed = [-1.0 for _ in pairs]
    kept = [-float(board.pins[index] == account) for index, account in pairs]
    students = [-float(board.sizes[index]) for index, _ in pairs]
    tidy = 1 / (1 + len(board.spans) * len(board.slots))
    waste = [tidy * _misfit(board, index, account) for index, account in pairs]
    return [
        np.array(placed + in_use),
        np.array(kept + in_use),
        np.array(students + in_use),
        np.array(waste + [1.0] * len(board.slots)),
    ]


def _misfit(board: Board, index: int, account: int) -> int:
    """Accounts passed over; from below for a known size, from above for an unknown one."""
    choices = board.choices[index]
    place = choices.index(account)
    return place if board.sizes[index] else len(choices) - 1 - place
