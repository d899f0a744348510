"""Study regulations, section 9: grounds for exmatriculation, terms of explanation and appeal.

Nothing here exmatriculates: the rector orders it on a proposal (9.3).
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.rule import rule
from rules.regulations.shapes import Grade
from rules.wording import Text
from rules.working_days import add_months


class Ground(StrEnum):
    """Grounds for exmatriculation, in the order of 9.2; the last two from 5.6 and 5.7."""

    WISH = "wish"
    DECEPTION_IN_ADMISSION = "deception_in_admission"
    TESTS_OR_TASKS_NOT_DONE = "tests_or_tasks_not_done"
    FINANCES_NOT_SETTLED = "finances_not_settled"
    RULES_BROKEN_OR_CONTRACT_TERMINATED = "rules_broken_or_contract_terminated"
    FINAL_TESTS_NOT_TAKEN_OR_BELOW_4 = "final_tests_not_taken_or_below_4"
    PROGRAMME_COMPLETED = "programme_completed"
    NOT_RESUMED_AFTER_BREAK = "not_resumed_after_break"
    REPEATED_PLAGIARISM = "repeated_plagiarism"
    FORBIDDEN_AIDS = "forbidden_aids"


@dataclass(frozen=True, slots=True)
class StudentFacts:
    """What is known of a student; `final_grade` is that of the state examination or defence."""

    wish: bool = False
    deception_in_admission: bool = False
    tests_or_tasks_not_done: bool = False
    finances_not_settled: bool = False
    rules_broken_or_contract_terminated: bool = False
    final_tests_not_taken_or_below_4: bool = False
    programme_completed: bool = False
    not_resumed_after_break: bool = False
    repeated_plagiarism: bool = False
    forbidden_aids: bool = False
    final_grade: Grade | None = None


@dataclass(frozen=True, slots=True)
class AcademicCertificate:
    """Whether an academic certificate may be issued, and whether it is free."""

    may_be_issued: bool
    free: bool


_CLAUSES = dict(zip(Ground, (*(f"9.2.{n}" for n in range(1, 9)), "5.6", "5.7"), strict=True))
_NAMES = {
    Ground.WISH: Text("to vēlas students", "the student wishes it"),
    Ground.DECEPTION_IN_ADMISSION: Text("maldināšana uzņemšanā", "deception in admission"),
    Ground.TESTS_OR_TASKS_NOT_DONE: Text(
        "nav nokārtoti pārbaudījumi vai veikti studiju uzdevumi", "tests or study tasks not done"
    ),
    Ground.FINANCES_NOT_SETTLED: Text(
        "nav nokārtotas finansiālās līgumattiecības", "financial contract relations not settled"
    ),
    Ground.RULES_BROKEN_OR_CONTRACT_TERMINATED: Text(
        "pārkāpti iekšējās kārtības noteikumi vai pārtraukts līgums",
        "internal rules broken or contract terminated",
    ),
    Ground.FINAL_TESTS_NOT_TAKEN_OR_BELOW_4: Text(
        "gala pārbaudījumi nav kārtoti vai vērtējums zemāks par 4",
        "final tests not taken or graded below 4",
    ),
    Ground.PROGRAMME_COMPLETED: Text("programma apgūta", "the programme is completed"),
    Ground.NOT_RESUMED_AFTER_BREAK: Text(
        "studijas pēc pārtraukuma nav atsāktas", "studies not resumed after a break"
    ),
    Ground.REPEATED_PLAGIARISM: Text("atkārtots plaģiāts", "repeated plagiarism"),
    Ground.FORBIDDEN_AIDS: Text("neatļauti līdzekļi pārbaudījumā", "forbidden aids in a test"),
}
_ORDER = Point(
    "rector_orders",
    "rīkojumu izdod rektors pēc studiju daļas vadītāja vai filiāles vadītāja ierosinājuma",
    "the rector orders it on the proposal of the head of the Study Department or of a branch",
)
_ISSUED = Text(
    "Akadēmisko izziņu drīkst izsniegt {price}", "The academic certificate may be issued {price}"
)
_NOT_ISSUED = Text(
    "Akadēmisko izziņu ({price}) vēl nedrīkst izsniegt",
    "The academic certificate ({price}) may not be issued yet",
)
_FREE = Text("bez maksas", "free of charge")
_BY_TARIFF = Text("par maksu pēc cenrāža", "for a fee by the price list")
_UNSIGNED = {
    "accounting": Point(
        "accounting_not_signed",
        "apgaitas lapu nav parakstījusi grāmatvedība",
        "Accounting has not signed the clearance sheet",
    ),
    "library": Point(
        "library_not_signed",
        "apgaitas lapu nav parakstījusi bibliotēka",
        "the Library has not signed the clearance sheet",
    ),
}


def _holding(facts: StudentFacts) -> tuple[Ground, ...]:
    holding = {part.name for part in fields(facts) if getattr(facts, part.name) is True}
    if facts.final_grade is not None and facts.final_grade < figures.FAILED_FINAL_BELOW.value:
        holding.add(Ground.FINAL_TESTS_NOT_TAKEN_OR_BELOW_4)
    return tuple(ground for ground in Ground if ground in holding)


@rule("9.2", *(f"9.2.{n}" for n in range(1, 9)), "5.6", "5.7")
def exmatriculation_grounds(facts: StudentFacts) -> Answer[tuple[Ground, ...]]:
    """Every ground for exmatriculation that holds, in the order of the clauses (9.2).

    >>> exmatriculation_grounds(StudentFacts(final_grade=3)).clauses
    ('9.2.6',)
    """
    grounds = _holding(facts)
    if not grounds:
        said = say("Pamata eksmatrikulācijai nav", "There is no ground for exmatriculation")
        return Answer((), ("9.2",), said)
    reasons = tuple(Point(ground, *_NAMES[ground]) for ground in grounds)
    said = say("Pamats eksmatrikulācijai", "Grounds for exmatriculation")
    clauses = tuple(_CLAUSES[ground] for ground in grounds)
    return Answer(grounds, clauses, said, (_ORDER,), reasons)


@rule("9.4")
def explanation_due(registered_on: date) -> Answer[date]:
    """The last day for the university's written explanation (9.4), a month from registration."""
    due = add_months(registered_on, figures.EXPLANATION_MONTHS.value)
    said = say(
        "Rakstveida paskaidrojums jāsniedz līdz {due} (mēnesis pēc reģistrācijas {day})",
        "The written explanation is due by {due} (a month after registration on {day})",
        due=due,
        day=registered_on,
    )
    return Answer(due, ("9.4",), said)


