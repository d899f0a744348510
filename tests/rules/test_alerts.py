"""When somebody must hear of something, who, and that nobody hears twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.alerts import (
    AlertPolicy,
    Digest,
    Silence,
    SilentPart,
    StepStanding,
    WaitingQuestion,
    alerts,
    digest_for,
    letters_wanted,
)
from rules.people import Role
from rules.process import Calendar, Step, StepState
from rules.timetable import ClassTime

RIGA = ZoneInfo("Europe/Riga")
CALENDAR = Calendar(RIGA)
DAY = date(2026, 12, 5)
POLICY = AlertPolicy()
PEOPLE = {Role.HEAD_OF_SAC: ["dace"], Role.COORDINATOR: ["inga", "juris"], None: ["admin"]}


def at(moment: str) -> datetime:
    return datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=RIGA)


CLASSES = (ClassTime(at("12-05 09:00"), at("12-05 12:00")),)


def standing(step: Step, state: StepState, failed_since: datetime | None = None) -> StepStanding:
    window = CALENDAR.window(step, DAY, CLASSES)
    return StepStanding(DAY, step, state, window, "in words", failed_since)


def question(**more: object) -> WaitingQuestion:
    asked = WaitingQuestion(7, DAY, Role.COORDINATOR, "Cik?", at("12-01 10:00"))
    return replace(asked, **more)


def causes(now: datetime, *standings: StepStanding) -> list[str]:
    return [alert.cause for alert in alerts(standings, [], [], now, POLICY)]


NOTIFY = standing(Step.NOTIFY_STUDENTS, StepState.DUE)  # due on Tuesday, 1 December


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at("12-01 15:59"), []),
        (at("12-01 16:00"), ["2026-12-05/6/endangered/20261201T2159"]),
        (at("12-01 23:59"), ["2026-12-05/6/endangered/20261201T2159"]),
        (at("12-02 00:00"), ["2026-12-05/6/overdue/20261201T2159"]),
    ],
)
def test_a_deadline_is_endangered_and_then_has_passed(now: datetime, expected: list[str]) -> None:
    assert causes(now, NOTIFY) == expected


@pytest.mark.parametrize("state", [StepState.DONE, StepState.NOT_DUE])
def test_nobody_hears_of_a_step_that_is_done_or_not_due(state: StepState) -> None:
    assert causes(at("12-04 12:00"), replace(NOTIFY, state=state)) == []


def test_a_step_that_failed_is_told_of_from_its_failure_on() -> None:
    failed = standing(Step.PUBLISH_PLAN, StepState.FAILED, at("12-02 09:01"))

    assert causes(at("12-02 09:00"), failed) == []
    assert causes(at("12-02 20:00"), failed) == ["2026-12-05/4/failed/20261202T0701"]
    assert causes(at("12-03 09:00"), failed) == [
        "2026-12-05/4/failed/20261202T0701",
        "2026-12-05/4/overdue/20261202T2159",
    ]


def test_a_missed_step_is_news_for_three_days() -> None:
    missed = standing(Step.NOTIFY_STUDENTS, StepState.MISSED)

    assert causes(at("12-05 09:30"), missed) == ["2026-12-05/6/missed/20261205T0700"]
    assert causes(at("12-08 09:30"), missed) == []


def test_the_day_itself_and_the_lecturers_own_step_have_no_deadline_of_ours() -> None:
    watched = standing(Step.WATCH_CLASSES, StepState.DUE)
    reported = standing(Step.REQUEST_ATTENDANCE, StepState.DUE)
    collected = standing(Step.COLLECT_ATTENDANCE, StepState.DUE)

    assert causes(at("12-05 11:30"), watched) == []
    assert causes(at("12-08 17:00"), reported, collected) == [
        "2026-12-05/10/endangered/20261208T2159"
    ]
    assert causes(at("12-09 00:00"), replace(reported, state=StepState.MISSED)) == []


@pytest.mark.parametrize(
    ("due", "since", "escalates"),
    [
        (None, "12-02 10:00", "12-03 10:00"),  # a day after, and another
        (at("12-01 23:59"), "12-01 15:59", "12-01 19:59"),  # its step cannot wait for a day
        (at("12-01 12:00"), "12-01 10:00", "12-01 10:00"),  # asked when it was late already
        (at("12-20 12:00"), "12-02 10:00", "12-03 10:00"),
    ],
)
def test_a_question_is_reminded_in_time_for_its_step(
    due: datetime | None, since: str, escalates: str
) -> None:
    (alert,) = alerts([], [question(due=due)], [], at("12-31 23:00"), POLICY)

    assert (alert.since, alert.escalates) == (at(since), at(escalates))
    assert alert.cause == "question/7/20261201T0800"


def test_the_role_hears_first_then_the_head_and_nobody_twice() -> None:
    waiting = alerts([], [question()], [], at("12-03 10:00"), POLICY)

    first = letters_wanted(waiting, PEOPLE, {}, at("12-03 09:59"))
    then = letters_wanted(
        waiting, PEOPLE, {key: {waiting[0].cause} for key in first}, at("12-03 10:00")
    )
    never = {person: {waiting[0].cause} for person in ("dace", "inga", "juris")}

    assert first == {"inga": waiting, "juris": waiting}
    assert then == {"dace": waiting}
    assert letters_wanted(waiting, PEOPLE, never, at("12-10 10:00")) == {}


def test_what_the_head_is_responsible_for_is_one_letter_to_the_head() -> None:
    found = alerts([standing(Step.PREPARE_PLAN, StepState.DUE)], [], [], at("11-28 00:00"), POLICY)

    assert letters_wanted(found, PEOPLE, {}, at("11-28 00:00")) == {"dace": found}


def test_a_role_that_nobody_has_is_the_heads() -> None:
    found = alerts([standing(Step.PUBLISH_PLAN, StepState.DUE)], [], [], at("12-02 16:00"), POLICY)

    assert letters_wanted(found, PEOPLE, {}, at("12-02 16:00")) == {"dace": found}


def test_silence_is_for_whoever_keeps_the_machines_then_for_the_head() -> None:
    silence = Silence(SilentPart.WORKER, at("12-01 08:00"))
    found = alerts([], [], [silence], at("12-01 08:20"), POLICY)

    assert letters_wanted(found, PEOPLE, {}, at("12-01 08:20")) == {"admin": found}
    assert letters_wanted(found, PEOPLE, {}, at("12-01 12:00")) == {"admin": found, "dace": found}
    without = {Role.HEAD_OF_SAC: ["dace"]}
    assert letters_wanted(found, without, {}, at("12-01 08:20")) == {"dace": found}


def test_a_digest_shows_a_role_its_own_and_the_head_everything() -> None:
    publish = standing(Step.PUBLISH_PLAN, StepState.NOT_DUE)
    steps = [
        standing(Step.PREPARE_PLAN, StepState.DONE),
        standing(Step.PLAN_MEETINGS, StepState.FAILED, at("12-01 09:00")),
        NOTIFY,
        publish,
    ]
    told = (steps, [question()], CALENDAR.end_of(date(2026, 12, 1)), POLICY)

    assert digest_for(Role.COORDINATOR, *told) == Digest((NOTIFY,), (), (question(),))
    assert digest_for(Role.E_STUDY_COORDINATOR, *told).is_empty
    assert digest_for(Role.HEAD_OF_SAC, *told) == Digest((NOTIFY,), (steps[1],), (question(),))


def test_a_digest_names_what_is_late_or_was_missed_lately() -> None:
    late = standing(Step.COLLECT_ATTENDANCE, StepState.DUE)
    missed = standing(Step.NOTIFY_STUDENTS, StepState.MISSED)
    lecturers = standing(Step.REQUEST_ATTENDANCE, StepState.MISSED)

    def wrong(day: date) -> tuple[StepStanding, ...]:
        ends = CALENDAR.end_of(day)
        return digest_for(Role.COORDINATOR, [late, missed, lecturers], [], ends, POLICY).wrong

    assert wrong(date(2026, 12, 7)) == (missed,)
    assert wrong(date(2026, 12, 9)) == (late,)


def test_alerts_come_in_the_order_in_which_they_arose() -> None:
    silence = Silence(SilentPart.SERVER, at("12-01 00:00"))
    found = alerts([NOTIFY], [question()], [silence], at("12-02 12:00"), POLICY)

    assert [alert.since for alert in found] == sorted(alert.since for alert in found)
    assert [alert.kind.value for alert in found] == ["silence", "overdue", "question"]
    assert found[0].escalates - found[0].since == timedelta(hours=4)
