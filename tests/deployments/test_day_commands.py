"""`sac day`, `class`, `questions`, `answer`, `mail`: the contract's documents and exit codes."""

from typing import Any

import pytest

from models.turns import turn_of
from rules.process import STEPS, Step
from tests.deployments.conftest import Sac
from tests.tasks.office import BRIEF, PLAN, TELL, TestOffice, at
from tests.tasks.small_semester import DAY

CLASS_KEYS = {
    "key",
    "start",
    "end",
    "course",
    "lecturers",
    "groups",
    "status",
    "account",
    "meeting_id",
    "join_url",
    "passcode",
    "attendance",
}
STEP_KEYS = {"number", "name", "name_lv", "opens", "due", "state", "finished", "summary"}
BAD_INPUT = 2


def test_show_is_the_contracts_document(office: TestOffice, sac: Sac) -> None:
    office.run_until(PLAN)

    answer = sac("day", "show", "2026-12-05", "--json", "--as-of", "2026-11-27T10:00")

    document = answer.document
    assert answer.exit_code == 0
    assert set(document) == {"day", "revision", "classes", "steps", "questions"}
    assert [held["key"] for held in document["classes"]] == [
        office.id_of(code) for code in ("BIO", "FIZ", "MAT", "ENG", "LAW", "STA")
    ]
    assert all(set(held) >= CLASS_KEYS for held in document["classes"])
    assert [step["number"] for step in document["steps"]] == list(range(1, 12))
    assert all(set(step) == STEP_KEYS for step in document["steps"])
    assert document["steps"][2] == {
        "number": 3,
        "name": STEPS[Step.REMIND_LECTURERS].name,
        "name_lv": STEPS[Step.REMIND_LECTURERS].name_lv,
        "opens": "2026-12-01T09:00:00+02:00",
        "due": "2026-12-01T23:59:59+02:00",
        "state": "not_due",
        "finished": None,
        "summary": "not due before 01 Dec 09:00",
    }


def test_list_says_what_comes_next(office: TestOffice, sac: Sac) -> None:
    del office

    answer = sac("day", "list", "--json", "--as-of", "2026-11-26T10:00")

    assert answer.document == {
        "days": [
            {
                "day": "2026-12-05",
                "classes": 6,
                "cancelled": 0,
                "next_step": 1,
                "next_due": "2026-11-27T23:59:59+02:00",
                "questions": 0,
            }
        ]
    }


def test_preview_acts_on_nothing(office: TestOffice, sac: Sac) -> None:
    office.run_until(PLAN)
    office.forget()

    answer = sac("day", "preview", "2026-12-05", "--json", "--as-of", "2026-12-01T10:00")

    counts = {step["number"]: len(step["create"]) for step in answer.document["steps"]}
    assert answer.exit_code == 0
    assert (counts[3], counts[6]) == (5, 12)
    assert office.writes() == []


def test_run_does_what_is_due_and_runs_again_in_peace(office: TestOffice, sac: Sac) -> None:
    office.move(PLAN)
    arguments = ("day", "run", "2026-12-05", "--json", "--as-of", PLAN.isoformat())

    first = sac(*arguments)
    office.forget()
    second = sac(*arguments)

    assert (first.exit_code, second.exit_code) == (0, 0)
    states = {step["number"]: step["state"] for step in first.document["steps"]}
    assert states == {1: "done", 2: "done", **dict.fromkeys(range(3, 12), "not_due")}
    assert office.writes() == []


def test_run_ends_with_1_when_another_run_is_at_work(office: TestOffice, sac: Sac) -> None:
    with turn_of(office.engine, DAY):
        answer = sac("day", "run", "2026-12-05", "--json", "--as-of", PLAN.isoformat())

    assert answer.exit_code == 1
    assert answer.document["error"]["code"] == "day_busy"
    assert office.writes() == []


def test_run_ends_with_1_when_a_step_failed(office: TestOffice, sac: Sac) -> None:
    office.run_until(PLAN)
    office.sandbox.fault("smtp", "smtp_4xx", times=100)

    answer = sac("day", "run", "2026-12-05", "--as-of", TELL.isoformat())

    assert answer.exit_code == 1
    assert answer.words.startswith("Step 3 failed: ")
    assert "only what is missing will be done" in " ".join(answer.words.split())


