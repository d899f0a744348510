"""What happens to a small study day, chosen by a seed: changes by hand, silence, troubles."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from deployments.simulation.books import ClassRow
from deployments.simulation.driver import Action
from deployments.simulation.trouble import Trouble, choose
from rules.timetable import Mode

_LATEST_START = 17  # o'clock; moved and added classes end before the day does
_SECOND_SHARE = 0.4
_RUNS = 14  # about as many as a day has
_RIGA = ZoneInfo("Europe/Riga")

# More often what happens more often in an office.
_KINDS = (
    *["cancel"] * 4,
    *["move"] * 3,
    *["assign"] * 2,
    *["groups"] * 2,
    *["onsite"] * 3,
    *["add"] * 2,
    *["remove"] * 2,
    "reinstate",
)
# What may follow, so that a class which is off, on site, new or gone is changed again.
_SECOND_THOUGHTS: Mapping[str, Sequence[str]] = {
    "cancel": ("reinstate", "reinstate", "onsite", "remove"),
    "remove": ("reinstate",),
    "onsite": ("online", "online", "move", "cancel", "groups", "assign", "remove"),
    "add": ("cancel", "move", "remove", "onsite", "groups", "assign"),
    "groups": ("groups", "cancel"),
    "assign": ("assign", "remove"),
}


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom changes can bring in: lecturers by their keys, and groups."""

    substitutes: Sequence[str]
    groups: Sequence[str]


@dataclass(frozen=True, slots=True)
class Script:
    """The events of one run."""

    actions: Sequence[Action]
    silent: Sequence[str]  # addresses of lecturers who never answer
    troubles: dict[int, Trouble]
    answer_after: timedelta


def write_script(
    random: Random,
    classes: Sequence[ClassRow],
    begins: datetime,
    documents: Path,
    choices: Choices,
) -> Script:
    """Up to four changes with their second thoughts, one or two troubles, some silence."""
    day = classes[0].day
    actions = sorted(
        (
            action
            for row in random.choices(classes, k=random.choice((0, 1, 1, 2, 3, 4)))
            for action in change_of(random, row, begins, choices)
        ),
        key=lambda action: action.moment,
    )
    # The last moments are the emptiest; the runs up to the day itself have most effects.
    numbers = random.sample(range(_RUNS), k=random.choice((1, 1, 2)))
    return Script(
        actions=actions,
        silent=random.choice(((), (), ("anna.berzina@augstskola.example",))),
        troubles={number: choose(random, documents / str(day)) for number in numbers},
        answer_after=timedelta(minutes=random.choice((20, 180, 1500))),
    )


def change_of(
    random: Random, row: ClassRow, begins: datetime, choices: Choices
) -> Iterator[Action]:
    """A change of that class, or a new class on its day, and sometimes a second thought."""
    moment = _moment(random, begins, row.start)
    kind = random.choice(_KINDS)
    if kind == "add":
        values = _new_class(random, row, choices)
        name = f"{row.day} {kind} {moment:%d.%m. %H:%M}"
        yield Action(moment, row.day, "change", kind, values, name=name)
    else:
        name = row.id
        yield _change(random, moment, row, kind, choices)
    if kind in _SECOND_THOUGHTS and random.random() < _SECOND_SHARE:
        then = random.choice(_SECOND_THOUGHTS[kind])
        later = moment + timedelta(minutes=random.choice((7, 60, 26 * 60)))
        yield _change(random, later, replace(row, id=name), then, choices)


def _change(random: Random, moment: datetime, row: ClassRow, kind: str, choices: Choices) -> Action:
    what, values = _CHANGES[kind](random, row, choices)
    return Action(moment, row.day, "change", what, {"class_id": row.id, **values})


_Change = tuple[str, Mapping[str, Any]]  # what the office calls it, and its values


def _plain(what: str, **values: Any) -> Callable[[Random, ClassRow, Choices], _Change]:
    return lambda _random, _row, _choices: (what, values)


def _moved(random: Random, row: ClassRow, _choices: Choices) -> _Change:
    return "move", {"start": _start(random, row)}


def _assigned(random: Random, row: ClassRow, choices: Choices) -> _Change:
    substitute = random.choice(choices.substitutes)
    both = _distinct(substitute, *row.lecturers)
    return "assign", {"lecturers": random.choice(((substitute,), both, row.lecturers))}


def _grouped(random: Random, row: ClassRow, choices: Choices) -> _Change:
    """A group joins, another takes the class over, or one of several leaves."""
    other = random.choice(choices.groups)
    more = _distinct(*row.groups, other)
    return "groups", {"groups": random.choice((more, (other,), row.groups[:1]))}


_CHANGES: Mapping[str, Callable[[Random, ClassRow, Choices], _Change]] = {
    "cancel": _plain("cancel"),
    "reinstate": _plain("reinstate"),
    "remove": _plain("remove"),
    "onsite": _plain("mode", mode=Mode.ONSITE),
    "online": _plain("mode", mode=Mode.ONLINE),
    "move": _moved,
    "assign": _assigned,
    "groups": _grouped,
}


def _new_class(random: Random, row: ClassRow, choices: Choices) -> Mapping[str, Any]:
    start = _start(random, row)
    return {
        "start": start,
        "end": start + timedelta(minutes=random.choice((90, 180))),
        "course_code": row.course,
        "lecturers": (random.choice((*choices.substitutes, *row.lecturers)),),
        "groups": _distinct(random.choice(row.groups), random.choice(choices.groups)),
        "mode": random.choice((Mode.ONLINE, Mode.ONLINE, Mode.ONLINE, Mode.ONSITE)),
    }


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _start(random: Random, row: ClassRow) -> datetime:
    """Another time of the same day."""
    hour, minute = random.randint(8, _LATEST_START), random.choice((0, 15, 30))
    return datetime.combine(row.day, time(hour, minute), _RIGA)


def _moment(random: Random, begins: datetime, start: datetime) -> datetime:
    """Any time before the class, more often close to it; never on the minute of a due run."""
    span = (start - begins) / timedelta(minutes=1)
    minutes = span * random.random() ** 2
    moment = (start - timedelta(minutes=minutes)).astimezone(_RIGA)
    return moment.replace(second=31, microsecond=0)
