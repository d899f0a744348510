"""Counts creates and updates per host and UTC day, and stops before Zoom's own limit of 100 does.

A locked-out host cannot be helped until midnight UTC; stopping early leaves some for people. The
count is this process's; what others wrote shows in Zoom's own refusal, which means the same wait.
"""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime

from integrations.errors import TemporaryFault
from integrations.zoom.faults import SERVICE, next_utc_midnight


class WriteBudget:
    """The writes left to each host today."""

    def __init__(self, limit: int, now: Callable[[], datetime]) -> None:
        self._limit = limit
        self._now = now
        self._lock = threading.Lock()
        self._day: date | None = None
        self._spent: Counter[str] = Counter()

    def spend(self, host: str) -> None:
        """Takes one write. Raises `TemporaryFault` until the next UTC midnight when none is left."""
        now = self._now()
        with self._lock:
            self._turn_to(now.astimezone(UTC).date())
            if self._spent[host.lower()] >= self._limit:
                raise self._used_up(host, now)
            self._spent[host.lower()] += 1

    def _turn_to(self, day: date) -> None:
        if day != self._day:
            self._day = day
            self._spent.clear()

    def _used_up(self, host: str, now: datetime) -> TemporaryFault:
        retry_at = next_utc_midnight(now)
        return TemporaryFault(
            SERVICE,
            f"write to {host}",
            f"{self._limit} meetings were created or changed today, which is the limit",
            advice=f"The run goes on after {retry_at:%Y-%m-%d %H:%M} UTC; for more at once, spread "
            "the classes over more accounts (SAC_ZOOM__DAILY_WRITES, at most 100).",
        ).until(retry_at)
