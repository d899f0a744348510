"""What people change by hand in Zoom and Moodle is named, and mended or asked about."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from html import escape

import pytest

from integrations.zoom import MeetingSpec
from models.database import reading
from models.lms import items_on
from models.meeting import Meeting
from models.question import QuestionState
from models.turns import DayBusy, turn_of
from rules.process import Step, StepState
from tasks.day_plan import load_plan
from tasks.find_drift import find_drift, watched_days
from tasks.find_orphans import find_orphans
from tasks.meeting_plan import plan_of_meetings
from tasks.publish_links import event_of, link_key, plan_of_links
from tasks.publish_plan import post_of
from tests.tasks.office import CLEAR, PUBLISH, TestOffice, at
from tests.tasks.small_semester import DAY

MORNING = at("12-03 06:20")
EDITED = (
    "topic “Konsultācija” instead of “Tiesību pamati (G4)”; begins 2026-12-05 14:00 instead of "
    "2026-12-05 12:45; lasts 60 minutes instead of 180"
)
LAW = "12:45–15:45 Tiesību pamati (G4)"


def words(office: TestOffice) -> list[str]:
    return [drift.words for drift in find_drift(office.context())]


def published(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.move(MORNING)
    office.forget()


def row_of(office: TestOffice, code: str) -> Meeting:
    with reading(office.engine) as session:
        return session.get_one(Meeting, office.id_of(code))


def spec_of(office: TestOffice, code: str) -> MeetingSpec:
    """The meeting as the class's plan has it."""
    services = office.services
    with reading(office.engine) as session:
        plan = load_plan(session, DAY, services.settings.zone)
        meetings = plan_of_meetings(session, services.settings, plan, office.now)
    return meetings.wanted[office.id_of(code)].spec


def more_letters(office: TestOffice, before: dict[str, int]) -> dict[str, int]:
    return dict(Counter(office.counts()) - Counter(before))


def test_nothing_differs_when_nobody_touched_anything(office: TestOffice) -> None:
    published(office)

    assert (words(office), watched_days(office.context())) == ([], [DAY])
    assert office.writes() == []
    office.run(office.now)
    assert office.writes() == []


def test_a_meeting_edited_in_zoom_is_named_and_put_right_without_a_letter(
    office: TestOffice,
) -> None:
    published(office)
    before, edited = office.counts(), spec_of(office, "LAW")
    moved = replace(edited, start=at("12-05 14:00"), duration_minutes=60, topic="Konsultācija")
    office.services.zoom.update_meeting(row_of(office, "LAW").meeting_id, moved)

    found = words(office)
    office.run(office.now)

    assert found == [f"Zoom: {LAW}: {EDITED}"]
    assert office.meetings()["Tiesību pamati (G4)"][1] == "2026-12-05T10:45:00Z"
    assert (more_letters(office, before), words(office)) == ({}, [])
    assert ("differs in Zoom", office.id_of("LAW")) in office.journal()


def test_a_passcode_changed_in_zoom_is_put_back(office: TestOffice) -> None:
    published(office)
    link = row_of(office, "LAW").join_url
    other = replace(spec_of(office, "LAW"), passcode="Other123")
    office.services.zoom.update_meeting(row_of(office, "LAW").meeting_id, other)

    assert words(office) == [f"Zoom: {LAW}: another passcode"]
    office.run(office.now)

    assert (row_of(office, "LAW").join_url, words(office)) == (link, [])


def test_a_meeting_without_our_reference_is_left_alone_and_asked_about(
    office: TestOffice,
) -> None:
    published(office)
    meeting = row_of(office, "LAW").meeting_id
    client = office.services.zoom._client
    client.meeting.update(id=meeting, agenda="Tikšanās")

    assert words(office) == [f"Zoom: {LAW}: our reference is gone from its description"]
    outcomes = office.run(office.now)

    assert outcomes[Step.PLAN_MEETINGS].state is StepState.NEEDS_PERSON
    (text,) = office.texts()
    assert "the meeting does not carry our reference, so it is left alone" in text


def test_a_meeting_deleted_in_zoom_is_made_anew_once_it_stays_away(office: TestOffice) -> None:
    published(office)
    before, gone = office.counts(), row_of(office, "LAW").meeting_id
    office.services.zoom.delete_meeting(gone)

    assert words(office) == [f"Zoom: {LAW}: the meeting is not there any more"]
    office.run(office.now)
    assert (len(office.texts()), more_letters(office, before)) == (1, {})
    office.run(office.now + timedelta(hours=1))

    assert row_of(office, "LAW").meeting_id != gone
    assert more_letters(office, before) == dict.fromkeys(("peteris", "s10", "s11", "s12"), 1)
    assert (office.texts(), words(office)) == ([], [])


def test_an_entry_deleted_in_moodle_is_placed_again(office: TestOffice) -> None:
    published(office)
    before, key = office.counts(), link_key(office.id_of("LAW"))
    office.services.moodle.withdraw_event("M-LAW", key, None)
    assert "M-LAW" not in office.events()

    assert words(office) == [f"Moodle: {LAW}: it is not there any more"]
    office.run(office.now)

    assert (office.events().count("M-LAW"), more_letters(office, before)) == (1, {})
    assert words(office) == []


