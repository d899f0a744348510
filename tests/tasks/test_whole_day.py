"""The whole study day through the executor, at every due moment and again."""

from collections import Counter

from rules.process import Step
from tests.tasks.office import (
    BRIEF,
    CLEAR,
    COLLECT,
    FIRST_LOOK,
    PLAN,
    PUBLISH,
    REMIND,
    SECOND_LOOK,
    TELL,
    WAVES,
    TestOffice,
    at,
)

EVENING = at("12-05 19:30")


def play(office: TestOffice) -> None:
    """The day as it should be: the meeting is held, and everybody answers in the evening."""
    office.run_until(BRIEF)
    office.now = at("12-04 15:00")
    office.answer("yes", kind="meeting_held")
    office.run_until(SECOND_LOOK)
    office.run_until(COLLECT)
    office.run(EVENING)
    office.run_until(CLEAR)


def test_all_eleven_steps_are_done(any_office: TestOffice) -> None:
    office = any_office
    play(office)

    assert office.summaries() == {
        1: ("done", "6 classes, 5 lecturers, 4 groups"),
        2: ("done", "6 meetings on 3 accounts"),
        3: ("done", "5 letters sent"),
        4: ("done", "the plan is in the LMS"),
        5: ("done", "6 connections in 6 courses"),
        6: ("done", "12 letters sent"),
        7: ("done", "held, confirmed by Dace Liepa"),
        8: ("done", "6 of 6 classes have begun"),
        9: ("done", "every lecturer has reported"),
        10: ("done", "6 of 6 classes reported"),
        11: ("done", "removed 1 plan and 6 connections; nothing of ours is left"),
    }
    assert [record.summary_lv for _, record in sorted(office.records().items())] == [
        "6 nodarbības, 5 mācībspēki, 4 grupas",
        "6 sapulces 3 Zoom kontos",
        "nosūtītas 5 vēstules",
        "plāns ir LMS",
        "6 pieslēgšanās ieraksti 6 kursos",
        "nosūtītas 12 vēstules",
        "sapulce notika, apstiprina Dace Liepa",
        "sākušās 6 no 6 nodarbībām",
        "visi mācībspēki ir atbildējuši",
        "skaits saņemts par 6 no 6 nodarbībām",
        "dzēsts 1 plāns un 6 pieslēgšanās ieraksti; nekas no mūsu ievietotā nav palicis",
    ]
    assert office.outbox() == Counter(
        {("student", "sent"): 12, ("lecturer", "sent"): 5, ("team_briefing", "sent"): 4}
    )
    assert (office.events(), office.plans(), len(office.meetings())) == ([], [], 6)
    assert office.texts() == []
    finished = {step.value: record.finished_at for step, record in office.records().items()}

    assert finished == {
        1: PLAN,
        2: PLAN,
        3: TELL,
        4: PUBLISH,
        5: PUBLISH,
        6: TELL,
        7: at("12-04 15:00"),
        8: SECOND_LOOK,
        9: REMIND,
        10: EVENING,
        11: CLEAR,
    }


def test_a_second_run_changes_nothing_anywhere(any_office: TestOffice) -> None:
    office = any_office
    for moment in WAVES:
        office.run_until(moment)
        known = (office.rows(), office.summaries())
        office.forget()

        office.run(moment)

        assert (moment, office.writes()) == (moment, [])
        assert (office.rows(), office.summaries()) == known


def test_nothing_is_due_before_the_first_moment(office: TestOffice) -> None:
    outcomes = office.run(at("11-26 12:00"))

    assert {one.state.value for one in outcomes.values()} == {"not_due"}
    assert outcomes[Step.PREPARE_PLAN].summary == "not due before 27 Nov 09:00"
    assert (office.meetings(), office.subjects(), office.summaries()) == ({}, {}, {})


def test_one_run_after_an_outage_does_what_is_still_open(office: TestOffice) -> None:
    outcomes = office.run(at("12-05 10:00"))

    # The first classes have begun: nobody is told of them any more, and step 7 was missed.
    assert {one.step.value: one.state.value for one in outcomes.values()} == {
        1: "done",
        2: "done",
        3: "done",
        4: "done",
        5: "done",
        6: "done",
        7: "missed",
        8: "due",
        9: "not_due",
        10: "not_due",
        11: "not_due",
    }
    assert office.counts() == {
        **dict.fromkeys(("anna", "peteris", "mary"), 1),
        "inga": 3,  # on duty: the classes of the morning have no meeting that could have begun
        **{f"s{number:02}": 1 for number in range(1, 13)},
    }
    assert "Matemātika" not in office.text("anna")
    assert "Statistika" in office.text("anna")
    assert office.events() == ["M-ENG", "M-LAW", "M-STA"]
    assert outcomes[Step.BRIEF_TEAM].summary == "closed undone at 05 Dec 00:00"


def test_first_look_sees_the_classes_of_the_morning(office: TestOffice) -> None:
    office.run_until(FIRST_LOOK)

    assert office.summaries()[8] == ("due", "3 of 6 classes have begun, 3 still to come")
