"""Misbehaviour on request: which service, which operation, what, how often, after how many."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What can go wrong. The first five are the same for every HTTP service."""

    SERVER_ERROR = "5xx"  # 502 with an HTML body; nothing has happened
    DROP_AFTER_EFFECT = "drop_after_effect"  # it has happened, but no answer comes
    SLOW = "slow"  # the answer comes after `seconds`
    RESET = "reset"  # connection reset; nothing has happened
    WRONG_JSON = "wrong_json"  # it has happened, but the answer is not JSON
    PER_SECOND_LIMIT = "429_second"
    PER_DAY_LIMIT = "429_day"
    AUTH_EXPIRED = "auth_expired"
    MISSING_SCOPE = "missing_scope"
    MISSING_FUNCTION = "missing_function"
    MISSING_CAPABILITY = "missing_capability"
    SMTP_TEMPORARY = "smtp_4xx"
    SMTP_PERMANENT = "smtp_5xx"
    SMTP_DISCONNECT_AFTER_DATA = "smtp_disconnect_after_data"
    SMTP_DISCONNECT_BEFORE_DATA = "smtp_disconnect_before_data"
    IMAP_DROP = "imap_drop"


HTTP_FAULTS = frozenset(
    {
        FaultKind.SERVER_ERROR,
        FaultKind.DROP_AFTER_EFFECT,
        FaultKind.SLOW,
        FaultKind.RESET,
        FaultKind.WRONG_JSON,
    }
)
_POSSIBLE = {
    "zoom": HTTP_FAULTS
    | {
        FaultKind.PER_SECOND_LIMIT,
        FaultKind.PER_DAY_LIMIT,
        FaultKind.AUTH_EXPIRED,
        FaultKind.MISSING_SCOPE,
    },
    "moodle": HTTP_FAULTS
    | {
        FaultKind.AUTH_EXPIRED,
        FaultKind.MISSING_FUNCTION,
        FaultKind.MISSING_CAPABILITY,
    },
    "smtp": {
        FaultKind.SMTP_TEMPORARY,
        FaultKind.SMTP_PERMANENT,
        FaultKind.SMTP_DISCONNECT_AFTER_DATA,
        FaultKind.SMTP_DISCONNECT_BEFORE_DATA,
    },
    "imap": {FaultKind.IMAP_DROP},
}


@dataclass(slots=True)
class Fault:
    """One order to misbehave; `times` None means for ever.

    `match` is searched in the operation: `POST /v2/users/…`, a Moodle function or capability, a
    recipient, an IMAP command.
    """

    service: str
    kind: FaultKind
    match: re.Pattern[str]
    times: int | None = 1
    after: int = 0
    seconds: float = 5.0
    hits: int = field(default=0, init=False)

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> "Fault":
        """A fault from its JSON; ValueError or KeyError when it makes no sense."""
        service, kind = document["service"], FaultKind(document["kind"])
        if kind not in _POSSIBLE.get(service, ()):
            raise ValueError(f"{service!r} cannot fail by {kind.value}")
        return cls(
            service=service,
            kind=kind,
            match=re.compile(document.get("match", "")),
            times=document.get("times", 1),
            after=document.get("after", 0),
            seconds=document.get("seconds", 5.0),
        )

    @property
    def is_spent(self) -> bool:
        return self.times is not None and self.times <= 0

    def concerns(self, service: str, operation: str, kinds: Collection[FaultKind]) -> bool:
        return (
            not self.is_spent
            and service == self.service
            and self.kind in kinds
            and self.match.search(operation) is not None
        )

    def is_due(self) -> bool:
        """Counts one matching operation and says whether this one is hit."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            self.times -= 1
        self.hits += 1
        return True

    def as_json(self) -> dict[str, Any]:
        return {
            "service": self.service,
            "kind": self.kind.value,
            "match": self.match.pattern,
            "times": self.times,
            "after": self.after,
            "hits": self.hits,
        }


class FaultBook:
    """All orders, in the order in which they were given."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def take(self, service: str, operation: str, kinds: Collection[FaultKind]) -> Fault | None:
        """The fault that hits this operation, used up by one; None when all goes well."""
        concerned = [f for f in self.faults if f.concerns(service, operation, kinds)]
        return next((fault for fault in concerned if fault.is_due()), None)

    def stands(self, service: str, operation: str, kind: FaultKind) -> bool:
        """Whether such a fault is in force; a look does not use it up."""
        return any(f.concerns(service, operation, {kind}) for f in self.faults)
