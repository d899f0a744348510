"""Zoom refuses, is slow of speech, or forgets: what the operator reads, and that nothing is doubled."""

from collections.abc import Mapping

import pytest
from sqlmodel import select

from models.database import reading, writing
from models.meeting import Meeting, MeetingState
from models.question import QuestionState
from rules.process import Step, StepState
from tasks.change_class import cancel_class, move_class
from tasks.day_plan import load_plan
from tasks.meeting_plan import WantedMeeting, plan_of_meetings
from tasks.plan_meetings import plan_meetings
from tests.tasks.conftest import OpenOffice
from tests.tasks.office import FIRST_LOOK, PLAN, PUBLISH, TELL, TestOffice, at
from tests.tasks.small_semester import ACCOUNTS, DAY, TIMETABLE, semester

PREPARE = (Step.PREPARE_PLAN, Step.PLAN_MEETINGS)


def rows(office: TestOffice) -> dict[str, MeetingState]:
    with reading(office.engine) as session:
        return {row.class_id: row.state for row in session.exec(select(Meeting))}


def test_wrong_credentials_are_one_question_that_says_which_settings(office: TestOffice) -> None:
    wrong = office.with_env({"SAC_ZOOM__CLIENT_SECRET": "wrong"})

    outcomes = office.run(TELL, services=wrong)

    assert (outcomes[Step.PLAN_MEETINGS].state, outcomes[Step.PLAN_MEETINGS].summary) == (
        StepState.NEEDS_PERSON,
        "0 meetings on 0 accounts; 6 classes without a meeting; 1 question to answer",
    )
    (text,) = office.texts()
    assert text.startswith(
        "09:00–12:00 Bioloģija (G3); 09:00–12:00 Fizika (G2); 09:00–12:00 Matemātika (G1) and 3 "
        "more: the credentials do not open the account: Zoom refused them. Correct "
        "SAC_ZOOM__ACCOUNT_ID, SAC_ZOOM__CLIENT_ID and SAC_ZOOM__CLIENT_SECRET"
    )
    # A letter without a link would have to be taken back.
    assert outcomes[Step.REMIND_LECTURERS].summary == (
        "letters wait: the plan has 1 problem to decide (see the questions)"
    )
    assert office.subjects() == {}

    office.run(at("12-01 10:00"))

    assert (len(office.meetings()), office.texts()) == (6, [])
    assert len(office.counts()) == 17
    assert [question.state for question in office.questions(QuestionState.WITHDRAWN)] == [
        QuestionState.WITHDRAWN
    ]


def test_a_missing_scope_names_the_scope(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "missing_scope", "POST /v2/users", times=None)

    office.run(PLAN)

    (text,) = office.texts()
    assert "the app lacks a scope. In the Zoom App Marketplace add the scopes" in text


def test_a_question_answered_mended_is_asked_again_while_nothing_is(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "missing_scope", "POST /v2/users", times=None)
    office.run(PLAN)
    office.answer("mended")
    assert office.texts() == []

    office.run(at("11-27 10:00"))

    assert len(office.texts()) == 1
    office.answer("skip")
    outcomes = office.run(TELL)
    assert office.texts() == []
    assert (outcomes[Step.PLAN_MEETINGS].state, outcomes[Step.PLAN_MEETINGS].summary) == (
        StepState.DONE,
        "0 meetings on 0 accounts; 6 classes without a meeting",
    )
    assert len(office.counts()) == 17  # skipped: the letters go without links