def test_run_ends_with_1_when_a_person_is_needed(office: TestOffice, sac: Sac) -> None:
    office.sandbox.fault("zoom", "missing_scope", times=100)

    answer = sac("day", "run", "2026-12-05", "--json", "--as-of", PLAN.isoformat())

    states = {step["number"]: step["state"] for step in answer.document["steps"]}
    assert (answer.exit_code, states[2]) == (1, "needs_person")


def test_a_cancelled_class_says_how_it_is_carried_out(office: TestOffice, sac: Sac) -> None:
    office.run_until(TELL)
    key = office.id_of("FIZ")

    as_of = TELL.isoformat()
    answer = sac("class", "cancel", key, "--reason", "slims", "--json", "--as-of", as_of)

    assert answer.exit_code == 0
    assert answer.document == {
        "key": key,
        "day": "2026-12-05",
        "start": "2026-12-05T09:00:00+02:00",
        "end": "2026-12-05T12:00:00+02:00",
        "status": "cancelled",
        "mode": "online",
        "lecturers": ["janis"],
        "groups": ["G2"],
        "note": "",
        "carried_out": {
            "runs": [],
            "commands": ["sac day run 2026-12-05 --as-of 2026-12-01T09:00:00+02:00"],
        },
    }


def test_without_prefect_the_command_is_printed(office: TestOffice, sac: Sac) -> None:
    office.run_until(TELL)
    as_of = ("--as-of", TELL.isoformat())

    held = sac("day", "cancel", "2026-12-05", "--reason", "vētra", *as_of)

    assert held.out.splitlines() == [
        "7 classes cancelled. See who will be told: sac day preview 2026-12-05",
        "Carry it out with (Prefect: PREFECT_API_URL is not set):",
        "  sac day run 2026-12-05 --as-of 2026-12-01T09:00:00+02:00",
    ]


def test_a_note_needs_no_run(office: TestOffice, sac: Sac) -> None:
    office.run_until(TELL)

    answer = sac("class", "note", office.id_of("FIZ"), "Pirmo reizi tiešsaistē")

    assert answer.out == "Done. See who will be told: sac day preview 2026-12-05\n"


def test_a_number_from_the_telephone_is_recorded(office: TestOffice, sac: Sac) -> None:
    office.run_until(BRIEF)
    count = ("class", "count", office.id_of("FIZ"), "2", "--by", "dace", "--reason", "pa tālruni")

    early = sac(*count, "--as-of", "2026-12-05T08:00", "--json")
    answer = sac(*count, "--as-of", "2026-12-05T19:30")

    assert (early.exit_code, early.document["error"]["message"]) == (
        BAD_INPUT,
        "The class has not begun yet.",
    )
    assert answer.out == (
        "Recorded: 2 (Dace Liepa). Bring the day's sheet up to date with: "
        "sac day run 2026-12-05 --step 10\n"
    )


def test_questions_are_shown_and_answered(office: TestOffice, sac: Sac) -> None:
    office.run_until(BRIEF)
    (question,) = sac("questions", "--json").document["questions"]

    refused = sac("answer", question["id"], "--value", "perhaps", "--by", "dace", "--json")
    accepted = sac("answer", question["id"], "--value", "yes", "--by", "dace", "--json")

    assert question["kind"] == "meeting_held"
    assert (refused.exit_code, refused.document["error"]["code"]) == (BAD_INPUT, "answer_refused")
    assert accepted.exit_code == 0
    assert accepted.document == {"id": question["id"], "answer": "yes", "by": "Dace Liepa"}


