"""Study regulations, 2.20.4: the discount of excellent students (teicamnieki)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point
from rules.regulations.discounts import granted
from rules.regulations.rule import rule
from rules.regulations.shapes import Grade, Ordinal


class StudyLevel(StrEnum):
    """Levels of study; the discount is not for the master's level."""

    FIRST_LEVEL = "first_level"
    SECOND_LEVEL = "second_level"
    BACHELOR = "bachelor"
    MASTER = "master"


@dataclass(frozen=True, slots=True)
class TestResult:
    """One exam, differentiated test, practice or course paper.

    `documented`: not in the set term, but excused by a document.
    """

    __test__ = False  # pytest: not a test class

    grade: Grade
    attempt: Ordinal = 1
    in_time: bool = True
    documented: bool = False


_NO_RESULTS = Point("no_graded_results", "nav neviena vērtējuma", "no graded results")
_LATE = Point(
    "not_in_time", "kārtots pēc termiņa bez attaisnojuma", "taken late without a document"
)
_REPEATED = Point("not_first_attempt", "nav nokārtots ar pirmo reizi", "not at the first attempt")
_LOW = Point("grade_below_8", "atzīme zemāka par 8", "a grade below 8")
_ACADEMIC = Point("academic_debt", "ir akadēmiskie parādi", "there are academic debts")
_FINANCIAL = Point("financial_debt", "ir finansiāli parādi", "there are financial debts")
_MASTER = Point("masters_student", "atlaidi nepiemēro maģistrantiem", "not for master's students")
_INDIVIDUAL = Point(
    "individual_plan_or_schedule",
    "studē pēc individuālā plāna vai grafika",
    "studies by an individual plan or schedule",
)


@rule("2.20.4")
def excellent_student(
    results: tuple[TestResult, ...],
    has_academic_debt: bool,
    has_financial_debt: bool,
    level: StudyLevel,
    individual_plan_or_schedule: bool,
) -> Answer[Decimal]:
    """40% for the current semester when every condition of 2.20.4 holds, otherwise 0 and why."""
    against = {
        _NO_RESULTS: not results,
        _LATE: any(not (result.in_time or result.documented) for result in results),
        _REPEATED: any(result.attempt > 1 for result in results),
        _LOW: any(result.grade < figures.EXCELLENT_GRADE.value for result in results),
        _ACADEMIC: has_academic_debt,
        _FINANCIAL: has_financial_debt,
        _MASTER: level is StudyLevel.MASTER,
        _INDIVIDUAL: individual_plan_or_schedule,
    }
    return granted(figures.EXCELLENT_PERCENT.value, "2.20.4", against)