def test_too_many_requests_in_a_second_are_tried_again(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "429_second", "POST", times=2)

    outcomes = office.run(PLAN)

    assert outcomes[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"


def test_a_used_up_day_says_until_when_and_is_not_hammered(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "429_day", "POST /v2/users", times=None)

    outcomes = office.run(PLAN)

    assert outcomes[Step.PLAN_MEETINGS].state is StepState.FAILED
    assert outcomes[Step.PLAN_MEETINGS].summary.startswith(
        "Zoom: create a meeting for zoom3@augstskola.example: the daily limit is used up (429/429). "
        "Zoom takes requests again from 2026-11-28 00:00 UTC; the run waits for it."
    )
    assert "(and 2 more like it)" in outcomes[Step.PLAN_MEETINGS].summary
    tried = [r for r in office.sandbox.requests() if r["status"] == 429]
    assert len(tried) == 3

    office.sandbox.forget_faults()
    assert office.run(at("11-28 09:00"))[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"


def test_a_create_whose_answer_was_lost_is_adopted(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "drop_after_effect", "POST /v2/users", times=2)

    outcomes = office.run(PLAN)

    assert outcomes[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"
    state = office.state()["zoom"]
    assert (len(state["meetings"]), state["deleted"]) == (6, [])
    assert set(rows(office).values()) == {MeetingState.ACTIVE}


def test_a_create_of_unknown_outcome_is_looked_up_by_the_next_run(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "drop_after_effect", "POST /v2/users")
    office.sandbox.fault("zoom", "5xx", "GET /v2/users", times=4)

    outcomes = office.run(PLAN)
    assert outcomes[Step.PLAN_MEETINGS].state is StepState.FAILED
    assert sorted(rows(office).values()) == [*["active"] * 5, "creating"]
    assert len(office.meetings()) == 6
    office.run(at("11-27 10:00"))

    state = office.state()["zoom"]
    assert (len(state["meetings"]), state["deleted"]) == (6, [])
    assert set(rows(office).values()) == {MeetingState.ACTIVE}


def test_a_create_of_unknown_outcome_that_made_nothing_is_made_once(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "5xx", "POST /v2/users")

    outcomes = office.run(PLAN)
    assert outcomes[Step.PLAN_MEETINGS].state is StepState.FAILED
    assert "Done before: made 5. Running the step again is safe." in (
        outcomes[Step.PLAN_MEETINGS].summary
    )
    office.run(at("11-27 10:00"))

    assert len(office.state()["zoom"]["meetings"]) == 6


def test_two_meetings_of_one_class_become_one(office: TestOffice) -> None:
    office.run(PLAN)
    with writing(office.engine) as session:
        row = session.get_one(Meeting, office.id_of("MAT"))
        row.state, row.meeting_id, host = MeetingState.CREATING, "", row.host
        session.add(row)
    office.services.zoom.create_meeting(host, wanted_meetings(office)[row.class_id].spec)
    assert len(office.state()["zoom"]["meetings"]) == 7

    office.run(at("11-27 10:00"))

    state = office.state()["zoom"]
    assert (len(state["meetings"]), len(state["deleted"])) == (6, 1)


def wanted_meetings(office: TestOffice) -> Mapping[str, WantedMeeting]:
    services = office.services
    with reading(office.engine) as session:
        plan = load_plan(session, DAY, services.settings.zone)
        return plan_of_meetings(session, services.settings, plan, office.now).wanted


def test_an_intention_of_a_cancelled_class_is_looked_up_and_taken_away(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "drop_after_effect", "POST /v2/users")
    office.sandbox.fault("zoom", "5xx", "GET /v2/users", times=4)
    office.run(PLAN)
    (lost,) = (key for key, state in rows(office).items() if state is MeetingState.CREATING)

    cancel_class(office.context(), lost)
    office.run(at("11-27 10:00"))

    assert len(office.state()["zoom"]["meetings"]) == 5
    assert rows(office)[lost] is MeetingState.DELETED


def test_an_intention_on_another_account_leaves_nothing_behind(office: TestOffice) -> None:
    office.run(PLAN)
    (other,) = {account.email for account in ACCOUNTS} - {
        host for host, _ in office.meetings().values()
    }
    mat = office.id_of("MAT")
    with writing(office.engine) as session:
        row = session.get_one(Meeting, mat)
        row.state, row.meeting_id = MeetingState.CREATING, ""
        session.add(row)
    # The account that the creation was tried on is taken out of the pool.
    host = office.meetings()["Matemātika (G1)"][0]
    office.import_(semester(zoom_accounts=[a for a in ACCOUNTS if a.email != host]))

    office.run(at("11-27 10:00"))

    assert other in {found for found, _ in office.meetings().values()}
    assert host not in {found for found, _ in office.meetings().values()}
    assert len(office.state()["zoom"]["meetings"]) == 6


def test_a_class_that_has_begun_still_gets_its_lost_meeting(office: TestOffice) -> None:
    office.sandbox.fault("zoom", "5xx", "POST /v2/users", times=1)
    office.run(PLAN)
    assert sorted(rows(office).values()) == [*["active"] * 5, "creating"]

    outcomes = office.run(at("12-05 09:30"))

    assert outcomes[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts"
    late = [start for _, start in office.meetings().values() if start == "2026-12-05T07:31:00Z"]
    assert len(late) == 1


def test_a_meeting_deleted_by_hand_is_asked_about_and_then_made_anew(office: TestOffice) -> None:
    office.run(PLAN)
    gone = office.meeting_id("LAW")
    office.services.zoom.delete_meeting(gone or "")
    move_class(office.context(), office.id_of("LAW"), at("12-05 13:00"))

    first = office.run(at("11-27 10:00"))
    (text,) = office.texts()
    second = office.run(at("11-27 11:00"))

    assert first[Step.PLAN_MEETINGS].state is StepState.NEEDS_PERSON
    assert text == (
        "13:00–16:00 Tiesību pamati (G4): there is no such meeting. It was deleted in Zoom; if it "
        "stays away, the next run creates a new one."
    )
    assert second[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts; replaced 1"
    assert office.texts() == []
    assert office.meetings()["Tiesību pamati (G4)"][1] == "2026-12-05T11:00:00Z"
    assert office.meeting_id("LAW") != gone


def test_an_unknown_host_stops_only_its_own_classes(open_office: OpenOffice) -> None:
    office = open_office(world={"zoom_accounts": [account.email for account in ACCOUNTS[:2]]})

    outcomes = office.run(PLAN)

    assert outcomes[Step.PLAN_MEETINGS].summary == (
        "4 meetings on 2 accounts; 2 classes without a meeting; 1 question to answer"
    )
    (text,) = office.texts()
    assert text.endswith(
        "the host is not a user of the Zoom account. Add the user to the Zoom account, or correct "
        "the sheet of Zoom accounts."
    )


def test_an_account_taken_out_of_the_pool_gets_its_classes_new_meetings(office: TestOffice) -> None:
    office.run(PUBLISH)
    before, host = office.counts(), office.meetings()["Bioloģija (G3)"][0]
    moved = {topic for topic, (account, _) in office.meetings().items() if account == host}

    office.import_(semester(zoom_accounts=[a for a in ACCOUNTS if a.email != host]))
    outcomes = office.run(at("12-02 12:00"))

    assert outcomes[Step.PLAN_MEETINGS].summary == "6 meetings on 3 accounts; replaced 2"
    assert host not in {account for account, _ in office.meetings().values()}
    told = {name for name, count in office.counts().items() if count > before[name]}
    # Whose link is another one now: Bioloģija with G3, Tiesību pamati with G4.
    assert moved == {"Bioloģija (G3)", "Tiesību pamati (G4)"}
    assert told == {"peteris", "liga", *(f"s{number:02}" for number in range(7, 13))}


def test_a_look_without_an_answer_alerts_nobody(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.sandbox.fault("zoom", "5xx", "GET /v2/meetings", times=None)

    outcomes = office.run(FIRST_LOOK)

    assert outcomes[Step.WATCH_CLASSES].state is StepState.FAILED
    assert "inga" not in office.subjects()
    office.sandbox.forget_faults()
    assert office.run(at("12-05 09:20"))[Step.WATCH_CLASSES].summary == (
        "3 of 6 classes have begun, 3 still to come"
    )


def test_zoom_that_is_down_is_not_asked_a_hundred_times(open_office: OpenOffice) -> None:
    office = open_office(semester(timetable=TIMETABLE))
    office.sandbox.fault("zoom", "reset", "", times=None)

    outcomes = office.run(PLAN)

    assert outcomes[Step.PLAN_MEETINGS].state is StepState.FAILED
    assert office.meetings() == {}
    office.sandbox.forget_faults()
    assert office.run(at("11-27 10:00"))[Step.PLAN_MEETINGS].state is StepState.DONE


def test_a_meeting_that_is_being_held_is_not_deleted(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.move(at("12-05 12:30"))
    office.sandbox.order_meeting(office.meeting_id("STA") or "", started=True)

    cancel_class(office.context(), office.id_of("STA"))
    result = plan_meetings(office.context())

    assert result.state is StepState.NEEDS_PERSON
    (text,) = office.texts()
    assert text.endswith("the meeting is being held. Let it end, or end it in Zoom, then rerun.")


@pytest.mark.parametrize("kind", ["5xx", "reset", "wrong_json"])
def test_whatever_happens_once_each_class_ends_with_one_meeting(
    office: TestOffice, kind: str
) -> None:
    office.sandbox.fault("zoom", kind, "v2/users", times=2, after=2)

    for hour in (9, 10, 11):
        office.run(at(f"11-27 {hour:02}:00"), PREPARE)

    assert len(office.state()["zoom"]["meetings"]) == 6
    assert office.summaries()[2] == ("done", "6 meetings on 3 accounts")
