"""The deadlines of the process description, worked out for five study days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.process import STEPS, Calendar, DeadlineReading, Step, Wave, Window
from rules.timetable import ClassTime
from rules.working_days import WorkingDays

RIGA = ZoneInfo("Europe/Riga")
CALENDAR = Calendar(RIGA)

# study day: the due dates of steps 1-2, 3+6, 4-5, 7, reminder of 9, 9-11 ("C moved")
CALENDAR_DAYS = {
    "2026-12-05": "2026-11-27 2026-12-01 2026-12-02 2026-12-04 2026-12-07 2026-12-08",
    "2026-11-21": "2026-11-13 2026-11-17 2026-11-17 2026-11-20 2026-11-23 2026-11-24",
    "2027-01-02": "2026-12-23 2026-12-29 2026-12-30 2026-12-30 2027-01-04 2027-01-05",
    "2026-05-09": "2026-04-30 2026-05-05 2026-05-06 2026-05-08 2026-05-11 2026-05-12",
    "2026-12-02": "2026-11-25 2026-11-27 2026-11-27 2026-12-01 2026-12-03 2026-12-07",
}
# the same in the reading by working days ("W")
WORKING_DAYS = {
    "2026-12-05": "2026-11-30 2026-12-01 2026-12-02 2026-12-04 2026-12-07 2026-12-09",
    "2026-11-21": "2026-11-13 2026-11-16 2026-11-17 2026-11-20 2026-11-23 2026-11-25",
    "2027-01-02": "2026-12-22 2026-12-23 2026-12-28 2026-12-30 2027-01-04 2027-01-06",
}
GROUPS = (
    (Step.PREPARE_PLAN, Step.PLAN_MEETINGS),
    (Step.REMIND_LECTURERS, Step.NOTIFY_STUDENTS),
    (Step.PUBLISH_PLAN, Step.PUBLISH_LINKS),
    (Step.BRIEF_TEAM,),
)
AFTER = (Step.REQUEST_ATTENDANCE, Step.COLLECT_ATTENDANCE, Step.CLEAR_LMS)


def due_dates(calendar: Calendar, day: date) -> str:
    """The due dates in the form of the tables above, each group checked to share one."""
    groups = []
    for steps in (*GROUPS, AFTER):
        (shared_date,) = {calendar.due_on(step, day) for step in steps}
        groups.append(str(shared_date))
    groups.insert(len(GROUPS), str(calendar.reminder_on(day)))
    return " ".join(groups)


@pytest.mark.parametrize(("day", "expected"), CALENDAR_DAYS.items())
def test_calendar_days_are_moved_to_a_working_day(day: str, expected: str) -> None:
    assert due_dates(CALENDAR, date.fromisoformat(day)) == expected


@pytest.mark.parametrize(("day", "expected"), WORKING_DAYS.items())
def test_working_days_when_the_setting_says_so(day: str, expected: str) -> None:
    calendar = Calendar(RIGA, DeadlineReading.WORKING)

    assert due_dates(calendar, date.fromisoformat(day)) == expected


def test_a_later_decree_moves_a_deadline() -> None:
    free = WorkingDays({date(2026, 11, 27): False})

    calendar = Calendar(RIGA, working_days=free)

    assert calendar.due_on(Step.PREPARE_PLAN, date(2026, 12, 5)) == date(2026, 11, 26)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=RIGA)


TWO_SLOTS = (
    ClassTime(at("2026-12-05T09:00"), at("2026-12-05T12:00")),
    ClassTime(at("2026-12-05T12:45"), at("2026-12-05T15:45")),
)
WINDOWS = {
    Step.PREPARE_PLAN: ("2026-11-27T09:00", "2026-11-27T23:59:59", "2026-12-05T15:45"),
    Step.PLAN_MEETINGS: ("2026-11-27T09:00", "2026-11-27T23:59:59", "2026-12-05T15:45"),
    Step.REMIND_LECTURERS: ("2026-12-01T09:00", "2026-12-01T23:59:59", "2026-12-05T12:45"),
    Step.PUBLISH_PLAN: ("2026-12-02T09:00", "2026-12-02T23:59:59", "2026-12-05T12:45"),
    Step.PUBLISH_LINKS: ("2026-12-02T09:00", "2026-12-02T23:59:59", "2026-12-05T12:45"),
    Step.NOTIFY_STUDENTS: ("2026-12-01T09:00", "2026-12-01T23:59:59", "2026-12-05T12:45"),
    Step.BRIEF_TEAM: ("2026-12-04T09:00", "2026-12-04T23:59:59", "2026-12-05T00:00"),
    Step.WATCH_CLASSES: ("2026-12-05T09:00", "2026-12-05T15:45", "2026-12-05T15:45"),
    Step.REQUEST_ATTENDANCE: ("2026-12-07T09:00", "2026-12-08T23:59:59", "2026-12-08T23:59:59"),
    Step.COLLECT_ATTENDANCE: ("2026-12-05T15:45", "2026-12-08T23:59:59", "2026-12-08T23:59:59"),
    Step.CLEAR_LMS: ("2026-12-08T09:00", "2026-12-08T23:59:59", None),
}


@pytest.mark.parametrize("step", Step)
def test_when_a_step_opens_is_due_and_closes(step: Step) -> None:
    opens, due, closes = WINDOWS[step]

    window = CALENDAR.window(step, date(2026, 12, 5), TWO_SLOTS)

    assert window == Window(at(opens), at(due), at(closes) if closes else None)


def test_every_moment_at_which_a_run_of_the_day_is_due() -> None:
    waves = CALENDAR.waves(date(2026, 12, 5), TWO_SLOTS)

    assert waves == (
        Wave(at("2026-11-27T09:00"), (Step.PREPARE_PLAN, Step.PLAN_MEETINGS)),
        Wave(at("2026-12-01T09:00"), (Step.REMIND_LECTURERS, Step.NOTIFY_STUDENTS)),
        Wave(at("2026-12-02T09:00"), (Step.PUBLISH_PLAN, Step.PUBLISH_LINKS)),
        Wave(at("2026-12-04T09:00"), (Step.BRIEF_TEAM,)),
        Wave(at("2026-12-05T09:05"), (Step.WATCH_CLASSES,)),
        Wave(at("2026-12-05T12:50"), (Step.WATCH_CLASSES,)),
        Wave(at("2026-12-05T15:45"), (Step.COLLECT_ATTENDANCE,)),
        Wave(at("2026-12-07T09:00"), (Step.REQUEST_ATTENDANCE,)),
        Wave(at("2026-12-08T09:00"), AFTER),
    )


def test_a_day_without_classes_still_has_its_dates() -> None:
    window = CALENDAR.window(Step.WATCH_CLASSES, date(2026, 12, 5), ())

    assert window == Window(
        at("2026-12-05T09:00"), at("2026-12-05T23:59:59"), at("2026-12-05T23:59:59")
    )


def test_classes_that_touch_do_not_overlap() -> None:
    morning, afternoon = TWO_SLOTS
    touching = ClassTime(morning.end, morning.end + timedelta(hours=1))

    assert [morning.overlaps(other) for other in (touching, afternoon, morning)] == [
        False,
        False,
        True,
    ]


def test_the_eleven_steps_are_listed_once_and_in_order() -> None:
    assert [rule.step for rule in STEPS.values()] == list(Step)
