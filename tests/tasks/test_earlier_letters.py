"""A class that was moved to a later study day, and changed again when the first day is over."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from deployments.simulation.letters_seen import read_letter
from rules.timetable import Mode
from tasks.change_class import (
    assign_class,
    cancel_class,
    change_groups,
    change_mode,
    move_class,
    remove_class,
)
from tasks.run_steps import run_day
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import CLEAR, PUBLISH, TestOffice, at
from tests.tasks.small_semester import TIMETABLE, semester

OTHER = at("12-19 09:00").date()
MOVED, CHANGED, OTHERS_TELL = at("12-02 17:00"), at("12-10 10:00"), at("12-15 09:00")
G1, G2, G3 = ({f"s{number:02}" for number in range(first, first + 3)} for first in (1, 4, 7))
NINETEENTH = ["20261219T124500"]
_FIRST, _OFF, _GONE = "Studiju diena", "ATCELTA", "Nodarbība vairs nav Jūsu sarakstā"


def office_of_two_days(open_office: OpenOffice) -> TestOffice:
    """Everybody was told that MAT (Anna, G1) goes to the other day; the first day is over."""
    office = open_office(semester(timetable=(*TIMETABLE, replace(TIMETABLE[1], day=OTHER))))
    office.run(PUBLISH)
    office.move(MOVED)
    move_class(office.context(), office.id_of("MAT"), at("12-19 12:45"))
    office.run_until(CLEAR)
    office.move(CHANGED)
    return office


def run_other_day(office: TestOffice) -> None:
    office.move(OTHERS_TELL)
    run_day(office.context(day=OTHER))


def starts(office: TestOffice, person: str) -> list[str]:
    """What a calendar program shows of the other day after all letters to that person."""
    events: dict[str, str] = {}
    for raw in office.sandbox.letters(f"{person}@augstskola.example"):
        for part in read_letter(person, CHANGED, raw).calendar:
            events[part.uid] = "" if part.method == "CANCEL" else part.start
    return sorted(start for start in events.values() if start.startswith("20261219"))


Change = Callable[[TestOffice, str], object]
# What G1 hears, what Anna hears, and whether the class stands in their calendars afterwards.
CASES: dict[str, tuple[Change, tuple[str, bool], tuple[str, bool]]] = {
    "unchanged": (lambda _o, _id: None, (_FIRST, True), ("Atgādinājums", True)),
    "cancelled": (lambda o, id_: cancel_class(o.context(day=OTHER), id_), (_OFF, False), (_OFF, False)),
    "removed": (lambda o, id_: remove_class(o.context(day=OTHER), id_), (_OFF, False), (_OFF, False)),
    "assigned": (
        lambda o, id_: assign_class(o.context(day=OTHER), id_, ["peteris"]),
        (_FIRST, True),
        (_GONE, False),
    ),
    "groups": (
        lambda o, id_: change_groups(o.context(day=OTHER), id_, ["G3"]),
        (_GONE, False),
        ("Atgādinājums", True),
    ),
    "on site": (
        lambda o, id_: change_mode(o.context(day=OTHER), id_, Mode.ONSITE),
        (_FIRST, True),
        ("Atgādinājums", True),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_who_was_told_of_a_class_on_a_later_day_hears_what_became_of_it(
    open_office: OpenOffice, name: str
) -> None:
    change, (students, in_theirs), (anna, in_hers) = CASES[name]
    office = office_of_two_days(open_office)
    before = office.counts()
    assert (starts(office, "s01"), starts(office, "anna")) == (NINETEENTH, NINETEENTH)

    change(office, office.id_of("MAT", OTHER))
    run_other_day(office)

    assert office.subjects()["s01"][-1].startswith(students)
    assert office.subjects()["anna"][-1].startswith(anna)
    assert starts(office, "s01") == (NINETEENTH if in_theirs else [])
    assert starts(office, "anna") == (NINETEENTH if in_hers else [])
    if name == "on site":
        assert "Norise: klātienē" in office.text("s01")
    counts = Counter(office.counts()) - Counter(before)
    told = {"anna", "janis", *G1, *G2}
    more = {"assigned": {"peteris"}, "groups": G3}.get(name, set())
    assert counts == dict.fromkeys(told | more, 1)
    run_day(office.context(at("12-16 09:00"), day=OTHER))
    assert Counter(office.counts()) - Counter(before) == counts


def test_a_first_letter_cancels_what_an_earlier_day_put_into_the_calendar(
    open_office: OpenOffice,
) -> None:
    """Anna has another class that day, so that her letter is not about the one that is gone."""
    office = office_of_two_days(open_office)
    assign_class(office.context(day=OTHER), office.id_of("MAT", OTHER), ["peteris"])
    assign_class(office.context(day=OTHER), office.id_of("FIZ", OTHER), ["anna"])

    run_other_day(office)

    assert office.subjects()["anna"][-1].startswith("Atgādinājums")
    assert starts(office, "anna") == ["20261219T090000"]
