"""Moodle lacks a function, a forum or a course: a question that says what to do, the rest done."""

import pytest

from rules.process import Step, StepState
from rules.timetable import Course
from tasks.change_class import cancel_class
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import CLEAR, PUBLISH, TestOffice, at
from tests.tasks.small_semester import COURSES, semester

NOON = at("12-02 12:00")


def test_a_missing_function_is_one_question(office: TestOffice) -> None:
    office.sandbox.fault(
        "moodle", "missing_function", "core_calendar_create_calendar_events", times=None
    )

    outcomes = office.run(PUBLISH)

    assert (outcomes[Step.PUBLISH_LINKS].state, outcomes[Step.PUBLISH_LINKS].summary) == (
        StepState.NEEDS_PERSON,
        "0 connections in 0 courses; 1 question to answer",
    )
    (text,) = office.texts()
    assert "access to this function was refused. In Moodle's External services see" in text
    assert outcomes[Step.PUBLISH_PLAN].state is StepState.DONE

    office.sandbox.forget_faults()
    assert office.run(NOON)[Step.PUBLISH_LINKS].summary == "6 connections in 6 courses"
    assert office.texts() == []


def test_a_missing_forum_says_which(office: TestOffice) -> None:
    elsewhere = office.with_env({"SAC_MOODLE__INFO_FORUM": "Plāni"})

    outcomes = office.run(PUBLISH, services=elsewhere)

    assert outcomes[Step.PUBLISH_PLAN].summary == "the plan is not in the LMS; 1 question to answer"
    assert office.texts() == [
        (
            "Plāns: 0 forums named “Plāni” in course “SAC-INFO” instead of one. Create one general "
            "forum of exactly this name, or correct SAC_MOODLE__INFO_FORUM; the robot user needs "
            "mod/forum:viewdiscussion there."
        )
    ]
    assert office.run(NOON)[Step.PUBLISH_PLAN].summary == "the plan is in the LMS"
    assert office.texts() == []


def test_a_missing_course_stops_only_its_own_class(open_office: OpenOffice) -> None:
    known = [
        {"idnumber": course.moodle_idnumber, "name": course.name_lv}
        for course in COURSES
        if course.code != "LAW"
    ]
    office = open_office(world={"courses": known})

    outcomes = office.run(PUBLISH)

    assert outcomes[Step.PUBLISH_LINKS].summary == (
        "5 connections in 5 courses; 1 question to answer"
    )
    (text,) = office.texts()
    assert text.startswith("12:45–15:45 Tiesību pamati (G4): ")


def test_a_course_without_moodle_is_a_question_of_step_1(open_office: OpenOffice) -> None:
    courses = [Course("LAW", "Tiesību pamati", "", "") if c.code == "LAW" else c for c in COURSES]
    office = open_office(semester(courses=courses))

    outcomes = office.run(PUBLISH)

    assert office.texts() == [
        (
            "Kursam Tiesību pamati nav norādīts Moodle kurss, tāpēc saiti uz 12:45–15:45 Tiesību "
            "pamati (G4) nevar ievietot. Pievienojiet Moodle ID semestra datos."
        )
    ]
    assert outcomes[Step.PUBLISH_LINKS].summary == "5 connections in 5 courses"
    assert len(office.counts()) == 17  # a missing course does not hold the letters


def test_a_course_with_another_moodle_number_moves_its_connection(office: TestOffice) -> None:
    office.run(PUBLISH)
    courses = [
        Course("LAW", "Tiesību pamati", "Foundations of Law", "M-ART") if c.code == "LAW" else c
        for c in COURSES
    ]

    office.import_(semester(courses=courses))
    office.run(NOON)

    assert office.events() == ["M-ART", "M-BIO", "M-ENG", "M-FIZ", "M-MAT", "M-STA"]
    assert office.summaries()[5] == ("done", "6 connections in 6 courses; replaced 1")


@pytest.mark.parametrize("kind", ["5xx", "reset", "drop_after_effect", "wrong_json"])
def test_a_lost_answer_is_never_a_second_entry(office: TestOffice, kind: str) -> None:
    for call in ("core_calendar_create", "mod_forum_add_discussion"):
        office.sandbox.fault("moodle", kind, call)

    office.run(PUBLISH)
    outcomes = office.run(NOON)

    assert outcomes[Step.PUBLISH_PLAN].summary == "the plan is in the LMS"
    assert outcomes[Step.PUBLISH_LINKS].summary == "6 connections in 6 courses"
    assert office.events() == ["M-BIO", "M-ENG", "M-FIZ", "M-LAW", "M-MAT", "M-STA"]
    assert len(office.plans()) == 1


def test_moodle_that_is_down_fails_two_steps_and_no_other(office: TestOffice) -> None:
    office.sandbox.fault("moodle", "5xx", "", times=None)

    outcomes = office.run(PUBLISH)

    assert [step.value for step, one in outcomes.items() if one.state is StepState.FAILED] == [4, 5]
    assert outcomes[Step.PUBLISH_LINKS].summary.startswith("Moodle: ")
    assert len(office.counts()) == 17


def test_an_entry_that_cannot_be_removed_is_asked_about_until_it_is_gone(
    office: TestOffice,
) -> None:
    office.run(PUBLISH)
    office.sandbox.fault(
        "moodle", "missing_function", "core_calendar_delete_calendar_events", times=None
    )

    outcomes = office.run(CLEAR)

    assert (outcomes[Step.CLEAR_LMS].state, outcomes[Step.CLEAR_LMS].summary) == (
        StepState.NEEDS_PERSON,
        "removed 1 plan; 6 still to remove; 1 question to answer",
    )
    office.sandbox.forget_faults()
    assert office.run(at("12-08 10:00"))[Step.CLEAR_LMS].summary == (
        "removed 1 plan and 6 connections; nothing of ours is left"
    )
    assert office.texts() == []


def test_a_cancelled_class_whose_entry_stays_is_asked_about(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.sandbox.fault("moodle", "missing_function", "core_calendar_delete", times=None)
    office.move(NOON)

    cancel_class(office.context(), office.id_of("LAW"))
    outcomes = office.run(NOON)

    assert outcomes[Step.PUBLISH_LINKS].summary == (
        "6 connections in 6 courses; 1 question to answer"
    )
    (text,) = office.texts()
    assert text.startswith("M-LAW: ")
