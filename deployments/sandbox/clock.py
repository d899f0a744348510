"""The virtual clock: stands still until somebody moves it, and only ever goes forward."""

from datetime import UTC, datetime


class VirtualClock:
    """What every service of the sandbox calls now."""

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)
        self.moves = 0

    @property
    def now(self) -> datetime:
        return self._now

    def move_to(self, when: datetime) -> None:
        """Moves to an aware moment; ValueError when that lies in the past."""
        if when < self._now:
            raise ValueError(f"the clock goes forward only; it is {self._now.isoformat()}")
        self._now = when.astimezone(UTC)
        self.moves += 1


def read_moment(text: str) -> datetime:
    """An aware moment from ISO 8601; ValueError without an offset."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a moment needs an offset: {text!r}")
    return moment


def stamp(moment: datetime) -> str:
    """UTC to the second with a Z, as Zoom writes moments."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