@rule("9.5")
def decision_appeal_due(decision_on: date) -> Answer[date]:
    """The last day to appeal a decision of the administration (9.5), a month from the decision."""
    due = add_months(decision_on, figures.DECISION_APPEAL_MONTHS.value)
    said = say(
        "Apelācija rektoram vai Akadēmiskajai šķīrējtiesai jāiesniedz līdz {due} (mēnesis pēc lēmuma {day})",
        "An appeal to the rector or the Academic Arbitration Court is due by {due} (a month after "
        "the decision of {day})",
        due=due,
        day=decision_on,
    )
    return Answer(due, ("9.5",), said)


@rule("9.6")
def academic_certificate(
    file_in_archive: bool,
    clearance_signed_by_accounting: bool,
    clearance_signed_by_library: bool,
    in_state_language: bool = True,
) -> Answer[AcademicCertificate]:
    """Whether an excluded person gets an academic certificate, and whether free of charge (9.6)."""
    signed = {"accounting": clearance_signed_by_accounting, "library": clearance_signed_by_library}
    missing = tuple(_UNSIGNED[who] for who, done in signed.items() if not done)
    free = in_state_language and not file_in_archive
    words = _NOT_ISSUED if missing else _ISSUED
    said = say(*words, price=_FREE if free else _BY_TARIFF)
    return Answer(AcademicCertificate(not missing, free), ("9.6",), said, reasons=missing)
