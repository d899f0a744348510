"""Several changes within the settling time become one notice; urgent ones go at once."""

from collections import Counter
from datetime import timedelta

from models.database import reading
from rules.process import Step, StepState
from tasks.change_class import cancel_class, change_groups, move_class, reinstate_class
from tasks.day_calendar import has_open_work
from tasks.notices import has_settling_letters
from tests.tasks.office import BRIEF, PUBLISH, TestOffice, at
from tests.tasks.small_semester import DAY

FIVE, SIX, TEN = at("12-02 17:05"), at("12-02 17:06"), at("12-02 17:15")


def more_letters(office: TestOffice, before: dict[str, int]) -> dict[str, int]:
    return dict(Counter(office.counts()) - Counter(before))


def settling(office: TestOffice) -> bool:
    with reading(office.engine) as session:
        return has_settling_letters(session, DAY)


def test_two_changes_within_the_settling_time_are_one_notice(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    office.move(FIVE)
    move_class(office.context(), office.id_of("LAW"), at("12-05 16:00"))
    outcomes = office.run(FIVE, settles=True)

    # Zoom and Moodle follow at once, people when it is sure.
    assert office.meetings()["Tiesību pamati (G4)"][1] == "2026-12-05T14:00:00Z"
    assert more_letters(office, before) == {}
    assert (outcomes[Step.NOTIFY_STUDENTS].state, outcomes[Step.NOTIFY_STUDENTS].summary) == (
        StepState.DUE,
        "12 letters sent; 3 notices to follow when the plan has settled",
    )
    assert settling(office) is True
    office.move(SIX)
    change_groups(office.context(), office.id_of("LAW"), ["G4", "G1"])
    office.run(SIX, settles=True)
    assert more_letters(office, before) == {}

    office.run(TEN)

    told = ("peteris", "s01", "s02", "s03", "s10", "s11", "s12")
    assert more_letters(office, before) == dict.fromkeys(told, 1)
    assert "  Grupas: līdz šim G4 → tagad G4, G1" in office.text("s10")
    assert "  Laiks: līdz šim 2. nodarbība, pl. 12:45–15:45 → tagad pl. 16:00–19:00" in (
        office.text("s10")
    )
    assert (settling(office), office.summaries()[6]) == (
        False,
        ("done", "12 letters and 6 changes sent"),
    )


def test_a_change_taken_back_in_time_is_no_notice(office: TestOffice) -> None:
    office.run(PUBLISH)
    before = office.counts()
    for moment, change in ((FIVE, cancel_class), (SIX, reinstate_class)):
        office.move(moment)
        change(office.context(), office.id_of("ENG"))
        office.run(moment, settles=True)

    office.run(TEN)

    # The meeting was deleted and made anew: what they hear of is the new link, once.
    assert more_letters(office, before) == dict.fromkeys(
        ("mary", *(f"s{number:02}" for number in range(1, 7))), 1
    )
    assert office.subjects()["s01"][1].startswith("Izmaiņas nodarbībā 05.12.2026., pl. 12:45")


def test_an_urgent_change_does_not_wait(office: TestOffice) -> None:
    office.run(BRIEF)
    before = office.counts()
    office.move(at("12-04 17:00"))

    cancel_class(office.context(), office.id_of("LAW"))
    office.run(at("12-04 17:00"), settles=True)

    assert more_letters(office, before) == dict.fromkeys(("peteris", "s10", "s11", "s12"), 1)
    assert settling(office) is False


def test_notices_that_nobody_sent_after_the_settling_time_are_open_work(
    office: TestOffice,
) -> None:
    office.run(PUBLISH)
    office.move(FIVE)
    cancel_class(office.context(), office.id_of("LAW"))
    office.run(FIVE, settles=True)

    assert has_open_work(office.context(), FIVE - timedelta(minutes=1)) is False
    assert has_open_work(office.context(), FIVE) is True
    office.run(TEN)
    assert has_open_work(office.context(), TEN) is False
