"""Changes by hand stand above an import; where the two disagree a person is asked."""

from dataclasses import replace
from datetime import time

from models.database import reading
from models.question import QuestionState
from models.study_day import ClassSession
from rules.timetable import ClassStatus, Mode
from tasks.add_class import NewClass, add_class
from tasks.change_class import (
    change_groups,
    change_mode,
    move_class,
    reinstate_class,
    remove_class,
)
from tests.tasks.office import PUBLISH, TestOffice, at
from tests.tasks.small_semester import TIMETABLE, changed, row, semester, without

NOON = at("12-02 12:00")
LAST = {"starts": time(16), "ends": time(17, 30), "slot": None}


def held(office: TestOffice, class_id: str) -> ClassSession:
    with reading(office.engine) as session:
        return session.get_one(ClassSession, class_id)


def extra(office: TestOffice) -> str:
    new = NewClass(at("12-05 16:00"), at("12-05 17:30"), "FIZ", ("janis",), ("G2",))
    return add_class(office.context(), new).id


def test_a_conflict_is_asked_once_and_kept(office: TestOffice) -> None:
    law = office.id_of("LAW")
    move_class(office.context(), law, at("12-05 16:00"))
    other = semester(timetable=changed("LAW", starts=time(13), ends=time(16), slot=None))

    office.import_(other)
    office.import_(other)

    (text,) = office.texts()
    assert text == (
        "Nodarbība 05.12.2026. 16:00 LAW (G4): sākums ar roku 16:00, jaunajā grafikā 13:00; "
        "beigas ar roku 19:00, jaunajā grafikā 16:00. Atstāt, kā noteikts ar roku (“keep”), "
        "vai ņemt no grafika (“take”)?"
    )
    office.answer("keep")
    office.import_(other)
    assert (office.texts(), held(office, law).starts_at) == ([], at("12-05 16:00"))


def test_the_timetable_may_be_taken_after_all(office: TestOffice) -> None:
    law = office.id_of("LAW")
    office.run(PUBLISH)
    move_class(office.context(), law, at("12-05 16:00"))
    office.run(at("12-02 10:00"))
    before = office.counts()
    other = semester(timetable=changed("LAW", starts=time(13), ends=time(16), slot=None))
    office.import_(other)

    office.answer("take")
    office.run(NOON)

    found = held(office, law)
    assert (found.starts_at, found.ends_at) == (at("12-05 13:00"), at("12-05 16:00"))
    assert found.overridden == ["day", "slot"]
    told = {name for name, count in office.counts().items() if count > before[name]}
    assert told == {"peteris", "s10", "s11", "s12"}


def test_a_question_is_withdrawn_when_the_timetable_agrees_again(office: TestOffice) -> None:
    change_mode(office.context(), office.id_of("LAW"), Mode.ONSITE)
    office.import_(semester(timetable=changed("LAW", mode=Mode.ONLINE, note="x")))
    assert office.texts() == []  # the file says of the mode what it always said

    change_groups(office.context(), office.id_of("STA"), ["G4"])
    office.import_(semester(timetable=changed("STA", groups=("G1",))))
    assert len(office.texts()) == 1
    office.import_(semester(timetable=changed("STA", groups=("G4",))))

    assert (office.texts(), len(office.questions(QuestionState.WITHDRAWN))) == ([], 1)


def test_a_class_moved_by_hand_and_gone_from_the_file_may_be_given_up(office: TestOffice) -> None:
    law = office.id_of("LAW")
    move_class(office.context(), law, at("12-05 16:00"))
    office.import_(semester(timetable=without("LAW")))

    assert [text.partition(". Atstāt")[0] for text in office.texts()] == [
        "Nodarbība 05.12.2026. 16:00 LAW (G4): ar roku mainīta, bet jaunajā grafikā tās vairs nav"
    ]
    office.answer("take")

    assert held(office, law).is_removed is True


def test_a_class_added_by_hand_is_left_alone_by_files_without_it(office: TestOffice) -> None:
    mine = extra(office)

    outcome = office.import_()

    assert (outcome.added, outcome.removed, outcome.conflicts, office.texts()) == (0, 0, (), [])
    assert held(office, mine).is_planned is True


def test_a_file_that_has_the_added_class_too_takes_it_as_its_own(office: TestOffice) -> None:
    mine = extra(office)
    same = replace(row("FIZ", 1, ["janis"], ["G2"]), **LAST)

    first = office.import_(semester(timetable=(*TIMETABLE, same)))
    again = office.import_(semester(timetable=(*TIMETABLE, replace(same, note="Tests"))))

    assert (first.added, again.added, again.changed, office.texts()) == (0, 0, 1, [])
    assert held(office, mine).note == "Tests"


def test_a_file_that_says_otherwise_of_an_added_class_is_asked_about(office: TestOffice) -> None:
    mine = extra(office)
    other = semester(timetable=(*TIMETABLE, replace(row("FIZ", 1, ["liga"], ["G2"]), **LAST)))

    outcome = office.import_(other)

    assert (outcome.added, held(office, mine).lecturers) == (0, ["janis"])
    (text,) = office.texts()
    assert "mācībspēki ar roku janis, jaunajā grafikā liga." in text
    office.answer("take")
    assert held(office, mine).lecturers == ["liga"]


def test_a_class_removed_by_hand_does_not_come_back_with_the_file(office: TestOffice) -> None:
    office.run(PUBLISH)
    law = office.id_of("LAW")
    remove_class(office.context(), law)
    office.run(at("12-02 10:00"))
    office.forget()

    outcome = office.import_()
    office.run(NOON)

    assert (outcome.added, outcome.removed, office.texts(), office.writes()) == (0, 0, [], [])
    assert held(office, law).is_removed is True


def test_a_removed_class_that_the_file_changes_is_asked_about(office: TestOffice) -> None:
    law = office.id_of("LAW")
    remove_class(office.context(), law)

    outcome = office.import_(semester(timetable=changed("LAW", starts=time(13))))

    assert (outcome.added, held(office, law).is_removed) == (0, True)
    (text,) = office.texts()
    assert "ar roku izņemta, bet jaunajā grafikā ir mainīta." in text
    office.answer("take")
    found = held(office, law)
    assert (found.is_removed, found.starts_at) == (False, at("12-05 13:00"))


def test_a_removed_class_is_put_back_by_hand(office: TestOffice) -> None:
    law = office.id_of("LAW")
    remove_class(office.context(), law)

    reinstate_class(office.context(), law)

    found = held(office, law)
    assert (found.is_removed, found.status) == (False, ClassStatus.PLANNED)
