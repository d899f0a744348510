"""What can go wrong in a run, chosen by a seed: outside faults, a kill, a full disk, no database."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from deployments.sandbox.testing import RunningSandbox
from deployments.simulation.injection import Trap, TrapKind

# service, kind, what it may hit
_OUTSIDE: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("zoom", "5xx", ("^POST", "^GET", "^PATCH", "^DELETE", "")),
    ("zoom", "reset", ("^POST", "^GET", "^DELETE", "")),
    ("zoom", "drop_after_effect", ("^POST.*meetings", "^PATCH", "^DELETE")),
    ("zoom", "wrong_json", ("^POST.*meetings", "^GET")),
    ("zoom", "slow", ("^POST.*meetings", "^PATCH", "^DELETE", "^GET")),
    ("zoom", "429_second", ("",)),
    ("zoom", "429_day", ("^POST.*meetings", "^PATCH")),
    ("zoom", "auth_expired", ("",)),
    ("moodle", "5xx", ("create", "add_discussion", "upload", "get_", "delete")),
    ("moodle", "reset", ("create", "add_discussion", "upload", "get_", "delete")),
    ("moodle", "drop_after_effect", ("create", "add_discussion", "upload", "delete")),
    ("moodle", "wrong_json", ("create", "add_discussion", "get_", "delete")),
    ("moodle", "slow", ("create", "add_discussion", "upload", "delete", "get_")),
    ("moodle", "auth_expired", ("",)),
    ("smtp", "smtp_4xx", ("",)),
    ("smtp", "smtp_5xx", ("",)),
    ("smtp", "smtp_disconnect_before_data", ("",)),
    ("smtp", "smtp_disconnect_after_data", ("",)),
    ("imap", "imap_drop", ("", "FETCH", "SEARCH", "MOVE|COPY")),
)


# What is slow answers after all patience is spent (`stage.product_environment`), and has its effect
# when nobody waits for it any more.
PATIENCE_SECONDS = 2.0
SLOW_SECONDS = 2.4


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that goes wrong at one run; `arm` prepares it, `end` mends what must be mended."""

    words: str
    order: dict[str, object] | None = None
    traps: tuple[Trap, ...] = ()
    full_disk: Path | None = None

    def arm(self, sandbox: RunningSandbox) -> tuple[Trap, ...]:
        """Orders the outside fault; answers the traps that the worker must set."""
        if self.order is not None:
            sandbox.fault(**self.order)  # type: ignore[arg-type]
        if self.full_disk is not None:
            _fill(self.full_disk)
        return self.traps

    def end(self) -> None:
        """Somebody makes room on the disk; others end by themselves."""
        if self.full_disk is not None:
            _empty(self.full_disk)


_Maker = Callable[[Random], Trouble]


def choose(random: Random, folder: Path) -> Trouble:
    """A trouble for a run; `folder` is the day's folder of documents."""
    inside = (
        lambda random: _no_database(random, TrapKind.LOCK),
        lambda random: _no_database(random, TrapKind.AWAY),
    )
    return _one_of(random, (*[_kill] * 5, *[_outside] * 5, *inside, _full_disk(folder)))


def choose_outside(random: Random, folder: Path) -> Trouble:
    """One that needs no trap inside the worker but the kill, which counts requests then."""
    return _one_of(random, (*[_kill_early] * 5, *[_outside] * 4, _full_disk(folder)))


def _one_of(random: Random, makers: Sequence[_Maker]) -> Trouble:
    return random.choice(makers)(random)


def _full_disk(folder: Path) -> _Maker:
    return lambda _random: Trouble("the disk is full", full_disk=folder)


def _kill_early(random: Random) -> Trouble:
    after = random.randint(0, 25)
    return Trouble(f"kill -9 after {after} requests", traps=(Trap(TrapKind.KILL, after),))


def _kill(random: Random) -> Trouble:
    # Most runs have few effects, the large ones hundreds: small numbers more often.
    after = int(1 + 200 * random.random() ** 2)
    return Trouble(f"kill -9 after {after} effects", traps=(Trap(TrapKind.KILL, after),))


def _no_database(random: Random, kind: TrapKind) -> Trouble:
    after = random.randint(1, 80)
    return Trouble(f"database {_DATABASE[kind]} after {after} effects", traps=(Trap(kind, after),))


_DATABASE = {TrapKind.LOCK: "locked", TrapKind.AWAY: "away"}


def _outside(random: Random) -> Trouble:
    service, kind, matches = random.choice(_OUTSIDE)
    order: dict[str, object] = {
        "service": service,
        "kind": kind,
        "match": random.choice(matches),
        "times": random.choice((1, 1, 2, 5)),
        "after": random.choice((0, 0, 1, 2, 4)),
    }
    if kind == "slow":
        order |= {"times": random.choice((1, 1, 2)), "seconds": SLOW_SECONDS}
    re.compile(str(order["match"]))
    return Trouble(
        f"{service} {kind} at {order['match'] or 'anything'!r}, {order['times']} times "
        f"after {order['after']}",
        order,
    )


_DOCUMENTS = (".plan.pdf.part", ".attendance.xlsx.part")


def _fill(folder: Path) -> None:
    """The operating system's own "no space left": a device that is always full, under our names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in _DOCUMENTS:
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to("/dev/full")


def _empty(folder: Path) -> None:
    for name in _DOCUMENTS:
        if (folder / name).is_symlink():
            (folder / name).unlink()
