"""Study regulations, section 5 and 11.7: grades, admission to tests, plagiarism, honours.

Appeals against a grade are in `appeals.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, Text, say, verdict
from rules.regulations.rule import rule
from rules.regulations.shapes import Grade, Ordinal


@dataclass(frozen=True, slots=True)
class FinalTest:
    """A final test of the programme (noslēguma pārbaudījums)."""

    name: str
    passed: bool


@dataclass(frozen=True, slots=True)
class PlagiarismConsequence:
    """What follows from plagiarism; the ground is for a person to weigh."""

    redo_work: bool
    exmatriculation_ground: bool


GRADES = {
    10: Text("izcili", "outstanding"),
    9: Text("teicami", "excellent"),
    8: Text("ļoti labi", "very good"),
    7: Text("labi", "good"),
    6: Text("gandrīz labi", "almost good"),
    5: Text("viduvēji", "average"),
    4: Text("gandrīz viduvēji", "almost average"),
    3: Text("vāji", "weak"),
    2: Text("ļoti vāji", "very weak"),
    1: Text("ļoti, ļoti vāji", "very, very weak"),
}
_EXPEL = Point(
    "exmatriculation",
    "vai eksmatrikulēt par atkārtotu plaģiātu",
    "whether to exmatriculate for repeated plagiarism",
)
_EXPEL_AIDS = Point(
    "exmatriculation",
    "vai eksmatrikulēt par neatļautiem līdzekļiem",
    "whether to exmatriculate for forbidden aids",
)
_FINAL_TEST = (
    Point(
        "current_tests",
        "nav nokārtoti visi kārtējie pārbaudījumi",
        "current tests are not all passed",
    ),
    Point("contract_duties", "nav nokārtotas līguma saistības", "contract duties are not settled"),
    Point(
        "practice_report",
        "nav aizstāvēta iepriekšējā gada prakses atskaite",
        "last year's practice report is not defended",
    ),
    Point(
        "study_paper",
        "nav aizstāvēts iepriekšējā gada studiju darbs",
        "last year's study paper is not defended",
    ),
)


@rule("5.4")
def grade_name(g: Grade) -> Answer[str]:
    """The Latvian name of a grade on the ten-point scale (5.4).

    >>> grade_name(8).value
    'ļoti labi'
    """
    said = say("{g} – {name}", "{g} – {name}", g=g, name=GRADES[g])
    return Answer(GRADES[g].lv, ("5.4",), said)


@rule("5.5")
def is_pass(g: Grade) -> Answer[bool]:
    """Whether a grade passes: 4 is the lowest (5.5)."""
    said = say(
        "Sekmīgs: {passed}; vērtējums {g}, zemākais sekmīgais {least}",
        "Passed: {passed}; grade {g}, the lowest passing one is {least}",
        passed=g >= figures.PASSING_GRADE.value,
        g=g,
        least=figures.PASSING_GRADE.value,
    )
    return Answer(g >= figures.PASSING_GRADE.value, ("5.5",), said)


@rule("5.9")
def qualification_awarded(g: Grade) -> Answer[bool]:
    """Whether that grade in the state or qualification examination awards the qualification (5.9)."""
    said = say(
        "Kvalifikāciju piešķir: {passed}; vērtējums {g}, zemākais sekmīgais {least}",
        "Qualification awarded: {passed}; grade {g}, the lowest passing one is {least}",
        passed=g >= figures.QUALIFICATION_GRADE.value,
        g=g,
        least=figures.QUALIFICATION_GRADE.value,
    )
    return Answer(g >= figures.QUALIFICATION_GRADE.value, ("5.9",), said)


@rule("5.3")
def may_take_final_test(
    current_tests_passed: bool,
    contract_settled: bool,
    previous_practice_report_defended: bool,
    previous_paper_defended: bool,
) -> Answer[bool]:
    """Whether a course's final test may be taken (5.3); `reasons` lists what is missing.

    What was not planned last year counts as met.
    """
    met = (
        current_tests_passed,
        contract_settled,
        previous_practice_report_defended,
        previous_paper_defended,
    )
    missing = tuple(point for point, done in zip(_FINAL_TEST, met, strict=True) if not done)
    yes = say("Noslēguma pārbaudījumu drīkst kārtot", "The final test may be taken")
    no = say("Noslēguma pārbaudījumu kārtot nedrīkst", "The final test may not be taken")
    return verdict(("5.3",), yes, no, missing)


@rule("11.7")
def may_take_state_examination(final_tests: tuple[FinalTest, ...]) -> Answer[bool]:
    """Whether all final tests of the programme are passed (11.7); `reasons` lists the missing ones."""
    missing = tuple(
        Point(test.name, f"nav nokārtots: {test.name}", f"not passed: {test.name}")
        for test in final_tests
        if not test.passed
    )
    yes = say("Pie gala pārbaudījumiem pielaižams", "Admitted to the final examinations")
    no = say("Pie gala pārbaudījumiem nav pielaižams", "Not admitted to the final examinations")
    return verdict(("11.7",), yes, no, missing)


@rule("5.6")
def plagiarism_consequence(count: Ordinal) -> Answer[PlagiarismConsequence]:
    """What follows from the `count`-th plagiarism (5.6): the work again, later a ground too."""
    repeated = count > 1
    said = say(
        "Plaģiāts {count}. reizi: darbs jāveic atkārtoti",
        "Plagiarism, time {count}: the work is done again",
        count=count,
    )
    decide = (_EXPEL,) if repeated else ()
    value = PlagiarismConsequence(redo_work=True, exmatriculation_ground=repeated)
    return Answer(value, ("5.6",), said, decide)


@rule("5.7")
def earliest_retake(removed_on: date) -> Answer[date]:
    """The first day of a retake after removal for forbidden aids (5.7): the next day."""
    day = removed_on + timedelta(days=figures.RETAKE_DAYS.value)
    said = say(
        "Atstādināts {removed}, atkārtoti ne agrāk kā {day}",
        "Removed on {removed}, a retake on {day} at the earliest",
        removed=removed_on,
        day=day,
    )
    return Answer(day, ("5.7",), said, (_EXPEL_AIDS,))


@rule("5.8")
def honours_diploma(
    commission_grades: tuple[Grade, ...],
    other_grades: tuple[Grade, ...],
    programme_completed: bool = True,
) -> Answer[bool]:
    """Whether the diploma is with honours (5.8): commission grades from 9, all others from 8.

    Pass tests without a mark are left out when they are passed.
    """
    high, other = figures.HONOURS_COMMISSION_GRADE.value, figures.HONOURS_OTHER_GRADE.value
    against = {
        Point("not_completed", "programma nav absolvēta", "the programme is not completed"): (
            not programme_completed
        ),
        Point("no_commission_grade", "nav komisijas vērtējuma", "there is no commission grade"): (
            not commission_grades
        ),
        Point(
            "commission_grade_below_9", "komisijas vērtējums zem 9", "a commission grade below 9"
        ): (any(grade < high for grade in commission_grades)),
        Point("grade_below_8", "vērtējums zem 8", "a grade below 8"): (
            any(grade < other for grade in other_grades)
        ),
    }
    reasons = tuple(point for point, holds in against.items() if holds)
    yes = say("Izsniedz diplomu ar izcilību", "The diploma is with honours")
    no = say("Diploms bez izcilības", "The diploma is without honours")
    return verdict(("5.8",), yes, no, reasons)
