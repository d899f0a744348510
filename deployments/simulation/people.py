"""Who should hear of which classes, by the semester's sheets alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deployments.simulation.books import ClassRow
from rules.people import Language, Role
from rules.timetable import Course, Semester


@dataclass(frozen=True, slots=True)
class Person:
    """A lecturer or a student with what ties them to classes."""

    kind: str  # lecturer, student
    key: str
    email: str
    language: Language
    groups: frozenset[str] = frozenset()

    def concerns(self, row: ClassRow) -> bool:
        if self.kind == "lecturer":
            return self.key in row.lecturers
        return bool(self.groups & set(row.groups))


@dataclass(frozen=True, slots=True)
class People:
    """Everybody of the semester, by address."""

    listeners: Mapping[tuple[str, str], Person]  # by address and kind of conversation
    names: Mapping[str, str]  # lecturers' names by key
    courses: Mapping[str, Course]
    staff: Mapping[str, Role]  # by address

    def lecturer(self, address: str) -> Person | None:
        return self.listeners.get((address, "lecturer"))

    def of_kind(self, kind: str) -> Sequence[Person]:
        return [person for person in self.listeners.values() if person.kind == kind]


def people_of(semester: Semester) -> People:
    lecturers = [
        Person("lecturer", one.key, one.email.lower(), one.language) for one in semester.lecturers
    ]
    students = [
        Person("student", one.key, one.email.lower(), one.language, frozenset(one.groups))
        for one in semester.students
    ]
    return People(
        {(one.email, one.kind): one for one in (*lecturers, *students)},
        {one.key: one.name for one in semester.lecturers},
        {one.code: one for one in semester.courses},
        {one.email.lower(): one.role for one in semester.staff},
    )
