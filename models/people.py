"""Lecturers, students, staff, courses, Zoom accounts and duty, as the last import gave them.

A person who is gone from the import stays here as `is_active = False`: letters name them still.
An address that a colleague has corrected (an answer to a question) is given in place of the import's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time
from typing import TypeVar

from sqlmodel import Field, Session, SQLModel, col, func, select

from models.database import JsonData, stored
from models.question import corrected_addresses
from rules.people import Language, Role
from rules.timetable import Course, Duty, Lecturer, StaffMember, Student, ZoomAccount


class LecturerRecord(SQLModel, table=True):
    __tablename__ = "lecturer"

    key: str = Field(primary_key=True)
    name: str
    email: str
    language: Language = Field(default=Language.LATVIAN, sa_type=stored(Language))
    phone: str = ""
    is_active: bool = True

    def as_rule(self) -> Lecturer:
        return Lecturer(self.key, self.name, self.email, Language(self.language), self.phone)


class StudentRecord(SQLModel, table=True):
    __tablename__ = "student"

    key: str = Field(primary_key=True)
    name: str
    email: str
    groups: list[str] = Field(sa_type=JsonData)
    language: Language = Field(default=Language.LATVIAN, sa_type=stored(Language))
    is_active: bool = True

    def as_rule(self) -> Student:
        groups = tuple(self.groups)
        return Student(self.key, self.name, self.email, groups, Language(self.language))


class CourseRecord(SQLModel, table=True):
    __tablename__ = "course"

    code: str = Field(primary_key=True)
    name_lv: str
    name_en: str = ""
    moodle_idnumber: str = ""
    is_active: bool = True

    def as_rule(self) -> Course:
        return Course(self.code, self.name_lv, self.name_en, self.moodle_idnumber)


class ZoomAccountRecord(SQLModel, table=True):
    __tablename__ = "zoom_account"

    email: str = Field(primary_key=True)
    capacity: int
    concurrent: int = 1
    is_active: bool = True

    def as_rule(self) -> ZoomAccount:
        return ZoomAccount(self.email, self.capacity, self.concurrent)


class StaffRecord(SQLModel, table=True):
    __tablename__ = "staff"

    key: str = Field(primary_key=True)
    name: str
    email: str
    role: Role = Field(sa_type=stored(Role))
    phone: str = ""
    is_active: bool = True

    def as_rule(self) -> StaffMember:
        return StaffMember(self.key, self.name, self.email, Role(self.role), self.phone)


class DutyRecord(SQLModel, table=True):
    __tablename__ = "duty"

    day: date = Field(primary_key=True)
    staff: str = Field(primary_key=True)
    starts: time = Field(primary_key=True)
    ends: time

    def as_rule(self) -> Duty:
        return Duty(self.day, self.staff, self.starts, self.ends)


Person = TypeVar("Person", Lecturer, Student, StaffMember)


def _reachable(session: Session, people: Iterable[Person]) -> list[Person]:
    """The people with the addresses at which they can be reached."""
    corrected = corrected_addresses(session)
    return [
        replace(person, email=_corrected(person.email, corrected))
        if person.email in corrected
        else person
        for person in people
    ]


def _corrected(email: str, corrected: Mapping[str, str]) -> str:
    """The last of a chain of corrections; two that point at each other end it."""
    seen = {email}
    while (email := corrected.get(email, email)) not in seen:
        seen.add(email)
    return email


def lecturers(session: Session) -> dict[str, Lecturer]:
    """All lecturers ever imported, by key."""
    rows = (row.as_rule() for row in session.exec(select(LecturerRecord)))
    return {lecturer.key: lecturer for lecturer in _reachable(session, rows)}


def find_lecturer(session: Session, key: str) -> Lecturer | None:
    row = session.get(LecturerRecord, key)
    return _reachable(session, [row.as_rule()])[0] if row else None


def lecturer_by_email(session: Session, email: str) -> Lecturer | None:
    """The lecturer of that address, written in whatever case."""
    found = (one for one in lecturers(session).values() if one.email.lower() == email.lower())
    return next(found, None)


def students_of(session: Session, groups: Iterable[str]) -> list[Student]:
    """The active students of any of these groups, in the order of their names."""
    wanted = set(groups)
    rows = session.exec(select(StudentRecord).where(col(StudentRecord.is_active)))
    found = (row.as_rule() for row in rows if wanted.intersection(row.groups))
    return sorted(_reachable(session, found), key=lambda student: (student.name, student.key))


def find_students(session: Session, keys: Iterable[str]) -> list[Student]:
    """These students, whether still active or not."""
    rows = session.exec(select(StudentRecord).where(col(StudentRecord.key).in_(list(keys))))
    return _reachable(session, (row.as_rule() for row in rows))


def group_sizes(session: Session) -> dict[str, int]:
    """How many active students each group has; a group without any is not listed."""
    sizes: dict[str, int] = {}
    # Most students are in the same groups as many others: these are counted by the database.
    memberships = (
        select(col(StudentRecord.groups), func.count())
        .where(col(StudentRecord.is_active))
        .group_by(col(StudentRecord.groups))
    )
    for groups, count in session.exec(memberships):
        for group in groups:
            sizes[group] = sizes.get(group, 0) + count
    return sizes


def courses(session: Session) -> dict[str, Course]:
    """All courses ever imported, by code."""
    return {row.code: row.as_rule() for row in session.exec(select(CourseRecord))}


def zoom_accounts(session: Session) -> list[ZoomAccount]:
    """The pool of Zoom accounts, in the order of their addresses."""
    rows = session.exec(
        select(ZoomAccountRecord)
        .where(col(ZoomAccountRecord.is_active))
        .order_by(ZoomAccountRecord.email)
    )
    return [row.as_rule() for row in rows]


def staff(session: Session, role: Role | None = None) -> list[StaffMember]:
    """The office's active staff, of one role or all, in the order of their keys."""
    rows = session.exec(
        select(StaffRecord).where(col(StaffRecord.is_active)).order_by(StaffRecord.key)
    )
    return _reachable(session, (row.as_rule() for row in rows if role in {None, row.role}))


def duty_on(session: Session, day: date) -> list[tuple[Duty, StaffMember]]:
    """Who is on duty that day, in order of time."""
    people = {member.key: member for member in staff(session)}
    rows = session.exec(
        select(DutyRecord).where(DutyRecord.day == day).order_by(col(DutyRecord.starts))
    )
    return [(row.as_rule(), people[row.staff]) for row in rows if row.staff in people]