def test_an_entry_moved_in_moodle_is_put_right(office: TestOffice) -> None:
    published(office)
    key = link_key(office.id_of("LAW"))
    planned = plan_of_links(office.context()).wanted[key]
    course, _, title, html, start, end, content = event_of(key, planned)
    hour = timedelta(hours=1)
    office.services.moodle.publish_event(
        course, key, title, html, start + hour, end + hour, content, None
    )

    assert words(office) == [f"Moodle: {LAW}: it was changed, moved or hidden"]
    office.run(office.now)

    assert (words(office), office.events().count("M-LAW")) == ([], 1)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Konsultācija", ""),
        ("", "<p>Nodarbība notiks citā saitē: <strong>skatiet e-pastu</strong></p>"),
        ("", "https://zoom.us/j/99999999999"),
    ],
)
def test_an_entry_reworded_in_moodle_is_put_right(
    office: TestOffice, title: str, text: str
) -> None:
    published(office)
    before, key = office.counts(), link_key(office.id_of("LAW"))
    planned = plan_of_links(office.context()).wanted[key]
    course, _, ours, html, start, end, content = event_of(key, planned)
    link = escape(planned.facts.join_url or "")
    reworded = html.replace(link, text) if text.startswith("http") else text or html
    # Whoever edits an entry in Moodle leaves our marker in it, if they do not see it.
    office.services.moodle.publish_event(
        course, key, title or ours, reworded, start, end, content, None
    )

    assert words(office) == [f"Moodle: {LAW}: its title or text was changed"]
    office.run(office.now)

    assert (words(office), office.events().count("M-LAW")) == ([], 1)
    (entry,) = (one for one in office.state()["moodle"]["events"] if one["course"] == "M-LAW")
    assert (entry["name"], link in entry["description"]) == (ours, True)
    assert more_letters(office, before) == {}


@pytest.mark.parametrize(
    ("subject", "file", "differs"),
    [
        ("Plāns mainīts", "studiju-dienas-plans-2026-12-05.pdf", "its title or text was changed"),
        ("", "cits.pdf", "it was changed, or its file is gone"),
    ],
)
def test_a_plan_reworded_in_moodle_is_put_right(
    office: TestOffice, subject: str, file: str, differs: str
) -> None:
    published(office)
    key, ours, html, _ = post_of(office.context())
    with reading(office.engine) as session:
        item = items_on(session, DAY)[key]
    office.services.moodle.publish_plan(
        key, subject or ours, html, b"%PDF-1.7", file, item.content_hash, item.moodle_id
    )

    assert words(office) == [f"Moodle: plan of the day: {differs}"]
    office.run(office.now)

    assert (words(office), office.plans()) == ([], [["studiju-dienas-plans-2026-12-05.pdf"]])
    (post,) = office.state()["moodle"]["discussions"]
    assert post["subject"] == ours


def test_a_plan_deleted_in_moodle_is_placed_again(office: TestOffice) -> None:
    published(office)
    office.services.moodle.withdraw_plan(f"sac-plan-{DAY}", None)

    assert words(office) == ["Moodle: plan of the day: it is not there any more"]
    office.run(office.now)

    assert office.plans() == [["studiju-dienas-plans-2026-12-05.pdf"]]
    assert words(office) == []


def test_what_has_begun_is_left_as_it_is(office: TestOffice) -> None:
    office.run(PUBLISH)
    office.services.zoom.delete_meeting(row_of(office, "BIO").meeting_id)
    office.services.moodle.withdraw_event("M-BIO", link_key(office.id_of("BIO")), None)
    office.move(at("12-05 09:05"))

    assert words(office) == []
    office.run(CLEAR)
    assert words(office) == []
    with reading(office.engine) as session:
        assert items_on(session, DAY) == {}


def test_a_day_that_is_being_run_is_looked_at_later(office: TestOffice) -> None:
    published(office)

    with turn_of(office.engine, DAY), pytest.raises(DayBusy):
        find_drift(office.context())


def test_an_orphan_is_named_and_never_deleted(office: TestOffice) -> None:
    published(office)
    assert find_orphans(office.context()) == []
    host = row_of(office, "LAW").host
    stray = MeetingSpec("SAC-elsewhere", "Cita iestāde", at("12-06 10:00"), 60, "x", "Abc12345")
    made = office.services.zoom.create_meeting(host, stray)

    office.forget()
    orphans = [find_orphans(office.context()), find_orphans(office.context())]

    assert [[orphan.id for orphan in found] for found in orphans] == [[made.id], [made.id]]
    assert office.texts() == [
        (
            f"ZOOM kontā {host} ir sapulce {made.id} “Cita iestāde” (06.12.2026. 10:00) ar mūsu "
            "atsauci SAC-elsewhere, bet nevienai nodarbībai tā nepieder. Ja to neviens neizmanto, "
            "izdzēsiet to ZOOM un atbildiet “mended”; ja tā vajadzīga, “skip”."
        )
    ]
    assert office.writes() == []
    office.services.zoom.delete_meeting(made.id)
    find_orphans(office.context())
    assert (office.texts(), len(office.questions(QuestionState.WITHDRAWN))) == ([], 1)


def test_a_second_meeting_of_a_class_of_ours_is_an_orphan_too(office: TestOffice) -> None:
    published(office)
    double = spec_of(office, "LAW")
    made = office.services.zoom.create_meeting(row_of(office, "LAW").host, double)

    assert [orphan.id for orphan in find_orphans(office.context())] == [made.id]
