"""What is held about a person: shown whole, erased as far as it may be."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from models.attendance import AttendanceReport, counts
from models.database import reading
from models.inbound import InboundMessage
from models.journal import JournalEntry
from models.letter import Letter
from models.people import LecturerRecord
from models.study_day import online_classes
from tasks.personal_data import NoSuchPerson, StillNeeded, erase_person, export_person
from tasks.read_mail import read_mail
from tests.tasks.office import TELL, TestOffice, at
from tests.tasks.small_semester import DAY, SEMESTER, row

ANNA = "anna@augstskola.example"
LATER = date(2026, 12, 19)


@pytest.fixture
def after_the_day(office: TestOffice) -> TestOffice:
    """The day is over, Anna has answered, and the next import does not name her any more."""
    office.run_until(TELL)
    office.run_until(at("12-05 19:00"))
    office.move(at("12-05 20:00"))
    read_mail(office.context())
    office.move(at("12-09 12:00"))
    return office


def leave(office: TestOffice) -> None:
    """Anna is taken out of the sheets; what she taught in the past stays as it was."""
    office.import_(
        replace(
            SEMESTER,
            timetable=(row("ENG", 1, ["mary"], ["G1"], day=LATER),),
            lecturers=tuple(one for one in SEMESTER.lecturers if one.key != "anna"),
        ),
        accept_removals=7,
    )


def test_an_export_is_all_that_is_held_as_plain_json(after_the_day: TestOffice) -> None:
    context = after_the_day.context(day=date(2026, 12, 9))
    shown = json.loads(json.dumps(export_person(context, ANNA.upper()), default=str))

    assert [one["role"] + " " + one["name"] for one in shown["person"]] == ["lecturer Anna Bērziņa"]
    assert {name: len(found) for name, found in shown.items() if isinstance(found, list)} == {
        "person": 1,
        "classes": 2,
        "duty": 0,
        "letters": 1,
        "mails": 1,
        "attendance": 2,
        "questions": 0,
        "journal": 0,
    }
    (letter,), (mail,) = shown["letters"], shown["mails"]
    assert f"<{ANNA}>" in letter["content"]
    assert f"<{ANNA}>" in mail["raw"]
    # Nobody else's letters, of the seventeen that there are.
    assert {one["email"] for one in shown["letters"]} == {ANNA}


def test_whoever_is_needed_is_not_erased(after_the_day: TestOffice) -> None:
    before = after_the_day.letters()

    with pytest.raises(StillNeeded, match="take them out and import first"):
        erase_person(after_the_day.context(day=date(2026, 12, 9)), ANNA)

    assert after_the_day.letters() == before


def test_erasing_leaves_numbers_and_the_journal(after_the_day: TestOffice) -> None:
    leave(after_the_day)
    with reading(after_the_day.engine) as session:
        held = [one.id for one in online_classes(session, DAY)]
        numbers = {key: report.count for key, report in counts(session, held).items()}
        told = len(session.exec(select(JournalEntry)).all())

    figures = erase_person(
        after_the_day.context(day=date(2026, 12, 9), actor="dace", reason="Pieprasījums"), ANNA
    )

    assert figures == {
        "people": 1,
        "letters": 1,
        "mails": 1,
        "questions": 0,
        "kept_attendance": 2,
        "kept_journal": 0,
    }
    with reading(after_the_day.engine) as session:
        anna = session.get_one(LecturerRecord, "anna")
        assert (anna.name, anna.email, anna.phone, anna.is_active) == ("(dzēsts)", "", "", False)
        assert {key: one.count for key, one in counts(session, held).items()} == numbers
        assert {
            one.words for one in session.exec(select(AttendanceReport)) if one.reported_by == "anna"
        } == {""}
        mine = session.exec(select(Letter).where(Letter.person == "anna")).one()
        assert (mine.email, mine.content) == ("", b"")
        assert len([one for one in session.exec(select(Letter)) if one.content]) > 15
        assert [
            one.raw for one in session.exec(select(InboundMessage)) if one.lecturer == "anna"
        ] == [b""]
        journal = session.exec(select(JournalEntry)).all()
        assert len(journal) == told + 1
        assert (journal[-1].actor, journal[-1].action, journal[-1].subject) == (
            "dace",
            "person erased",
            "anna",
        )
    with pytest.raises(NoSuchPerson, match=f"Nothing is held about {ANNA}"):
        export_person(after_the_day.context(), ANNA)
