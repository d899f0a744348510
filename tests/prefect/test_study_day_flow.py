"""What an operator sees of a study day's run: eleven tasks, states in words, artifacts."""

from datetime import datetime
from typing import Any

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import State

from flows.read_mailbox import read_mailbox
from flows.study_day import study_day
from rules.process import STEPS, Step
from tests.prefect_server import PrefectServer
from tests.programs import eventually
from tests.tasks.office import PLAN, TELL, TestOffice, at
from tests.tasks.small_semester import DAY

pytestmark = pytest.mark.prefect


def run(office: TestOffice, moment: datetime, title: str) -> State[Any]:
    """One run of the day, as it would be at that moment."""
    office.move(moment)
    state: State[Any] = study_day(day=DAY, as_of=moment, title=title, return_state=True)
    return state


def run_id(title: str) -> str:
    with get_client(sync_client=True) as client:
        wanted = FlowRunFilter(name=FlowRunFilterName(any_=[title]))
        (found,) = client.read_flow_runs(flow_run_filter=wanted)
    return str(found.id)


def task_states(server: PrefectServer, title: str) -> dict[str, tuple[str, str]]:
    """The run's tasks in order, with name and message of their states."""
    body = {"flow_runs": {"id": {"any_": [run_id(title)]}}, "sort": "EXPECTED_START_TIME_ASC"}

    def all_eleven() -> list[dict[str, Any]]:
        # Task runs are recorded in the background, shortly after the run.
        found: list[dict[str, Any]] = server.post("/task_runs/filter", body).json()
        is_final = len(found) == 11 and all(task["state"]["type"] != "RUNNING" for task in found)
        return found if is_final else []

    return {
        task["name"]: (task["state"]["name"], task["state"]["message"])
        for task in sorted(eventually(all_eleven, "eleven task runs"), key=lambda t: t["name"])
    }


def artifacts(server: PrefectServer, title: str) -> dict[str, str]:
    """Keys and descriptions of what the run leaves to be read."""
    body = {"artifacts": {"flow_run_id": {"any_": [run_id(title)]}}}
    return {
        artifact["key"]: artifact["description"]
        for artifact in server.post("/artifacts/filter", body).json()
    }


def test_every_run_shows_eleven_tasks_with_states_in_words(
    office: TestOffice, prefect_api: PrefectServer
) -> None:
    state = run(office, PLAN, "the plan")

    assert (state.name, state.message) == (
        "Completed",
        "1. solis: 6 nodarbības, 5 mācībspēki, 4 grupas. 2. solis: 6 sapulces 3 Zoom kontos.",
    )
    states = task_states(prefect_api, "the plan")
    assert list(states) == [f"{step.value:02d} {STEPS[step].name}" for step in Step]
    assert list(states.values()) == [
        ("Izpildīts", "6 nodarbības, 5 mācībspēki, 4 grupas"),
        ("Izpildīts", "6 sapulces 3 Zoom kontos"),
        ("Vēl nav laiks", "laiks pienāks 01.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 02.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 02.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 01.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 04.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 05.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 07.12. 09:00"),
        ("Vēl nav laiks", "laiks pienāks 05.12. 15:45"),
        ("Vēl nav laiks", "laiks pienāks 08.12. 09:00"),
    ]
    assert artifacts(prefect_api, "the plan") == {
        "2026-12-05-01-prepare-plan": "6 nodarbības, 5 mācībspēki, 4 grupas · "
        "Studiju dienas plāna sagatavošana",
        "2026-12-05-02-plan-meetings": "6 sapulces 3 Zoom kontos · Nodarbību plānošana ZOOM",
        "questions": "Jautājumi, kas gaida",
        "study-day-2026-12-05": f"Studiju diena · {state.message}",
    }


def test_a_failed_step_fails_the_run_with_a_sentence_and_a_retry_does_nothing_twice(
    office: TestOffice, prefect_api: PrefectServer
) -> None:
    run(office, PLAN, "before the failure")
    # 2 of 5 letters go out before the mail server refuses to talk.
    office.sandbox.fault("smtp", "smtp_4xx", after=2, times=100)

    failed = run(office, TELL, "the failure")

    assert failed.name == "Failed"
    assert str(failed.message).startswith("3. solis neizdevās: ")
    assert str(failed.message).endswith("spiediet Retry: tiks izdarīts tikai tas, kas trūkst.")
    names = [name for name, _ in task_states(prefect_api, "the failure").values()]
    assert names[2] == "Failed"
    office.sandbox.forget_faults()

    mended = run(office, TELL, "the retry")

    assert mended.name == "Completed"
    assert office.counts() == {
        **dict.fromkeys(("anna", "janis", "peteris", "liga", "mary"), 1),
        **{f"s{number:02}": 1 for number in range(1, 13)},
    }
    office.forget()
    again = run(office, TELL, "once more")
    assert (again.name, office.writes()) == ("Completed", [])
    assert [name for name, _ in task_states(prefect_api, "once more").values()][:6] == [
        "Izpildīts",
        "Nav ko mainīt",
        "Nav ko mainīt",
        "Vēl nav laiks",
        "Vēl nav laiks",
        "Nav ko mainīt",
    ]


def test_a_day_that_nobody_imported_fails_with_advice(office: TestOffice) -> None:
    del office
    state: State[Any] = study_day(day=at("12-06 09:00").date(), return_state=True)

    assert state.name == "Failed"
    assert state.message == (
        "2026-12-06 importētajā semestrī nav studiju diena. Izvēlieties citu datumu vai vispirms "
        "importējiet tās semestri."
    )


def test_the_mailbox_flow_says_what_it_read_and_what_is_wrong(
    office: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run_until(TELL)
    office.move(at("12-05 20:00"))
    read: State[Any] = read_mailbox(as_of=office.now, return_state=True)
    monkeypatch.setenv("SAC_IMAP__PASSWORD", "not the password")

    refused: State[Any] = read_mailbox(as_of=office.now, return_state=True)

    assert (read.name, read.message) == ("Completed", "counts 5")
    assert refused.name == "Failed"
    assert "Correct SAC_IMAP__USERNAME and SAC_IMAP__PASSWORD." in str(refused.message)
