"""What a person did outside the system is recorded, and is not done a second time."""

import pytest

from models.database import reading
from models.journal import entries
from rules.process import Step, StepState
from tasks.change_class import cancel_class
from tasks.day_plan import UnknownDay
from tasks.done_outside import DoneRefused, mark_done_outside
from tests.tasks.office import BRIEF, PUBLISH, TELL, TestOffice
from tests.tasks.small_semester import DAY, EARLIER

WORDS = "done outside the system by Dace Liepa: serveris nedarbojās (biroja pastkaste, 10:20)"


def mark(office: TestOffice, step: Step, **more: object) -> str:
    context = office.context(**{"reason": "serveris nedarbojās", "actor": "dace", **more})
    return mark_done_outside(context, step, "biroja pastkaste, 10:20", context.actor).en


def students(office: TestOffice) -> int:
    return sum(1 for person in office.counts() if person.startswith("s"))


def test_a_step_done_by_hand_is_not_done_again(office: TestOffice) -> None:
    office.move(TELL)

    said = mark(office, Step.NOTIFY_STUDENTS)
    outcomes = office.run(TELL)

    assert said == WORDS
    assert students(office) == 0
    notified = outcomes[Step.NOTIFY_STUDENTS]
    assert (notified.state, notified.summary, notified.has_run) == (StepState.DONE, WORDS, False)
    with reading(office.engine) as session:
        (entry,) = [one for one in entries(session, DAY) if one.action == "step done outside"]
        assert (entry.actor, entry.reason, entry.step, entry.details) == (
            "dace",
            "serveris nedarbojās",
            6,
            {
                "by": "dace",
                "reason": "serveris nedarbojās",
                "evidence": "biroja pastkaste, 10:20",
            },
        )


def test_a_changed_plan_makes_it_due_again(office: TestOffice) -> None:
    office.run_until(TELL)
    office.move(PUBLISH)
    mark(office, Step.PUBLISH_LINKS)
    cancel_class(office.context(), office.id_of("BIO"))

    outcomes = office.run(PUBLISH)

    assert outcomes[Step.PUBLISH_LINKS].has_run
    assert office.events() == ["M-ENG", "M-FIZ", "M-LAW", "M-MAT", "M-STA"]


def test_it_can_still_be_run_by_hand(office: TestOffice) -> None:
    office.move(TELL)
    mark(office, Step.NOTIFY_STUDENTS)
    office.run(TELL)

    office.run(TELL, [Step.NOTIFY_STUDENTS])

    assert students(office) == 12


def test_the_question_whether_the_meeting_was_held_is_withdrawn(office: TestOffice) -> None:
    office.run_until(BRIEF)
    assert [question.kind for question in office.questions()] == ["meeting_held"]

    mark(office, Step.BRIEF_TEAM)

    assert office.questions() == []


def test_the_same_mark_twice_is_one(office: TestOffice) -> None:
    office.move(TELL)
    first, second = (mark(office, Step.REMIND_LECTURERS) for _ in range(2))

    with reading(office.engine) as session:
        marks = [one for one in entries(session, DAY) if one.action == "step done outside"]
    assert (first, second, len(marks)) == (WORDS, WORDS, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": " "}, "Say why it was done outside the system, and what shows that it was."),
        ({"actor": "nobody"}, "Unknown colleague 'nobody'; known are dace, inga, juris, zane."),
    ],
)
def test_a_mark_without_reason_or_author_is_refused(
    office: TestOffice, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(DoneRefused) as refused:
        mark(office, Step.REMIND_LECTURERS, **change)

    assert (str(refused.value), office.summaries()) == (sentence, {})


def test_a_step_that_the_system_has_done_cannot_be_marked(office: TestOffice) -> None:
    office.run_until(TELL)

    with pytest.raises(DoneRefused, match=r"^Step 3 is done already: "):
        mark(office, Step.REMIND_LECTURERS)


def test_a_day_that_was_never_imported_is_refused(office: TestOffice) -> None:
    with pytest.raises(UnknownDay):
        mark(office, Step.REMIND_LECTURERS, day=EARLIER)
