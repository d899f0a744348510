"""Classes cancelled, moved and re-staffed: the next run tells exactly the people concerned."""

from collections import Counter
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from models.letter import LetterState
from rules.process import Step, StepState
from rules.timetable import ClassStatus, Mode
from tasks.add_class import NewClass, add_class
from tasks.change_class import (
    ChangeRefused,
    assign_class,
    cancel_class,
    cancel_day,
    change_groups,
    change_mode,
    move_class,
    move_day,
    note_class,
    reinstate_class,
    remove_class,
)
from tasks.run_steps import run_day
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import BRIEF, PUBLISH, TELL, TestOffice, at
from tests.tasks.small_semester import DAY, EARLIER, TIMETABLE, semester

LATER = at("12-02 17:00")
EVERYBODY = {
    **dict.fromkeys(("anna", "janis", "liga", "mary", "peteris"), 1),
    **{f"s{number:02}": 1 for number in range(1, 13)},
}


def more_letters(office: TestOffice, before: dict[str, int]) -> dict[str, int]:
    """How many letters each person got since then."""
    return dict(Counter(office.counts()) - Counter(before))


def told(office: TestOffice) -> dict[str, int]:
    """Everything is prepared and everybody told; the counts of letters so far."""
    office.run(PUBLISH)
    office.forget()
    return office.counts()


def test_a_cancelled_class_is_told_to_its_people_and_nobody_else(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)

    cancel_class(office.context(), office.id_of("BIO"))
    outcomes = office.run(LATER)

    assert before == EVERYBODY
    # Pēteris and Līga give it, G3 attends it.
    assert more_letters(office, before) == dict.fromkeys(
        ("liga", "peteris", "s07", "s08", "s09"), 1
    )
    assert "ATCELTA" in office.subjects()["s07"][1].upper()
    assert "Bioloģija (G3)" not in office.meetings()
    assert len(office.meetings()) == 5
    assert office.events() == ["M-ENG", "M-FIZ", "M-LAW", "M-MAT", "M-STA"]
    assert {step.value: one.summary for step, one in outcomes.items() if one.has_run} == {
        1: "5 classes and 1 cancelled, 5 lecturers, 4 groups",
        2: "5 meetings on 3 accounts; removed 1",
        3: "5 letters and 2 cancellations sent",
        4: "the plan is in the LMS; replaced 1 time",
        5: "5 connections in 5 courses; removed 1",
        6: "12 letters and 3 cancellations sent",
    }


def test_only_what_the_cancellation_concerns_is_written(office: TestOffice) -> None:
    told(office)
    office.move(LATER)

    cancel_class(office.context(), office.id_of("BIO"))
    office.run(LATER)

    assert Counter(request.partition(" ")[0] for request in office.writes()) == {
        "zoom": 1,
        "smtp": 5,
        "moodle": 3,  # the file, the post, the event
    }


def test_cancelled_reinstated_and_cancelled_again_are_three_letters(office: TestOffice) -> None:
    before = told(office)
    bio = office.id_of("BIO")

    for hour, change in ((17, cancel_class), (18, reinstate_class), (19, cancel_class)):
        office.move(at(f"12-02 {hour}:00"))
        change(office.context(), bio)
        office.run(office.now)

    assert more_letters(office, before) == dict.fromkeys(
        ("liga", "peteris", "s07", "s08", "s09"), 3
    )
    variants = [letter.variant for letter in office.letters() if letter.person == "s07"]
    assert variants == ["first", "cancellation", "change", "cancellation"]
    assert len({letter.message_id for letter in office.letters()}) == len(office.letters())
    assert office.summaries()[6] == ("done", "12 letters, 3 changes and 6 cancellations sent")
    assert "Bioloģija (G3)" not in office.meetings()


def test_a_class_taken_out_of_the_timetable_is_told_as_one_that_is_off(
    office: TestOffice,
) -> None:
    """Who reads that a class is not theirs any more would ask whose it is now."""
    before = told(office)
    bio = office.id_of("BIO")
    for hour, change in ((17, remove_class), (18, reinstate_class)):
        office.move(at(f"12-02 {hour}:00"))
        change(office.context(), bio)
        office.run(office.now)

    assert more_letters(office, before) == dict.fromkeys(
        ("liga", "peteris", "s07", "s08", "s09"), 2
    )
    assert office.subjects()["s07"][1:] == [
        "ATCELTA nodarbība 05.12.2026., pl. 09:00: Bioloģija",
        "Nodarbība tomēr notiks 05.12.2026., pl. 09:00: Bioloģija",
    ]
    assert office.subjects()["peteris"][1] == "ATCELTA nodarbība 05.12.2026., pl. 09:00: Bioloģija"


