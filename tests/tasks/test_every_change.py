"""Every kind of change at every moment between step 1 and step 11, against what the plan then says.

What should stand outside is worked out here from the classes' rows alone; calendars are kept as a
calendar program keeps them (RFC 5546).
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from email import message_from_bytes
from email.policy import default

import pytest
from sqlmodel import col, select

from models.database import reading
from models.question import QuestionKind
from models.study_day import ClassSession
from rules.process import Step, StepState
from rules.timetable import Mode
from tasks.add_class import NewClass, add_class
from tasks.change_class import (
    assign_class,
    cancel_class,
    cancel_day,
    change_groups,
    change_mode,
    move_class,
    move_day,
    reinstate_class,
    remove_class,
)
from tasks.preview import preview_day
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import BRIEF, PLAN, PUBLISH, RIGA, TELL, TestOffice, at
from tests.tasks.small_semester import DAY, STUDENTS, changed, row, semester

OTHER = at("12-19 09:00").date()
LAST = at("12-12 09:00").date()
EVENING = {"starts": time(16), "ends": time(19), "slot": None}
SEMESTER = semester(
    timetable=(*changed("LAW", **EVENING), replace(row("ART", 1, ["liga"], ["G3"]), day=OTHER))
)
G1, G2, G4 = (
    {student.key for student in STUDENTS if student.groups == (group,)}
    for group in ("G1", "G2", "G4")
)
EVERYBODY = {"anna", "janis", "peteris", "liga", "mary"} | {student.key for student in STUDENTS}
LAW = {"peteris", *G4}
MOMENTS = (PLAN, TELL, PUBLISH, BRIEF, at("12-05 10:00"))


@dataclass(frozen=True)
class Kind:
    """A change, whom it concerns, and whom when the morning's classes have begun."""

    make: Callable[[TestOffice], object]
    concerns: set[str]
    late: set[str] | None = None
    before: Callable[[TestOffice], object] = lambda _office: None


def law(office: TestOffice) -> str:
    """The class's id, also when it was taken out."""
    with reading(office.engine) as session:
        found = session.exec(select(ClassSession.id).where(ClassSession.course_code == "LAW"))
        return found.one()


def extra(office: TestOffice) -> ClassSession:
    new = NewClass(at("12-05 16:00"), at("12-05 17:30"), "FIZ", ("janis",), ("G2",))
    return add_class(office.context(), new)


KINDS: Mapping[str, Kind] = {
    "cancel": Kind(lambda o: cancel_class(o.context(), law(o)), LAW),
    "reinstate": Kind(
        lambda o: reinstate_class(o.context(), law(o)),
        LAW,
        before=lambda o: cancel_class(o.context(), law(o)),
    ),
    "put off": Kind(lambda o: move_class(o.context(), law(o), at("12-05 17:15")), LAW),
    "another day": Kind(lambda o: move_class(o.context(), law(o), at("12-19 13:00")), LAW),
    "substitute": Kind(lambda o: assign_class(o.context(), law(o), ["janis"]), {*LAW, "janis"}),
    "groups": Kind(lambda o: change_groups(o.context(), law(o), ["G1"]), LAW | G1),
    "on site": Kind(lambda o: change_mode(o.context(), law(o), Mode.ONSITE), LAW),
    "online": Kind(
        lambda o: change_mode(o.context(), law(o), Mode.ONLINE),
        LAW,
        before=lambda o: change_mode(o.context(), law(o), Mode.ONSITE),
    ),
    "add": Kind(extra, {"janis", *G2}),
    "remove": Kind(lambda o: remove_class(o.context(), law(o)), LAW),
    "put back": Kind(
        lambda o: reinstate_class(o.context(), law(o)),
        LAW,
        before=lambda o: remove_class(o.context(), law(o)),
    ),
    "cancel the day": Kind(
        lambda o: cancel_day(o.context()), EVERYBODY, EVERYBODY - {"janis", "liga"}
    ),
    "move the day": Kind(lambda o: move_day(o.context(), LAST), EVERYBODY),
}


def classes(office: TestOffice) -> list[ClassSession]:
    """The online classes of the timetable, wherever they are now."""
    with reading(office.engine) as session:
        rows = session.exec(select(ClassSession).where(~col(ClassSession.is_removed)))
        return [held for held in rows if held.mode is Mode.ONLINE]


def meetings_wanted(office: TestOffice) -> list[datetime]:
    """When a meeting should stand: every class held that day, and those that left it."""
    return sorted(
        held.starts_at
        for held in classes(office)
        if held.is_planned and (held.day != OTHER or held.course_code == "LAW")
    )


