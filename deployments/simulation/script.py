"""What happens to a small study day, chosen by a seed: changes by hand, silence, troubles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from deployments.simulation.books import ClassRow
from deployments.simulation.driver import Action
from deployments.simulation.trouble import Trouble, choose

_SUBSTITUTE = "ozola"
_LATEST_START = 17  # o'clock; moved classes end before the day does
_RUNS = 14  # about as many as a day has


@dataclass(frozen=True, slots=True)
class Script:
    """The events of one run."""

    actions: Sequence[Action]
    silent: Sequence[str]  # addresses of lecturers who never answer
    not_started: bool  # the first class does not begin in time
    troubles: dict[int, Trouble]
    answer_after: timedelta


def write_script(
    random: Random, classes: Sequence[ClassRow], begins: datetime, zone: ZoneInfo, documents: Path
) -> Script:
    """Up to four changes, one or two troubles, some silence."""
    day = classes[0].day
    actions = sorted(
        (
            action
            for row in random.choices(classes, k=random.choice((0, 1, 1, 2, 3)))
            for action in change_of(random, row, begins, zone, (_SUBSTITUTE,))
        ),
        key=lambda action: action.moment,
    )
    # The last moments are the emptiest; the runs up to the day itself have most effects.
    numbers = random.sample(range(_RUNS), k=random.choice((1, 1, 2)))
    return Script(
        actions=actions,
        silent=random.choice(((), (), ("anna.berzina@augstskola.example",))),
        not_started=random.random() < 0.2,
        troubles={number: choose(random, documents / str(day)) for number in numbers},
        answer_after=timedelta(minutes=random.choice((20, 180, 1500))),
    )


def change_of(
    random: Random,
    row: ClassRow,
    begins: datetime,
    zone: ZoneInfo,
    substitutes: Sequence[str],
) -> Iterator[Action]:
    """One change of that class, and sometimes a second thought."""
    moment = _moment(random, begins, row.start, zone)
    kind = random.choice(("cancel", "cancel", "move", "assign", "reinstate"))
    if kind == "move":
        start = datetime.combine(
            row.day, time(random.randint(8, _LATEST_START), random.choice((0, 15, 30))), zone
        )
        yield Action(moment, row.day, "change", kind, {"class_id": row.id, "start": start})
    elif kind == "assign":
        substitute = random.choice(substitutes)
        both = tuple(dict.fromkeys((substitute, *row.lecturers)))
        who = random.choice(((substitute,), both, row.lecturers))
        yield Action(moment, row.day, "change", kind, {"class_id": row.id, "lecturers": who})
    elif kind == "cancel":
        yield Action(moment, row.day, "change", kind, {"class_id": row.id})
        if random.random() < 0.4:
            later = moment + timedelta(minutes=random.choice((7, 60, 26 * 60)))
            yield Action(later, row.day, "change", "reinstate", {"class_id": row.id})
    else:
        yield Action(moment, row.day, "change", kind, {"class_id": row.id})


def _moment(random: Random, begins: datetime, start: datetime, zone: ZoneInfo) -> datetime:
    """Any time before the class, more often close to it; never on the minute of a due run."""
    span = (start - begins) / timedelta(minutes=1)
    minutes = span * random.random() ** 2
    moment = (start - timedelta(minutes=minutes)).astimezone(zone)
    return moment.replace(second=31, microsecond=0)
