"""What an operator does in the Prefect UI of a real office, from what is coming to what is done.

One story, because each part goes on where the one before it ended.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from flows.form_links import form_link
from models.database import open_database, reading
from models.journal import entries
from rules.process import Step
from tasks.step_choices import step_label
from tests.browser.pictures import keep_picture
from tests.running_office import DAY, EVERYBODY, RunningOffice, at, running_office

# Eight processes start one after another: on a busy machine that takes minutes.
pytestmark = [pytest.mark.browser, pytest.mark.prefect, pytest.mark.timeout(1200)]

_TRIES = 3  # a busy server refuses now and then, and the page says so: people click again
PATIENCE = 240_000  # a run is a new process, which on a busy machine takes its time
INGA = "Inga Krūmiņa · inga"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running_office(tmp_path) as office:
        yield office


@pytest.fixture
def page(browser: Browser, office: RunningOffice) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1400, "height": 1000},
        timezone_id="Europe/Riga",
        locale="lv-LV",
        base_url=office.ui,
    )
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    yield context.new_page()
    context.close()


def test_an_operator_runs_the_office_from_the_pages(page: Page, office: RunningOffice) -> None:
    sees_what_is_coming(page, office)
    mends_a_failed_run(page, office)
    runs_two_steps(page, office)
    answers_a_question(page, office)
    looks_at_the_day(page, office)


def deployment(office: RunningOffice, name: str) -> UUID:
    (found,) = office.ask("/deployments/filter", {"deployments": {"name": {"any_": [name]}}})
    return UUID(found["id"])


def open_form(page: Page, office: RunningOffice, moment: datetime) -> None:
    """The run form of a study day as a link from the day's page opens it, at another moment."""
    known = {"day": str(DAY), "as_of": moment.isoformat()}
    page.goto(form_link(deployment(office, "study-day"), known))
    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def field(page: Page, title: str) -> Locator:
    return page.locator(".schema-form-property", has_text=title)


def choose(page: Page, title: str, *options: str) -> None:
    """Opens a field's list as a keyboard does, and takes what it offers."""
    box = field(page, title)
    box.locator(".p-select-button__control, .p-combobox__button").first.click()
    page.keyboard.press("ArrowDown")
    for option in options:
        page.get_by_text(option, exact=True).last.click()
    page.get_by_text("Parameters", exact=True).click()  # beside the list: it closes


def open_new_run(page: Page, name: str) -> None:
    """Sends the form, and opens the run that it makes."""
    for _ in range(_TRIES):
        with page.expect_response(re.compile(r"/create_flow_run$")) as answer:
            page.get_by_role("button", name="Submit").click()
        if answer.value.ok:
            break
    page.wait_for_url("**?tab=Runs")
    page.goto(f"/runs/flow-run/{answer.value.json()['id']}")
    # The run gets its name when it begins.
    expect(page.get_by_text(name, exact=True).first).to_be_visible()


def journal(office: RunningOffice, *actions: str) -> list[tuple[str, str, str]]:
    """Who did one of these things, to what, and why."""
    engine = open_database(office.environment["SAC_DATABASE_URL"])
    with reading(engine) as session:
        found = [
            (one.actor, one.subject, one.reason)
            for one in entries(session, DAY)
            if one.action in actions
        ]
    engine.dispose()
    return found


def sees_what_is_coming(page: Page, office: RunningOffice) -> None:
    page.goto(f"/deployments/deployment/{deployment(office, 'study-day')}?tab=Upcoming")

    names = page.get_by_role("link", name=f"{DAY} · ")
    expect(names).to_have_count(9)
    assert names.all_inner_texts() == [
        "2099-12-05 · steps 1, 2 · due Fri 27 Nov 09:00",
        "2099-12-05 · steps 3, 6 · due Tue 1 Dec 09:00",
        "2099-12-05 · steps 4, 5 · due Wed 2 Dec 09:00",
        "2099-12-05 · step 7 · due Fri 4 Dec 09:00",
        "2099-12-05 · step 8 · due Sat 5 Dec 09:05",
        "2099-12-05 · step 8 · due Sat 5 Dec 12:50",
        "2099-12-05 · step 10 · due Sat 5 Dec 15:45",
        "2099-12-05 · step 9 · due Mon 7 Dec 09:00",
        "2099-12-05 · steps 9, 10, 11 · due Tue 8 Dec 09:00",
    ]
    keep_picture(page, "coming-runs")


