"""When a step may run, what it needs, and how it is shown: the executor without the outside."""

from collections.abc import Callable

import pytest

from integrations.errors import TemporaryFault
from rules.process import Step, StepState
from rules.wording import Text, same
from tasks.change_class import cancel_class
from tasks.context import StepContext, StepFailure, StepResult
from tasks.day_overview import failed_words, run_words, timeline
from tasks.day_plan import UnknownDay
from tasks.run_steps import Runner, StepOutcome, day_status, run_day
from tests.tasks.office import BRIEF, PLAN, TELL, TestOffice, at
from tests.tasks.small_semester import EARLIER

Performer = Callable[[Step, StepContext], StepResult]


def well(_step: Step, context: StepContext) -> StepResult:
    return StepResult(StepState.DUE if context.letters_wait else StepState.DONE, same("done"))


def failing(*steps: Step) -> Performer:
    def perform(step: Step, context: StepContext) -> StepResult:
        if step in steps:
            fault = TemporaryFault("Zoom", "create", "no answer", advice="Wait.")
            raise StepFailure(step, [fault], "made 2")
        return well(step, context)

    return perform


def run(office: TestOffice, moment: str, *only: Step, perform: Performer = well) -> dict[int, str]:
    """States by step, those that did not run in brackets."""
    office.now = at(moment)
    outcomes = run_day(office.context(), only or None, Runner(perform))
    return {
        one.step.value: one.state.value if one.has_run else f"({one.state.value})"
        for one in outcomes
    }


def states(office: TestOffice, moment: str) -> dict[int, str]:
    office.now = at(moment)
    return {one.step.value: one.state.value for one in day_status(office.context())}


def test_steps_open_at_nine_of_their_day(office: TestOffice) -> None:
    early = run(office, "11-27 08:59")
    due = run(office, "11-27 09:00")

    assert set(early.values()) == {"(not_due)"}
    assert due == {1: "done", 2: "done", **dict.fromkeys(range(3, 12), "(not_due)")}


def test_only_some_steps_may_be_done_early_and_only_by_choice(office: TestOffice) -> None:
    assert run(office, "11-20 12:00", *Step) == {
        **dict.fromkeys(range(1, 7), "done"),
        7: "(not_due)",
        8: "(not_due)",
        9: "(not_due)",
        10: "done",
        11: "(not_due)",
    }


def test_a_step_waits_for_the_data_it_needs(office: TestOffice) -> None:
    office.now = TELL

    outcomes = {
        one.step: one for one in run_day(office.context(), [Step.REMIND_LECTURERS], Runner(well))
    }

    reminder = outcomes[Step.REMIND_LECTURERS]
    assert (reminder.state, reminder.has_run, reminder.summary) == (
        StepState.DUE,
        False,
        "waits for step 2 (due by 27 Nov 23:59)",
    )


def test_a_step_that_fails_stops_only_those_that_need_it(office: TestOffice) -> None:
    assert run(
        office, "12-04 09:00", perform=failing(Step.REMIND_LECTURERS, Step.PUBLISH_PLAN)
    ) == {
        **dict.fromkeys((1, 2, 5, 6, 7), "done"),
        3: "failed",
        4: "failed",
        **dict.fromkeys(range(8, 12), "(not_due)"),
    }
    assert run(office, "12-04 09:10", perform=failing(Step.PREPARE_PLAN)) == {
        1: "failed",
        **dict.fromkeys(range(2, 7), "(due)"),
        # They have told people, so they run: for what cannot wait.
        **dict.fromkeys((3, 6), "due"),
        7: "done",
        **dict.fromkeys(range(8, 12), "(not_due)"),
    }


def test_a_failure_keeps_the_evidence_and_is_mended_by_the_next_run(office: TestOffice) -> None:
    def with_evidence(_step: Step, _context: StepContext) -> StepResult:
        return StepResult(StepState.DONE, same("6 meetings"), {"meetings": 6})

    run(office, "11-27 09:00", perform=with_evidence)
    run(office, "11-27 09:10", perform=failing(Step.PLAN_MEETINGS))
    record = office.records()[Step.PLAN_MEETINGS]
    assert (record.state, record.summary, record.evidence, record.finished_at) == (
        StepState.FAILED,
        "Zoom: create: no answer. Wait. Done before: made 2. Running the step again is safe.",
        {"meetings": 6},
        None,
    )

    run(office, "11-27 09:20", perform=with_evidence)

    record = office.records()[Step.PLAN_MEETINGS]
    assert (record.state, record.finished_at) == (StepState.DONE, at("11-27 09:20"))


