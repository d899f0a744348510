"""Times the assignment of Zoom accounts and compares it with what is provably needed.

    uv run python benchmarks/zoom_accounts.py

Two slots a day, each start moved by up to 45 minutes, a buffer of 10 minutes, sizes unknown to 450.
"re-plan" is the same day with one class in ten cancelled and as many added.
"""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rules.timetable import ZoomAccount
from rules.zoom_accounts import Assignment, ClassNeed, assign_accounts

BUFFER = timedelta(minutes=10)
FIRST, SECOND = datetime(2026, 12, 5, 7, 0, tzinfo=UTC), datetime(2026, 12, 5, 10, 45, tzinfo=UTC)


def a_class(number: int, among: int, dice: random.Random) -> ClassNeed:
    start = dice.choice((FIRST, SECOND)) + timedelta(minutes=dice.randrange(-45, 46, 5))
    size = dice.choice((20, 40, 60, 80, 200, 250, 450, None))
    lecturer = f"L{dice.randrange(among)}"
    return ClassNeed(f"{number:05}", start, start + timedelta(hours=3), lecturer, size)


def pool(count: int) -> list[ZoomAccount]:
    sizes = (500, 300, 300, 100, 100, 100)
    return [ZoomAccount(f"zoom{n:04}@augstskola.example", sizes[n % 6]) for n in range(count)]


def overlap(needs: Sequence[ClassNeed]) -> int:
    return max(
        sum(other.start <= need.start < other.end + BUFFER for other in needs) for need in needs
    )


def changed(needs: Sequence[ClassNeed], given: Assignment) -> int:
    last: dict[str, str] = {}
    count = 0
    for need in sorted(needs, key=lambda need: (need.start, need.end, need.class_id)):
        account = given.accounts.get(need.class_id)
        if account:
            count += last.get(need.lecturer, account) != account
            last[need.lecturer] = account
    return count


def report(name: str, needs: Sequence[ClassNeed], accounts: Sequence[ZoomAccount]) -> Assignment:
    began = time.perf_counter()
    given = assign_accounts(needs, accounts, BUFFER)
    spent = (time.perf_counter() - began) * 1000
    moved = sum(bool(n.current) and given.accounts.get(n.class_id) != n.current for n in needs)
    used = len(set(given.accounts.values()))
    print(
        f"{name:22} {len(needs):5} classes {spent:9.1f} ms  {used:4} accounts "
        f"(overlap {overlap(needs):4})  {changed(needs, given):4} changes  {moved:3} moved  "
        f"{len(given.unassigned):3} without"
    )
    return given


def main() -> None:
    for count in (60, 200, 1000):
        for seed in range(3):
            dice = random.Random(seed)
            needs = [a_class(number, count * 2 // 3, dice) for number in range(count)]
            given = report("plan", needs, pool(count))
            kept = [
                ClassNeed(
                    n.class_id, n.start, n.end, n.lecturer, n.size, given.accounts[n.class_id]
                )
                for n in needs[count // 10 :]
            ]
            new = [a_class(count + n, count * 2 // 3, dice) for n in range(count // 10)]
            report("re-plan", kept + new, pool(count))
    dice = random.Random(0)
    report("too few accounts", [a_class(n, 40, dice) for n in range(60)], pool(24))


if __name__ == "__main__":
    main()