def mends_a_failed_run(page: Page, office: RunningOffice) -> None:
    office.sandbox.move_clock(at("12-01 09:05"))
    office.mail.shut_after(7)  # all lecturers' letters, and two students'
    open_form(page, office, at("12-01 09:05"))
    field(page, "Iemesls").locator("textarea").fill("Vēstules jāizsūta šodien")
    choose(page, "Kas to dara", INGA)
    open_new_run(page, f"{DAY} · all that is due")

    expect(page.get_by_text("Failed", exact=True).first).to_be_visible()
    page.get_by_text("Details", exact=True).last.click()
    page.get_by_text("See More", exact=True).first.click()
    why = page.get_by_text(
        "10 letters could not be sent yet: no connection: Error connecting to"
    ).last
    expect(why).to_contain_text("spiediet Retry: tiks izdarīts tikai tas, kas trūkst.")
    keep_picture(page, "why-it-failed")
    page.keyboard.press("Escape")
    assert sum(office.letters().values()) == 7
    meetings = office.sandbox.state("zoom")["zoom"]["meetings"]

    office.mail.open()
    page.get_by_role("button", name="Retry").first.click()
    keep_picture(page, "retry")
    page.get_by_role("dialog").get_by_role("button", name="Retry").click()
    expect(page.get_by_text("Completed", exact=True).first).to_be_visible()

    page.reload()
    expect(page.get_by_text("Completed", exact=True).first).to_be_visible()
    keep_picture(page, "after-retry")
    assert office.letters() == EVERYBODY
    assert office.sandbox.state("zoom")["zoom"]["meetings"] == meetings
    assert (
        journal(office, "run by hand", "retried")
        == [("inga", "steps: all that is due", "Vēstules jāizsūta šodien")] * 2
    )


def runs_two_steps(page: Page, office: RunningOffice) -> None:
    office.sandbox.move_clock(at("12-02 09:05"))
    open_form(page, office, at("12-02 09:05"))
    choose(page, "Soļi", step_label(Step.PUBLISH_PLAN), step_label(Step.PUBLISH_LINKS))
    field(page, "Iemesls").locator("textarea").fill("Moodle atkal strādā")
    choose(page, "Kas to dara", INGA)
    keep_picture(page, "two-steps")
    open_new_run(page, f"{DAY} · steps 4, 5")

    expect(page.get_by_text("Completed", exact=True).first).to_be_visible()
    moodle = office.sandbox.state("moodle")["moodle"]
    assert (len(moodle["discussions"]), len(moodle["events"])) == (1, 6)
    assert office.letters() == EVERYBODY
    assert journal(office, "run by hand")[-1] == ("inga", "steps: 4, 5", "Moodle atkal strādā")


def answers_a_question(page: Page, office: RunningOffice) -> None:
    office.sandbox.move_clock(at("12-04 09:05"))
    open_form(page, office, at("12-04 09:05"))
    choose(page, "Soļi", step_label(Step.BRIEF_TEAM))
    choose(page, "Kas to dara", INGA)
    open_new_run(page, f"{DAY} · step 7")
    expect(page.get_by_text("Completed", exact=True).first).to_be_visible()

    page.goto("/artifacts/key/questions")
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    question = page.get_by_text("Vai informatīvā sapulce par studiju dienu 2099-12-05 ir notikusi?")
    expect(question.last).to_be_visible()
    keep_picture(page, "questions")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Atbildēt uz 1.").first.click()
    form = opened.value
    expect(form.get_by_role("spinbutton")).to_have_value("1")
    choose(form, "Kas to dara", "Dace Liepa · dace")
    keep_picture(form, "answer")
    open_new_run(form, "answer to question 1")

    expect(form.get_by_text("Completed", exact=True).first).to_be_visible()
    assert journal(office, "answered question") == [("dace", f"{DAY}/meeting-held", "")]
    form.close()


def looks_at_the_day(page: Page, office: RunningOffice) -> None:
    page.goto(f"/artifacts/key/study-day-{DAY}")
    page.locator("a[href*='/artifacts/artifact/']").first.click()

    expect(page.locator("table").first.get_by_role("row")).to_have_count(12)
    expect(page.get_by_role("link", name="Palaist soļus ar roku")).to_be_visible()
    keep_picture(page, "study-day")
    page.goto("/runs")
    expect(page.get_by_role("link", name=f"{DAY} · steps 4, 5")).to_be_visible()
    keep_picture(page, "runs")
    assert office.letters()["s01"] == 1
