"""Each step by itself: its result, what stands outside afterwards, and what is on record."""

from email import message_from_bytes
from email.policy import default
from typing import Any

from openpyxl import load_workbook
from sqlmodel import select

from models.attendance import AttendanceReport, ClassLook, counts
from models.database import reading
from models.lms import LmsItem, LmsKind
from models.meeting import Meeting, MeetingState
from rules.process import Step, StepState
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
    TestOffice,
    at,
)
from tests.tasks.small_semester import DAY


def all_of(office: TestOffice, table: type[Any]) -> list[Any]:
    with reading(office.engine) as session:
        return list(session.exec(select(table)))


def test_step_1_prepares_the_plan_in_order_of_time(office: TestOffice) -> None:
    result = office.step(Step.PREPARE_PLAN, PLAN)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "6 classes, 5 lecturers, 4 groups",
        {"classes": 6, "cancelled": 0, "revision": 1, "problems": []},
    )
    assert [line.split(" | ")[1] for line in result.report.splitlines()[2:]] == [
        "Bioloģija",
        "Fizika",
        "Matemātika",
        "Akadēmiskā angļu valoda",
        "Tiesību pamati",
        "Statistika",
    ]
    assert office.journal() == [("prepared", "plan revision 1")]
    assert office.sandbox.requests() == []


def test_step_2_makes_one_meeting_for_each_online_class(office: TestOffice) -> None:
    result = office.step(Step.PLAN_MEETINGS, PLAN)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "6 meetings on 3 accounts",
        {
            "meetings": 6,
            "accounts": 3,
            "without_link": [],
            "changed": 0,
            "replaced": 0,
            "removed": 0,
        },
    )
    assert {topic: start for topic, (_, start) in office.meetings().items()} == {
        "Matemātika (G1)": "2026-12-05T07:00:00Z",
        "Fizika (G2)": "2026-12-05T07:00:00Z",
        "Bioloģija (G3)": "2026-12-05T07:00:00Z",
        "Akadēmiskā angļu valoda (G1, G2)": "2026-12-05T10:45:00Z",
        "Statistika (G3)": "2026-12-05T10:45:00Z",
        "Tiesību pamati (G4)": "2026-12-05T10:45:00Z",
    }
    known = {str(m["id"]): m["join_url"] for m in office.state()["zoom"]["meetings"]}
    rows = all_of(office, Meeting)
    assert {row.meeting_id: row.join_url for row in rows} == known
    assert {row.state for row in rows} == {MeetingState.ACTIVE}
    assert [action for action, _ in office.journal()] == ["made meeting"] * 6


def test_the_report_shows_links_without_their_passcodes(office: TestOffice) -> None:
    result = office.step(Step.PLAN_MEETINGS, PLAN)

    urls = [row.join_url for row in all_of(office, Meeting)]
    assert all("?pwd=" in url and url not in result.report for url in urls)
    assert all(url.partition("?")[0] in result.report for url in urls)


def test_step_3_writes_one_letter_to_each_lecturer(office: TestOffice) -> None:
    office.step(Step.PLAN_MEETINGS, PLAN)

    result = office.step(Step.REMIND_LECTURERS, TELL)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "5 letters sent",
        {"first": 5, "refused": 0, "waiting": 0},
    )
    assert office.subjects() == {
        **{
            key: ["Atgādinājums: studiju diena 2026. gada 5. decembrī"]
            for key in ("anna", "janis", "liga", "peteris")
        },
        "mary": ["Reminder: study day on 5 December 2026"],
    }
    text = office.text("anna")
    assert (text.count("Apmeklētāju skaits"), text.count("Passcode")) == (2, 2)
    letter = message_from_bytes(
        office.sandbox.letters("anna@augstskola.example")[0], policy=default
    )
    assert [part.get_filename() for part in letter.iter_attachments()] != []
    assert office.state()["mailbox"]["Sent"] == 5  # our own copies


def test_step_4_places_the_plan_as_a_pdf(office: TestOffice) -> None:
    result = office.step(Step.PUBLISH_PLAN, PUBLISH)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "the plan is in the LMS",
        {"placed": 1, "replaced": 0},
    )
    assert office.plans() == [["studiju-dienas-plans-2026-12-05.pdf"]]
    (item,) = all_of(office, LmsItem)
    assert (item.kind, item.published_at, item.withdrawn_at) == (LmsKind.PLAN, PUBLISH, None)
    assert result.report == f"[Plāns LMS]({item.url})"
    saved = office.folder / str(DAY) / "plan.pdf"
    assert saved.read_bytes().startswith(b"%PDF")


