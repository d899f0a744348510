"""Study regulations, 2.17: when Accounting reminds of unpaid tuition, and what a debt forbids.

Exmatriculation grounds beyond the debt are in `exmatriculation.py`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.exmatriculation import Ground
from rules.regulations.rule import rule
from rules.regulations.shapes import Euros, Year
from rules.regulations.terms import Semester
from rules.regulations.tuition import ordinary_due_date
from rules.wording import Text

_ZERO = Decimal(0)
_WITHOUT_NOTICE = Point(
    "second_notice_not_sent",
    "otrais paziņojums nav nosūtīts; vai eksmatrikulēt, jāizvērtē",
    "the second notice was not sent; whether to exmatriculate needs weighing",
)

_DEBTOR = Text(
    "Studentam ir parāds: nesamaksāti {unpaid:eur}, plānotais kredīts – {loan:eur}",
    "The student is a debtor: {unpaid:eur} is unpaid, the planned loan is {loan:eur}",
)
_NO_DEBTOR = Text(
    "Studentam parāda nav: nesamaksāti {unpaid:eur}, plānotais kredīts – {loan:eur}",
    "The student is no debtor: {unpaid:eur} is unpaid, the planned loan is {loan:eur}",
)


@dataclass(frozen=True, slots=True)
class DunningCalendar:
    """The last days of the two notices of a semester."""

    first: date
    second: date


@dataclass(frozen=True, slots=True)
class Restrictions:
    """What a student with a debt may still do (2.17.2)."""

    may_take_exams: bool
    may_get_academic_certificate_for_paid_semester: bool
    may_get_other_certificates: bool

    def may_get_certificate(self, *, academic: bool, semester_paid: bool) -> bool:
        """Whether a certificate of that kind may be given out."""
        if academic and semester_paid:
            return self.may_get_academic_certificate_for_paid_semester
        return self.may_get_other_certificates


@rule("2.17", "2.17.1", "2.17.2")
def dunning_calendar(
    semester: Semester, year: Year, branch_due_date: date | None = None
) -> Answer[DunningCalendar]:
    """The last days of the first and second notice (2.17.1, 2.17.2); Accounting sends them."""
    due = branch_due_date or ordinary_due_date(semester, year)
    first = due + timedelta(days=figures.FIRST_NOTICE_DAYS.value)
    autumn = semester is Semester.AUTUMN
    second = date(
        year, *(figures.SECOND_NOTICE_AUTUMN if autumn else figures.SECOND_NOTICE_SPRING).value
    )
    said = say(
        "Pirmais paziņojums jānosūta līdz {first} ({count:days} pēc {due}), otrais – līdz {second}",
        "The first notice is due by {first} ({count:days} after {due}), the second by {second}",
        first=first,
        due=due,
        count=figures.FIRST_NOTICE_DAYS.value,
        second=second,
    )
    return Answer(DunningCalendar(first, second), ("2.17.1", "2.17.2"), said)


@rule("2.17.1")
def is_debtor(unpaid: Euros, planned_loan: Euros = _ZERO) -> Answer[bool]:
    """Whether a student is on the list of debtors (2.17.1); a planned loan may cover the rest."""
    debtor = unpaid > planned_loan
    said = say(*(_DEBTOR if debtor else _NO_DEBTOR), unpaid=unpaid, loan=planned_loan)
    return Answer(debtor, ("2.17.1", "2.16.4"), said)


@rule("2.17.2")
def debtor_restrictions(debt: Euros, second_notice_sent: bool) -> Answer[Restrictions]:
    """What a debt forbids once the second notice is sent (2.17.2); 5.3 stands beside it."""
    if debt == 0:
        said = say("Parāda nav, ierobežojumu nav", "No debt, no restriction")
        return Answer(Restrictions(True, True, True), ("2.17.2",), said)
    bars = Text(
        "līguma saistību neizpilde arī bez paziņojuma liedz kursa noslēguma pārbaudījumu",
        "unmet contract duties bar a course's final test even without a notice",
    )
    if not second_notice_sent:
        said = say(
            "Parāds {debt:eur}, otrais paziņojums nav nosūtīts: šis punkts neko neliedz, bet {bars}",
            "A debt of {debt:eur}, the second notice is not sent: this clause forbids nothing, but {bars}",
            debt=debt,
            bars=bars,
        )
        return Answer(Restrictions(True, True, True), ("2.17.2", "5.3"), said)
    said = say(
        "Parāds {debt:eur}: eksāmenus un ieskaites kārtot nedrīkst, izsniedz tikai akadēmisko "
        "izziņu par apmaksātiem semestriem; {bars}",
        "A debt of {debt:eur}: no exams or pass tests, and only an academic certificate for paid "
        "semesters; {bars}",
        debt=debt,
        bars=bars,
    )
    return Answer(Restrictions(False, True, False), ("2.17.2", "5.3"), said)


@rule("2.17.2")
def expel_for_debt(
    debt: Euros, semester_end: date, on: date, second_notice_sent: bool
) -> Answer[tuple[Ground, ...]]:
    """The ground of 9.2.4 when a debt outlasts the semester (2.17.2); a person decides."""
    if debt == 0 or on <= semester_end:
        said = say(
            "Pamata eksmatrikulācijai nav: parāds {debt:eur}, semestris beidzas {end}",
            "No ground for exmatriculation: debt {debt:eur}, the semester ends on {end}",
            debt=debt,
            end=semester_end,
        )
        return Answer((), ("2.17.2",), said)
    said = say(
        "Parāds {debt:eur} saglabājies pēc semestra beigām {end}: pamats eksmatrikulācijai",
        "The debt of {debt:eur} outlasted the end of the semester, {end}: ground for exmatriculation",
        debt=debt,
        end=semester_end,
    )
    decide = () if second_notice_sent else (_WITHOUT_NOTICE,)
    return Answer((Ground.FINANCES_NOT_SETTLED,), ("2.17.2", "9.2.4"), said, decide)
