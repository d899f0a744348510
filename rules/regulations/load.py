"""Study regulations, 4.1 to 4.6: credit points, study load, contact hours of small groups."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.admission import Load
from rules.regulations.answer import Answer, Point, say
from rules.regulations.rule import rule
from rules.regulations.shapes import Count, Ordinal, Positive, Quantity, trimmed
from rules.wording import Text


class StudyForm(StrEnum):
    """When classes are held: day (diena) or evening (vakars)."""

    DAY = "day"
    EVENING = "evening"


class TeachingKind(StrEnum):
    """How a group of that size is taught."""

    AS_PLANNED = "as_planned"
    SMALL_GROUP = "small_group"
    INDIVIDUAL_CONSULTATIONS = "individual_consultations"


@dataclass(frozen=True, slots=True)
class ContactHours:
    """Academic hours per discipline and semester; None: as the programme plans."""

    kind: TeachingKind
    at_least: int | None
    at_most: int | None


_OVER = Point(
    "above_full_time",
    "vairāk nekā 40 kredītpunktu gadā: teksts par to klusē, pieņemts pilns laiks",
    "more than 40 credit points a year: the text is silent, read as full-time",
)

_HOURS_ALLOWED = Text(
    "Konsultāciju apjoms {hours} akad. st. ir atļauts: no {least} līdz {most}",
    "Consultations of {hours} academic hours are allowed: from {least} to {most}",
)
_HOURS_NOT = Text(
    "Konsultāciju apjoms {hours} akad. st. nav atļauts: jābūt no {least} līdz {most}",
    "Consultations of {hours} academic hours are not allowed: from {least} to {most} are",
)


@rule("4.1")
def credit_points(hours: Quantity) -> Answer[Decimal]:
    """Credit points of that many academic hours of student work, 40 each (4.1).

    >>> credit_points(Decimal(41)).value
    Decimal('1.025')
    """
    points = trimmed(hours / figures.HOURS_PER_CREDIT_POINT.value)
    said = say(
        "{hours} akad. st. / {each} = {points} KP",
        "{hours} academic hours / {each} = {points} credit points",
        hours=hours,
        each=figures.HOURS_PER_CREDIT_POINT.value,
        points=points,
    )
    return Answer(points, ("4.1",), said)


@rule("4.1")
def max_contact_hours(credit_points: Quantity) -> Answer[Decimal]:
    """The most contact hours in that many credit points, half of the student's work (4.1)."""
    share = figures.CONTACT_SHARE_PERCENT.value
    hours = trimmed(credit_points * figures.HOURS_PER_CREDIT_POINT.value * share / 100)
    said = say(
        "{points} KP x {each} x {share} % = ne vairāk kā {hours} kontaktst.",
        "{points} CP x {each} x {share}% = at most {hours} contact hours",
        points=credit_points,
        each=figures.HOURS_PER_CREDIT_POINT.value,
        share=share,
        hours=hours,
    )
    return Answer(hours, ("4.1",), said)


@rule("4.1")
def academic_hours(minutes: Count) -> Answer[Decimal]:
    """Academic hours of 45 minutes in that time (4.1), to two decimals.

    >>> academic_hours(180).value
    Decimal('4')
    """
    each = figures.ACADEMIC_HOUR_MINUTES.value
    hours = trimmed(round(Decimal(minutes) / each, 2))
    said = say(
        "{minutes} min / {each} = {hours} akad. st.",
        "{minutes} minutes / {each} = {hours} academic hours",
        minutes=minutes,
        each=each,
        hours=hours,
    )
    return Answer(hours, ("4.1",), said)


@rule("4.2")
def study_load(planned_cp_per_year: Positive) -> Answer[Load]:
    """Full-time from 40 credit points a year, otherwise part-time (4.2)."""
    full = figures.FULL_TIME_CREDIT_POINTS.value
    load = Load.FULL_TIME if planned_cp_per_year >= full else Load.PART_TIME
    names = {
        Load.FULL_TIME: Text("pilna laika studijas", "full-time studies"),
        Load.PART_TIME: Text("nepilna laika studijas", "part-time studies"),
    }
    said = say(
        "{planned} KP gadā: {load}",
        "{planned} CP a year: {load}",
        planned=planned_cp_per_year,
        load=names[load],
    )
    return Answer(load, ("4.2",), said, (_OVER,) if planned_cp_per_year > full else ())


@rule("4.5", "4.6")
def contact_hours(
    group_size: Ordinal, form: StudyForm, load: Load = Load.FULL_TIME
) -> Answer[ContactHours]:
    """Contact hours per discipline and semester of a group of that size (4.5, 4.6).

    >>> contact_hours(8, StudyForm.DAY).value.at_most
    12
    """
    if group_size < figures.TINY_GROUP_BELOW.value:
        least, most = figures.CONSULTATIONS_LEAST.value, figures.CONSULTATIONS_MOST.value
        said = say(
            "Grupas lielums {size} (mazāk par 4): individuālas konsultācijas, no {least} līdz {most} akad. st.",
            "A group of {size} (fewer than 4): individual consultations, {least} to {most} academic hours",
            size=group_size,
            least=least,
            most=most,
        )
        hours = ContactHours(TeachingKind.INDIVIDUAL_CONSULTATIONS, least, most)
        return Answer(hours, ("4.6",), said)
    if group_size >= figures.SMALL_GROUP_BELOW.value:
        said = say(
            "Grupas lielums {size}: kontaktstundas pēc programmas",
            "A group of {size}: contact hours as planned in the programme",
            size=group_size,
        )
        return Answer(ContactHours(TeachingKind.AS_PLANNED, None, None), ("4.5",), said)
    day = form is StudyForm.DAY and load is Load.FULL_TIME
    count = (figures.SMALL_GROUP_DAY_HOURS if day else figures.SMALL_GROUP_OTHER_HOURS).value
    said = say(
        "Grupas lielums {size} (mazāk par 9): {count} kontaktstundas semestrī katrā disciplīnā",
        "A group of {size} (fewer than 9): {count} contact hours a semester in each discipline",
        size=group_size,
        count=count,
    )
    return Answer(ContactHours(TeachingKind.SMALL_GROUP, count, count), ("4.5",), said)


@rule("4.6")
def consultation_hours_valid(h: Count) -> Answer[bool]:
    """Whether individual consultations of that many academic hours are allowed: 3 to 6 (4.6)."""
    least, most = figures.CONSULTATIONS_LEAST.value, figures.CONSULTATIONS_MOST.value
    valid = least <= h <= most
    said = say(*(_HOURS_ALLOWED if valid else _HOURS_NOT), hours=h, least=least, most=most)
    return Answer(valid, ("4.6",), said)