def test_step_5_places_each_connection_in_its_course(office: TestOffice) -> None:
    office.step(Step.PLAN_MEETINGS, PLAN)

    result = office.step(Step.PUBLISH_LINKS, PUBLISH)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "6 connections in 6 courses",
        {"placed": 6, "replaced": 0, "removed": 0},
    )
    assert office.events() == ["M-BIO", "M-ENG", "M-FIZ", "M-LAW", "M-MAT", "M-STA"]
    event = next(e for e in office.state()["moodle"]["events"] if e["course"] == "M-BIO")
    assert event["name"] == "Tiešsaistes nodarbība: Bioloģija (G3)"
    for words in ("Pēteris Ozols, Līga Ozoliņa", "Meeting ID:", "Passcode:"):
        assert words in event["shown"]


def test_a_class_without_a_link_is_not_placed(office: TestOffice) -> None:
    result = office.step(Step.PUBLISH_LINKS, PUBLISH)

    assert (result.summary, result.is_idle) == ("0 connections in 0 courses", True)


def test_step_6_writes_one_letter_to_each_student(office: TestOffice) -> None:
    office.step(Step.PLAN_MEETINGS, PLAN)

    result = office.step(Step.NOTIFY_STUDENTS, TELL)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "12 letters sent",
        {"first": 12, "refused": 0, "waiting": 0},
    )
    assert office.counts() == {f"s{number:02}": 1 for number in range(1, 13)}
    assert [word in office.text("s01") for word in ("Matemātika", "angļu", "Fizika")] == [
        True,
        True,
        False,
    ]
    assert "Foundations of Law" in office.text("s12")
    assert "Māksla" not in office.text("s10")  # on site: not in the plan of online classes


def test_step_7_briefs_the_team_and_asks_whether_the_meeting_was_held(office: TestOffice) -> None:
    office.run(PUBLISH)

    result = office.step(Step.BRIEF_TEAM, BRIEF)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.NEEDS_PERSON,
        "4 colleagues briefed; waits for the head of SAC: was the meeting held?",
        {"briefed": 4},
    )
    for name in ("dace", "inga", "juris", "zane"):
        assert office.subjects()[name] == [
            (
                "Informatīvā sapulce par studiju dienu 05.12.2026.: "
                "piektdien, 2026. gada 4. decembrī, pl. 14:00"
            )
        ]
    assert office.texts() == ["Vai informatīvā sapulce par studiju dienu 2026-12-05 ir notikusi?"]
    assert result.report.count("| gatavs |") == 6
    assert "Dežurē: Inga Krūmiņa 08:30–16:00" in result.report


def test_step_7_says_what_is_not_ready(office: TestOffice) -> None:
    result = office.step(Step.BRIEF_TEAM, BRIEF)

    assert result.report.count("| **nav gatavs** |") == 6


def test_step_8_looks_at_each_class_that_should_have_begun(office: TestOffice) -> None:
    office.run(PUBLISH)

    first = office.step(Step.WATCH_CLASSES, FIRST_LOOK)
    second = office.step(Step.WATCH_CLASSES, SECOND_LOOK)

    assert (first.state, first.summary) == (
        StepState.DUE,
        "3 of 6 classes have begun, 3 still to come",
    )
    assert (second.state, second.summary, dict(second.evidence)) == (
        StepState.DONE,
        "6 of 6 classes have begun",
        {"begun": 6, "not_begun": 0, "to_come": 0},
    )
    looks = all_of(office, ClassLook)
    assert [(look.looked_at, look.has_started) for look in looks] == [
        *[(FIRST_LOOK, True)] * 3,
        *[(SECOND_LOOK, True)] * 3,
    ]
    assert second.report.count("09:05 sākusies") == 3