@pytest.mark.parametrize(
    ("error", "words"),
    [(KeyError("G9"), "'G9'"), (RuntimeError(), "RuntimeError")],
)
def test_a_mistake_of_ours_is_an_outcome_too(
    office: TestOffice, error: Exception, words: str
) -> None:
    def broken(_step: Step, _context: StepContext) -> StepResult:
        raise error

    office.now = PLAN
    (outcome, *_) = run_day(office.context(), [Step.PREPARE_PLAN], Runner(broken))

    assert (outcome.state, outcome.summary) == (StepState.FAILED, words)


def test_a_changed_plan_makes_its_followers_due_again(office: TestOffice) -> None:
    run(office, "12-02 09:00")
    office.now = at("12-02 10:00")

    cancel_class(office.context(), office.id_of("LAW"))

    assert states(office, "12-02 10:00") == {
        **dict.fromkeys(range(1, 7), "due"),
        **dict.fromkeys(range(7, 12), "not_due"),
    }
    office.now = at("12-02 10:00")
    assert {one.summary for one in day_status(office.context())[:6]} == {
        "the plan has changed since"
    }
    run(office, "12-02 10:00")
    assert set(list(states(office, "12-02 10:00").values())[:6]) == {"done"}


def test_a_change_while_a_step_runs_leaves_it_due(office: TestOffice) -> None:
    def interrupted(step: Step, context: StepContext) -> StepResult:
        if step is Step.PLAN_MEETINGS:
            cancel_class(context, office.id_of("LAW"))
        return well(step, context)

    run(office, "11-27 09:00", perform=interrupted)

    assert states(office, "11-27 09:00") == {
        1: "due",
        2: "due",
        **dict.fromkeys(range(3, 12), "not_due"),
    }


def test_a_step_that_closes_undone_is_missed(office: TestOffice) -> None:
    run(office, "12-02 09:00", perform=failing(Step.NOTIFY_STUDENTS))

    assert states(office, "12-05 12:45") == {
        **dict.fromkeys((1, 2, 3, 4, 5), "done"),
        6: "missed",
        7: "missed",
        8: "due",
        9: "not_due",
        10: "not_due",
        11: "not_due",
    }
    assert states(office, "12-09 00:00") == {
        **dict.fromkeys((1, 2, 3, 4, 5), "done"),
        **dict.fromkeys((6, 7, 8, 9, 10), "missed"),
        11: "due",
    }


def test_a_closed_step_is_never_run(office: TestOffice) -> None:
    assert run(office, "12-20 12:00", *Step) == {
        **dict.fromkeys(range(1, 11), "(missed)"),
        11: "done",
    }


def test_every_step_that_does_not_run_is_shown(office: TestOffice) -> None:
    shown: list[StepOutcome] = []
    office.now = BRIEF

    run_day(office.context(), None, Runner(well, shown.append))

    assert [one.step.value for one in shown] == [8, 9, 10, 11]


def test_an_unknown_day_is_refused(office: TestOffice) -> None:
    with pytest.raises(UnknownDay, match="2026-11-21 is not a study day of the imported semester"):
        run_day(office.context(day=EARLIER))


def test_the_words_of_a_run(office: TestOffice) -> None:
    office.now = PLAN
    outcomes = run_day(office.context(), None, Runner(failing(Step.PLAN_MEETINGS)))

    fault = "Zoom: create: no answer. Wait. Done before: made 2. Running the step again is safe."
    assert run_words(outcomes) == Text(
        f"1. solis: done. 2. solis: {fault}", f"Step 1: done. Step 2: {fault}"
    )
    assert failed_words(outcomes) == Text(
        f"2. solis neizdevās: {fault} Kad cēlonis ir novērsts, spiediet Retry: tiks izdarīts tikai "
        "tas, kas trūkst.",
        f"Step 2 failed: {fault} When it is mended, click Retry: only what is missing will be done.",
    )
    assert (run_words(outcomes[2:]), failed_words(outcomes[2:])) == (
        Text("Nekam vēl nav pienācis laiks.", "Nothing is due."),
        None,
    )
    lines = timeline(office.context(), outcomes).splitlines()
    assert lines[4] == (
        "| **1** Studiju dienas plāna sagatavošana | ✓ izpildīts | done | piektd. 27.11. |"
    )
    assert lines[-1] == "Neviens jautājums negaida atbildi."
