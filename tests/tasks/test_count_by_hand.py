"""Numbers that a colleague records: told by telephone, or put right."""

import pytest

from models.attendance import AttendanceReport, AttendanceSource, counts
from models.database import reading
from models.journal import entries
from rules.timetable import Mode
from tasks.change_class import cancel_class, change_mode
from tasks.count_by_hand import CountRefused, class_of, record_by_hand
from tests.tasks.mailing import letter_to, mail, post, read, reports
from tests.tasks.office import BRIEF, TELL, TestOffice, at, plain
from tests.tasks.small_semester import DAY

PHONE = "Jānis Kalniņš pa tālruni"
EVENING = at("12-05 19:30")


@pytest.fixture
def held(office: TestOffice) -> TestOffice:
    """The classes are over; lecturers have their letters and do not answer."""
    office.sandbox.order_lecturers(answer=False)
    office.run_until(BRIEF)
    office.now = EVENING
    return office


def record(
    office: TestOffice, course: str, count: int, *, why: str = PHONE, by: str = "dace"
) -> AttendanceReport:
    context = office.context(reason=why, actor=by)
    return record_by_hand(context, office.id_of(course), count, by)


def number(office: TestOffice, course: str) -> int | None:
    class_id = office.id_of(course)
    with reading(office.engine) as session:
        report = counts(session, [class_id]).get(class_id)
    return report.count if report else None


def test_a_number_from_the_telephone_is_kept_with_who_and_from_where(held: TestOffice) -> None:
    record(held, "FIZ", 2)

    assert plain(reports(held)["FIZ"], "count", "source", "reported_by", "words", "is_late") == (
        2,
        AttendanceSource.STAFF,
        "Dace Liepa",
        PHONE,
        False,
    )
    with reading(held.engine) as session:
        (entry,) = [one for one in entries(session, DAY) if one.action == "count by hand"]
    assert (entry.actor, entry.reason, entry.step, entry.details) == (
        "dace",
        PHONE,
        10,
        {"count": 2, "before": None},
    )


def test_said_twice_it_is_recorded_once(held: TestOffice) -> None:
    record(held, "FIZ", 2)
    before = held.rows()

    record(held, "FIZ", 2)

    assert held.rows() == before


def test_a_wrong_number_is_put_right_and_stays_on_record(held: TestOffice) -> None:
    post(held, mail("3", letter_to(held, "janis")))
    read(held)
    assert number(held, "FIZ") == 3

    record(held, "FIZ", 2, why="mācībspēks kļūdījies")

    assert number(held, "FIZ") == 2
    with reading(held.engine) as session:
        (entry,) = [one for one in entries(session, DAY) if one.action == "count by hand"]
    assert entry.details == {"count": 2, "before": 3}


def test_a_later_mail_that_says_otherwise_is_a_question(held: TestOffice) -> None:
    record(held, "FIZ", 2)

    post(held, mail("3", letter_to(held, "janis")))

    assert read(held) == {"review": 1}
    assert number(held, "FIZ") == 2


def test_the_open_question_about_that_class_is_settled(held: TestOffice) -> None:
    post(held, mail("Bija ap 3", letter_to(held, "janis")))
    post(held, mail("Kādi 2 vai 3", letter_to(held, "mary")))
    read(held)
    assert [one.facts["lecturer"] for one in held.questions() if "lecturer" in one.facts] == [
        "janis",
        "mary",
    ]

    record(held, "FIZ", 2)

    assert [one.facts["lecturer"] for one in held.questions() if "lecturer" in one.facts] == [
        "mary"
    ]


def test_after_the_numbers_were_due_it_is_late(held: TestOffice) -> None:
    held.now = at("12-20 10:00")

    assert record(held, "FIZ", 2).is_late


def test_everything_wrong_is_said_at_once_and_nothing_is_recorded(office: TestOffice) -> None:
    office.move(TELL)
    cancel_class(office.context(), office.id_of("FIZ"))
    before = office.rows()

    with pytest.raises(CountRefused) as refused:
        record(office, "FIZ", -1, why=" ", by="nobody")

    assert str(refused.value) == (
        "The class is not held, so nobody attended it. "
        "The number must be from 0 to 9999, not -1. "
        "Say where the number comes from. "
        "Unknown colleague 'nobody'; known are dace, inga, juris, zane."
    )
    assert office.rows() == before


def test_a_class_that_has_not_begun_or_is_on_site_has_no_number(office: TestOffice) -> None:
    office.move(TELL)
    change_mode(office.context(), office.id_of("BIO"), Mode.ONSITE)

    with pytest.raises(CountRefused, match=r"^The class has not begun yet\.$"):
        record(office, "FIZ", 2)
    with pytest.raises(CountRefused, match=r"^The class is held on site; "):
        record(office, "BIO", 2)
    with pytest.raises(CountRefused, match=r"^There is no such class\. "):
        record_by_hand(office.context(reason=PHONE), "none", 2, "dace")


def test_a_class_is_known_by_its_beginning_and_course(held: TestOffice) -> None:
    context, wanted = held.context(), held.id_of("FIZ")

    assert {class_of(context, said) for said in (wanted, f"FIZ ({wanted})")} == {wanted}


def test_what_is_no_class_is_answered_with_the_classes_of_the_day(held: TestOffice) -> None:
    with pytest.raises(CountRefused) as refused:
        class_of(held.context(), "09:00 XYZ")

    assert str(refused.value).startswith("'09:00 XYZ' is no class of 2026-12-05. Its online")
    assert f" FIZ G2 ({held.id_of('FIZ')})" in str(refused.value)
