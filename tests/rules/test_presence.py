"""People in a meeting: merged, without the office's own, and compared with the reported number."""

from datetime import UTC, datetime, timedelta

import pytest

from rules.presence import Insiders, Stay, differs, people_present, plain_name, time_present

HOST = "zoom1@augstskola.example"
INSIDERS = Insiders.of(
    [("Anna Bērziņa", "anna@augstskola.example"), ("Inga Lapa", "inga@augstskola.example")], [HOST]
)
FIVE = timedelta(minutes=5)


def at(clock: str) -> datetime:
    hour, minute = clock.split(":")
    return datetime(2026, 12, 5, int(hour), int(minute), tzinfo=UTC)


def stay(name: str, email: str = "", when: str = "9:00-12:00", *, waiting: bool = False) -> Stay:
    joined, left = when.split("-")
    return Stay(name, email, at(joined), at(left), waiting)


def count(*stays: Stay) -> int:
    return people_present(stays, INSIDERS, FIVE)


def test_each_person_counts_once_however_often_they_come() -> None:
    assert (
        count(
            stay("Jānis Zariņš", "janis@s.example", "9:00-10:00"),
            stay("Jānis Zariņš", "janis@s.example", "10:05-12:00"),
            stay("Līga Vītola", when="9:00-9:30"),
            stay("līga vītola", when="9:40-12:00"),
        )
        == 2
    )


def test_two_devices_of_one_address_are_one_person() -> None:
    assert count(stay("Jānis", "J@s.example"), stay("iPhone", "j@S.example")) == 1


def test_guests_of_one_name_at_the_same_time_are_several() -> None:
    assert (
        count(
            stay("iPhone", when="9:00-11:00"),
            stay("iPhone", when="10:00-12:00"),
            stay("iPhone", when="11:00-12:00"),
        )
        == 2
    )


def test_a_guest_who_signs_in_later_is_one_person_unless_both_are_there() -> None:
    signed_in = stay("Līga Vītola", "liga@s.example", "10:00-12:00")

    assert count(stay("Līga Vītola", when="9:00-9:50"), signed_in) == 1
    assert count(stay("Līga Vītola", when="9:00-10:30"), signed_in) == 2


def test_host_lecturer_and_staff_are_no_attendees() -> None:
    assert (
        count(
            stay("SAC 1", HOST.upper()),
            stay("Berzina Anna"),
            stay("kāds", "inga@augstskola.example"),
            # A student may bear a colleague's name.
            stay("Anna Bērziņa", "anna.b@s.example"),
            stay("Pēteris Ozols"),
        )
        == 2
    )


def test_the_waiting_room_and_a_glance_do_not_count() -> None:
    assert (
        count(
            stay("Jānis", waiting=True),
            stay("Zane", when="9:00-9:04"),
            stay("Ilze", "i@s.example", when="9:00-9:04"),
            stay("Elīna", when="9:00-9:05"),
        )
        == 1
    )
    assert count() == 0


def test_time_present_is_the_union() -> None:
    stays = [
        stay("a", when="9:00-10:00"),
        stay("b", when="9:30-9:45"),
        stay("c", when="9:50-10:15"),
        stay("d", when="11:00-11:10"),
        stay("e", when="11:30-11:20"),
    ]

    assert time_present(stays) == timedelta(minutes=85)
    assert time_present([]) == timedelta()


@pytest.mark.parametrize(
    ("reported", "present", "expected"),
    [
        (20, 20, False),
        (20, 23, False),
        (10, 13, False),
        (10, 14, True),
        (100, 120, False),
        (96, 121, True),
        (0, 4, True),
        (4, 0, True),
        (0, 0, False),
    ],
)
def test_a_difference_is_marked_above_both_limits(
    reported: int, present: int, *, expected: bool
) -> None:
    assert differs(reported, present, people=3, percent=20) is expected


def test_names_in_whatever_form() -> None:
    assert plain_name(" ĻAUDIS  Ģirts ") == plain_name("girts laudis") == "girts laudis"
