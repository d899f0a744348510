"""Deployments on a real server, and a calendar of runs that follows the study days."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitUpdate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterName,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import State
from prefect.client.schemas.sorting import FlowRunSort
from prefect.concurrency.sync import concurrency
from prefect.settings import PREFECT_API_URL, temporary_settings
from prefect.states import Cancelled

from deployments.serving import SERVED, STUDY_DAY, deploy
from deployments.trigger import carry_out
from flows import study_day as study_day_module
from flows import turns
from flows.colleague_choices import offer_colleagues
from flows.schedule_study_days import schedule_study_days
from flows.study_day import study_day
from flows.turns import limit_of
from models.database import reading
from models.journal import entries
from tasks.change_class import cancel_class, move_day
from tasks.context import StepContext
from tests.prefect_server import PrefectServer
from tests.tasks.office import PLAN, TELL, TestOffice, at
from tests.tasks.small_semester import DAY

pytestmark = pytest.mark.prefect

SETTLED_WORDS = "Paziņojumus, kas gaida turpmākas izmaiņas, nosūtīs atsevišķa izpilde."
MORNING = at("11-26 08:00")
TITLES = [
    "2026-12-05 · steps 1, 2 · due Fri 27 Nov 09:00",
    "2026-12-05 · steps 3, 6 · due Tue 1 Dec 09:00",
    "2026-12-05 · steps 4, 5 · due Wed 2 Dec 09:00",
    "2026-12-05 · step 7 · due Fri 4 Dec 09:00",
    "2026-12-05 · step 8 · due Sat 5 Dec 09:05",
    "2026-12-05 · step 8 · due Sat 5 Dec 12:50",
    "2026-12-05 · step 10 · due Sat 5 Dec 15:45",
    "2026-12-05 · step 9 · due Mon 7 Dec 09:00",
    "2026-12-05 · steps 9, 10, 11 · due Tue 8 Dec 09:00",
]


@pytest.fixture(scope="module")
def _deployed(running_prefect: PrefectServer) -> None:
    """Our deployments, registered."""
    with temporary_settings({PREFECT_API_URL: running_prefect.api}):
        deploy("Europe/Riga")


@pytest.fixture
def client(office: TestOffice, _deployed: None) -> Iterator[SyncPrefectClient]:
    """A client of a server with our deployments and an empty calendar."""
    del office
    with get_client(sync_client=True) as found:
        yield found


def tagged(*tags: str) -> FlowRunFilter:
    return FlowRunFilter(tags=FlowRunFilterTags(all_=list(tags)))


def calendar(client: SyncPrefectClient, state: str = "Scheduled") -> list[str]:
    """Names of the calendar's runs in that state, in the order of their moments.

    The server calls a scheduled run late by its own clock, whatever day it is for us.
    """
    names = ["Scheduled", "Late"] if state == "Scheduled" else [state]
    wanted = tagged("calendar")
    wanted.state = FlowRunFilterState(name=FlowRunFilterStateName(any_=names))
    runs = client.read_flow_runs(
        flow_run_filter=wanted, sort=FlowRunSort.EXPECTED_START_TIME_ASC, limit=200
    )
    return [run.name for run in runs]


def one_pass(moment: datetime) -> str:
    state: State[Any] = schedule_study_days(as_of=moment, return_state=True)
    assert state.is_completed(), state
    return str(state.message)


def described(server: PrefectServer, full_name: str) -> Mapping[str, Any]:
    """What the server knows of a deployment, without what changes with every registration."""
    found: dict[str, Any] = server.get(f"/deployments/name/{full_name}").json()
    schedules = [(s["id"], s["slug"], s["schedule"]["cron"]) for s in found["schedules"]]
    return {"id": found["id"], "schedules": schedules, "tags": found["tags"]}


def test_deploying_twice_changes_nothing(
    client: SyncPrefectClient, prefect_api: PrefectServer
) -> None:
    del client
    before = {one.name: described(prefect_api, one.full_name) for one in SERVED}

    names = deploy("Europe/Riga")

    assert names == [one.full_name for one in SERVED]
    assert {one.name: described(prefect_api, one.full_name) for one in SERVED} == before
    assert {one.name: one.cron for one in SERVED} == {
        name: (known["schedules"][0][2] if known["schedules"] else "")
        for name, known in before.items()
    }


def test_the_form_of_a_run_by_hand_has_words_and_choices(
    client: SyncPrefectClient, prefect_api: PrefectServer
) -> None:
    offer_colleagues(client, ["Dace Liepa · dace"])
    found = prefect_api.get(f"/deployments/name/{STUDY_DAY.full_name}").json()
    fields = found["parameter_openapi_schema"]["properties"]

    assert {name: field["title"] for name, field in fields.items()} == {
        "day": "Studiju diena",
        "steps": "Soļi",
        "reason": "Iemesls",
        "by": "Kas to dara",
        "as_of": "Cits brīdis",
    }
    assert fields["day"]["description"] == "Studiju dienas datums."
    assert fields["steps"]["items"]["enum"][2:4] == [
        "3 · atgādinājumi mācībspēkiem",
        "4 · plāns LMS",
    ]
    assert fields["by"]["enum"] == ["Dace Liepa · dace"]
    # One kind of value each: a form with a choice of kinds begins with a riddle.
    assert [name for name, field in fields.items() if "anyOf" in field] == []


def test_a_run_by_hand_is_in_the_journal_with_who_and_why(office: TestOffice, client: Any) -> None:
    del client
    run: State[Any] = study_day(
        day=DAY,
        steps=["1 · studiju dienas plāns"],
        reason="Plāns vajadzīgs agrāk",
        by="Inga Krūmiņa · inga",
        as_of=MORNING,
        return_state=True,
    )

    assert run.message == "1. solis: 6 nodarbības, 5 mācībspēki, 4 grupas."
    with reading(office.engine) as session:
        by_inga = [
            (one.action, one.subject, one.reason, one.run)
            for one in entries(session, DAY)
            if one.actor == "inga"
        ]
    said = ("Plāns vajadzīgs agrāk", "2026-12-05 · step 1")
    assert by_inga == [
        ("run by hand", "steps: 1", *said),
        ("prepared", "plan revision 1", *said),
        ("step done", "6 classes, 5 lecturers, 4 groups", *said),
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": "svešais"}, "Unknown colleague 'svešais'; known are dace, inga, juris, zane."),
        ({"steps": [12]}, "There is no step '12'; the process description has 1 to 11."),
    ],
)
def test_a_run_by_hand_that_cannot_be_is_refused_in_words(
    office: TestOffice, client: Any, given: Mapping[str, Any], said: str
) -> None:
    del client
    run: State[Any] = study_day(day=DAY, as_of=PLAN, **given, return_state=True)

    assert (run.name, run.message) == ("Failed", said)
    assert office.records() == {}


def test_schedules_really_make_runs(client: SyncPrefectClient, prefect_api: PrefectServer) -> None:
    """In the office's time, and not one by one at each registration."""
    mailbox = client.read_deployment_by_name("read-mailbox/read-mailbox")
    answer = prefect_api.post(f"/deployments/{mailbox.id}/schedule", {"min_runs": 3})

    assert answer.ok
    body = {"deployments": {"id": {"any_": [str(mailbox.id)]}}}
    runs = prefect_api.post("/flow_runs/filter", body).json()
    assert len(runs) >= 3
    assert {run["state"]["type"] for run in runs} == {"SCHEDULED"}


