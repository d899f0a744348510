"""The tables of the previous release, with an office's data in them, brought up to today's."""

from collections import Counter

from sqlalchemy import Engine

from models.database import migrate, missing_migrations, reading, writing
from models.journal import Author, entries, write
from models.letter import letters_on
from models.presence import Presence, presences
from models.question import open_questions
from models.study_day import online_classes, step_records
from tests.models.releases import fill, kept, read_all
from tests.tasks.office import at
from tests.tasks.small_semester import DAY

PREVIOUS = "0001"
SOON = at("12-05 20:05")


def test_an_upgrade_keeps_every_row(empty_engine: Engine) -> None:
    migrate(empty_engine, PREVIOUS)
    before = kept(PREVIOUS)
    fill(empty_engine, before)

    migrate(empty_engine)

    missing_migrations(empty_engine)
    after = read_all(empty_engine)
    # What the previous release did not know of a step: its sentence in Latvian.
    assert {row.pop("summary_lv") for row in after["step_record"]} == {""}
    assert {name: after[name] for name in before} == before
    assert {name: rows for name, rows in after.items() if name not in before} == {
        "mail_position": [],
        "presence": [],
    }


def test_the_office_goes_on_after_an_upgrade(empty_engine: Engine) -> None:
    migrate(empty_engine, PREVIOUS)
    fill(empty_engine, kept(PREVIOUS))
    migrate(empty_engine)

    with reading(empty_engine) as session:
        records = step_records(session, DAY)
        letters = Counter(letter.kind for letter in letters_on(session, DAY))
        questions = [question.kind for question in open_questions(session, DAY)]
        (held, *others) = online_classes(session, DAY)
        told = len(entries(session, DAY))
    with writing(empty_engine) as session:
        # A counter that begins at one again, or a table that is missing, would fail here.
        write(session, Author("dace", "test", SOON), "looked", "everything", day=DAY)
        session.add(Presence(class_id=held.id, meeting_id="1", people=3, fetched_at=SOON))

    assert {step.value: record.state.value for step, record in records.items()} == {
        **dict.fromkeys((1, 2, 3, 4, 5, 6, 8), "done"),
        7: "needs_person",
        10: "due",
    }
    assert letters == {"lecturer": 5, "student": 12, "team_briefing": 4}
    assert questions == ["meeting_held"]
    with reading(empty_engine) as session:
        assert len(entries(session, DAY)) == told + 1
        assert list(presences(session, [held.id, *(one.id for one in others)])) == [held.id]
