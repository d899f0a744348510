"""Reads the fields of a TOML table, noting every problem instead of stopping at the first.

What the tables mean is `loading.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeVar

from rules.money import read_euros

T = TypeVar("T")
_NO_TABLE: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fields:
    """Reads tables field by field and notes every problem instead of stopping at the first."""

    problems: list[str]

    def table(
        self, table: Mapping[str, object], key: str, where: str, *, optional: bool = False
    ) -> Mapping[str, object]:
        found = table.get(key)
        if isinstance(found, dict):
            return found
        if found is not None or not optional:
            self.problems.append(f"{where}: {key} must be a table")
        return _NO_TABLE

    def tables(self, document: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
        found = document.get(key, [])
        if isinstance(found, list) and all(isinstance(table, dict) for table in found):
            return found
        self.problems.append(f"{key} must be written as [[{key}]]")
        return []

    def optional(
        self, table: Mapping[str, object], key: str, kind: type[T], where: str
    ) -> T | None:
        found = table.get(key)
        if found is None:
            return None
        if isinstance(found, kind) and type(found) is kind:  # no boolean as int, no time as date
            return found
        self.problems.append(f"{where}: {key} cannot be {found!r}")
        return None

    def text(self, table: Mapping[str, object], key: str, where: str) -> str:
        found = self.optional(table, key, str, where)
        if not found:
            self.problems.append(f"{where}: {key} is missing")
        return found or "?"

    def day(self, table: Mapping[str, object], key: str) -> date:
        found = self.optional(table, key, date, "the order")
        if found is None:
            self.problems.append(f"the order: {key} is missing")
        return found or date.min

    def whole(self, table: Mapping[str, object], key: str, where: str) -> int | None:
        found = self.optional(table, key, int, where)
        if found is not None and found < 1:
            self.problems.append(f"{where}: {key} must be 1 or more")
        return found

    def words(self, table: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
        found = table.get(key, [])
        if isinstance(found, list) and all(isinstance(word, str) for word in found):
            return tuple(found)
        self.problems.append(f"{where}: {key} must be a list of texts")
        return ()

    def amount(self, table: Mapping[str, object], key: str, where: str) -> Decimal | None:
        found = table.get(key)
        try:
            amount = None if found is None else read_euros(found)
        except ValueError as error:
            self.problems.append(f"{where}: {key}: {error}")
            return None
        if amount is not None and amount < 0:
            self.problems.append(f"{where}: {key} must not be negative")
        return amount