def test_every_due_moment_has_one_run_with_a_name_that_people_read(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    del office
    first, second = one_pass(MORNING), one_pass(MORNING + timedelta(minutes=15))

    assert first == "9 runs ahead; 9 scheduled, 0 cancelled"
    assert second == "9 runs ahead; 0 scheduled, 0 cancelled"
    assert calendar(client) == TITLES


def test_a_moved_day_moves_its_runs(office: TestOffice, client: SyncPrefectClient) -> None:
    one_pass(MORNING)
    office.now = MORNING
    move_day(office.context(reason="sniegs"), date(2026, 12, 12))

    words = one_pass(MORNING)

    assert words == "9 runs ahead; 9 scheduled, 9 cancelled"
    assert calendar(client, "Cancelled") == TITLES
    assert calendar(client)[:2] == [
        "2026-12-12 · steps 1, 2 · due Fri 4 Dec 09:00",
        "2026-12-12 · steps 3, 6 · due Tue 8 Dec 09:00",
    ]


def test_a_late_run_is_left_to_the_worker_that_is_behind(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    del office
    one_pass(MORNING)

    words = one_pass(PLAN + timedelta(minutes=5))

    assert words == "8 runs ahead; 0 scheduled, 0 cancelled"
    assert calendar(client) == TITLES


def test_a_run_that_was_cancelled_by_hand_stays_cancelled(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    del office
    one_pass(MORNING)
    wanted = FlowRunFilter(name=FlowRunFilterName(any_=[TITLES[1]]))
    (run,) = client.read_flow_runs(flow_run_filter=wanted)
    client.set_flow_run_state(run.id, Cancelled(message="by hand"), force=True)

    words = one_pass(MORNING)

    assert words == "9 runs ahead; 0 scheduled, 0 cancelled"
    assert calendar(client) == [title for title in TITLES if title != TITLES[1]]


def test_what_an_outage_left_undone_is_caught_up_once(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    one_pass(MORNING)
    office.run_until(PLAN)
    after = TELL + timedelta(minutes=20)

    words = [one_pass(after), one_pass(after + timedelta(minutes=15))]

    assert words == [
        "7 runs ahead; 0 scheduled, 0 cancelled; 1 day caught up",
        "7 runs ahead; 0 scheduled, 0 cancelled",
    ]
    caught_up = client.read_flow_runs(flow_run_filter=tagged("catching up"))
    assert [(run.name, run.parameters["day"]) for run in caught_up] == [
        ("2026-12-05 · catching up", "2026-12-05")
    ]


def test_a_change_asks_for_a_run_of_its_day_at_once(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    office.run_until(TELL)
    context = office.context(reason="Mācībspēks saslimis")
    cancel_class(context, office.id_of("FIZ"))

    carried = carry_out(context, [DAY], as_of=office.now)

    assert carried.runs == ("2026-12-05 · Mācībspēks saslimis",)
    (run,) = client.read_flow_runs(flow_run_filter=tagged("change", str(DAY)))
    assert run.parameters == {
        "day": "2026-12-05",
        "title": "2026-12-05 · Mācībspēks saslimis",
        "reason": "Mācībspēks saslimis",
        "as_of": office.now.isoformat(),
        "settles": True,
    }
    assert carried.sentences[1:] == [
        "Notices that are not urgent wait 10 minutes for further changes."
    ]


def test_notices_that_wait_for_further_changes_get_one_run_of_their_own(
    office: TestOffice, client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.run_until(TELL)
    deployment = client.read_deployment_by_name(STUDY_DAY.full_name)
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", str(deployment.id))
    office.move(at("12-01 10:00"))
    cancel_class(office.context(), office.id_of("FIZ"))

    states = [
        study_day(day=DAY, as_of=office.now, title=title, settles=True, return_state=True)
        for title in ("first change", "second change")
    ]

    assert [str(state.message).endswith(SETTLED_WORDS) for state in states] == [True, True]
    (run,) = client.read_flow_runs(flow_run_filter=tagged("settled", str(DAY)))
    assert (run.name, run.parameters) == (
        "2026-12-05 · notices of changes",
        {
            "day": "2026-12-05",
            "title": "2026-12-05 · notices of changes",
            "as_of": at("12-01 10:10").isoformat(),
        },
    )
    assert office.counts()["janis"] == 1
    study_day(day=DAY, as_of=at("12-01 10:10"), return_state=True)
    assert office.counts()["janis"] == 2


def test_a_change_before_anybody_was_told_needs_no_run(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    office.now = MORNING
    context: StepContext = office.context()
    cancel_class(context, office.id_of("FIZ"))

    carried = carry_out(context, [DAY])

    assert (carried.runs, carried.commands) == ((), ())
    assert client.read_flow_runs(flow_run_filter=tagged("change", str(DAY))) == []


def test_runs_of_one_day_take_turns(
    office: TestOffice, client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(study_day_module, "_PATIENCE_SECONDS", 1.0)
    client.upsert_global_concurrency_limit_by_name(limit_of(DAY), 1)

    with concurrency(limit_of(DAY), strict=True):
        loser: State[Any] = study_day(day=DAY, as_of=PLAN, return_state=True)
    winner: State[Any] = study_day(day=DAY, as_of=PLAN, return_state=True)

    assert (loser.type.value, loser.name) == ("COMPLETED", "Gave way")
    assert loser.message == "Ar studiju dienu 2026-12-05 vēl strādā cita izpilde."
    assert winner.name == "Completed"
    assert len(office.meetings()) == 6


def test_a_run_of_a_deployment_that_gave_way_comes_again(
    office: TestOffice, client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    del office
    offer_colleagues(client, ["Dace Liepa · dace"])  # and then an empty choice would be refused
    deployment = client.read_deployment_by_name(STUDY_DAY.full_name)
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", str(deployment.id))
    monkeypatch.setattr(study_day_module, "_PATIENCE_SECONDS", 1.0)
    client.upsert_global_concurrency_limit_by_name(limit_of(DAY), 1)
    given = {"day": DAY, "steps": ["1 · studiju dienas plāns"], "as_of": PLAN}

    with concurrency(limit_of(DAY), strict=True):
        loser: State[Any] = study_day(**given, return_state=True)

    assert "Tā pati izpilde notiks vēlreiz plkst. " in str(loser.message)
    wanted = FlowRunFilter(
        state=FlowRunFilterState(name=FlowRunFilterStateName(any_=["Scheduled"]))
    )
    # The server makes runs of the deployments with a schedule whenever it likes.
    ours = DeploymentFilter(id=DeploymentFilterId(any_=[deployment.id]))
    (again,) = client.read_flow_runs(flow_run_filter=wanted, deployment_filter=ours)
    assert again.parameters == {
        "day": str(DAY),
        "steps": ["1 · studiju dienas plāns"],
        "as_of": PLAN.isoformat(),
    }


def test_a_turn_that_nobody_can_hold_any_more_is_taken_back(
    office: TestOffice, client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a server leaves it that kept leases in memory and was killed."""
    monkeypatch.setattr(turns, "_LOST_AFTER", timedelta(0))
    client.upsert_global_concurrency_limit_by_name(limit_of(DAY), 1)
    lost = GlobalConcurrencyLimitUpdate(active_slots=1)
    client.update_global_concurrency_limit(limit_of(DAY), lost)

    run: State[Any] = study_day(day=DAY, as_of=PLAN, return_state=True)

    assert run.name == "Completed"
    assert len(office.meetings()) == 6


def test_limits_of_days_that_are_over_are_forgotten(
    office: TestOffice, client: SyncPrefectClient
) -> None:
    del office
    for day in (DAY, date(2026, 1, 1)):
        client.upsert_global_concurrency_limit_by_name(limit_of(day), 1)

    one_pass(MORNING)

    names = {limit.name for limit in client.read_global_concurrency_limits(limit=200)}
    assert names & {limit_of(DAY), limit_of(date(2026, 1, 1))} == {limit_of(DAY)}
