"""Importing the semester: all or nothing, again and again, and what the next run makes of it."""

from dataclasses import replace
from datetime import time

from sqlmodel import select

from models.database import reading
from models.people import StudentRecord
from models.question import QuestionState
from models.study_day import ClassSession, StudyDay
from rules.process import Step
from rules.timetable import Duty, Mode, Student
from tasks.change_class import cancel_class, move_class
from tests.tasks.office import PLAN, PUBLISH, TestOffice, at
from tests.tasks.small_semester import (
    DAY,
    DUTY,
    SEMESTER,
    STUDENTS,
    TIMETABLE,
    changed,
    row,
    semester,
    without,
)

NOON = at("12-02 12:00")


def revision(office: TestOffice) -> int:
    with reading(office.engine) as session:
        return session.get_one(StudyDay, DAY).plan_revision


def classes(office: TestOffice) -> dict[str, tuple[str, bool]]:
    """Classes by course: their local start, and whether they were removed."""
    with reading(office.engine) as session:
        rows = session.exec(select(ClassSession)).all()
    zone = office.services.settings.zone
    return {
        held.course_code: (f"{held.starts_at.astimezone(zone):%H:%M}", held.is_removed)
        for held in rows
    }


def test_a_first_import_makes_the_plan(any_office: TestOffice) -> None:
    assert revision(any_office) == 1
    assert classes(any_office) == {
        **dict.fromkeys(("MAT", "FIZ", "BIO", "ART"), ("09:00", False)),
        **dict.fromkeys(("ENG", "STA", "LAW"), ("12:45", False)),
    }


def test_importing_the_same_again_changes_nothing(any_office: TestOffice) -> None:
    any_office.run(PUBLISH)
    any_office.forget()

    outcome = any_office.import_()
    any_office.run(NOON)

    assert (outcome.days, outcome.classes, outcome.added, outcome.changed, outcome.removed) == (
        1, 7, 0, 0, 0
    )  # fmt: skip
    assert (outcome.touched_days, outcome.problems, revision(any_office)) == ((), (), 1)
    assert any_office.writes() == []


def test_a_changed_row_makes_the_steps_due_again(any_office: TestOffice) -> None:
    office = any_office
    office.run(PUBLISH)
    before = office.counts()
    known = office.meeting_id("LAW")
    later = {"starts": time(16), "ends": time(19), "slot": None}

    outcome = office.import_(semester(timetable=changed("LAW", **later)))

    assert (outcome.changed, outcome.touched_days, revision(office)) == (1, (DAY,), 2)
    office.run(NOON)
    told = {name for name, count in office.counts().items() if count > before[name]}
    assert told == {"peteris", "s10", "s11", "s12"}
    assert (office.meeting_id("LAW"), office.meetings()["Tiesību pamati (G4)"][1]) == (
        known,
        "2026-12-05T14:00:00Z",
    )


def test_a_prepared_day_loses_classes_only_by_their_number(any_office: TestOffice) -> None:
    office = any_office
    office.run(PUBLISH)
    before, rows = office.counts(), office.rows()
    partial = semester(timetable=without("LAW", "STA"))

    refused = office.import_(partial)
    wrong = office.import_(partial, accept_removals=1)

    assert [len(outcome.problems) for outcome in (refused, wrong)] == [1, 1]
    assert (office.rows(), revision(office)) == (rows, 1)
    accepted = office.import_(partial, accept_removals=2)
    assert (accepted.removed, accepted.problems) == (2, ())
    office.run(NOON)
    told = {name for name, count in office.counts().items() if count > before[name]}
    assert told == {"anna", "peteris", *(f"s{number:02}" for number in range(7, 13))}
    assert (len(office.meetings()), len(office.events())) == (4, 4)


def test_a_class_of_an_unprepared_day_simply_goes(office: TestOffice) -> None:
    outcome = office.import_(semester(timetable=without("LAW")))

    assert (outcome.removed, outcome.problems) == (1, ())
    assert classes(office)["LAW"] == ("12:45", True)


def test_a_class_that_returns_is_another_one(office: TestOffice) -> None:
    first = office.id_of("LAW")
    office.import_(semester(timetable=without("LAW")))

    office.import_()

    assert office.id_of("LAW") != first


def test_a_dry_run_says_the_same_and_changes_nothing(office: TestOffice) -> None:
    rows = office.rows()
    new = semester(
        timetable=(*changed("LAW", note="bring a book"), row("ART", 2, ["liga"], ["G2"]))
    )

    planned = office.import_(new, dry_run=True)

    assert (planned.added, planned.changed, planned.touched_days) == (1, 1, (DAY,))
    assert (office.rows(), revision(office)) == (rows, 1)
    assert office.import_(new) == planned


