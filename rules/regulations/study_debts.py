"""Study regulations, 4.10 and section 11: study debts, paid and free retakes, permission slips."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.refusal import in_order
from rules.regulations.rule import rule
from rules.working_days import add_months


class TestKind(StrEnum):
    """Kinds of tests; `final_examination` is the gala pārbaudījums of section 8."""

    __test__ = False  # pytest: not a test class

    CURRENT_TEST = "current_test"
    PASS_TEST = "pass_test"  # noqa: S105 - a pass test (ieskaite)
    EXAM = "exam"
    COURSE_PAPER = "course_paper"
    PRACTICE = "practice"
    FINAL_EXAMINATION = "final_examination"


class MissedReason(StrEnum):
    """Why a planned test was not passed in time; those of 11.4 come first."""

    ILLNESS = "illness"
    LOST_SLIP = "lost_slip"
    WRONG_GRADE = "wrong_grade"
    PRACTICE = "practice"
    SPORTS_COMPETITION = "sports_competition"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one test that was taken."""

    name: str
    passed: bool


@dataclass(frozen=True, slots=True)
class MissedTest:
    """A missed test and what speaks for a free slip; the document covers from-to inclusive."""

    reason: MissedReason
    planned_on: date | None = None
    document_from: date | None = None
    document_to: date | None = None
    lecturer_admits_fault: bool = False
    within_university_programme: bool = True


@dataclass(frozen=True, slots=True)
class PermissionDates:
    """The target of a permission slip and the last day of its validity."""

    target: date
    valid_to: date


_OTHER_REASON = Point(
    "other_reason",
    "vai cits iemesls ir attaisnojošs: 11.4.3. piemēru saraksts ir slēgts",
    "whether another reason justifies: the examples of 11.4.3 are a closed pair",
)
_JUSTIFIED = Point(
    "reason_justified",
    "vai iemesls, par ko iesniegti dokumenti, ir attaisnojošs",
    "whether the reason shown by documents justifies",
)
_NO_PRICE = Point(
    "pass_test_price",
    "ieskaitei cenrādī nav sava punkta",
    "the price list has no row for a pass test",
)
_NOT_COVERED = Point(
    "document_does_not_cover_the_day",
    "nav dokumenta par slimību pārbaudījuma plānotajā dienā",
    "no document shows illness on the day for which the test was planned",
)
_NO_FAULT = Point(
    "fault_not_admitted",
    "docētājs savu vainu nav atzinis",
    "the lecturer has not admitted the fault",
)
_OTHER_PRACTICE = Point(
    "practice_elsewhere",
    "prakse nav Augstskolas studiju programmas ietvaros",
    "the practice is not within a programme of the university",
)
_NO_REASON = Point("no_reason", "nav attaisnojoša iemesla", "there is no justified reason")
_CLAUSE = {
    MissedReason.ILLNESS: "11.4.1",
    MissedReason.LOST_SLIP: "11.4.2",
    MissedReason.WRONG_GRADE: "11.4.2",
}


@rule("11.1")
def study_debts(
    planned_tests: tuple[str, ...], results: tuple[Result, ...]
) -> Answer[tuple[str, ...]]:
    """The planned tests that are not passed (11.1), in the order of the plan."""
    passed = {result.name for result in results if result.passed}
    debts = tuple(name for name in planned_tests if name not in passed)
    if not debts:
        said = say("Studiju parādu nav", "There are no study debts")
        return Answer((), ("11.1",), said)
    said = say(
        "Studiju parādi: {count} no {planned} pārbaudījumiem ({names})",
        "Study debts: {count} of {planned} tests ({names})",
        count=len(debts),
        planned=len(planned_tests),
        names=debts,
    )
    return Answer(debts, ("11.1",), said)


