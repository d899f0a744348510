"""Study regulations, 2.20: each discount on tuition by itself, as a percentage or a reason against.

How discounts combine, and until when they are asked for, is in `discount_sum.py`; the family
discount is in `family_discount.py`, that of excellent students in `excellent_student.py`.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.figures import Figure
from rules.regulations.rule import rule
from rules.regulations.shapes import Grade, Percent, trimmed
from rules.wording import Text

NONE = Decimal(0)


class DisabilityGroup(StrEnum):
    """Groups of disability (invaliditātes grupas)."""

    I = "I"  # noqa: E741 - the group's name
    II = "II"
    III = "III"


class CouncilPosition(StrEnum):
    """Positions in the student council (Studentu pārvalde)."""

    MEMBER = "member"
    DEPUTY_CHAIR = "deputy_chair"
    CHAIR = "chair"


_DISABILITY: dict[DisabilityGroup, Figure[Decimal]] = {
    DisabilityGroup.I: figures.DISABILITY_I_PERCENT,
    DisabilityGroup.II: figures.DISABILITY_II_PERCENT,
    DisabilityGroup.III: figures.DISABILITY_III_PERCENT,
}
_COUNCIL: dict[CouncilPosition, Figure[Decimal]] = {
    CouncilPosition.MEMBER: figures.COUNCIL_MEMBER_PERCENT,
    CouncilPosition.DEPUTY_CHAIR: figures.COUNCIL_DEPUTY_PERCENT,
    CouncilPosition.CHAIR: figures.COUNCIL_CHAIR_PERCENT,
}
_DECISION = {
    "2.20.1": Text("Valde pēc konkursa nolikuma", "the Board by the contest by-law"),
    "2.20.5": Text(
        "Valdes loceklis, ņemot vērā darba stāžu", "a Board member, by length of service"
    ),
    "2.20.7": Text("Valdes locekļi vai filiāles vadītājs", "Board members or the branch head"),
    "2.20.8": Text("Augstskola (no 10 līdz 25 %)", "the university (from 10 to 25%)"),
    "2.20.9": Text("Valdes locekļi vai filiāles direktors", "Board members or the branch director"),
    "2.20.9 (unnumbered paragraph)": Text(
        "Augstskola (procents tekstā nav nosaukts)",
        "the university (the text names no percentage)",
    ),
    "2.20.10": Text("Senāts pēc saskaņošanas ar Valdi", "the Senate after agreeing with the Board"),
    "2.23": Text("rektors vai Valdes locekļi", "the rector or Board members"),
}
_HOW_LONG = {
    "2.20.1": Text(" pirmajā semestrī", " in the first semester"),
    "2.20.2": Text(
        " katrā semestrī, kamēr nosacījumi ir izpildīti",
        " every semester while the conditions hold",
    ),
    "2.20.3": Text(" katrā semestrī", " every semester"),
    "2.20.4": Text(" kārtējam semestrim", " for the current semester"),
    "2.20.7": Text(" uz vienu semestri", " for one semester"),
    "2.20.9": Text(" uz vienu semestri", " for one semester"),
    "2.23": Text(" uz vienu semestri", " for one semester"),
}
_NOT_SAID = Text("", "")
_DECIDES = Text("par atlaidi lemj {who}", "the discount is decided by {who}")


def decided_by(clause: str) -> tuple[Point, ...]:
    """The point that the discount of this clause is a person's decision; none where it is not."""
    who = _DECISION.get(clause)
    if who is None:
        return ()
    return (
        Point("discount_decision", _DECIDES.lv.format(who=who.lv), _DECIDES.en.format(who=who.en)),
    )


def granted(percent: Decimal, clause: str, against: dict[Point, bool]) -> Answer[Decimal]:
    """The percentage, or 0 with every reason against it that holds."""
    reasons = tuple(reason for reason, holds in against.items() if holds)
    cited = (clause.split(" ", maxsplit=1)[0],)
    if reasons:
        return Answer(NONE, cited, say("Atlaides nav", "No discount"), (), reasons)
    said = say(
        "Atlaide {percent:pct}{how_long}",
        "Discount of {percent:pct}{how_long}",
        percent=percent,
        how_long=_HOW_LONG.get(clause, _NOT_SAID),
    )
    return Answer(trimmed(percent), cited, said, decided_by(clause))


def _above(limit: Decimal) -> Point:
    return Point(
        "above_limit",
        f"procents pārsniedz {limit} % robežu",
        f"the percentage is above the limit of {limit}%",
    )


