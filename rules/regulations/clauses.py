"""Every clause of the study regulations: what it means, its classes, and what accounts for it.

The texts stand in `clauses.toml`; which function implements a clause is told by the functions.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rules.regulations.processes import Process, processes
from rules.regulations.refusal import Refusal
from rules.regulations.registry import RULES
from rules.regulations.rule import clauses_of


class ClauseClass(StrEnum):
    """What kind of statement a clause makes; it may make several."""

    RULE = "RULE"
    DEADLINE = "DEADLINE"
    PROCESS = "PROCESS"
    DEFINITION = "DEFINITION"
    INFO = "INFO"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as printed (Latvian) and its meaning; `why`: why it, or a part, has no function."""

    id: str
    classes: frozenset[ClauseClass]
    meaning: str
    source: str
    why: str

    @property
    def functions(self) -> tuple[str, ...]:
        """The names of the rules that implement it."""
        return tuple(name for name, rule in RULES.items() if self.id in clauses_of(rule))

    @property
    def processes(self) -> tuple[Process, ...]:
        """The processes that it orders."""
        return tuple(process for process in processes() if self.id in process.clauses)


@cache
def clauses() -> Mapping[str, Clause]:
    """All clauses by their numbers, in the order of the document."""
    text = files("rules.regulations").joinpath("clauses.toml").read_text("utf-8")
    return MappingProxyType(
        {
            entry["id"]: Clause(
                id=entry["id"],
                classes=frozenset(map(ClauseClass, entry["classes"])),
                meaning=entry["meaning"],
                source=entry["source"],
                why=entry.get("why", ""),
            )
            for entry in tomllib.loads(text)["clause"]
        }
    )


def find_clauses(number: str) -> tuple[Clause, ...]:
    """The clause of that number with its unnumbered paragraphs; a Refusal if there is none.

    >>> [clause.id for clause in find_clauses("7.5")]
    ['7.5 (first)', '7.5 (second)']
    """
    wanted = number.strip().rstrip(".")
    found = tuple(
        clause
        for key, clause in clauses().items()
        if key == wanted or key.startswith(f"{wanted} (")
    )
    if not found:
        raise Refusal("unknown_clause", "clause", f"the regulations have no clause {number!r}")
    return found


def find_processes(number: str) -> tuple[Process, ...]:
    """The processes that the clause of that number orders; a Refusal if there is none."""
    found = tuple(process for clause in find_clauses(number) for process in clause.processes)
    if not found:
        raise Refusal("no_process", "clause", f"clause {number} orders no approvals")
    return found
