"""Changes for somebody of whom nobody knows whether the last letter arrived.

The sandbox has delivered every letter; what is "lost" here has no copy that would prove it.
"""

import pytest

from deployments.simulation.letters_seen import CalendarPart, read_letter
from models.database import writing
from models.letter import Letter, LetterState
from tasks.change_class import assign_class, cancel_class, move_class
from tests.tasks.office import BRIEF, PUBLISH, SECOND_LOOK, TELL, TestOffice, at

FIRST = at("12-01 13:00")
SECOND_DAY = at("12-02 17:00")


def lose(office: TestOffice, person: str, sequence: int = 0) -> None:
    """As after a crash: the letter was claimed, and nobody knows more; no copy is to be found."""
    (letter,) = (
        one for one in office.letters() if (one.person, one.sequence) == (person, sequence)
    )
    with writing(office.engine) as session:
        row = session.get_one(Letter, letter.id)
        row.state, row.sent_at = LetterState.SENDING, None
        row.message_id = f"<lost-{sequence}@x.example>"
        session.add(row)


def invitations(office: TestOffice, person: str) -> list[tuple[str, str, int]]:
    """Method, local start and SEQUENCE of the calendar files of somebody's last letter."""
    raw = office.sandbox.letters(f"{person}@augstskola.example")[-1]
    parts: tuple[CalendarPart, ...] = read_letter(person, TELL, raw).calendar
    return [(part.method, part.start[9:13], part.sequence) for part in parts]


def told(office: TestOffice, person: str) -> list[str]:
    """The changes that somebody's last letter names: the words before each class."""
    lines = office.text(person).splitlines()
    return [line for line in lines if line.split(":")[0].isupper() and "|" in line]


def test_a_change_brings_the_invitations_of_a_first_letter_that_may_be_lost(
    office: TestOffice,
) -> None:
    office.run(TELL)
    lose(office, "s01")
    office.move(FIRST)
    move_class(office.context(), office.id_of("ENG"), at("12-05 14:00"))

    office.run(FIRST)

    # MAT has not changed, but nobody knows whether it stands in the calendar.
    assert sorted(invitations(office, "s01")) == [("REQUEST", "0900", 1), ("REQUEST", "1400", 1)]
    assert invitations(office, "s02") == [("REQUEST", "1400", 1)]


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_change_that_may_be_lost_is_told_again_with_the_next(
    office: TestOffice, *, is_lost: bool
) -> None:
    office.run(PUBLISH)
    office.move(SECOND_DAY)
    move_class(office.context(), office.id_of("MAT"), at("12-05 08:00"))
    office.run(SECOND_DAY)
    if is_lost:
        lose(office, "s01", sequence=1)

    cancel_class(office.context(), office.id_of("ENG"))
    office.run(BRIEF)

    moved = ["MAINĪTS LAIKS: pl. 08:00–11:00 | Matemātika | G1"] if is_lost else []
    off = ["ATCELTA: 2. nodarbība | pl. 12:45–15:45 | Akadēmiskā angļu valoda | G1, G2"]
    assert told(office, "s01")[: len(moved) + 1] == [*moved, *off]
    again = [("REQUEST", "0800", 2)] if is_lost else []
    assert sorted(invitations(office, "s01")) == sorted([*again, ("CANCEL", "1245", 2)])


def test_a_class_that_was_taken_away_in_a_lost_letter_is_taken_away_again(
    office: TestOffice,
) -> None:
    office.run(PUBLISH)
    office.move(SECOND_DAY)
    assign_class(office.context(), office.id_of("LAW"), ["peteris", "janis"])
    office.run(SECOND_DAY)
    lose(office, "janis", sequence=1)

    # Whoever got the letter about LAW must hear that it is off the list again.
    assign_class(office.context(), office.id_of("LAW"), ["peteris"])
    move_class(office.context(), office.id_of("FIZ"), at("12-05 08:00"))
    office.run(BRIEF)

    assert told(office, "janis")[:2] == [
        "MAINĪTS LAIKS: pl. 08:00–11:00 | Fizika | G2",
        "VAIRS NAV JŪSU SARAKSTĀ: 2. nodarbība | pl. 12:45–15:45 | Tiesību pamati | G4",
    ]
    assert sorted(invitations(office, "janis")) == [("CANCEL", "1245", 2), ("REQUEST", "0800", 2)]


@pytest.mark.parametrize(
    ("is_lost", "state"), [(False, LetterState.SENT), (True, LetterState.SENDING)]
)
def test_what_came_into_doubt_last_is_put_on_record_when_the_classes_are_over(
    office: TestOffice, *, is_lost: bool, state: LetterState
) -> None:
    office.run_until(SECOND_LOOK)
    (letter,) = (one for one in office.letters() if one.person == "s01")
    with writing(office.engine) as session:
        row = session.get_one(Letter, letter.id)
        row.state, row.sent_at = LetterState.SENDING, None
        row.message_id = "<lost@x.example>" if is_lost else row.message_id
        session.add(row)
    asked = len(office.questions())

    office.run_until(at("12-07 09:00"))

    (letter,) = (one for one in office.letters() if one.person == "s01")
    assert letter.state is state
    assert ("doubtful letter sent", "student/s01/0") in office.journal() or is_lost
    # What the letter was about is over: nobody is asked, nothing goes out once more.
    assert (len(office.questions()), office.counts()["s01"]) == (asked, 1)