_BELOW_ORPHAN = Point("below_limit", "procents ir mazāks par 10 %", "the percentage is below 10%")
_NO_DOCUMENT = Point(
    "document_missing",
    "nav Labklājības ministrijas dokumenta",
    "no document of the Ministry of Welfare",
)
_NO_CONTEST = Point("no_contest", "Valde konkursu nav rīkojusi", "the Board held no contest")
_LATER_BY_LAW = Point(
    "later_semesters_by_contest_by_law",
    "atlaidi turpmākajos semestros nosaka „Nolikums par PA konkursu”",
    "later semesters follow the contest by-law",
)
_NO_HONOURS = Point("no_honours_diploma", "nav diploma ar izcilību", "no honours diploma")
_NOT_MASTERS = Point(
    "not_in_masters", "nestudē Augstskolas maģistrantūrā", "not in the master's programme here"
)
_LATE_TESTS = Point(
    "tests_not_in_time",
    "pārbaudījumi nav kārtoti noteiktajos termiņos",
    "tests not taken in the set terms",
)
_LOW_GRADE = Point("grade_below_8", "atzīme zemāka par 8", "a grade below 8")
_DEBTS = Point(
    "debts", "ir akadēmiski vai studiju maksas parādi", "there are academic or tuition debts"
)
_LOST = Point("lost_earlier", "atlaide jau reiz zaudēta", "the discount was lost before")
_NOT_GRADUATE = Point("not_a_graduate", "nav BPMA absolvents", "not a graduate of BPMA")
_HAS_HONOURS = Point(
    "has_honours_discount", "saņem 2.20.2. punkta atlaidi", "receives the discount of 2.20.2"
)
_EXPIRED = Point(
    "certificate_expired",
    "apliecība iesnieguma dienā nav derīga",
    "the certificate is not valid on the day of the application",
)
_NOT_APPROVED = Point(
    "approvals_missing", "iesniegumam trūkst vīzu", "the application lacks approvals"
)


@rule("2.20.1")
def contest_winner_discount(
    percent: Percent, contest_held: bool, first_semester: bool
) -> Answer[Decimal | None]:
    """The percentage of the contest by-law for winners in their first semester (2.20.1); None later."""
    if not first_semester:
        said = say(
            "No nolikuma teksta atlaidi noteikt nevar", "The text does not settle the discount"
        )
        return Answer(None, ("2.20.1",), said, (_LATER_BY_LAW,))
    first: Answer[Decimal | None] = granted(percent, "2.20.1", {_NO_CONTEST: not contest_held})
    return first


@rule("2.20.2")
def honours_graduate_discount(
    honours_diploma: bool,
    masters_programme_here: bool,
    lowest_grade: Grade | None = None,
    tests_in_time: bool = True,
    has_debts: bool = False,
    lost_earlier: bool = False,
) -> Answer[Decimal]:
    """50% in the master's programme for graduates with honours, while conditions hold (2.20.2).

    `lowest_grade` None: the first semester, nothing graded yet.
    """
    low = lowest_grade is not None and lowest_grade < figures.HONOURS_GRADE.value
    against = {
        _NO_HONOURS: not honours_diploma,
        _NOT_MASTERS: not masters_programme_here,
        _LOW_GRADE: low,
        _LATE_TESTS: not tests_in_time,
        _DEBTS: has_debts,
        _LOST: lost_earlier,
    }
    return granted(figures.HONOURS_PERCENT.value, "2.20.2", against)


@rule("2.20.3")
def graduate_discount(
    bpma_graduate: bool, masters_programme_here: bool, has_honours_discount: bool
) -> Answer[Decimal]:
    """10% in the master's programme for BPMA graduates without the discount of 2.20.2 (2.20.3)."""
    against = {
        _NOT_GRADUATE: not bpma_graduate,
        _NOT_MASTERS: not masters_programme_here,
        _HAS_HONOURS: has_honours_discount,
    }
    return granted(figures.GRADUATE_PERCENT.value, "2.20.3", against)


@rule("2.20.5")
def staff_family_discount(percent: Percent) -> Answer[Decimal]:
    """The percentage that a Board member decided for staff and their families (2.20.5)."""
    return granted(percent, "2.20.5", {})


@rule("2.20.7")
def disability_discount(
    group: DisabilityGroup, certificate_valid_to: date, applied_on: date
) -> Answer[Decimal]:
    """50, 25 or 10% by group of disability, for one semester (2.20.7).

    >>> disability_discount(DisabilityGroup.II, date(2026, 9, 15), date(2026, 9, 15)).value
    Decimal('25')
    """
    return granted(
        _DISABILITY[group].value, "2.20.7", {_EXPIRED: certificate_valid_to < applied_on}
    )


@rule("2.20.8")
def orphan_discount(percent: Percent, document_attached: bool = True) -> Answer[Decimal]:
    """The decided percentage for orphans, from 10 to 25 (2.20.8)."""
    against = {
        _BELOW_ORPHAN: percent < figures.ORPHAN_LOW_PERCENT.value,
        _above(figures.ORPHAN_HIGH_PERCENT.value): percent > figures.ORPHAN_HIGH_PERCENT.value,
        _NO_DOCUMENT: not document_attached,
    }
    return granted(percent, "2.20.8", against)


@rule("2.20.9")
def student_council_discount(
    position: CouncilPosition,
    percent: Percent,
    approvals_complete: bool = True,
) -> Answer[Decimal]:
    """The decided percentage for the student council: up to 15, 30 or 50 (2.20.9)."""
    limit = _COUNCIL[position].value
    against = {_above(limit): percent > limit, _NOT_APPROVED: not approvals_complete}
    return granted(percent, "2.20.9", against)


@rule("2.20.9 (unnumbered paragraph)")
def group_elder_discount(percent: Percent) -> Answer[Decimal]:
    """The decided percentage for elders of academic groups; it stacks (2.20.9, last paragraph)."""
    return granted(percent, "2.20.9 (unnumbered paragraph)", {})


@rule("2.20.10")
def senate_discount(percent: Percent) -> Answer[Decimal]:
    """The percentage that the Senate set for another case (2.20.10)."""
    return granted(percent, "2.20.10", {})


@rule("2.23")
def special_case_discount(percent: Percent) -> Answer[Decimal]:
    """The percentage that the rector or Board members decided for one semester (2.23)."""
    return granted(percent, "2.23", {})
