"""What happens to a simulated day: every kind of change comes, and each is one the office knows."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from deployments.simulation.books import ClassRow
from deployments.simulation.script import Choices, change_of, write_script

RIGA = ZoneInfo("Europe/Riga")
DAY = date(2026, 12, 5)
BEGINS = datetime(2026, 11, 26, 8, tzinfo=RIGA)
START = datetime(2026, 12, 5, 9, tzinfo=RIGA)
ROW = ClassRow("c1", START, START, DAY, "LIT", ("berzina",), ("PE-1", "PE-2"), is_held=True)
CHOICES = Choices(("ozola",), ("PE-1", "PE-3"))


def test_every_kind_of_change_comes_alone_and_after_another() -> None:
    found = [list(change_of(Random(seed), ROW, BEGINS, CHOICES)) for seed in range(600)]

    kinds = {"cancel", "reinstate", "move", "assign", "groups", "mode", "add", "remove"}
    first = Counter(actions[0].what for actions in found)
    second = Counter(actions[1].what for actions in found if actions[1:])
    assert (set(first), set(second)) == (kinds, kinds - {"add"})
    for actions in found:
        assert all(action.moment < START for action in actions[:1])
        if actions[1:]:
            assert actions[1].values["class_id"] == (actions[0].name or "c1")


def test_the_same_seed_is_the_same_story() -> None:
    one, other = (
        write_script(Random(7), [ROW], BEGINS, Path("documents"), CHOICES) for _ in range(2)
    )

    assert one == other
