"""What cannot wait goes out whatever else is open: what is off, and what begins within a day."""

from collections import Counter

from rules.process import Step, StepState
from tasks.change_class import assign_class, cancel_class, move_class, reinstate_class
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import BRIEF, PUBLISH, TELL, TestOffice, at

LATER = at("12-02 17:00")
EVENING = at("12-04 17:00")
BIO_PEOPLE = dict.fromkeys(("liga", "peteris", "s07", "s08", "s09"), 1)
HELD = "letters wait: the plan has 1 problem to decide (see the questions)"


def more_letters(office: TestOffice, before: dict[str, int]) -> dict[str, int]:
    return dict(Counter(office.counts()) - Counter(before))


def clash(office: TestOffice) -> None:
    """A class of G2 is moved onto another one of theirs, which only a person can decide."""
    move_class(office.context(), office.id_of("FIZ"), at("12-05 12:45"))


def test_a_cancellation_goes_out_while_the_plan_has_a_problem(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    office.move(LATER)

    clash(office)
    cancel_class(office.context(), office.id_of("BIO"))
    outcomes = office.run(LATER)

    # Jānis and G2, whose class was moved onto another one, hear nothing yet.
    assert more_letters(office, before) == BIO_PEOPLE
    assert [outcomes[step].state for step in (Step.REMIND_LECTURERS, Step.NOTIFY_STUDENTS)] == [
        StepState.NEEDS_PERSON
    ] * 2
    assert outcomes[Step.REMIND_LECTURERS].summary == f"{HELD}; 2 letters that could not wait sent"
    assert outcomes[Step.NOTIFY_STUDENTS].summary == f"{HELD}; 3 letters that could not wait sent"
    office.run(at("12-02 18:00"))
    assert more_letters(office, before) == BIO_PEOPLE


def test_what_waited_follows_when_somebody_has_decided(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    office.move(LATER)
    clash(office)
    cancel_class(office.context(), office.id_of("BIO"))
    office.run(LATER)

    office.answer("accept")
    office.run(at("12-02 18:00"))

    assert more_letters(office, before) == {
        **BIO_PEOPLE,
        **dict.fromkeys(("janis", "s04", "s05", "s06"), 1),
    }


def test_one_letter_tells_of_the_cancellation_and_leaves_the_rest_as_it_was(
    office: TestOffice,
) -> None:
    """Anna's Statistika is moved, which is undecided, and her Matemātika cancelled."""
    office.run(PUBLISH)
    before = office.counts()
    office.move(LATER)

    move_class(office.context(), office.id_of("STA"), at("12-05 09:00"))  # onto Bioloģija
    cancel_class(office.context(), office.id_of("MAT"))
    office.run(LATER)

    assert office.questions() != []
    assert more_letters(office, before) == dict.fromkeys(("anna", "s01", "s02", "s03"), 1)
    assert office.subjects()["anna"][-1] == ("ATCELTA nodarbība 05.12.2026., pl. 09:00: Matemātika")
    assert "2. nodarbība | pl. 12:45–15:45 | Statistika | G3" in office.text("anna")


def test_an_urgent_change_goes_out_while_the_plan_has_a_problem(office: TestOffice) -> None:
    office.run(BRIEF)
    before = office.counts()
    office.move(EVENING)

    clash(office)
    assign_class(office.context(), office.id_of("LAW"), ["janis"])
    outcomes = office.run(EVENING)

    assert outcomes[Step.PREPARE_PLAN].state is StepState.NEEDS_PERSON
    assert more_letters(office, before) == dict.fromkeys(
        ("janis", "peteris", "s04", "s05", "s06", "s10", "s11", "s12"), 1
    )


def test_a_plan_that_nobody_was_told_of_waits_even_on_its_eve(office: TestOffice) -> None:
    clash(office)

    office.run(TELL)
    cancel_class(office.context(), office.id_of("BIO"))
    outcomes = office.run(EVENING)

    assert office.subjects().keys() <= {"dace", "inga", "juris", "zane"}
    assert outcomes[Step.REMIND_LECTURERS].summary == HELD


def test_an_unreleased_change_waits_and_a_cancellation_does_not(open_office: OpenOffice) -> None:
    office = open_office(release="ask")
    office.run(TELL)
    assert office.counts() == {}
    office.answer("release")
    office.run(PUBLISH)
    before = office.counts()
    office.move(LATER)

    cancel_class(office.context(), office.id_of("BIO"))
    office.run(LATER)

    assert more_letters(office, before) == BIO_PEOPLE


def test_a_cancellation_goes_out_while_zoom_is_down(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    office.move(LATER)
    office.sandbox.fault("zoom", "reset", "", times=None)

    cancel_class(office.context(), office.id_of("BIO"))
    move_class(office.context(), office.id_of("LAW"), at("12-05 16:00"))
    outcomes = office.run(LATER)

    assert outcomes[Step.PLAN_MEETINGS].state is StepState.FAILED
    assert more_letters(office, before) == BIO_PEOPLE
    assert outcomes[Step.NOTIFY_STUDENTS].state is StepState.DUE
    assert outcomes[Step.NOTIFY_STUDENTS].summary.endswith("; 3 letters that could not wait sent")
    office.sandbox.forget_faults()
    outcomes = office.run(at("12-02 18:00"))
    assert more_letters(office, before) == {
        **BIO_PEOPLE,
        "peteris": 2,  # Bioloģija is off, then Tiesību pamati has another time
        **dict.fromkeys(("s10", "s11", "s12"), 1),
    }
    assert outcomes[Step.NOTIFY_STUDENTS].state is StepState.DONE


def test_a_reinstated_class_is_told_at_once_on_its_eve_although_zoom_is_down(
    office: TestOffice,
) -> None:
    cancel_class(office.context(), office.id_of("LAW"))
    office.run(BRIEF)
    before = office.counts()
    office.move(EVENING)
    office.sandbox.fault("zoom", "reset", "", times=None)

    reinstate_class(office.context(), office.id_of("LAW"))
    office.run(EVENING)

    told = dict.fromkeys(("peteris", "s10", "s11", "s12"), 1)
    assert more_letters(office, before) == told
    assert "Pieslēgšanās informāciju nosūtīsim atsevišķi." in office.text("s10")
    office.sandbox.forget_faults()
    office.run(at("12-04 18:00"))
    assert more_letters(office, before) == dict.fromkeys(told, 2)
    assert office.meeting_id("LAW") in office.text("s10").replace(" ", "")
