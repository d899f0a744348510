"""The small study day of the fault tests: three classes, four lecturers, seven students."""

from dataclasses import dataclass
from datetime import date, time

from rules.people import Language, Role
from rules.timetable import (
    Course,
    Duty,
    Lecturer,
    Semester,
    StaffMember,
    Student,
    TimetableRow,
    ZoomAccount,
)

DOMAIN = "augstskola.example"
OFFICE = f"sac@{DOMAIN}"
ORDINARY_DAY = date(2026, 12, 5)
SUBSTITUTES, GROUPS = ("ozola",), ("PE-1", "PE-2", "PE-3")  # whom changes bring in


@dataclass(frozen=True, slots=True)
class Slot:
    """A class of the small day before it has a date."""

    number: int
    starts: time
    ends: time
    course: str
    lecturers: tuple[str, ...]
    groups: tuple[str, ...]


SLOTS = (
    Slot(1, time(9), time(12), "LIT", ("berzina",), ("PE-1", "PE-2")),
    Slot(1, time(9), time(12), "STAT", ("kalnins",), ("PE-3",)),
    Slot(2, time(12, 45), time(15, 45), "PED", ("berzina", "sample"), ("PE-1",)),
)
_LECTURERS = (
    Lecturer("berzina", "Anna Bērziņa", f"anna.berzina@{DOMAIN}", phone="+371 20000001"),
    Lecturer("kalnins", "Jānis Kalniņš", f"janis.kalnins@{DOMAIN}"),
    Lecturer("sample", "Mary Sample", f"mary.sample@{DOMAIN}", Language.ENGLISH),
    Lecturer("ozola", "Ilze Ozola", f"ilze.ozola@{DOMAIN}"),  # nobody's class: the substitute
)
_STUDENTS = (
    ("ST-1", "Andris Liepa", ("PE-1",), Language.LATVIAN),
    ("ST-2", "Baiba Krūmiņa", ("PE-1",), Language.LATVIAN),
    ("ST-3", "Catherine Brown", ("PE-2",), Language.ENGLISH),
    ("ST-4", "Dace Ūdre", ("PE-2",), Language.LATVIAN),
    ("ST-5", "Edgars Ķirsis", ("PE-3",), Language.LATVIAN),
    ("ST-6", "Fricis Žagars", ("PE-3",), Language.LATVIAN),
    ("ST-7", "Guna Šmite", ("PE-1", "PE-3"), Language.LATVIAN),
)
_COURSES = (
    Course("LIT", "Bērnu literatūra", "Children's Literature", "LIT-2026"),
    Course("STAT", "Lietišķā statistika", "Applied Statistics", "STAT-2026"),
    Course("PED", "Pedagoģija", "", "PED-2026"),
)
_STAFF = (
    StaffMember("vadiba", "Ģertrūde Čākste", f"gertrude.cakste@{DOMAIN}", Role.HEAD_OF_SAC),
    StaffMember("koord1", "Līga Priede", f"liga.priede@{DOMAIN}", Role.COORDINATOR),
    StaffMember("koord2", "Māris Egle", f"maris.egle@{DOMAIN}", Role.COORDINATOR),
    StaffMember("estud", "Zane Vītola", f"zane.vitola@{DOMAIN}", Role.E_STUDY_COORDINATOR),
)


def small_semester(*days: date) -> Semester:
    """A semester of such days, each with the three classes and two coordinators on duty."""
    chosen = days or (ORDINARY_DAY,)
    return Semester(
        timetable=[
            _row(len(SLOTS) * index + number + 2, day, slot)
            for index, day in enumerate(chosen)
            for number, slot in enumerate(SLOTS)
        ],
        lecturers=_LECTURERS,
        students=[
            Student(key, name, f"{key.lower()}@{DOMAIN}", groups, language)
            for key, name, groups, language in _STUDENTS
        ],
        courses=_COURSES,
        zoom_accounts=[ZoomAccount(f"zoom0{number}@{DOMAIN}", 100) for number in (1, 2, 3)],
        staff=_STAFF,
        duty=[
            Duty(day, member, starts, ends)
            for day in chosen
            for member, starts, ends in (
                ("koord1", time(8, 30), time(12, 30)),
                ("koord2", time(12, 15), time(20)),
            )
        ],
    )


def _row(number: int, day: date, slot: Slot) -> TimetableRow:
    course = next(course for course in _COURSES if course.code == slot.course)
    return TimetableRow(
        row=number,
        day=day,
        starts=slot.starts,
        ends=slot.ends,
        slot=slot.number,
        course_code=slot.course,
        course_name=course.name_lv,
        lecturers=slot.lecturers,
        groups=slot.groups,
    )
