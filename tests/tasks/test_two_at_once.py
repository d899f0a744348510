"""Two operators, a retry and a scheduled run on the same day at once; on both databases."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models.database import reading, writing
from models.study_day import StudyDay, claim_class, find_class, find_day
from models.turns import DayBusy, turn_of
from rules.process import Step
from rules.timetable import Mode
from tasks.change_class import (
    ChangeRefused,
    assign_class,
    cancel_class,
    change_groups,
    change_mode,
)
from tasks.context import StepContext, StepResult
from tasks.run_steps import Runner, perform_step, run_day
from tests.tasks.office import PUBLISH, TELL, TestOffice, at
from tests.tasks.small_semester import DAY, EARLIER

BUSY = (
    "Another run of 2026-12-05 is at work, so this one has done nothing. Run again when it has "
    "ended: only what is left will be done."
)


def test_a_second_run_meanwhile_does_nothing_and_says_why(any_office: TestOffice) -> None:
    office, said = any_office, []

    def perform(step: Step, context: StepContext) -> StepResult:
        if step is Step.PLAN_MEETINGS:
            office.forget()
            with pytest.raises(DayBusy) as busy:
                run_day(office.context())
            said.append((str(busy.value), office.sandbox.requests()))
        return perform_step(step, context)

    office.move(TELL)
    run_day(office.context(), None, Runner(perform))

    assert said == [(BUSY, [])]
    assert len(office.meetings()) == 6
    assert set(office.counts().values()) == {1}
    office.forget()
    run_day(office.context())  # the turn was given back
    assert office.writes() == []


def test_another_day_has_a_turn_of_its_own(any_office: TestOffice) -> None:
    engine = any_office.engine

    with turn_of(engine, DAY), turn_of(engine, EARLIER), pytest.raises(DayBusy, match="2026-11-21"):
        turn_of(engine, EARLIER).__enter__()
    with turn_of(engine, DAY):
        pass


def test_a_turn_is_given_back_when_the_run_breaks(any_office: TestOffice) -> None:
    with pytest.raises(ZeroDivisionError), turn_of(any_office.engine, DAY):
        raise ZeroDivisionError
    with turn_of(any_office.engine, DAY):
        pass


def test_four_runs_at_once_make_everything_once(any_office: TestOffice) -> None:
    office, start = any_office, Barrier(4)
    office.move(PUBLISH)

    def run(_number: int) -> str:
        start.wait()
        while True:
            try:
                run_day(office.context())
            except DayBusy as busy:
                assert str(busy) == BUSY  # noqa: PT017
            else:
                return "done"

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(run, range(4))) == ["done"] * 4

    assert len(office.state()["zoom"]["meetings"]) == 6
    assert (len(office.counts()), set(office.counts().values())) == (17, {1})
    assert (len(office.events()), len(office.plans())) == (6, 1)


def test_two_people_who_change_one_class_both_have_their_change(any_office: TestOffice) -> None:
    office, start = any_office, Barrier(4)
    law = office.id_of("LAW")
    changes: list[Callable[[], object]] = [
        lambda: assign_class(office.context(), law, ["janis"]),
        lambda: change_groups(office.context(), law, ["G4", "G3"]),
        lambda: change_mode(office.context(), law, Mode.ONSITE),
        lambda: cancel_class(office.context(), office.id_of("BIO")),
    ]

    def make(change: Callable[[], object]) -> None:
        start.wait()
        change()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(make, changes))

    with reading(office.engine) as session:
        held = find_class(session, law)
        study_day = session.get_one(StudyDay, DAY)
    assert held is not None
    assert (held.lecturers, held.groups, held.mode) == (["janis"], ["G4", "G3"], Mode.ONSITE)
    assert held.overridden == ["groups", "lecturers", "mode"]
    assert study_day.plan_revision == 1 + len(changes)


def test_a_change_that_comes_while_the_day_runs_is_carried_by_the_next_run(
    any_office: TestOffice,
) -> None:
    office = any_office
    office.run(TELL)
    before = office.counts()

    def perform(step: Step, context: StepContext) -> StepResult:
        result = perform_step(step, context)
        if step is Step.REMIND_LECTURERS:
            cancel_class(office.context(), office.id_of("LAW"))
        return result

    office.move(PUBLISH)
    run_day(office.context(), None, Runner(perform))
    office.run(at("12-02 10:00"))

    assert Counter(office.counts()) - Counter(before) == dict.fromkeys(
        ("peteris", "s10", "s11", "s12"), 1
    )
    assert "Tiesību pamati (G4)" not in office.meetings()


def test_nobody_can_claim_what_is_not_there(office: TestOffice) -> None:
    with writing(office.engine) as session:
        assert claim_class(session, "nobody") is None
        assert find_day(session, EARLIER) is None
    with pytest.raises(ChangeRefused, match="There is no class nobody"):
        cancel_class(office.context(), "nobody")
