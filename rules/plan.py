"""What may be wrong with a study-day plan before anything is sent (process description, step 1).

A problem becomes a question to the head of SAC; it never stops the rest of the plan.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, product

from rules.facts import ClassFacts
from rules.timetable import ClassTime, Course, Lecturer
from rules.wording import time_span


class ProblemCode(StrEnum):
    LECTURER_CLASH = "lecturer_clash"
    GROUP_CLASH = "group_clash"
    NO_LECTURER = "no_lecturer"
    NO_EMAIL = "no_email"
    NO_MOODLE_COURSE = "no_moodle_course"
    TOO_FEW_ACCOUNTS = "too_few_accounts"


# Letters that name a clash or a class without a link would have to be taken back.
_HOLDS_LETTERS = frozenset(
    {ProblemCode.LECTURER_CLASH, ProblemCode.GROUP_CLASH, ProblemCode.TOO_FEW_ACCOUNTS}
)


@dataclass(frozen=True, slots=True)
class PlannedClass:
    """A class of the plan with what the steps need to know besides what people are told."""

    facts: ClassFacts
    lecturers: tuple[Lecturer, ...]
    course: Course
    size: int | None  # students of its groups; None when a group's students are unknown
    note: str = ""
    support_note: str = ""
    host: str = ""

    @property
    def id(self) -> str:
        return self.facts.class_id

    @property
    def is_held(self) -> bool:
        return not self.facts.is_cancelled

    @property
    def time(self) -> ClassTime:
        return ClassTime(self.facts.start, self.facts.end)

    @property
    def label(self) -> str:
        """How the office speaks of it: time, course, groups."""
        groups = ", ".join(self.facts.groups)
        return f"{time_span(self.facts.start, self.facts.end)} {self.facts.course_lv} ({groups})"


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """One thing that a person should mend or accept; `text` is for the head of SAC."""

    code: ProblemCode
    class_ids: tuple[str, ...]
    who: str
    text: str

    @property
    def key(self) -> str:
        return "/".join((self.code, self.who, *self.class_ids))

    @property
    def holds_letters(self) -> bool:
        """Whether the plan's letters wait until somebody has decided."""
        return self.code in _HOLDS_LETTERS


def plan_problems(
    classes: Sequence[PlannedClass], onsite: Sequence[PlannedClass] = ()
) -> tuple[PlanProblem, ...]:
    """Clashes and missing data among the classes that are held, in order of time.

    `onsite`: classes of the day that are no part of the plan; one may get in the way of it.
    """
    held = [planned for planned in classes if planned.is_held]
    others = [planned for planned in onsite if planned.is_held]
    pairs = (*combinations(held, 2), *product(held, others))
    return (*_clashes(pairs), *(problem for planned in held for problem in _missing(planned)))


def _clashes(pairs: Iterable[tuple[PlannedClass, PlannedClass]]) -> Iterator[PlanProblem]:
    for one, other in pairs:
        if not one.time.overlaps(other.time):
            continue
        for name in _shared(
            (lecturer.name for lecturer in one.lecturers),
            (lecturer.name for lecturer in other.lecturers),
        ):
            yield PlanProblem(
                ProblemCode.LECTURER_CLASH,
                (one.id, other.id),
                name,
                f"Mācībspēkam {name} vienlaikus ir divas nodarbības: {one.label} un {other.label}. "
                "Pārceliet vai atceliet vienu no tām.",
            )
        for group in _shared(one.facts.groups, other.facts.groups):
            yield PlanProblem(
                ProblemCode.GROUP_CLASH,
                (one.id, other.id),
                group,
                f"Grupai {group} vienlaikus ir divas nodarbības: {one.label} un {other.label}. "
                "Pārceliet vai atceliet vienu no tām.",
            )


def _shared(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return sorted(set(one) & set(other))


def _missing(planned: PlannedClass) -> Iterator[PlanProblem]:
    if not planned.lecturers:
        yield PlanProblem(
            ProblemCode.NO_LECTURER,
            (planned.id,),
            "",
            f"Nodarbībai {planned.label} nav norādīts mācībspēks. Norādiet to.",
        )
    for lecturer in planned.lecturers:
        if not lecturer.email:
            yield PlanProblem(
                ProblemCode.NO_EMAIL,
                (planned.id,),
                lecturer.key,
                f"Mācībspēkam {lecturer.name} nav e-pasta adreses, tāpēc atgādinājumu par "
                f"{planned.label} nevar nosūtīt. Pievienojiet adresi semestra datos.",
            )
    if not planned.course.moodle_idnumber:
        yield PlanProblem(
            ProblemCode.NO_MOODLE_COURSE,
            (planned.id,),
            planned.course.code,
            f"Kursam {planned.facts.course_lv} nav norādīts Moodle kurss, tāpēc saiti uz "
            f"{planned.label} nevar ievietot. Pievienojiet Moodle ID semestra datos.",
        )
