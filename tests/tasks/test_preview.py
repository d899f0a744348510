"""A preview shows what the next run then does, and asks nobody anything."""

from collections.abc import Callable

import pytest

from rules.process import Step
from tasks.change_class import assign_class, cancel_class, cancel_day, move_class, reinstate_class
from tasks.preview import StepPreview, preview_day
from tests.tasks.office import CLEAR, PLAN, PUBLISH, TestOffice, at
from tests.tasks.small_semester import ACCOUNTS, semester

NOON = at("12-02 12:00")
EARLY = (
    Step.PREPARE_PLAN,
    Step.PLAN_MEETINGS,
    Step.REMIND_LECTURERS,
    Step.PUBLISH_PLAN,
    Step.PUBLISH_LINKS,
    Step.NOTIFY_STUDENTS,
)


def counts(previews: list[StepPreview]) -> dict[int, tuple[int, int, int]]:
    return {
        found.step.value: (len(found.create), len(found.update), len(found.withdraw))
        for found in previews
        if not found.is_empty
    }


def outside(office: TestOffice) -> dict[str, set[str]]:
    """Everything of ours that stands outside, by what makes it that thing."""
    state = office.state()
    return {
        "meetings": {
            f"{m['id']} {m['host_email']} {m['start_time']} {m['agenda']}"
            for m in state["zoom"]["meetings"]
        },
        "plans": {f"{d['id']} {d['message']}" for d in state["moodle"]["discussions"]},
        "events": {f"{e['course']} {e['description']}" for e in state["moodle"]["events"]},
        "letters": {one.message_id for one in office.letters()},
    }


def test_before_anything_was_done_all_is_to_be_made(office: TestOffice) -> None:
    office.now = PLAN

    previews = preview_day(office.context())

    assert counts(previews) == {
        2: (6, 0, 0),
        3: (5, 0, 0),
        4: (1, 0, 0),
        5: (6, 0, 0),
        6: (12, 0, 0),
    }
    assert office.sandbox.requests() == []
    office.run(PLAN, EARLY)
    assert (len(office.meetings()), len(office.counts()), len(office.events())) == (6, 17, 6)
    assert counts(preview_day(office.context())) == {}


def cancelled(office: TestOffice) -> None:
    cancel_class(office.context(), office.id_of("BIO"))


def reinstated(office: TestOffice) -> None:
    cancelled(office)
    office.run(at("12-02 10:00"))
    reinstate_class(office.context(), office.id_of("BIO"))


def moved(office: TestOffice) -> None:
    move_class(office.context(), office.id_of("FIZ"), at("12-05 16:00"))


def assigned(office: TestOffice) -> None:
    assign_class(office.context(), office.id_of("LAW"), ["janis"])


def all_cancelled(office: TestOffice) -> None:
    cancel_day(office.context())


def another_account(office: TestOffice) -> None:
    host = office.meetings()["Bioloģija (G3)"][0]
    office.import_(semester(zoom_accounts=[a for a in ACCOUNTS if a.email != host]))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (cancelled, {2: (0, 0, 1), 3: (0, 2, 0), 4: (0, 1, 0), 5: (0, 0, 1), 6: (0, 3, 0)}),
        (reinstated, {2: (1, 0, 0), 3: (0, 2, 0), 4: (0, 1, 0), 5: (1, 0, 0), 6: (0, 3, 0)}),
        (moved, {2: (0, 1, 0), 3: (0, 1, 0), 4: (0, 1, 0), 5: (0, 1, 0), 6: (0, 3, 0)}),
        (assigned, {2: (0, 1, 0), 3: (0, 2, 0), 4: (0, 1, 0), 5: (0, 1, 0), 6: (0, 3, 0)}),
        (all_cancelled, {2: (0, 0, 6), 3: (0, 5, 0), 4: (0, 1, 0), 5: (0, 0, 6), 6: (0, 12, 0)}),
        (another_account, {2: (0, 2, 0), 3: (0, 2, 0), 4: (0, 1, 0), 5: (0, 2, 0), 6: (0, 6, 0)}),
    ],
)
def test_a_preview_of_a_change_is_what_the_run_does(
    office: TestOffice,
    change: Callable[[TestOffice], None],
    expected: dict[int, tuple[int, int, int]],
) -> None:
    office.run(PUBLISH)
    change(office)
    office.move(NOON)
    office.forget()

    previewed = counts(preview_day(office.context()))

    assert previewed == expected
    assert office.sandbox.requests() == []
    before = outside(office)
    office.run(NOON)
    after = outside(office)
    done = {
        name: (len(before[name] - after[name]), len(after[name] - before[name])) for name in before
    }
    create, update, withdraw = previewed[2]
    assert done["meetings"] == (update + withdraw, create + update)
    create, update, withdraw = previewed[5]
    assert done["events"] == (update + withdraw, create + update)
    assert done["letters"] == (0, previewed[3][1] + previewed[6][1])
    assert done["plans"] == (1, 1)
    assert counts(preview_day(office.context())) == {}


def test_labels_say_what_and_whom(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.sandbox.fault("smtp", "smtp_4xx", "^s10@")
    cancel_class(office.context(), office.id_of("LAW"))
    office.run(at("12-02 10:00"))
    reinstate_class(office.context(), office.id_of("LAW"))
    office.now = NOON

    previews = {found.step: found for found in preview_day(office.context())}

    assert previews[Step.PLAN_MEETINGS].create == ("Zoom: 12:45–15:45 Tiesību pamati (G4)",)
    assert previews[Step.REMIND_LECTURERS].update == (
        "change letter to peteris@augstskola.example",
    )
    assert previews[Step.PUBLISH_PLAN].update == ("Moodle: plan.pdf",)
    assert previews[Step.PUBLISH_LINKS].create == ("Moodle: 12:45–15:45 Tiesību pamati (G4)",)
    assert previews[Step.PUBLISH_LINKS].name == (
        "Placing the connection information of the online classes in the LMS"
    )


def test_the_clearing_is_shown_when_it_is_due(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.now = CLEAR

    previews = {found.step: found for found in preview_day(office.context())}

    assert counts(list(previews.values())) == {11: (0, 0, 7)}
    assert sorted(previews[Step.CLEAR_LMS].withdraw) == [
        "Moodle: M-BIO",
        "Moodle: M-ENG",
        "Moodle: M-FIZ",
        "Moodle: M-LAW",
        "Moodle: M-MAT",
        "Moodle: M-STA",
        "Moodle: plan.pdf",
    ]


def test_what_would_wait_for_a_person_is_not_announced(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    office.move(NOON)
    move_class(office.context(), office.id_of("FIZ"), at("12-05 12:45"))  # onto another of G2
    cancelled(office)

    previews = {found.step: found for found in preview_day(office.context())}
    office.run(NOON)

    (question,) = previews[Step.PREPARE_PLAN].create
    assert question.startswith("question: Grupai G2 vienlaikus ir divas nodarbības")
    announced = [
        label
        for step in (Step.REMIND_LECTURERS, Step.NOTIFY_STUDENTS)
        for label in previews[step].update
    ]
    told = sorted(name for name, count in office.counts().items() if count > before[name])
    assert told == ["liga", "peteris", "s07", "s08", "s09"]
    assert announced == [f"cancellation letter to {name}@augstskola.example" for name in told]
    assert counts(preview_day(office.context())) == {}
    office.answer("accept")
    assert len(counts(preview_day(office.context()))) == 2  # what waited, to lecturers and students
