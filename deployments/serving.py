"""The deployments that Prefect knows: what is registered, with which schedule, on which pool.

Asked for by `sac deploy` and `sac up`. What a flow does is in `flows/`.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prefect import Flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.flows import load_flow_from_entrypoint
from prefect.runner.storage import LocalStorage
from prefect.schedules import Schedule
from prefect.workers.process import ProcessWorker

from flows.colleague_choices import offer_colleagues
from tasks.run_forms import dress

ROOT = Path(__file__).resolve().parent.parent
WORK_POOL = "sac"


@dataclass(frozen=True, slots=True)
class Served:
    """One deployment; `cron` in the office's time zone, empty for runs that are made one by one."""

    entrypoint: str  # relative to ROOT: workers find the flow where the product is installed
    tags: tuple[str, ...]
    description: str
    cron: str = ""

    @property
    def name(self) -> str:
        """The name that flow and deployment share: `study-day`."""
        return self.entrypoint.rpartition(":")[2].replace("_", "-")

    @property
    def full_name(self) -> str:
        return f"{self.name}/{self.name}"


STUDY_DAY = Served(
    "flows/study_day.py:study_day",
    ("sac",),
    "Studiju diena. Izpilda to no vienas studiju dienas vienpadsmit soļiem, kam pienācis laiks, un "
    "par katru pasaka, kas izdarīts, ka nekas nebija jāmaina vai uz ko tas gaida. Izpildīt drīkst "
    "jebkurā brīdī un tik reižu, cik vajag: tiek darīts tikai tas, kas trūkst. Gaidāmās izpildes "
    "ir cilnē Upcoming. Ja izpilde nav izdevusies, izlasiet iemeslu, novērsiet to un spiediet "
    "Retry.",
)
CALENDAR = Served(
    "flows/schedule_study_days.py:schedule_study_days",
    ("sac", "clockwork"),
    "Kalendārs. Ik pēc ceturtdaļstundas salīdzina gaidāmās izpildes ar visu studiju dienu "
    "termiņiem: pārceltai dienai pārceļ, atceltai atceļ, pēc dīkstāves nokavēto panāk. Ar roku nav "
    "jāpalaiž.",
    cron="*/15 * * * *",
)
MAILBOX = Served(
    "flows/read_mailbox.py:read_mailbox",
    ("sac", "clockwork"),
    "Biroja pastkastīte. Ik pēc piecām minūtēm izlasa mācībspēku atbildes un ieraksta apmeklētāju "
    "skaitu; par neskaidru atbildi uzdod jautājumu. Ar roku nav jāpalaiž.",
    cron="*/5 * * * *",
)
ANSWER = Served(
    "flows/answer_question.py:answer_question",
    ("sac", "people"),
    "Atbilde uz jautājumu, ko var izlemt tikai cilvēks. Jautājumi ar faktiem un saiti uz šo formu "
    "ir artefaktā “questions”; atveriet to un spiediet “Atbildēt”. Divreiz dotu to pašu atbildi "
    "pieņem vienu reizi; nepareizu nepieņem un pasaka, kāda derētu.",
)
MARK_DONE = Served(
    "flows/mark_done.py:mark_done",
    ("sac", "people"),
    "Izpildīts ārpus sistēmas. Atzīmē, ka soli ir izpildījis cilvēks, ar iemeslu un pierādījumu; "
    "solis vairs netiek izpildīts, kamēr nemainās plāns. Tas paliek žurnālā.",
)
COUNT = Served(
    "flows/record_count.py:record_count",
    ("sac", "people"),
    "Apmeklētāju skaits, ko zina cilvēks: mācībspēks to pateicis pa tālruni vai ierakstītais ir "
    "nepareizs. Iepriekšējais skaits paliek žurnālā; jautājums par šo nodarbību tiek noņemts.",
)
DEADLINES = Served(
    "flows/watch_deadlines.py:watch_deadlines",
    ("sac", "clockwork"),
    "Termiņu sardze. Ik pēc ceturtdaļstundas pārbauda termiņus, neizdevušos soļus, jautājumus un "
    "pašu Prefect un raksta atbildīgajam, pēc tam SAC vadītājam: katram par katru cēloni vienreiz; "
    "darba dienās arī rīta pārskatu. Ar roku nav jāpalaiž.",
    cron="7,22,37,52 * * * *",
)
OUTSIDE = Served(
    "flows/compare_outside.py:compare_outside",
    ("sac", "clockwork"),
    "Salīdzināšana ar ZOOM un Moodle. Katru rītu pārbauda, vai sapulces un ieraksti ir tādi, kādus "
    "tos atstājām, nosauc, ko cilvēki mainījuši ar roku, un liek to salabot dienas izpildei; par "
    "sapulcēm ar mūsu atzīmi, kas nepieder nevienai nodarbībai, jautā un nekad tās nedzēš.",
    cron="20 6 * * *",
)
SERVED = (STUDY_DAY, CALENDAR, MAILBOX, DEADLINES, OUTSIDE, ANSWER, MARK_DONE, COUNT)


def load_flow(served: Served) -> Flow[..., Any]:
    """The flow as a worker will load it; its own error when the file cannot be imported.

    Prefect's default is a stand-in that fails only when a run begins.
    """
    entrypoint = str(ROOT / served.entrypoint)
    flow: Flow[..., Any] = load_flow_from_entrypoint(entrypoint, use_placeholder_flow=False)
    return flow


def deploy(time_zone: str, colleagues: Sequence[str] = ()) -> list[str]:
    """Registers or updates the work pool and every deployment; returns their full names.

    `colleagues` are what the forms offer where they ask who it is.
    """
    # Prefect recommends other ways of serving at each start; ours is chosen.
    logging.getLogger("prefect").setLevel(logging.ERROR)
    _make_pool()
    for served in SERVED:
        _deployment(served, load_flow(served), time_zone).apply()
    with get_client(sync_client=True) as client:
        offer_colleagues(client, colleagues)
    return [served.full_name for served in SERVED]


def _make_pool() -> None:
    with get_client(sync_client=True) as client:
        try:
            client.read_work_pool(WORK_POOL)
        except ObjectNotFound:
            client.create_work_pool(
                WorkPoolCreate(
                    name=WORK_POOL,
                    type=ProcessWorker.type,
                    base_job_template=ProcessWorker.get_default_base_job_template(),
                    description="Workers of the Study Support Centre, on machines where the "
                    "product is installed.",
                )
            )


def _deployment(served: Served, flow: Flow[..., Any], time_zone: str) -> RunnerDeployment:
    # A slug keeps the schedule, and the runs made from it, the same when deployed again.
    schedules = (
        [Schedule(cron=served.cron, timezone=time_zone, slug=served.name)] if served.cron else []
    )
    deployment = RunnerDeployment.from_flow(
        flow,
        name=served.name,
        schedules=schedules,
        description=served.description,
        tags=list(served.tags),
        work_pool_name=WORK_POOL,
    )
    schema = deployment._parameter_openapi_schema  # noqa: SLF001 - Prefect offers no other way
    schema.properties = dress(schema.properties)
    deployment.entrypoint = served.entrypoint
    deployment.storage = LocalStorage(path=str(ROOT))
    return deployment
