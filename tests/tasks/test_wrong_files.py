"""A file that is partial, old, doubled or has its days swapped sends nothing and changes nothing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from rules.timetable import TimetableRow
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import PUBLISH, TestOffice, at
from tests.tasks.small_semester import DAY, TIMETABLE, changed, row, semester

OTHER = at("12-19 09:00").date()
ELSEWHERE = (
    replace(row("FIZ", 1, ["janis"], ["G2"]), day=OTHER),
    replace(row("MAT", 2, ["anna"], ["G1"]), day=OTHER),
)
NEWEST = (*TIMETABLE, *ELSEWHERE)
NOON = at("12-02 12:00")

Rows = Sequence[TimetableRow]


def on(rows: Rows, day: object) -> list[TimetableRow]:
    return [line for line in rows if line.day == day]


def swapped(rows: Rows) -> Rows:
    other = {DAY: OTHER, OTHER: DAY}
    return [replace(line, day=other[line.day]) for line in rows]


WRONG: dict[str, Callable[[Rows], Rows]] = {
    "partial": lambda rows: rows[:3],
    "only another day": lambda rows: on(rows, OTHER),
    "old, before two classes were added": lambda rows: [
        line for line in rows if line.course_code not in {"STA", "LAW"}
    ],
    "days swapped": swapped,
    "a day later": lambda rows: [
        replace(line, day=OTHER) if line.course_code == "LAW" else line for line in rows
    ],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_refused_and_nothing_goes_out(open_office: OpenOffice, name: str) -> None:
    office = open_office(semester(timetable=NEWEST))
    office.run(PUBLISH)
    office.move(NOON)
    rows, before = office.rows(), state(office)
    office.forget()

    outcome = office.import_(semester(timetable=list(WRONG[name](NEWEST))))
    office.run(NOON)

    assert len(outcome.problems) == 1
    assert "--accept-removals" in outcome.problems[0].message
    assert (office.rows(), state(office)) == (rows, before)
    assert office.writes() == []


def state(office: TestOffice) -> object:
    return office.counts(), office.meetings(), office.events(), office.plans()


def test_the_right_number_lets_a_real_change_through(open_office: OpenOffice) -> None:
    office = open_office(semester(timetable=NEWEST))
    office.run(PUBLISH)
    known, before = office.meeting_id("LAW"), office.counts()
    later = semester(timetable=[*changed("LAW", day=OTHER), *ELSEWHERE])

    outcome = office.import_(later, accept_removals=1)
    office.run(NOON)

    assert (outcome.changed, outcome.removed, outcome.problems) == (1, 0, ())
    told = {name for name, count in office.counts().items() if count > before[name]}
    assert told == {"peteris", "s10", "s11", "s12"}
    assert office.subjects()["s10"][1] == (
        "Mainīts nodarbības laiks 05.12.2026., tagad 19.12.2026. pl. 12:45: Tiesību pamati"
    )
    found = {str(m["id"]): m["start_time"] for m in office.state()["zoom"]["meetings"]}
    assert found[known or ""] == "2026-12-19T10:45:00Z"