def meetings(office: TestOffice) -> list[datetime]:
    found = office.state()["zoom"]["meetings"]
    return sorted(datetime.fromisoformat(meeting["start_time"]) for meeting in found)


def entries_wanted(office: TestOffice) -> list[str]:
    """The Moodle courses of the day's classes; what has begun stays."""
    return sorted(
        f"M-{held.course_code}" for held in classes(office) if held.day == DAY and held.is_planned
    )


def calendar(office: TestOffice, person: str) -> list[str]:
    """What a calendar program shows after all letters to that person: local starts."""
    events: dict[str, tuple[int, str]] = {}
    for raw in office.sandbox.letters(f"{person}@augstskola.example"):
        for part in message_from_bytes(raw, policy=default).walk():
            if part.get_content_type() == "text/calendar":
                text = re.sub(r"\r?\n[ \t]", "", part.get_content())
                event = text[text.index("BEGIN:VEVENT") :]
                uid, number, start = (
                    re.search(rf"^{name}[^:\r\n]*:(.*)$", event, re.MULTILINE)[1].strip()  # type: ignore[index]
                    for name in ("UID", "SEQUENCE", "DTSTART")
                )
                assert int(number) > events.get(uid, (-1, ""))[0]
                cancels = "METHOD:CANCEL" in text
                events[uid] = (int(number), "" if cancels else start)
    return sorted(start for _, start in events.values() if start)


def calendar_wanted(office: TestOffice, person: str, told: Mapping[str, set[str]]) -> list[str]:
    """The starts of the person's classes that are held, online or, once told of, on site."""
    groups = {g for student in STUDENTS if student.key == person for g in student.groups}
    with reading(office.engine) as session:
        rows = session.exec(select(ClassSession).where(~col(ClassSession.is_removed))).all()
    return sorted(
        f"{held.starts_at.astimezone(RIGA):%Y%m%dT%H%M%S}"
        for held in rows
        if held.is_planned
        and (person in held.lecturers or groups.intersection(held.groups))
        and (held.id in told.get(person, ()) or (held.day == DAY and held.mode is Mode.ONLINE))
    )


def told_of(office: TestOffice) -> dict[str, set[str]]:
    """Person -> the classes that letters have told them of."""
    told: dict[str, set[str]] = {}
    for letter in office.letters():
        told.setdefault(letter.person, set()).update(item["class_id"] for item in letter.facts)
    return told


def announced(office: TestOffice) -> list[str]:
    """Whom the preview says that letters go to, in steps 3 and 6."""
    return sorted(
        label.rpartition(" ")[2].partition("@")[0]
        for found in preview_day(office.context())
        if found.step in {Step.REMIND_LECTURERS, Step.NOTIFY_STUDENTS}
        for label in (*found.create, *found.update)
    )


CASES = [
    (name, moment)
    for name in KINDS
    for moment in MOMENTS
    # A day that has begun is not moved: test_changes_by_hand.
    if (name, moment) != ("move the day", MOMENTS[-1])
]


@pytest.mark.parametrize(
    ("name", "moment"), CASES, ids=[f"{name} on {moment:%d.%m. %H:%M}" for name, moment in CASES]
)
def test_every_change_reaches_whom_it_concerns_once(
    open_office: OpenOffice, name: str, moment: datetime
) -> None:
    kind, office = KINDS[name], open_office(SEMESTER)
    kind.before(office)
    office.run_until(min(moment, BRIEF))
    office.run(moment)
    was_told, before = told_of(office), office.counts()
    concerned = kind.late if moment == MOMENTS[-1] and kind.late is not None else kind.concerns
    kind.make(office)

    expected = [] if moment == PLAN else announced(office)
    outcomes = office.run(moment)

    more = Counter(office.counts()) - Counter(before)
    assert more == dict.fromkeys([] if moment == PLAN else concerned, 1)
    assert expected == sorted(more)
    assert [one.summary for one in outcomes.values() if one.state is StepState.FAILED] == []
    assert [question.kind for question in office.questions()] == (
        [QuestionKind.MEETING_HELD] if moment >= BRIEF else []
    )
    if moment == PLAN:
        office.run(TELL)
    assert meetings(office) == meetings_wanted(office)
    if moment not in {PLAN, TELL}:
        assert office.events() == entries_wanted(office)
    if moment == PLAN:
        assert set(office.counts().values()) <= {1}
        was_told = {}
    for person in EVERYBODY:
        assert calendar(office, person) == calendar_wanted(office, person, was_told), person
    office.forget()
    office.run(office.now)
    assert office.writes() == []