def test_step_8_alerts_the_coordinator_on_duty_once(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.move(at("12-05 08:59"))
    office.sandbox.order_meeting(office.meeting_id("MAT") or "", started=False)

    result = office.step(Step.WATCH_CLASSES, FIRST_LOOK)
    again = office.step(Step.WATCH_CLASSES, at("12-05 09:30"))

    assert result.summary == (
        "2 of 6 classes have begun, 1 had not begun when looked at, duty told, 3 still to come"
    )
    assert again.summary == result.summary
    assert (office.counts()["inga"], "juris" in office.subjects()) == (1, False)
    assert "+371 20000001" in office.text("inga")
    assert "09:05 **nav sākusies**, 09:30 **nav sākusies**" in again.report


def test_step_8_sees_a_class_that_begins_late(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.move(at("12-05 08:59"))
    office.sandbox.order_meeting(office.meeting_id("MAT") or "", started=False)
    office.step(Step.WATCH_CLASSES, FIRST_LOOK)
    office.move(at("12-05 09:20"))
    office.sandbox.order_meeting(office.meeting_id("MAT") or "", started=True)

    result = office.step(Step.WATCH_CLASSES, at("12-05 09:30"))

    assert result.summary == "3 of 6 classes have begun, 3 still to come"


def test_step_9_reminds_only_those_who_have_not_reported(office: TestOffice) -> None:
    office.sandbox.order_lecturers(habits={"mary@augstskola.example": "silent"})
    office.run(PUBLISH)
    before = office.counts()

    result = office.step(Step.REQUEST_ATTENDANCE, REMIND)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DUE,
        "1 lecturer reminded, 1 missing number outstanding",
        {"reported": 5, "missing": 1, "review": 0},
    )
    more = {name: count - before[name] for name, count in office.counts().items() if name in before}
    assert {name for name, count in more.items() if count} == {"mary"}


def test_step_9_reports_the_missing_numbers_to_the_head_of_sac(office: TestOffice) -> None:
    office.sandbox.order_lecturers(habits={"mary@augstskola.example": "silent"})
    office.run(PUBLISH)
    office.step(Step.REQUEST_ATTENDANCE, REMIND)

    result = office.step(Step.REQUEST_ATTENDANCE, CLEAR)
    office.step(Step.REQUEST_ATTENDANCE, CLEAR)

    assert (result.state, result.summary) == (
        StepState.DONE,
        "1 missing number reported to the head of SAC",
    )
    assert office.counts()["dace"] == 1
    text = office.text("dace")
    assert [word in text for word in ("angļu valoda", "07.12.2026.", "Matemātika")] == [
        True,
        True,
        False,
    ]


def test_step_10_compiles_the_numbers_with_their_provenance(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.move(at("12-05 19:30"))

    result = office.step(Step.COLLECT_ATTENDANCE)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "6 of 6 classes reported",
        {"reported": 6, "missing": 0, "review": 0},
    )
    reports = all_of(office, AttendanceReport)
    people = {str(m["id"]): m["people"] for m in office.state()["zoom"]["meetings"]}
    expected = {row.class_id: people[row.meeting_id] for row in all_of(office, Meeting)}
    with reading(office.engine) as session:
        known = counts(session, expected)
    assert {class_id: report.count for class_id, report in known.items()} == expected
    assert {report.reported_by for report in known.values()} <= {
        "anna", "janis", "liga", "mary", "peteris"
    }  # fmt: skip
    assert all(report.message_key.startswith("<") and not report.is_late for report in reports)
    workbook = load_workbook(office.folder / str(DAY) / "attendance.xlsx")
    cells = [cell.value for line in workbook.worksheets[0].iter_rows() for cell in line]
    assert "Matemātika" in cells
    assert expected[office.id_of("MAT")] in cells


def test_step_10_before_anybody_has_answered(office: TestOffice) -> None:
    office.run(PUBLISH)

    result = office.step(Step.COLLECT_ATTENDANCE, COLLECT)

    assert result.state is StepState.DUE
    assert result.summary.endswith("missing")


def test_step_11_clears_the_lms_and_keeps_the_proof(office: TestOffice) -> None:
    office.run(PUBLISH)

    result = office.step(Step.CLEAR_LMS, CLEAR)

    assert (result.state, result.summary, dict(result.evidence)) == (
        StepState.DONE,
        "removed 1 plan and 6 connections; nothing of ours is left",
        {"plans": 1, "connections": 6, "left": 0},
    )
    assert (office.events(), office.plans()) == ([], [])
    assert {item.withdrawn_at for item in all_of(office, LmsItem)} == {CLEAR}
    assert result.report.count("08.12.2026. 09:00") == 7


def test_step_11_with_nothing_in_the_lms(office: TestOffice) -> None:
    result = office.step(Step.CLEAR_LMS, CLEAR)

    assert (result.summary, result.is_idle) == (
        "nothing of ours was removed; nothing of ours is left",
        True,
    )
