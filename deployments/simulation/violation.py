"""What the checker finds: invariants that did not hold, as data."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that should never be; `invariant` is one of a handful of names."""

    invariant: str
    day: date | None
    what: str

    def as_json(self) -> dict[str, str | None]:
        return {
            "invariant": self.invariant,
            "day": self.day.isoformat() if self.day else None,
            "what": self.what,
        }