def test_cancelled_and_reinstated_between_two_runs_is_no_letter(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)

    cancel_class(office.context(), office.id_of("BIO"))
    reinstate_class(office.context(), office.id_of("BIO"))
    office.run(LATER)

    assert (more_letters(office, before), office.writes()) == ({}, [])


def test_a_class_cancelled_before_anything_was_sent_is_named_in_the_first_letter(
    office: TestOffice,
) -> None:
    cancel_class(office.context(), office.id_of("MAT"))

    office.run(TELL)

    assert office.counts() == EVERYBODY
    assert "Matemātika" in office.text("anna")
    assert len(office.meetings()) == 5


def test_a_moved_class_keeps_its_meeting(office: TestOffice) -> None:
    before = told(office)
    known = office.meeting_id("FIZ")
    office.move(LATER)

    move_class(office.context(), office.id_of("FIZ"), at("12-05 16:00"))
    office.run(LATER)

    assert office.meeting_id("FIZ") == known
    assert office.meetings()["Fizika (G2)"][1] == "2026-12-05T14:00:00Z"
    assert more_letters(office, before) == dict.fromkeys(("janis", "s04", "s05", "s06"), 1)
    assert office.events() == ["M-BIO", "M-ENG", "M-FIZ", "M-LAW", "M-MAT", "M-STA"]


def test_a_clash_made_by_hand_holds_the_letters_until_somebody_decides(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)

    move_class(office.context(), office.id_of("FIZ"), at("12-05 12:45"))
    outcomes = office.run(LATER)

    (question,) = office.texts()
    assert question.startswith("Grupai G2 vienlaikus ir divas nodarbības: 12:45–15:45")
    assert outcomes[Step.NOTIFY_STUDENTS].summary == (
        "letters wait: the plan has 1 problem to decide (see the questions)"
    )
    assert more_letters(office, before) == {}
    office.answer("accept")
    office.run(at("12-02 18:00"))
    assert {"janis", "s04", "s05", "s06"} <= more_letters(office, before).keys()


def test_a_substitute_gets_a_first_letter_and_the_other_a_withdrawal(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)

    assign_class(office.context(), office.id_of("LAW"), ["janis"])
    office.run(LATER)

    assert more_letters(office, before) == dict.fromkeys(
        ("janis", "peteris", "s10", "s11", "s12"), 1
    )
    variants = {
        letter.person: letter.variant for letter in office.letters() if letter.sequence == 1
    }
    assert variants["janis"] == "change"
    assert variants["peteris"] == "cancellation"


def test_somebody_new_gets_a_first_letter(office: TestOffice) -> None:
    cancel_class(office.context(), office.id_of("FIZ"))
    assign_class(office.context(), office.id_of("LAW"), ["peteris"])
    before = told(office)
    office.move(LATER)

    assign_class(office.context(), office.id_of("FIZ"), ["liga"])
    office.run(LATER)

    # A cancelled class given to somebody else: Līga learns that it would have been hers; the
    # students know that it is off, and a letter would show them nothing new.
    assert more_letters(office, before) == {"liga": 1}


