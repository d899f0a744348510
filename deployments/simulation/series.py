"""Many experiments shared among processes; each has a deadline, and none can hold up the others.

What an experiment is, is not known here: a function of a seed, and how to tell that it never ended.
"""

import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from typing import Generic, TypeVar

from deployments.simulation.processes import Child, fork

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Experiments(Generic[R]):
    """How one is made, what stands for one that gave no result, and how long it may take."""

    experiment: Callable[[int], R]
    lost: Callable[[int, str, str], R]  # seed, "stuck" or "broken", and why
    deadline_seconds: float

    def results(self, seeds: Sequence[int], workers: int) -> Iterator[R]:
        """One result for each seed, as they come; every child is ended whatever happens."""
        series = [_Series(self, deque(seeds[number::workers])) for number in range(workers)]
        try:
            while busy := [one for one in series if one.seeds]:
                patience = max(0.0, min(one.ends for one in busy) - time.monotonic())
                ready = wait([one.child.pipe for one in busy], patience)
                for one in busy:
                    if one.child.pipe in ready or time.monotonic() >= one.ends:
                        yield one.take()
        finally:
            for one in series:
                one.child.end()


class _Series(Generic[R]):
    """The seeds of one process, the first of which is being tried."""

    def __init__(self, experiments: Experiments[R], seeds: deque[int]) -> None:
        self.seeds = seeds
        self._experiments = experiments
        self.child = self._start()
        self.ends = self._deadline()

    def _start(self) -> Child:
        return fork(partial(_perform, self._experiments, tuple(self.seeds)))

    def _deadline(self) -> float:
        return time.monotonic() + self._experiments.deadline_seconds

    def take(self) -> R:
        """The result of the first seed; a child that has none is replaced for the others."""
        seed = self.seeds.popleft()
        result = self._result(seed)
        self.ends = self._deadline()
        return result

    def _result(self, seed: int) -> R:
        if not self.child.pipe.poll():
            words = f"no result in {self._experiments.deadline_seconds:.0f} s"
            return self._replace(seed, "stuck", words)
        try:
            result, why = self.child.pipe.recv()
        except (EOFError, OSError):
            return self._replace(seed, "broken", "its process has ended")
        if why:
            return self._experiments.lost(seed, "broken", why)
        found: R = result
        return found

    def _replace(self, seed: int, how: str, why: str) -> R:
        self.child.end()
        if self.seeds:
            self.child = self._start()
        return self._experiments.lost(seed, how, why)


def _perform(experiments: Experiments[R], seeds: Sequence[int], pipe: Connection) -> None:
    for seed in seeds:
        try:
            pipe.send((experiments.experiment(seed), ""))
        except Exception as error:  # noqa: BLE001 - told as this seed's result; the next may be well
            traceback.print_exc()
            pipe.send((None, f"{type(error).__name__}: {error}"))