def test_what_was_changed_by_hand_is_kept_and_reported(office: TestOffice) -> None:
    move_class(office.context(), office.id_of("LAW"), at("12-05 16:00"))
    cancel_class(office.context(), office.id_of("STA"))

    same = office.import_()
    conflict = office.import_(
        semester(timetable=changed("LAW", starts=time(13), ends=time(16), note="Tests"))
    )

    assert (same.changed, same.conflicts) == (0, ())
    # The times stay as set by hand; the note, which nobody had touched, follows the file.
    assert (conflict.changed, conflict.conflicts) == (
        1,
        (
            "2026-12-05 12:45 LAW: starts kept as set by hand",
            "2026-12-05 12:45 LAW: ends kept as set by hand",
        ),
    )
    assert classes(office)["LAW"][0] == "16:00"
    with reading(office.engine) as session:
        assert session.get_one(ClassSession, office.id_of("LAW")).note == "Tests"


def test_a_class_moved_by_hand_is_not_removed_by_a_file_without_it(office: TestOffice) -> None:
    move_class(office.context(), office.id_of("LAW"), at("12-05 16:00"))

    outcome = office.import_(semester(timetable=without("LAW")))

    assert (outcome.removed, outcome.conflicts) == (
        0,
        ("2026-12-05 12:45 LAW: whole class kept as set by hand",),
    )


def test_a_changed_past_is_refused(office: TestOffice) -> None:
    office.move(at("12-07 09:00"))

    unchanged = office.import_()
    refused = office.import_(semester(timetable=changed("LAW", note="later")))

    assert (unchanged.problems, len(refused.problems)) == ((), 1)


def test_an_ambiguous_row_is_asked_about_and_decided(any_office: TestOffice) -> None:
    office = any_office
    morning, noon = row("ART", 1, ["liga"], ["G1"]), row("ART", 2, ["liga"], ["G1"])
    office.import_(semester(timetable=(morning, noon)))
    known = [one.id for one in rows_of(office, "ART")]
    one = semester(timetable=[replace(morning, starts=time(10), ends=time(11), slot=None)])
    before = (classes(office), revision(office))

    outcomes = [office.import_(one), office.import_(one)]

    assert [outcome.problems[0].message for outcome in outcomes] == [
        (
            f"Nav skaidrs, kurai no jau esošajām nodarbībām šī rinda atbilst ({', '.join(known)}). "
            "Atbildiet uz jautājumu (sac questions) un importējiet vēlreiz."
        )
    ] * 2
    assert (classes(office), revision(office)) == before
    assert office.texts() == ["Kura nodarbība ir rinda 2: 2026-12-05 10:00 ART (G1)?"]
    (question,) = office.questions()
    assert question.choices == [*known, "new"]
    office.answer(known[1])
    decided = office.import_(one)
    assert (decided.problems, decided.changed, decided.removed) == ((), 1, 1)
    assert [(held.id, held.is_removed) for held in rows_of(office, "ART")] == [
        (known[0], True),
        (known[1], False),
    ]


def rows_of(office: TestOffice, code: str) -> list[ClassSession]:
    """The course's latest two online classes, in order of time as they were first imported."""
    with reading(office.engine) as session:
        rows = session.exec(
            select(ClassSession).where(
                ClassSession.course_code == code, ClassSession.mode == Mode.ONLINE
            )
        ).all()
    return sorted(rows, key=lambda held: (not held.is_removed, held.starts_at))


def test_a_new_student_is_told_by_the_next_run(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    newcomer = Student("s13", "Jauns Students", "s13@augstskola.example", ("G1",))

    outcome = office.import_(semester(students=(*STUDENTS, newcomer)))
    office.run(NOON)

    assert outcome.touched_days == (DAY,)
    told = {name for name, count in office.counts().items() if count > before.get(name, 0)}
    assert (told, office.summaries()[6]) == ({"s13"}, ("done", "13 letters sent"))


def test_a_student_who_left_is_told_that_nothing_concerns_them(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()

    office.import_(semester(students=STUDENTS[1:]))
    office.run(NOON)

    told = {name for name, count in office.counts().items() if count > before[name]}
    assert told == {"s01"}
    with reading(office.engine) as session:
        assert session.get_one(StudentRecord, "s01").is_active is False


def test_a_student_in_another_group_hears_of_both(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    people = (replace(STUDENTS[0], groups=("G4",)), *STUDENTS[1:])

    office.import_(semester(students=people))
    office.run(NOON)

    told = {name for name, count in office.counts().items() if count > before[name]}
    assert told == {"s01"}
    assert [word in office.text("s01") for word in ("Matemātika", "Tiesību pamati")] == [True, True]


def test_a_changed_duty_replaces_the_plan_and_writes_to_nobody(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    duty = (replace(DUTY[0], ends=time(13)), Duty(DAY, "juris", time(13), time(16)))

    office.import_(semester(duty=duty))
    outcomes = office.run(NOON)
    office.import_(semester(duty=duty))

    assert outcomes[Step.PUBLISH_PLAN].summary == "the plan is in the LMS; replaced 1 time"
    assert (office.counts(), revision(office)) == (before, 2)


def test_a_removed_class_of_a_future_semester_leaves_no_question(office: TestOffice) -> None:
    office.run(PLAN)

    office.import_(SEMESTER)

    assert office.questions(QuestionState.OPEN) == []
    assert len(TIMETABLE) == len(classes(office))