def test_mail_is_read(office: TestOffice, sac: Sac) -> None:
    office.run_until(TELL)
    evening = at("12-05 20:00")
    office.move(evening)

    answer = sac("mail", "read", "--once", "--json", "--as-of", evening.isoformat())

    assert (answer.exit_code, answer.document) == (0, {"read": 5, "counts": 5})


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (
            ("day", "show", "5.12.2026"),
            "bad_date",
            "'5.12.2026' is no date. Write it as 2026-12-05.",
        ),
        (
            ("day", "show", "2026-12-06"),
            "unknown_day",
            "2026-12-06 is not a study day of the imported semester. See them with: sac day list",
        ),
        (
            ("day", "run", "2026-12-05", "--as-of", "noon"),
            "bad_moment",
            "'noon' is no moment. Write it as 2026-12-01T09:00.",
        ),
        (
            ("class", "cancel", "nothing", "--reason", "x"),
            "unknown_class",
            "There is no class nothing. See the ids with: sac day show DATE",
        ),
        (
            ("day", "move", "2026-12-05", "2026-12-05", "--reason", "x"),
            "same_day",
            "The day stands on that date already.",
        ),
    ],
)
def test_bad_input_is_refused_in_words(
    arguments: tuple[str, ...], code: str, message: str, office: TestOffice, sac: Sac
) -> None:
    before = office.rows()

    as_json, in_words = sac(*arguments, "--json"), sac(*arguments)

    expected: dict[str, Any] = {"error": {"code": code, "message": message, "details": []}}
    assert (as_json.exit_code, as_json.document) == (BAD_INPUT, expected)
    assert (in_words.exit_code, in_words.words.split()) == (BAD_INPUT, message.split())
    assert office.rows() == before


def test_an_unknown_lecturer_is_refused(office: TestOffice, sac: Sac) -> None:
    answer = sac("class", "assign", office.id_of("FIZ"), "nobody", "--reason", "x", "--json")

    assert answer.exit_code == BAD_INPUT
    assert answer.document["error"]["message"] == (
        "Unknown lecturer: nobody. Use keys of the sheet 'lecturers'."
    )


def test_classes_are_added_regrouped_held_on_site_and_removed(office: TestOffice, sac: Sac) -> None:
    del office
    when = ("--reason", "Izmaiņas", "--as-of", "2026-12-01T10:00", "--json")
    times = ("2026-12-05T16:00", "2026-12-05T17:30")
    people = ("--lecturer", "janis", "--group", "G1", "--group", "G2")

    added = sac("class", "add", *times, "FIZ", *people, *when)
    mine = added.document["key"]
    others = [
        sac("class", "groups", mine, "G2", *when),
        sac("class", "mode", mine, "onsite", *when),
        sac("class", "remove", mine, *when),
        sac("class", "reinstate", mine, *when),
    ]

    document = {
        "key": mine,
        "day": "2026-12-05",
        "start": "2026-12-05T16:00:00+02:00",
        "end": "2026-12-05T17:30:00+02:00",
        "status": "planned",
        "mode": "online",
        "lecturers": ["janis"],
        "groups": ["G1", "G2"],
        "note": "",
    }
    assert [answer.exit_code for answer in (added, *others)] == [0] * 5
    assert {key: added.document[key] for key in document} == document
    assert [
        (answer.document["groups"], answer.document["mode"], answer.document["status"])
        for answer in others
    ] == [
        (["G2"], "online", "planned"),
        (["G2"], "onsite", "planned"),
        (["G2"], "onsite", "removed"),
        (["G2"], "onsite", "planned"),
    ]


def test_a_class_that_cannot_be_added_is_bad_input(office: TestOffice, sac: Sac) -> None:
    del office
    times = ("2026-12-05T16:00", "2026-12-05T17:30")
    given = ("--lecturer", "zenta", "--group", "G9", "--reason", "x", "--json")

    answer = sac("class", "add", *times, "FIZ", *given, "--as-of", "2026-12-01T10:00")

    assert answer.exit_code == BAD_INPUT
    assert answer.document["error"]["code"] == "change_refused"
    assert answer.document["error"]["message"] == (
        "Unknown lecturer: zenta. Use keys of 'lecturers'. Unknown group: G9. Use groups of the "
        "students."
    )
    assert sac("class", "add", "rīt", times[1], "FIZ", *given).exit_code == BAD_INPUT


def test_compare_names_what_was_changed_outside(office: TestOffice, sac: Sac) -> None:
    office.run_until(PLAN)
    arguments = ("day", "compare", "2026-12-05", "--as-of", "2026-11-28T06:20", "--json")
    same = sac(*arguments)
    office.services.zoom.delete_meeting(office.meeting_id("LAW") or "")

    other = sac(*arguments)

    assert (same.exit_code, same.document) == (0, {"day": "2026-12-05", "differs": []})
    assert (other.exit_code, other.document["differs"]) == (
        1,
        ["Zoom: 12:45–15:45 Tiesību pamati (G4): the meeting is not there any more"],
    )
