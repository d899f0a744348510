"""`sac demo` on the shipped sample: the whole day, its document, and a second run of the day."""

import email
import json
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
import requests

from deployments.sample import SAMPLE
from integrations.spreadsheet import read_sheets
from rules.process import STEPS, Step
from rules.semester import parse_semester
from rules.timetable import ClassStatus
from tests.demo_run import DemoRun, run_sac
from tests.deployments.conftest import Sac

pytestmark = pytest.mark.prefect

DAY = "2026-12-05"
KEYS = {
    "day",
    "steps",
    "classes",
    "cancelled",
    "meetings",
    "letters",
    "lms_items",
    "attendance",
    "questions",
    "problems",
    "out",
}
AFTER = "2026-12-09T10:00"


def letters(demo: DemoRun, kind: str) -> list[Message]:
    """The letters of that kind that the demo wrote to its folder."""
    return [
        email.message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted((demo.out / "letters").glob(f"{kind}-*.eml"))
    ]


def shown(demo: DemoRun) -> dict[str, Any]:
    done = demo.sac("day", "show", DAY, "--json", "--as-of", AFTER)
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def cancelled_in_the_timetable() -> set[str]:
    """Courses of that day that the sample itself cancels."""
    semester, _ = parse_semester(read_sheets(SAMPLE))
    assert semester is not None
    return {
        row.course_name
        for row in semester.timetable
        if row.day.isoformat() == DAY and row.status is ClassStatus.CANCELLED
    }


def test_the_document_is_the_contracts(demo: DemoRun) -> None:
    document = demo.document

    assert set(document) == KEYS
    assert document["day"] == DAY
    assert document["problems"] == []
    assert [(step["number"], step["name"], step["state"]) for step in document["steps"]] == [
        (step.value, STEPS[step].name, "done") for step in Step
    ]
    assert {frozenset(step) for step in document["steps"]} >= {
        frozenset({"number", "name", "name_lv", "opens", "due", "state", "finished", "summary"})
    }
    assert set(document["attendance"]) == {"reported", "missing", "review"}
    assert sum(document["attendance"].values()) == 11
    assert sum(document["letters"].values()) == len(list((demo.out / "letters").iterdir()))
    documents = Path(document["out"]) / "documents" / DAY
    assert (documents / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert (documents / "attendance.xlsx").stat().st_size > 0


def test_one_class_is_cancelled_besides_those_of_the_timetable(demo: DemoRun) -> None:
    """The sample's timetable cancels one class; the demo another, after the letters went out."""
    document = demo.document

    assert (document["classes"], document["cancelled"], document["meetings"]) == (13, 2, 11)


def withdrawn(message: Message) -> bool:
    """Whether the letter takes a class out of its reader's calendar."""
    invitations = (p for p in message.walk() if p.get_content_type() == "text/calendar")
    return any("METHOD:CANCEL" in invitation.as_string() for invitation in invitations)


def test_a_cancellation_reaches_exactly_the_people_concerned(demo: DemoRun) -> None:
    (cancelled,) = [
        held
        for held in shown(demo)["classes"]
        if held["status"] == "cancelled" and held["course"] not in cancelled_in_the_timetable()
    ]
    told = [
        message
        for kind in ("lecturer", "student")
        for message in letters(demo, kind)
        if withdrawn(message)
    ]
    with requests.Session() as http:
        state = demo.sandbox(http).state()

    topics = [meeting["topic"] for meeting in state["zoom"]["meetings"]]
    assert [topic for topic in topics if cancelled["course"] in topic] == []
    # Its lecturers, and the students of its groups; each of them once.
    assert len(told) == len(cancelled["lecturers"]) + cancelled["enrolled"]
    assert len({str(message["To"]) for message in told}) == len(told)
    assert {str(message["Subject"]).partition(" ")[0] for message in told} == {"ATCELTA"}


def test_a_second_run_of_the_day_writes_nothing_anywhere(demo: DemoRun) -> None:
    with requests.Session() as http:
        sandbox = demo.sandbox(http)
        sandbox.forget_requests()

        again = demo.sac("day", "run", DAY, "--as-of", AFTER)

        assert (again.returncode, again.stderr) == (0, "")
        assert sandbox.requests(writes=True) == []


def test_nothing_but_where_things_are_is_said_besides(demo: DemoRun) -> None:
    lines = demo.words.strip().splitlines()

    assert [line.partition(":")[0] for line in lines] == ["Prefect UI", "Settings", "Stop with"]


def test_the_prefect_ui_has_the_days_runs_with_eleven_tasks_each(demo: DemoRun) -> None:
    api = demo.environment["PREFECT_API_URL"]
    body = {"flows": {"name": {"any_": ["study-day"]}}}
    runs = requests.post(f"{api}/flow_runs/filter", json=body, timeout=30).json()
    tasks = requests.post(f"{api}/task_runs/count", json=body, timeout=30).json()

    assert {run["state"]["type"] for run in runs} == {"COMPLETED"}
    assert tasks == 11 * len(runs)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--day", "5.12."), "'5.12.' is no date. Write it as 2026-12-05."),
        (("--day", "2026-12-06"), "2026-12-06 is not a study day with online classes"),
        (("--input", "no-such-folder"), "no-such-folder has 1 problems; nothing was started."),
    ],
)
def test_bad_input_starts_nothing(
    arguments: tuple[str, ...], message: str, sac: Sac, tmp_path: Path
) -> None:
    answer = sac("demo", "--json", "--out", tmp_path / "out", *arguments)

    assert answer.exit_code == 2
    assert answer.document["error"]["message"].startswith(message)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("Diplomdarbs")

    done = run_sac("demo", "--out", str(tmp_path))

    assert (done.returncode, done.stdout) == (2, "")
    assert "holds files that no demo made" in " ".join(done.stderr.split())
    assert (tmp_path / "thesis.txt").read_text() == "Diplomdarbs"
