"""The one comparison behind every step: what should exist against what we know to exist.

Every effect has a key and a content hash. What to do follows from the difference alone, so that a
step run again does nothing when nothing changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=object)


@dataclass(frozen=True, slots=True)
class Difference(Generic[Key]):
    """What must happen so that the world agrees with the plan; keys in the order of `wanted`."""

    create: tuple[Key, ...]
    update: tuple[Key, ...]
    withdraw: tuple[Key, ...]
    keep: tuple[Key, ...]

    @property
    def is_empty(self) -> bool:
        return not self.size

    @property
    def size(self) -> int:
        """How many effects it takes."""
        return len(self.create) + len(self.update) + len(self.withdraw)


def reconcile(wanted: Mapping[Key, str], existing: Mapping[Key, str]) -> Difference[Key]:
    """Compares keys and content hashes.

    >>> reconcile({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "0", "d": "4"})
    Difference(create=('a',), update=('c',), withdraw=('d',), keep=('b',))
    """
    return Difference(
        create=tuple(key for key in wanted if key not in existing),
        update=tuple(key for key in wanted if existing.get(key, wanted[key]) != wanted[key]),
        withdraw=tuple(key for key in existing if key not in wanted),
        keep=tuple(key for key in wanted if existing.get(key) == wanted[key]),
    )
