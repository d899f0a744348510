"""Zoom's rate limits: by second for the account, 100 creates and updates a day for each host."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from deployments.sandbox.clock import stamp
from deployments.sandbox.world import World
from deployments.sandbox.zoom.meetings import Account

_PER_SECOND = {
    "pro": {"Light": 30, "Medium": 20, "Heavy": 10},
    "business": {"Light": 80, "Medium": 60, "Heavy": 40},
}
WRITES_A_DAY = 100


@dataclass(frozen=True, slots=True)
class Limited:
    """A refusal: what the body says and which headers go with it."""

    message: str
    headers: dict[str, str]


class RateLimits:
    """Counts requests. A moved clock begins a new second: the requests before it were days ago."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._second: tuple[int, int] = (0, 0)
        self._in_second: Counter[str] = Counter()
        self._writes: Counter[tuple[str, str]] = Counter()

    def count(self, category: str) -> Limited | None:
        """Counts a request of that category; a refusal when the second is full."""
        limits = _PER_SECOND.get(self._world.seed.zoom_plan)
        if limits is None:
            return None
        second = (self._world.clock.moves, int(time.monotonic()))
        if second != self._second:
            self._second = second
            self._in_second.clear()
        self._in_second[category] += 1
        if self._in_second[category] > limits[category]:
            return by_second(category, limits[category])
        return None

    def count_write(self, host: Account) -> Limited | None:
        """Counts a create or update of a host's meetings, by the UTC day of the virtual clock."""
        key = (host.id, f"{self._world.clock.now:%Y-%m-%d}")
        if self._writes[key] >= WRITES_A_DAY:
            return _too_many_writes()
        self._writes[key] += 1
        return None

    def by_day(self) -> Limited:
        """The refusal of an account whose day is used up; waits until midnight UTC."""
        midnight = self._world.clock.now.replace(hour=0, minute=0, second=0) + timedelta(days=1)
        return Limited(
            "You have reached the maximum daily rate limit for this API. Refer to the response "
            "header for details on when you can make another request.",
            {
                "X-RateLimit-Category": "Heavy",
                "X-RateLimit-Type": "Daily-limit",
                "X-RateLimit-Limit": "60000",
                "X-RateLimit-Remaining": "0",
                "Retry-After": stamp(midnight),
            },
        )


def by_second(category: str = "Light", limit: int = 80) -> Limited:
    """The refusal of a request in a second that is full."""
    return Limited(
        "You have reached the maximum per-second rate limit for this API. Try again later.",
        {
            "X-RateLimit-Category": category,
            "X-RateLimit-Type": "QPS",
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": "0",
        },
    )


def _too_many_writes() -> Limited:
    # Seen in the wild with the headers of the light category and no Retry-After.
    return Limited(
        f"You have exceeded the daily rate limit ({WRITES_A_DAY}) of Meeting Create/Update API "
        "requests permitted for this particular user. You may resume these requests at GMT "
        "00:00:00.",
        {
            "X-RateLimit-Category": "Light",
            "X-RateLimit-Limit": "6000",
            "X-RateLimit-Remaining": "5893",
        },
    )