@rule("4.10", "11.2", "11.4")
def retake_is_charged(test_kind: TestKind, reason: MissedReason, documents: bool) -> Answer[bool]:
    """Whether a missed test is taken for a fee (4.10, 11.2) or free of charge (11.4).

    `documents`: the sick-leave sheet, the lecturer's admission, or what 4.10 asks for.
    """
    final = test_kind is TestKind.FINAL_EXAMINATION
    excused = final and documents and reason is not MissedReason.NONE
    practice_or_sports = reason in {MissedReason.PRACTICE, MissedReason.SPORTS_COMPETITION}
    free = excused or practice_or_sports or (reason in _CLAUSE and documents)
    decide = []
    if reason is MissedReason.OTHER:
        decide.append(_JUSTIFIED if free else _OTHER_REASON)
    if test_kind is TestKind.PASS_TEST and not free:
        decide.append(_NO_PRICE)
    if free:
        said = say("Pārbaudījumu kārto bez maksas", "Taken free of charge")
    else:
        said = say("Pārbaudījumu kārto par maksu pēc cenrāža", "Taken for a fee by the price list")
    clause = "4.10" if excused else _CLAUSE.get(reason, "11.4.3")
    clauses = (clause,) if free else ("4.10", "11.2")
    return Answer(not free, clauses, said, tuple(decide))


def _covers(case: MissedTest) -> bool:
    if case.planned_on is None or case.document_from is None or case.document_to is None:
        return False
    in_order(("case.document_from", case.document_from), ("case.document_to", case.document_to))
    return case.document_from <= case.planned_on <= case.document_to


@rule("11.3.6", "11.4", "11.4.1", "11.4.2", "11.4.3")
def free_permission(case: MissedTest) -> Answer[bool | None]:
    """Whether the permission slip is free (11.4); None where only a person can say."""
    if case.reason is MissedReason.OTHER:
        said = say(
            "Vai norīkojums ir bez maksas, no teksta neizriet", "The text does not settle it"
        )
        return Answer(None, ("11.4.3",), said, (_OTHER_REASON,))
    free, otherwise = {
        MissedReason.ILLNESS: (_covers(case), _NOT_COVERED),
        MissedReason.LOST_SLIP: (case.lecturer_admits_fault, _NO_FAULT),
        MissedReason.WRONG_GRADE: (case.lecturer_admits_fault, _NO_FAULT),
        MissedReason.PRACTICE: (case.within_university_programme, _OTHER_PRACTICE),
        MissedReason.SPORTS_COMPETITION: (True, _NO_REASON),
        MissedReason.NONE: (False, _NO_REASON),
    }[case.reason]
    clauses = ("11.3.6", _CLAUSE.get(case.reason, "11.4.3"))
    yes = say("Norīkojums ir bez maksas", "The slip is free of charge")
    no = say("Norīkojums ir par maksu", "The slip is charged")
    return verdict(clauses, yes, no, () if free else (otherwise,))


def _study_year_end(day: date) -> date:
    """31 August of the study year that holds `day`."""
    end = date(day.year, 8, 31)
    return end if day <= end else end.replace(year=day.year + 1)


@rule("11.3.5", "11.5")
def permission_dates(
    received_on: date, extended_to: date | None = None, study_year_end: date | None = None
) -> Answer[PermissionDates]:
    """When the course is to be passed, and how long the slip is valid (11.3.5, 11.5).

    An extension reaches at most to the end of the study year, 31 August unless another day is given.
    """
    target = received_on + timedelta(days=figures.PERMISSION_TARGET_DAYS.value)
    valid_to = add_months(received_on, figures.PERMISSION_MONTHS.value)
    if extended_to is not None:
        in_order(("the slip's own validity", valid_to), ("extended_to", extended_to))
        year_end = study_year_end or _study_year_end(received_on)
        in_order(("extended_to", extended_to), ("study_year_end", year_end))
        valid_to = extended_to
    said = say(
        "Norīkojums saņemts {day}: pārbaudījums jānokārto līdz {target}, norīkojums derīgs līdz {valid}",
        "Slip received on {day}: pass by {target}, valid to {valid}",
        day=received_on,
        target=target,
        valid=valid_to,
    )
    return Answer(PermissionDates(target, valid_to), ("11.3.5", "11.5"), said)
