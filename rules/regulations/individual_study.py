"""Study regulations, section 14: studies by an individual plan or schedule."""

from datetime import date, timedelta
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.rule import rule
from rules.regulations.shapes import Ordinal


class ScheduleReason(StrEnum):
    """Reasons for an individual schedule that 14.2 names, and any other."""

    TRANSFER = "transfer"
    CHANGE_OF_TERMS = "change_of_terms"
    BUSINESS_TRIP = "business_trip"
    ILLNESS = "illness"
    OTHER = "other"


_TO_PROVE = frozenset({ScheduleReason.BUSINESS_TRIP, ScheduleReason.ILLNESS})
_DOCUMENTS = Point(
    "documents",
    "vai iesniegti attaisnojoši dokumenti",
    "whether documents that justify it are handed in",
)
_TOO_EARLY = Point("first_semester", "iestājas 1. semestrī", "enters semester 1")
_NOT_LISTED = Point(
    "not_in_schedule",
    "priekšmets nav semestra individuālajā grafikā",
    "the subject is not in the semester's schedule",
)
_LATE = Point(
    "late_application",
    "iesniegums vēlāk nekā nedēļu pirms semestra",
    "the application came later than a week before the semester",
)
_OTHER = Point(
    "other_reason",
    "vai cits iemesls ir pietiekami svarīgs",
    "whether another reason is weighty enough",
)
_PRICE = Point(
    "schedule_price",
    "cenrāža 10. punktā minēts plāns, ne grafiks",
    "row 10 of the price list names a plan, not a schedule",
)
_ACCEPT = Point(
    "acceptance",
    "grafiku akceptē programmas direktors un studiju daļas vadītājs",
    "the programme director and the head of the Study Department accept the schedule",
)


@rule("14.1")
def individual_plan(entry_semester: Ordinal) -> Answer[bool]:
    """Whether an individual plan is for this entrant: from semester 2 (14.1)."""
    words = {"n": entry_semester}
    yes = say(
        "Individuālais plāns ir iespējams: iestājas {n}. semestrī; teicamnieka atlaides tad nav",
        "An individual plan is possible: enters semester {n}; no discount of excellent students then",
        **words,
    )
    no = say("Individuālais plāns nav paredzēts", "No individual plan")
    early = entry_semester < figures.INDIVIDUAL_PLAN_FROM.value
    return verdict(("14.1",), yes, no, (_TOO_EARLY,) if early else ())


@rule("14.1")
def may_attend(subject: str, semester_schedule: tuple[str, ...]) -> Answer[bool]:
    """Whether a student with an individual plan may attend the subject this semester (14.1)."""
    yes = say(
        "Priekšmetu „{subject}” drīkst apmeklēt", "“{subject}” may be attended", subject=subject
    )
    no = say(
        "Priekšmetu „{subject}” apmeklēt nedrīkst",
        "“{subject}” may not be attended",
        subject=subject,
    )
    return verdict(("14.1",), yes, no, () if subject in semester_schedule else (_NOT_LISTED,))


@rule("14.2")
def individual_schedule(
    semester_start: date, applied_on: date, reason: ScheduleReason
) -> Answer[bool | None]:
    """Whether the conditions of an individual schedule are met (14.2); None for another reason."""
    last = semester_start - timedelta(days=figures.INDIVIDUAL_SCHEDULE_DAYS.value)
    words = {"on": applied_on, "last": last, "copies": figures.SCHEDULE_COPIES.value}
    yes = say(
        "Iesniegums {on}, termiņš {last}: individuāls grafiks uz vienu semestri, {copies} eksemplāri; "
        "studiju maksas noteikumi nemainās, par teicamnieku atzīt nevar",
        "Application of {on}, due {last}: an individual schedule for one semester, {copies} copies; "
        "the terms of tuition stay, and it makes no excellent student",
        **words,
    )
    no = say(
        "Iesniegums {on}, termiņš bija {last}", "Application of {on}, it was due {last}", **words
    )
    if applied_on > last:
        return Answer(value=False, clauses=("14.2",), said=no, reasons=(_LATE,))
    if reason is ScheduleReason.OTHER:
        said = say(
            "Iesniegums ir laikā, bet šāds iemesls nolikumā nav minēts",
            "In time, but the text does not name the reason",
        )
        return Answer(None, ("14.2",), said, (_OTHER, _PRICE))
    proof = (_DOCUMENTS,) if reason in _TO_PROVE else ()
    return Answer(value=True, clauses=("14.2",), said=yes, needs_decision=(*proof, _ACCEPT, _PRICE))
