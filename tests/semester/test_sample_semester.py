"""The shipped sample semester: sound, and rich enough to show what the product does."""

import re
from collections import Counter
from datetime import date

import pytest

from deployments.sample import SAMPLE
from integrations.spreadsheet import read_sheets
from rules.people import Language, Role
from rules.semester import parse_semester
from rules.timetable import ClassStatus, Mode, Semester, TimetableRow

DEMO_DAY = date(2026, 12, 5)


@pytest.fixture(scope="module")
def sample() -> Semester:
    semester, problems = parse_semester(read_sheets(SAMPLE))
    assert problems == ()
    assert semester is not None
    return semester


def test_its_size(sample: Semester) -> None:
    groups = {group for student in sample.students for group in student.groups}

    assert {
        "classes": len(sample.timetable),
        "days": len({held.day for held in sample.timetable}),
        "courses": len(sample.courses),
        "lecturers": len(sample.lecturers),
        "students": len(sample.students),
        "groups": len(groups),
        "accounts": Counter(account.capacity for account in sample.zoom_accounts),
        "roles": Counter(person.role for person in sample.staff),
    } == {
        "classes": 144,
        "days": 12,
        "courses": 40,
        "lecturers": 35,
        "students": 180,
        "groups": 14,
        "accounts": {100: 9, 300: 3},
        "roles": {
            Role.HEAD_OF_SAC: 1,
            Role.COORDINATOR: 3,
            Role.E_STUDY_COORDINATOR: 1,
            Role.STUDY_DEPARTMENT: 1,
            Role.ACCOUNTING: 1,
        },
    }


def test_every_day_is_a_saturday_with_one_or_two_people_on_duty(sample: Semester) -> None:
    on_duty = Counter(duty.day for duty in sample.duty)
    days = {held.day for held in sample.timetable}

    assert {day.weekday() for day in days} == {5}
    assert {on_duty[day] for day in days} == {1, 2}
    assert set(on_duty) == days


def test_accounts_suffice_for_every_slot(sample: Semester) -> None:
    online = [held for held in sample.timetable if _needs_account(held)]
    at_once = Counter((held.day, held.slot) for held in online)

    assert max(at_once.values()) == 7
    assert len(sample.zoom_accounts) == 12


def test_everything_in_it_is_used(sample: Semester) -> None:
    students_groups = {group for student in sample.students for group in student.groups}

    assert {held.course_code for held in sample.timetable} == {each.code for each in sample.courses}
    assert {key for held in sample.timetable for key in held.lecturers} == {
        each.key for each in sample.lecturers
    }
    assert {group for held in sample.timetable for group in held.groups} == students_groups


def test_the_demo_day_has_every_kind_of_class(sample: Semester) -> None:
    day = [held for held in sample.timetable if held.day == DEMO_DAY]
    english = {each.key for each in sample.lecturers if each.language is Language.ENGLISH}
    per_lecturer = Counter(key for held in day for key in held.lecturers)

    assert {
        "classes": Counter(held.slot for held in day),
        "on site": [held.course_code for held in day if held.mode is Mode.ONSITE],
        "cancelled": [held.course_code for held in day if held.status is ClassStatus.CANCELLED],
        "two lecturers": [held.course_code for held in day if len(held.lecturers) > 1],
        "English": [held.course_code for held in day if english & set(held.lecturers)],
        "joint": [held.course_code for held in day if len(held.groups) > 1],
        "twice that day": [key for key, count in per_lecturer.items() if count > 1],
    } == {
        "classes": {1: 7, 2: 7},
        "on site": ["TV-101"],
        "cancelled": ["TZ-301"],
        "two lecturers": ["IT-201"],
        "English": ["UV-302"],
        "joint": ["VS-102", "PS-103", "UV-103"],
        "twice that day": ["ikalnina"],
    }


def test_all_addresses_are_invented(sample: Semester) -> None:
    people = (*sample.lecturers, *sample.students, *sample.staff, *sample.zoom_accounts)

    domains = {re.sub(r"^[^@]+@", "", person.email) for person in people}

    assert domains == {"augstskola.example", "students.augstskola.example"}


def _needs_account(held: TimetableRow) -> bool:
    return held.mode is Mode.ONLINE and held.status is ClassStatus.PLANNED
