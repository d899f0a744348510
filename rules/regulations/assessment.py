"""Study regulations, section 5 and 11.7: grades, admission to tests, plagiarism, honours.

Appeals against a grade are in `appeals.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, Sentence, say, verdict
from rules.regulations.rule import rule
from rules.regulations.shapes import Grade, Ordinal
from rules.wording import Text


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
_PASSES = Text(
    "Vērtējums {g} ir sekmīgs; zemākais sekmīgais vērtējums ir {least}",
    "Grade {g} passes; the lowest passing grade is {least}",
)
_FAILS = Text(
    "Vērtējums {g} nav sekmīgs; zemākais sekmīgais vērtējums ir {least}",
    "Grade {g} does not pass; the lowest passing grade is {least}",
)
_AWARDED = Text(
    "Kvalifikāciju piešķir: vērtējums {g}, zemākais sekmīgais vērtējums ir {least}",
    "The qualification is awarded: grade {g}, the lowest passing grade is {least}",
)
_NOT_AWARDED = Text(
    "Kvalifikāciju nepiešķir: vērtējums {g}, zemākais sekmīgais vērtējums ir {least}",
    "The qualification is not awarded: grade {g}, the lowest passing grade is {least}",
)
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
        "current_tests_passed",
        "nav nokārtoti visi kārtējie pārbaudījumi",
        "current tests are not all passed",
    ),
    Point("contract_settled", "nav nokārtotas līguma saistības", "contract duties are not settled"),
    Point(
        "previous_practice_report_defended",
        "nav aizstāvēta iepriekšējā gada prakses atskaite",
        "last year's practice report is not defended",
    ),
    Point(
        "previous_paper_defended",
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
    least = figures.PASSING_GRADE.value
    said = say(*(_PASSES if g >= least else _FAILS), g=g, least=least)
    return Answer(g >= least, ("5.5",), said)


@rule("5.9")
def qualification_awarded(g: Grade) -> Answer[bool]:
    """Whether that grade in the state or qualification examination awards the qualification (5.9)."""
    least = figures.QUALIFICATION_GRADE.value
    said = say(*(_AWARDED if g >= least else _NOT_AWARDED), g=g, least=least)
    return Answer(g >= least, ("5.9",), said)


@rule("5.3")
def may_take_final_test(
    current_tests_passed: bool,
    contract_settled: bool,
    previous_practice_report_defended: bool,
    previous_paper_defended: bool,
) -> Answer[tuple[str, ...]]:
    """What is missing for a course's final test (5.3), by argument; nothing: it may be taken.

    What was not planned last year counts as met.

    >>> may_take_final_test(True, False, True, True).value
    ('contract_settled',)
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
    return _missing("5.3", yes, no, missing)


def _missing(
    clause: str, yes: Sentence, no: Sentence, missing: tuple[Point, ...]
) -> Answer[tuple[str, ...]]:
    """The codes of what is missing; none: yes."""
    codes = tuple(point.code for point in missing)
    return Answer(codes, (clause,), no if missing else yes, reasons=missing)


@rule("11.7")
def may_take_state_examination(final_tests: tuple[FinalTest, ...]) -> Answer[tuple[str, ...]]:
    """The final tests of the programme that are not passed (11.7); none: admitted."""
    missing = tuple(
        Point(test.name, f"nav nokārtots: {test.name}", f"not passed: {test.name}")
        for test in final_tests
        if not test.passed
    )
    yes = say("Gala pārbaudījumus drīkst kārtot", "Admitted to the final examinations")
    no = say("Gala pārbaudījumus kārtot nedrīkst", "Not admitted to the final examinations")
    return _missing("11.7", yes, no, missing)


@rule("5.6")
def plagiarism_consequence(count: Ordinal) -> Answer[PlagiarismConsequence]:
    """What follows from the `count`-th plagiarism (5.6): the work again, later a ground too."""
    repeated = count > 1
    said = say(
        "Plaģiāts konstatēts {count}. reizi: darbs jāveic atkārtoti",
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
        "No pārbaudījuma atstādināts {removed}: atkārtoti kārtot var ne agrāk kā {day}",
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
            "commission_grade_below_9",
            "komisijas vērtējums ir zemāks par 9",
            "a commission grade below 9",
        ): (any(grade < high for grade in commission_grades)),
        Point("grade_below_8", "vērtējums ir zemāks par 8", "a grade below 8"): (
            any(grade < other for grade in other_grades)
        ),
    }
    reasons = tuple(point for point, holds in against.items() if holds)
    yes = say("Izsniedz diplomu ar izcilību", "The diploma is with honours")
    no = say("Diplomu izsniedz bez izcilības", "The diploma is without honours")
    return verdict(("5.8",), yes, no, reasons)
