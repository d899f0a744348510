"""The form for a number of attendees that a person knows."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine

from deployments.serving import COUNT, deploy
from flows.form_links import day_actions
from flows.record_count import record_count
from models.attendance import counts
from models.database import reading
from tests.prefect_server import PrefectServer
from tests.tasks.office import BRIEF, TestOffice, at
from tests.tasks.small_semester import DAY

pytestmark = pytest.mark.prefect

PHONE = "Mācībspēks pa tālruni"


def given(
    day: date = DAY, held: str = "", count: int = 2, by: str = "Dace Liepa · dace"
) -> tuple[str, str]:
    """The run's state and message."""
    with time_machine.travel(at("12-05 19:30"), tick=True):
        run: Any = record_count(day, held, count, PHONE, by, return_state=True)
    return run.name, run.message


def test_the_number_is_recorded_and_what_is_wrong_is_said(office: TestOffice) -> None:
    deploy("Europe/Riga")
    office.run_until(BRIEF)
    fiz = office.id_of("FIZ")

    assert given(held="9.00 fiz") == (
        "Completed",
        "Ierakstīts: 2 (Dace Liepa). To, kas uz to gaidīja, tūlīt izdara atsevišķa izpilde.",
    )
    assert given(held="09:00 FIZ", count=-1, by="svešais") == (
        "Failed",
        (
            "The number must be from 0 to 9999, not -1. "
            "Unknown colleague 'svešais'; known are dace, inga, juris, zane."
        ),
    )
    name, message = given(held="fizika")
    assert (name, message.partition(". ")[0]) == (
        "Failed",
        "'fizika' is no class of 2026-12-05",
    )
    assert given(date(2026, 12, 6), "09:00 FIZ")[0] == "Failed"
    with reading(office.engine) as session:
        assert {key: row.count for key, row in counts(session, [fiz]).items()} == {fiz: 2}


def test_its_form_speaks_to_coordinators(prefect_api: PrefectServer) -> None:
    deploy("Europe/Riga", ["Dace Liepa · dace"])

    found = prefect_api.get(f"/deployments/name/{COUNT.full_name}").json()
    fields = found["parameter_openapi_schema"]["properties"]

    assert {name: field["title"] for name, field in fields.items()} == {
        "day": "Studiju diena",
        "held": "Nodarbība",
        "count": "Apmeklētāju skaits",
        "reason": "Iemesls",
        "by": "Kas to dara",
    }
    assert fields["by"]["enum"] == ["Dace Liepa · dace"]


def test_the_page_of_a_day_links_to_every_form(prefect_api: PrefectServer) -> None:
    del prefect_api
    deploy("Europe/Riga")

    assert re.findall(r"\[(.+?)\]\(/deployments/deployment/", day_actions(DAY)) == [
        "Palaist soļus ar roku",
        "Izpildīts ārpus sistēmas",
        "Ierakstīt apmeklētāju skaitu",
    ]
