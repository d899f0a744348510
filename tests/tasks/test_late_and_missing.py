"""Steps 9 and 10 over the days: reminders, what is missing, what comes late, and Zoom's own count."""

import pytest

from models.database import reading
from models.letter import LetterKind
from models.presence import presences
from rules.process import Step
from tests.tasks.mailing import letter_to, mail, numbers, post, read, reports
from tests.tasks.office import BRIEF, CLEAR, COLLECT, REMIND, SECOND_LOOK, TestOffice, at

NIGHT = at("12-05 22:00")
AFTER = at("12-10 12:00")


@pytest.fixture
def told(office: TestOffice) -> TestOffice:
    """The day has been held and nobody has answered."""
    office.sandbox.order_lecturers(answer=False)
    office.run_until(BRIEF)
    office.answer("yes", kind="meeting_held")
    office.run_until(SECOND_LOOK)
    return office


def reminded(office: TestOffice) -> list[str]:
    return sorted(
        letter.person
        for letter in office.letters()
        if letter.kind is LetterKind.ATTENDANCE_REMINDER
    )


def test_those_who_have_not_answered_are_reminded_once(told: TestOffice) -> None:
    peteris = letter_to(told, "peteris")
    post(
        told,
        mail("2", letter_to(told, "janis")),
        mail("Bioloģijā 3, tiesību pamatos 2", peteris),
        mail("Laikam kādi trīs", letter_to(told, "mary")),  # waits for a person
    )
    told.run(COLLECT)
    assert reminded(told) == []

    told.run(REMIND)
    told.run(at("12-07 15:00"))

    # Līga's only class has Pēteris's number.
    assert reminded(told) == ["anna"]
    assert told.summaries()[9] == ("due", "1 lecturer reminded, 2 missing numbers outstanding")


def test_an_answer_in_the_night_before_the_reminder_is_in_time(told: TestOffice) -> None:
    post(told, mail("3 un 2", letter_to(told, "anna"), at("12-07 08:59")))

    told.run(REMIND)

    assert reminded(told) == ["janis", "liga", "mary", "peteris"]


def test_what_is_missing_goes_to_the_head_and_what_comes_later_is_late(told: TestOffice) -> None:
    told.run(REMIND)
    post(told, mail("3 un 2", letter_to(told, "anna", LetterKind.ATTENDANCE_REMINDER)))
    post(told, mail("2", letter_to(told, "janis"), at("12-08 23:00")))
    told.run(at("12-07 12:00"))
    told.run(CLEAR)
    told.run(at("12-08 12:00"))

    missing = [one for one in told.letters() if one.kind is LetterKind.MISSING_ATTENDANCE]
    assert [letter.person for letter in missing] == ["dace"]
    text = told.text("dace")
    assert [course in text for course in ("Bioloģija", "Tiesību", "Matemātika")] == [
        True,
        True,
        False,
    ]

    post(told, mail("4", letter_to(told, "mary"), at("12-09 10:00")))
    read(told, AFTER)

    late = {code: row.is_late for code, row in reports(told).items()}
    assert late == {"MAT": False, "STA": False, "FIZ": False, "ENG": True}
    assert numbers(told) == {"MAT": 3, "STA": 2, "FIZ": 2, "ENG": 4}


def test_a_late_unclear_answer_stays_late_when_a_person_has_read_it(told: TestOffice) -> None:
    post(told, mail("Laikam kādi divi", letter_to(told, "janis"), at("12-09 10:00")))
    read(told, AFTER)

    told.answer("2", by="inga")

    assert [(row.count, row.is_late) for row in reports(told).values()] == [(2, True)]


def presence(office: TestOffice) -> dict[str, int]:
    with reading(office.engine) as session:
        codes = {office.id_of(code): code for code in ("MAT", "FIZ", "BIO", "ENG", "STA", "LAW")}
        return {codes[key]: row.people for key, row in presences(session, codes).items()}


def test_zooms_count_stands_beside_the_reported_number(told: TestOffice) -> None:
    """The sandbox's Zoom knows who came; lecturers count the same people."""
    outcomes = told.run(COLLECT)
    # The morning's reports are ready, the afternoon's are not: not ready is not zero.
    assert sorted(presence(told)) == ["BIO", "FIZ", "MAT"]
    assert "differ" not in outcomes[Step.COLLECT_ATTENDANCE].summary

    seen = presence(told)["FIZ"]
    post(told, mail(str(seen), letter_to(told, "janis"), NIGHT))
    outcomes = told.run(NIGHT)

    assert sorted(presence(told)) == ["BIO", "ENG", "FIZ", "LAW", "MAT", "STA"]
    assert f"| {seen} | {seen} | saņemts |" in outcomes[Step.COLLECT_ATTENDANCE].report
    told.forget()
    told.run(at("12-06 10:00"))
    assert [one for one in told.sandbox.requests() if "participants" in one["path"]] == []


def test_a_large_difference_is_marked_and_nothing_is_corrected(told: TestOffice) -> None:
    told.more.update(attendance_difference=0, attendance_difference_percent=0)
    told.run(COLLECT)
    seen = presence(told)["FIZ"]
    post(told, mail(str(seen - 1), letter_to(told, "janis"), NIGHT))

    outcomes = told.run(NIGHT)

    step = outcomes[Step.COLLECT_ATTENDANCE]
    assert numbers(told) == {"FIZ": seen - 1}
    assert step.summary.endswith("1 differs from Zoom")
    assert f"| {seen - 1} | **{seen}** (atšķiras) | saņemts |" in step.report


def test_zoom_being_away_delays_no_number(told: TestOffice) -> None:
    told.sandbox.fault("zoom", "5xx", "participants", times=None)
    post(told, mail("2", letter_to(told, "janis"), NIGHT))

    outcomes = told.run(NIGHT)

    step = outcomes[Step.COLLECT_ATTENDANCE]
    assert (step.state.value, numbers(told), presence(told)) == ("due", {"FIZ": 2}, {})
    assert "Zoom's reports are not read yet (Zoom: " in step.summary