def test_a_class_cancelled_on_the_day_is_told_at_once(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.run(at("12-05 09:05"))
    before, now = office.counts(), at("12-05 10:00")
    office.move(now)

    cancel_class(office.context(), office.id_of("STA"))
    office.run(now)

    assert more_letters(office, before) == dict.fromkeys(("anna", "s07", "s08", "s09"), 1)
    assert "Statistika (G3)" not in office.meetings()
    # Classes of the morning have begun; their entries stay until step 11.
    assert office.events() == ["M-BIO", "M-ENG", "M-FIZ", "M-LAW", "M-MAT"]


def test_a_class_that_has_begun_stays_as_it_is(office: TestOffice) -> None:
    office.move(at("12-05 09:10"))

    with pytest.raises(ChangeRefused, match="has begun"):
        cancel_class(office.context(), office.id_of("MAT"))


def test_a_class_put_off_at_the_last_moment_is_told_although_its_first_time_has_come(
    office: TestOffice,
) -> None:
    office.run(BRIEF)
    before = office.counts()
    office.move(at("12-05 08:55"))

    move_class(office.context(), office.id_of("MAT"), at("12-05 16:00"))
    office.run(at("12-05 09:05"))

    assert more_letters(office, before) == dict.fromkeys(("anna", "s01", "s02", "s03"), 1)
    assert "16:00" in office.text("s01")


def test_a_class_cancelled_too_late_to_be_told_stays_where_it_is(office: TestOffice) -> None:
    office.run(BRIEF)
    before = office.counts()
    office.move(at("12-05 08:59"))

    cancel_class(office.context(), office.id_of("MAT"))
    office.run(at("12-05 09:05"))

    assert more_letters(office, before) == {}
    assert "M-MAT" in office.events()


def test_a_waiting_letter_is_superseded_by_the_newer_text(office: TestOffice) -> None:
    office.sandbox.fault("smtp", "smtp_4xx", "anna@")
    outcomes = office.run(TELL)
    assert outcomes[Step.REMIND_LECTURERS].state is StepState.FAILED

    cancel_class(office.context(), office.id_of("STA"))
    office.run(LATER)

    mine = [letter for letter in office.letters() if letter.person == "anna"]
    assert [letter.state for letter in mine] == [LetterState.SUPERSEDED, LetterState.SENT]
    assert [letter.variant for letter in mine] == ["first", "first"]
    assert office.counts()["anna"] == 1


def test_a_waiting_change_is_taken_back_when_the_change_is(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)
    cancel_class(office.context(), office.id_of("LAW"))
    office.sandbox.fault("smtp", "smtp_4xx", "s1", times=None)
    office.run(LATER)

    reinstate_class(office.context(), office.id_of("LAW"))
    office.sandbox.forget_faults()
    office.run(at("12-02 18:00"))

    # Pēteris had been told and is told again (with the new link); of the students nobody had.
    assert more_letters(office, before) == {"peteris": 2, "s10": 1, "s11": 1, "s12": 1}
    states = [letter.state for letter in office.letters() if letter.person == "s10"]
    assert states == [LetterState.SENT, LetterState.SUPERSEDED, LetterState.SENT]


def test_a_whole_day_is_cancelled_at_once(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)

    cancelled = cancel_day(office.context())
    office.run(LATER)

    assert cancelled == 7
    assert more_letters(office, before) == EVERYBODY
    assert (office.meetings(), office.events()) == ({}, [])
    assert office.summaries()[1] == ("done", "0 classes and 6 cancelled, 5 lecturers, 4 groups")


def test_a_whole_day_is_moved_to_another_date_with_its_meetings(office: TestOffice) -> None:
    before = told(office)
    links = ids(office)
    office.move(LATER)

    moved = move_day(office.context(), at("12-12 09:00").date())

    assert moved == 7
    assert office.run(LATER)[Step.PREPARE_PLAN].summary == "no online classes that day"
    assert (office.events(), office.plans()) == ([], [["studiju-dienas-plans-2026-12-05.pdf"]])
    assert more_letters(office, before) == EVERYBODY
    assert office.subjects()["s10"][1] == (
        "Mainīts nodarbības laiks 05.12.2026., tagad 12.12.2026. pl. 12:45: Tiesību pamati"
    )
    assert ids(office) == links
    assert office.meetings()["Matemātika (G1)"][1] == "2026-12-12T07:00:00Z"


def ids(office: TestOffice) -> dict[str, int]:
    return {meeting["topic"]: meeting["id"] for meeting in office.state()["zoom"]["meetings"]}


def test_a_day_with_a_class_that_has_begun_is_not_moved_in_part(office: TestOffice) -> None:
    told(office)
    office.move(at("12-05 10:00"))
    rows = office.rows()

    with pytest.raises(ChangeRefused, match="has begun"):
        move_day(office.context(), at("12-12 09:00").date())

    assert office.rows() == rows
    with pytest.raises(ChangeRefused, match="already"):
        move_day(office.context(), DAY)


def test_a_class_moved_to_another_day_takes_its_meeting_along(open_office: OpenOffice) -> None:
    other = at("12-19 09:00").date()
    office = open_office(semester(timetable=(*TIMETABLE, replace(TIMETABLE[1], day=other))))
    told(office)
    known = office.meeting_id("MAT")
    office.move(LATER)

    move_class(office.context(), office.id_of("MAT"), at("12-19 12:45"))
    run_day(office.context(day=other), {Step.PREPARE_PLAN, Step.PLAN_MEETINGS})
    office.run(LATER)

    meetings = office.state()["zoom"]["meetings"]
    mine = [meeting for meeting in meetings if meeting["topic"] == "Matemātika (G1)"]
    assert [(str(m["id"]), m["start_time"]) for m in mine] == [(known, "2026-12-19T10:45:00Z")]
    assert (len(meetings), office.state()["zoom"]["deleted"]) == (7, [])


def test_refused_changes_say_why(office: TestOffice) -> None:
    bio = office.id_of("BIO")
    office.move(LATER)

    with pytest.raises(ChangeRefused, match=r"There is no class nobody\. See the ids with"):
        cancel_class(office.context(), "nobody")
    with pytest.raises(ChangeRefused, match="There is no class nobody"):
        note_class(office.context(), "nobody", "x")
    with pytest.raises(ChangeRefused, match=r"Unknown lecturer: zenta\. Use keys"):
        assign_class(office.context(), bio, ["zenta", "anna"])
    with pytest.raises(ChangeRefused, match="Unknown lecturer: nobody"):
        assign_class(office.context(), bio, [])
    with pytest.raises(ChangeRefused, match="2026-12-06 is not a study day"):
        move_class(office.context(), bio, at("12-06 09:00"))
    with pytest.raises(ChangeRefused, match="is not a study day"):
        cancel_day(office.context(day=EARLIER))


def test_a_support_note_is_for_the_team_only(office: TestOffice) -> None:
    before = told(office)
    office.move(LATER)

    noted = note_class(office.context(actor="inga"), office.id_of("BIO"), "Vajag palīdzību")
    office.run(LATER)

    assert (noted.support_note, noted.status) == ("Vajag palīdzību", ClassStatus.PLANNED)
    assert (more_letters(office, before), office.writes()) == ({}, [])
    assert ("noted support", noted.id) in office.journal()
    office.run(BRIEF)
    assert "Vajag palīdzību" in office.text("inga")


def test_a_class_that_is_held_on_site_is_told_as_such_in_every_letter(office: TestOffice) -> None:
    told(office)
    office.move(LATER)

    change_mode(office.context(), office.id_of("LAW"), Mode.ONSITE)
    office.run(LATER)
    move_class(office.context(), office.id_of("LAW"), at("12-05 16:00"))
    office.run(at("12-02 18:00"))

    assert office.subjects()["s10"][1:] == [
        "Izmaiņas nodarbībā 05.12.2026., pl. 12:45: Tiesību pamati",
        "Mainīts nodarbības laiks 05.12.2026., pl. 16:00: Tiesību pamati",
    ]
    assert "  Laiks: līdz šim 2. nodarbība, pl. 12:45–15:45 → tagad pl. 16:00–19:00" in (
        office.text("s10")
    )
    assert "Norise: klātienē" in office.text("s10")
    first_change = bodies(office, "s12")[1]
    assert "  Held: before online → now on site" in first_change
    assert "zoom.us" not in first_change
    assert office.text("peteris").count("Apmeklētāju skaits: ____") == 1  # of Bioloģija


def bodies(office: TestOffice, name: str) -> list[str]:
    """The plain texts of all letters of a person."""
    messages = office.sandbox.letters(f"{name}@augstskola.example")
    parts = [message_from_bytes(raw, policy=default).get_body(("plain",)) for raw in messages]
    return [str(part.get_content()) for part in parts if part is not None]


def test_changes_that_cannot_be_made_say_everything_that_is_wrong(office: TestOffice) -> None:
    office.move(LATER)
    rows = office.rows()
    wrong = NewClass(at("12-06 10:00"), at("12-06 09:00"), "XYZ", ("zenta",), ())

    with pytest.raises(ChangeRefused) as refused:
        add_class(office.context(), wrong)
    with pytest.raises(ChangeRefused, match=r"Unknown group: G9\. Use groups of"):
        change_groups(office.context(), office.id_of("BIO"), ["G3", "G9"])
    with pytest.raises(ChangeRefused, match="Unknown group: none given"):
        change_groups(office.context(), office.id_of("BIO"), [])
    same = NewClass(at("12-05 12:45"), at("12-05 14:00"), "LAW", ("liga",), ("G4",))
    with pytest.raises(ChangeRefused, match=r"^There is such a class already"):
        add_class(office.context(), same)

    assert str(refused.value) == (
        "The class must end after it begins, on the same day. 2026-12-06 is not a study day; "
        "import it first. Unknown course: XYZ. Use codes of the sheet 'courses'. Unknown "
        "lecturer: zenta. Use keys of 'lecturers'. Unknown group: none given. Use groups of the "
        "students."
    )
    assert office.rows() == rows
    office.move(at("12-05 12:50"))
    with pytest.raises(ChangeRefused, match="A class cannot be added to the past"):
        add_class(office.context(), same)
    with pytest.raises(ChangeRefused, match="has begun"):
        remove_class(office.context(), office.id_of("LAW"))
