"""What all services of the sandbox share: the seed, the clock, the faults, the record of requests."""

from dataclasses import dataclass, field
from typing import Any

from deployments.sandbox.clock import VirtualClock, stamp
from deployments.sandbox.faults import FaultBook
from deployments.sandbox.seed import Seed
from deployments.sandbox.turnout import Turnout


@dataclass(slots=True)
class Request:
    """One request as a checker sees it. `status` None: the connection ended without an answer."""

    service: str
    method: str
    path: str
    write: bool
    at: str
    function: str | None = None
    status: int | None = None
    fault: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "service": self.service,
            "method": self.method,
            "path": self.path,
            "function": self.function,
            "status": self.status,
            "write": self.write,
            "fault": self.fault,
            "at": self.at,
        }


@dataclass(slots=True)
class World:
    """One sandbox. Everything runs in one event loop, so nothing here needs a lock."""

    seed: Seed
    clock: VirtualClock = field(init=False)
    turnout: Turnout = field(init=False)
    faults: FaultBook = field(default_factory=FaultBook)
    requests: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = VirtualClock(self.seed.clock)
        self.turnout = Turnout(self.seed.groups, self.seed.random)

    def note(
        self, service: str, method: str, path: str, *, write: bool, function: str | None = None
    ) -> Request:
        """Records a request; the caller adds the status when it is known."""
        request = Request(service, method, path, write, stamp(self.clock.now), function)
        self.requests.append(request)
        return request
