"""The checker itself: every invariant is violated by the world that it is meant to catch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deployments.simulation.books import ClassRow, Entry, Number
from deployments.simulation.check_letters import LetterCheck, lost_letters
from deployments.simulation.check_records import (
    check_journal,
    check_numbers,
    check_progress,
    said_of,
)
from deployments.simulation.check_world import WorldCheck
from deployments.simulation.driver import RunSeen
from deployments.simulation.letters_seen import CalendarPart, ClassTold, LetterSeen
from deployments.simulation.office import StepSeen
from deployments.simulation.people import people_of
from deployments.simulation.plan_history import PlanHistory, history_of
from deployments.simulation.small_day import small_semester
from deployments.simulation.violation import Violation
from deployments.simulation.world_seen import EntrySeen, MeetingSeen, WorldSeen
from rules.process import Step, StepState

RIGA = ZoneInfo("Europe/Riga")
DAY = date(2026, 12, 5)
BEGINS = datetime(2026, 11, 26, 8, tzinfo=RIGA)
TOLD = datetime(2026, 12, 1, 9, tzinfo=RIGA)
CANCELLED = datetime(2026, 12, 3, 14, tzinfo=RIGA)
START = datetime(2026, 12, 5, 9, tzinfo=RIGA)
END = datetime(2026, 12, 5, 12, tzinfo=RIGA)
ROW = ClassRow("c1", START, END, DAY, "STAT", ("kalnins",), ("PE-9",), is_held=True)
TEACHER = "janis.kalnins@augstskola.example"
PEOPLE = people_of(small_semester(DAY))
LINK = "https://zoom.us/j/81234567890?pwd=abc"


def history(*journal: Entry) -> PlanHistory:
    return history_of([ROW], BEGINS, journal)


def entry(action: str, **details: object) -> Entry:
    return Entry(1, CANCELLED, DAY, action, "c1", details)


OFF = entry("cancelled class", after={"status": "cancelled"})


def run_at(moment: datetime, *steps: Step) -> RunSeen:
    seen = tuple(
        StepSeen(step, StepState.DONE, "", True, moment, moment, None, moment) for step in steps
    )
    return RunSeen(moment, DAY, "run", seen)


def letter(at: datetime = TOLD, *told: ClassTold, number: int = 0) -> LetterSeen:
    parts = (CalendarPart("REQUEST", "c1", number, "20261205T090000", "20261205T120000"),)
    return LetterSeen(
        TEACHER, at, "lecturer", DAY, "Atgādinājums", f"<{number}>", told or (HELD,), parts
    )


HELD = ClassTold("09:00", "12:00", "Lietišķā statistika", "PE-9", is_off=False, link=LINK)


def letters_wrong(plan: PlanHistory, run: RunSeen, letters: Sequence[LetterSeen]) -> list[str]:
    check = LetterCheck(plan, PEOPLE, RIGA, [run])
    return [found.what for found in check.violations(letters)]


def test_a_right_letter_is_no_violation() -> None:
    assert letters_wrong(history(), run_at(TOLD, Step.REMIND_LECTURERS), [letter()]) == []


def test_somebody_who_was_not_told_is_found() -> None:
    assert letters_wrong(history(), run_at(TOLD, Step.REMIND_LECTURERS), []) == [
        f"{TEACHER} after the run of 01.12. 09:00: knows nothing, plan 09:00 Lietišķā statistika PE-9"
    ]


def test_a_letter_that_came_twice_is_found() -> None:
    found = letters_wrong(history(), run_at(TOLD), [letter(), letter()])

    assert found == [
        f"lecturer to {TEACHER} of 01.12. 09:00 “Atgādinājums” came twice",
        f"lecturer to {TEACHER} of 01.12. 09:00 “Atgādinājums”: tells nothing new",
        f"lecturer to {TEACHER} of 01.12. 09:00 “Atgādinājums”: SEQUENCE 0 again",
    ]


def test_a_stale_letter_is_found() -> None:
    late = letter(CANCELLED + timedelta(hours=1))

    assert letters_wrong(history(OFF), run_at(TOLD), [late]) == [
        (
            f"lecturer to {TEACHER} of 03.12. 15:00 “Atgādinājums”: says 09:00 Lietišķā statistika "
            "PE-9, plan off 09:00 Lietišķā statistika PE-9"
        )
    ]


def test_a_cancellation_that_nobody_heard_of_is_found() -> None:
    run = run_at(CANCELLED + timedelta(minutes=5), Step.REMIND_LECTURERS)

    assert letters_wrong(history(OFF), run, [letter()]) == [
        (
            f"{TEACHER} after the run of 03.12. 14:05: knows 09:00 Lietišķā statistika PE-9, plan "
            "off 09:00 Lietišķā statistika PE-9"
        )
    ]


def test_a_letter_to_a_stranger_is_found() -> None:
    stray = replace(letter(), address="cits@example.org")

    assert letters_wrong(history(), run_at(TOLD), [stray]) == [
        "lecturer to cits@example.org of 01.12. 09:00 “Atgādinājums”: a stranger"
    ]


def test_a_class_moved_before_it_would_have_begun_is_told_at_its_new_time_only() -> None:
    later = START + timedelta(hours=5)
    moved = replace(
        entry(
            "moved class",
            after={
                "starts_at": later.isoformat(),
                "ends_at": (later + timedelta(hours=3)).isoformat(),
                "day": str(DAY),
            },
        ),
        at=START - timedelta(hours=1),
    )
    told = replace(HELD, start="14:00", end="17:00")
    part = CalendarPart("REQUEST", "c1", 1, "20261205T140000", "20261205T170000")
    change = replace(letter(START + timedelta(hours=1), told, number=1), calendar=(part,))

    plan = history(moved)

    assert letters_wrong(plan, run_at(TOLD), [letter(), change]) == []
    both = replace(change, told=(HELD, told))
    assert [
        what.split(": says")[0] for what in letters_wrong(plan, run_at(TOLD), [letter(), both])
    ][:1] == [f"lecturer to {TEACHER} of 05.12. 10:00 “Atgādinājums”"]


def changed(action: str, hours: int = 0, **after: object) -> Entry:
    """A change of the class, or the making of another, so many hours after the first."""
    more = {"after": after} if after else {}
    return replace(entry(action, **more), at=CANCELLED + timedelta(hours=hours))


ONSITE, REMOVED = changed("changed mode", mode="onsite"), changed("removed class")
BACK = changed("reinstated class", 1, status="planned")


@pytest.mark.parametrize(
    ("journal", "row"),
    [
        ([ONSITE], replace(ROW, is_online=False)),
        ([ONSITE, changed("changed mode", 1, mode="online")], ROW),
        ([changed("changed groups", groups=["PE-1", "PE-2"])], replace(ROW, groups=("PE-1", "PE-2"))),
        ([REMOVED], replace(ROW, is_removed=True)),
        ([OFF, REMOVED, BACK], ROW),
    ],
)  # fmt: skip
def test_the_history_knows_every_kind_of_change(journal: list[Entry], row: ClassRow) -> None:
    plan = history(*journal, changed("class left the day", to="2026-12-12"))

    assert dict(plan.last) == {"c1": row}
    assert plan.at(TOLD) == {"c1": ROW}


def test_the_history_knows_a_class_that_was_added() -> None:
    new = changed(
        "added class",
        day=str(DAY),
        starts_at=END.isoformat(),
        ends_at=(END + timedelta(hours=3)).isoformat(),
        course_code="PED",
        lecturers=["sample"],
        groups=["PE-1"],
        mode="online",
        status="planned",
    )

    added = history(replace(new, subject="c2")).last["c2"]

    end = END + timedelta(hours=3)
    assert added == ClassRow("c2", END, end, DAY, "PED", ("sample",), ("PE-1",), is_held=True)


def change_of(*told: ClassTold, method: str = "REQUEST") -> LetterSeen:
    """The letter an hour after the change."""
    part = CalendarPart(method, "c1", 1, "20261205T090000", "20261205T120000")
    later = letter(CANCELLED + timedelta(hours=1), number=1)
    return replace(later, told=told, calendar=(part,))


AFTER = run_at(CANCELLED + timedelta(hours=2), Step.REMIND_LECTURERS)


def test_a_class_on_site_stays_in_the_letters_of_whoever_was_told_of_it() -> None:
    onsite = change_of(replace(HELD, link="", is_onsite=True))

    assert letters_wrong(history(ONSITE), AFTER, [letter(), onsite]) == []
    assert letters_wrong(history(ONSITE), AFTER, []) == []
    assert letters_wrong(history(ONSITE), AFTER, [letter()]) == [
        (
            f"{TEACHER} after the run of 03.12. 16:00: knows 09:00 Lietišķā statistika PE-9, "
            "plan on site 09:00 Lietišķā statistika PE-9"
        )
    ]
    first = replace(onsite, calendar=letter().calendar)
    assert letters_wrong(history(ONSITE), AFTER, [first]) == [
        (
            f"lecturer to {TEACHER} of 03.12. 15:00 “Atgādinājums”: says on site 09:00 Lietišķā "
            "statistika PE-9, plan nothing"
        )
    ]


def test_whoever_may_have_lost_a_letter_may_hear_of_a_class_on_site() -> None:
    lost = Entry(3, CANCELLED, DAY, "doubtful letter superseded", "lecturer/kalnins/0", {})
    onsite = change_of(replace(HELD, link="", is_onsite=True))

    def wrong(*journal: Entry) -> list[str]:
        plan, known = history(ONSITE), lost_letters(journal)
        return [
            found.what
            for found in LetterCheck(plan, PEOPLE, RIGA, [AFTER], known).violations([onsite])
        ]

    assert wrong(lost) == []
    for other in (replace(lost, subject="student/kalnins/0"), replace(lost, action="letter sent")):
        assert len(wrong(other)) == 1


def test_a_class_that_was_removed_is_told_to_be_off() -> None:
    gone = change_of(replace(HELD, link="", is_off=True), method="CANCEL")

    assert letters_wrong(history(REMOVED), AFTER, [letter(), gone]) == []
    assert letters_wrong(history(REMOVED), AFTER, [letter()]) == [
        (
            f"{TEACHER} after the run of 03.12. 16:00: knows 09:00 Lietišķā statistika PE-9, "
            "plan off 09:00 Lietišķā statistika PE-9"
        )
    ]


def test_what_cannot_wait_may_be_told_alone_while_the_step_is_not_done() -> None:
    other = replace(ROW, id="c2", start=END, end=END + timedelta(hours=3), course="LIT")
    later = replace(HELD, start="12:00", end="15:00", course="Bērnu literatūra")
    off = replace(HELD, link="", is_off=True)
    moved = END + timedelta(hours=1)
    put_off = changed(
        "moved class",
        day=str(DAY),
        starts_at=moved.isoformat(),
        ends_at=(moved + timedelta(hours=3)).isoformat(),
    )
    plan = history_of([ROW, other], BEGINS, [OFF, replace(put_off, subject="c2")])
    part = CalendarPart("CANCEL", "c1", 1, "20261205T090000", "20261205T120000")
    second = CalendarPart("REQUEST", "c2", 0, "20261205T120000", "20261205T150000")
    first = letter(TOLD, HELD, later)
    first = replace(first, calendar=(*first.calendar, second))
    alone = replace(letter(CANCELLED + timedelta(hours=1), off, later, number=1), calendar=(part,))

    waiting = run_at(CANCELLED + timedelta(hours=1))
    done = run_at(CANCELLED + timedelta(hours=1), Step.REMIND_LECTURERS)
    assert letters_wrong(plan, waiting, [first, alone]) == []
    assert len(letters_wrong(plan, done, [first, alone])) == 1
    nothing = replace(alone, told=(HELD, later), calendar=())
    assert len(letters_wrong(plan, waiting, [first, nothing])) == 2


MEETING = MeetingSeen(
    "1", "c1", "zoom01@augstskola.example", START, END, LINK, "Lietišķā statistika (PE-9)"
)
EVENT = EntrySeen(
    "event", 7, "sac-class-c1", "STAT-2026", START, LINK, text="Grupas: PE-9. Jānis Kalniņš"
)
POST = EntrySeen("post", 8, f"sac-plan-{DAY}", "SAC-INFO", None, "", ("plan.pdf",), 2e9)
ALL = (Step.PLAN_MEETINGS, Step.PUBLISH_PLAN, Step.PUBLISH_LINKS)


def world_wrong(*worlds: WorldSeen, plan: PlanHistory | None = None) -> list[tuple[str, str]]:
    found = WorldCheck(plan or history(), PEOPLE).violations(worlds)
    return [(violation.invariant, violation.what) for violation in found]


def test_a_world_that_agrees_is_no_violation() -> None:
    assert world_wrong(WorldSeen(run_at(TOLD, *ALL), (MEETING,), (EVENT, POST))) == []


@pytest.mark.parametrize(
    ("meetings", "entries", "invariants"),
    [
        ((), (EVENT, POST), {"meetings", "lms"}),
        ((MEETING, replace(MEETING, id="2", host="zoom02")), (EVENT, POST), {"meetings"}),
        ((MEETING, replace(MEETING, id="2", class_id=None, start=END, end=END)), (EVENT, POST), {"meetings"}),
        ((replace(MEETING, start=END),), (EVENT, POST), {"meetings"}),
        ((replace(MEETING, topic="Lietišķā statistika (PE-8)"),), (EVENT, POST), {"meetings"}),
        ((MEETING,), (replace(EVENT, text="Grupas: PE-8. Jānis Kalniņš"), POST), {"lms"}),
        ((MEETING,), (POST,), {"lms"}),
        ((MEETING,), (EVENT, replace(EVENT, id=9), POST), {"lms"}),
        ((MEETING,), (replace(EVENT, link="https://zoom.us/j/8"), POST), {"lms"}),
        ((MEETING,), (EVENT,), {"lms"}),
        ((MEETING,), (EVENT, replace(POST, files=())), {"lms"}),
        ((MEETING,), (EVENT, POST, replace(EVENT, key=None)), {"lms"}),
    ],
)  # fmt: skip
def test_a_world_that_disagrees_is_found(
    meetings: tuple[MeetingSeen, ...], entries: tuple[EntrySeen, ...], invariants: set[str]
) -> None:
    found = world_wrong(WorldSeen(run_at(TOLD, *ALL), meetings, entries))

    assert {invariant for invariant, _ in found} == invariants


@pytest.mark.parametrize("change", [ONSITE, REMOVED])
def test_a_class_that_is_no_part_of_the_plan_has_nothing(change: Entry) -> None:
    run = run_at(CANCELLED + timedelta(hours=1), *ALL)

    found = world_wrong(WorldSeen(run, (MEETING,), (EVENT, POST)), plan=history(change))

    assert [invariant for invariant, _ in found] == ["meetings", "lms"]
    assert world_wrong(WorldSeen(run, (), (POST,)), plan=history(change)) == []


def test_a_plan_that_was_changed_back_needs_no_new_post() -> None:
    on = Entry(2, CANCELLED + timedelta(minutes=7), DAY, "reinstated class", "c1", {
        "after": {"status": "planned"},
    })  # fmt: skip
    old = replace(POST, changed=TOLD.timestamp())

    def wrong(moment: datetime, entry_changed: EntrySeen) -> list[str]:
        world = WorldSeen(run_at(moment, Step.PUBLISH_PLAN), (MEETING,), (EVENT, entry_changed))
        found = WorldCheck(history(OFF, on), PEOPLE).violations([world])
        return [violation.what for violation in found if "plan stands" in violation.what]

    between, after = CANCELLED + timedelta(minutes=1), CANCELLED + timedelta(minutes=8)
    assert wrong(after, old) == []
    assert len(wrong(between, old)) == 1
    assert len(wrong(after, replace(POST, changed=between.timestamp()))) == 1


def test_what_is_left_after_the_clearing_is_found() -> None:
    after = run_at(END + timedelta(days=3), Step.CLEAR_LMS)

    assert world_wrong(WorldSeen(after, (MEETING,), (EVENT,))) == [
        ("cleared", "event sac-class-c1 is still there")
    ]


NUMBER = Number("c1", 12, "reply", "kalnins", "<m1>", is_replaced=False)


@pytest.mark.parametrize(
    "numbers",
    [
        [replace(NUMBER, count=13)],
        [replace(NUMBER, message="<m2>")],
        [replace(NUMBER, source="staff")],
        [replace(NUMBER, is_replaced=True), NUMBER],
    ],
)
def test_a_number_that_nobody_gave_or_that_came_twice_is_found(numbers: list[Number]) -> None:
    def wrong(recorded: list[Number]) -> list[Violation]:
        mails, said = {"<m1>": TEACHER}, {("c1", TEACHER): {12}}
        return list(check_numbers(recorded, {"c1": ROW}, mails, said, {"c1": {11}}, PEOPLE))

    assert wrong([NUMBER]) == []
    assert [violation.invariant for violation in wrong(numbers)] == ["numbers"]


def test_a_lecturer_counts_in_the_meeting_that_the_letter_told_of() -> None:
    old = replace(MEETING, id="7")
    worlds = [WorldSeen(run_at(TOLD), (old,), ()), WorldSeen(run_at(CANCELLED), (MEETING,), ())]
    other = replace(ROW, id="c2", start=END, end=END + timedelta(hours=3))

    said = said_of(
        [
            {"from": TEACHER, "key": "7", "start": START.isoformat(), "count": 3},
            {"from": TEACHER, "key": "1", "start": START.isoformat(), "count": 6},
            {"from": TEACHER, "key": "x", "start": END.isoformat(), "count": 9},
        ],
        worlds,
        {"c1": ROW, "c2": other},
    )

    assert said == {("c1", TEACHER): {3, 6}, ("c2", TEACHER): {9}}


def test_effects_without_a_word_in_the_journal_are_found() -> None:
    worlds = [WorldSeen(run_at(TOLD), (MEETING,), (EVENT,))]
    told = [
        entry("made meeting", meeting="1"),
        entry("published link", moodle_id=7),
        entry("letter accepted", message_id="<0>"),
    ]

    assert list(check_journal(told, worlds, [], [letter()])) == []
    assert [one.what for one in check_journal([], worlds, ["2"], [letter()])] == [
        "meeting 1 is not explained",
        "event 7 is not explained",
        "the end of meeting 2 is not explained",
        f"lecturer to {TEACHER} “Atgādinājums” is not explained",
    ]


def test_a_step_that_waits_for_nobody_is_found() -> None:
    def waiting(moment: datetime, state: StepState) -> RunSeen:
        step = Step.REMIND_LECTURERS
        seen = StepSeen(step, state, "1 waiting", True, TOLD, TOLD, None, None)
        return RunSeen(moment, DAY, "run", (seen,))

    soon, later = TOLD + timedelta(minutes=30), TOLD + timedelta(days=1)

    assert [
        one.what
        for one in check_progress([waiting(TOLD, StepState.DUE), waiting(later, StepState.DUE)])
    ] == ["step 3 waits for nobody since 01.12. 09:00: 1 waiting"]
    for then in (waiting(soon, StepState.DUE), waiting(later, StepState.NEEDS_PERSON)):
        assert list(check_progress([waiting(TOLD, StepState.DUE), then])) == []
