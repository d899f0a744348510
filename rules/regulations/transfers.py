"""Study regulations, 7.3 to 7.7: change of study place or programme, and its fee.

The chains of approvals (7.4, 7.5, 7.8, 7.9) are in `processes.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.refusal import in_order
from rules.regulations.rule import rule
from rules.wording import Text


class ChangeTerm(StrEnum):
    """Whether an order comes within the ordinary term."""

    ORDINARY = "ordinary"
    EXCEPTIONAL = "exceptional"


class ChangeOf(StrEnum):
    """What is changed."""

    BRANCH = "branch"
    STREAM = "stream"
    FORM = "form"
    PROGRAMME = "programme"


class Initiative(StrEnum):
    """Who wants the change."""

    STUDENT = "student"
    ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class ProgrammeChange:
    """Whether the application came in time, and until when the new contract is made."""

    in_time: bool
    contract_by: date


_TERM_NAMES = {
    ChangeTerm.ORDINARY: Text("ir parastajā termiņā", "is in the ordinary term"),
    ChangeTerm.EXCEPTIONAL: Text("ir pēc parastā termiņa", "is after the ordinary term"),
}
_IN_TIME, _TOO_LATE = Text("ir laikā", "is in time"), Text("ir nokavēts", "is late")
_EXCEPTIONAL = Point(
    "exceptional", "vai tas ir izņēmuma gadījums", "whether the case is exceptional"
)
_LATE = Point(
    "late_application",
    "iesniegums pēc pirmajām divām studiju nedēļām",
    "the application came after the first two study weeks",
)
_TARIFF = Point(
    "tariff",
    "tuvākais cenrāža punkts ir 16., bet tas attiecas uz programmas un grupas maiņu",
    "row 16 of the price list is the nearest, but it names a change of programme or group",
)
_PROGRAMME = Point(
    "programme_not_named",
    "7.7. punktā programmas maiņa nav minēta",
    "7.7 does not name a change of programme",
)


@rule("7.3")
def study_place_change(semester_start: date, on: date) -> Answer[ChangeTerm]:
    """Whether an order on that day is ordinary (first 14 days of the semester) or exceptional (7.3)."""
    last = semester_start + timedelta(days=figures.CHANGE_DAYS.value - 1)
    term = ChangeTerm.ORDINARY if on <= last else ChangeTerm.EXCEPTIONAL
    said = say(
        "Rīkojums {on} {when}, kas beidzas {last}",
        "The order of {on} {when}, which ends on {last}",
        when=_TERM_NAMES[term],
        last=last,
        on=on,
    )
    decide = (_EXCEPTIONAL,) if term is ChangeTerm.EXCEPTIONAL else ()
    return Answer(term, ("7.3",), said, decide)


@rule("7.6")
def first_semester_programme_change(
    semester_start: date, applied_on: date, decision_on: date
) -> Answer[ProgrammeChange]:
    """A change of programme in the first semester (7.6): 14 days to apply, 7 to a new contract."""
    in_order(("applied_on", applied_on), ("decision_on", decision_on))
    last = semester_start + timedelta(days=figures.FIRST_SEMESTER_CHANGE_DAYS.value - 1)
    by = decision_on + timedelta(days=figures.NEW_CONTRACT_DAYS.value)
    in_time = applied_on <= last
    said = say(
        "Iesniegums {applied} {when} (termiņš {last}); jauns līgums jānoslēdz līdz {by}",
        "The application of {applied} {when} (term {last}); the new contract is due by {by}",
        when=_IN_TIME if in_time else _TOO_LATE,
        applied=applied_on,
        last=last,
        by=by,
    )
    return Answer(ProgrammeChange(in_time, by), ("7.6",), said, () if in_time else (_LATE,))


@rule("7.7")
def change_fee_due(
    what: ChangeOf, initiative: Initiative, after_leave: bool, repeated_studies: bool
) -> Answer[bool]:
    """Whether re-issuing the documents is charged (7.7): at the student's wish, with exceptions."""
    free = initiative is Initiative.ADMINISTRATION or after_leave or repeated_studies
    if free:
        said = say("Maksa nav jāmaksā", "No fee is due")
        return Answer(value=False, clauses=("7.7",), said=said)
    if what is ChangeOf.PROGRAMME:
        said = say("Maksa pēc šī punkta nav paredzēta", "This clause asks for no fee")
        return Answer(value=False, clauses=("7.7",), said=said, needs_decision=(_PROGRAMME,))
    said = say("Maksa jāmaksā pēc tarifa", "A fee is due by tariff")
    return Answer(value=True, clauses=("7.7",), said=said, needs_decision=(_TARIFF,))
