"""Study regulations, 5.10 and 5.11: terms of appeals against a grade, and valid commissions.

The order of steps is in `processes.py`; appeals against other decisions are in `exmatriculation.py`.
"""

from datetime import date

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say, verdict
from rules.regulations.refusal import Refusal, in_order
from rules.regulations.rule import rule
from rules.regulations.shapes import Count
from rules.regulations.terms import add_working_days
from rules.wording import Text

_NOT_APPROVED = Point(
    "not_approved", "sastāvu nav apstiprinājis rektors", "the rector has not approved the members"
)
_WRONG_SIZE = Point(
    "wrong_size", "komisijā jābūt trim pārstāvjiem", "the commission has three members"
)
_TOO_SMALL = Point(
    "too_small",
    "komisijā jābūt vismaz trim pārstāvjiem",
    "the commission has at least three members",
)
_SAME = Point("same_members", "komisijas sastāvs nav mainīts", "the members are the same as before")

_VALID = Text(
    "Komisija (locekļu skaits {n}) ir derīga", "The commission (members: {n}) is in order"
)
_NOT_VALID = Text(
    "Komisija (locekļu skaits {n}) nav derīga", "The commission (members: {n}) is not in order"
)


@rule("5.10.1")
def grade_appeal_due(
    assessed_on: date, received_on: date | None = None, learned_on: date | None = None
) -> Answer[date]:
    """The last day of an appeal against a grade (5.10.1).

    5 working days after it was received (or learned of, if later for objective reasons), but within
    20 working days of the assessment.
    """
    days = [day for day in (received_on, learned_on) if day is not None]
    if not days:
        raise Refusal("missing_input", "received_on", "received_on or learned_on must be known")
    for name, day in (("received_on", received_on), ("learned_on", learned_on)):
        if day is not None:
            in_order(("assessed_on", assessed_on), (name, day))
    known = max(days)
    by_knowledge = add_working_days(known, figures.APPEAL_WORKING_DAYS.value)
    latest = add_working_days(assessed_on, figures.APPEAL_LATEST_WORKING_DAYS.value)
    due = min(by_knowledge, latest)
    said = say(
        "Apelācija programmas direktoram jāiesniedz līdz {due}: 5 darba dienas pēc {known} beidzas "
        "{five}, 20 darba dienas pēc novērtējuma {assessed} – {latest}",
        "An appeal to the programme director is due by {due}: 5 working days after {known} end on {five}, 20 "
        "working days after the assessment of {assessed} end on {latest}",
        due=due,
        known=known,
        five=by_knowledge,
        assessed=assessed_on,
        latest=latest,
    )
    return Answer(due, ("5.10.1",), said)


@rule("5.11.1")
def defence_appeal_due(received_on: date) -> Answer[date]:
    """The last day of an appeal against a defence's grade (5.11.1): 5 working days.

    >>> defence_appeal_due(date(2026, 12, 18)).value
    datetime.date(2026, 12, 29)
    """
    due = add_working_days(received_on, figures.DEFENCE_APPEAL_WORKING_DAYS.value)
    said = say(
        "Apelācija rektoram jāiesniedz līdz {due} (5 darba dienas pēc {day})",
        "An appeal to the rector is due by {due} (5 working days after {day})",
        due=due,
        day=received_on,
    )
    return Answer(due, ("5.11.1",), said)


@rule("5.10.3")
def appeal_commission_valid(members: Count, approved_by_rector: bool) -> Answer[bool]:
    """Whether the reassessment commission is in order (5.10.3): three, approved by the rector."""
    reasons = []
    if members != figures.APPEAL_COMMISSION.value:
        reasons.append(_WRONG_SIZE)
    if not approved_by_rector:
        reasons.append(_NOT_APPROVED)
    yes, no = say(*_VALID, n=members), say(*_NOT_VALID, n=members)
    return verdict(("5.10.3",), yes, no, tuple(reasons))


@rule("5.11.2")
def defence_appeal_commission_valid(members: Count) -> Answer[bool]:
    """Whether the commission on a defence's appeal is large enough (5.11.2): at least three."""
    small = members < figures.DEFENCE_APPEAL_COMMISSION.value
    yes, no = say(*_VALID, n=members), say(*_NOT_VALID, n=members)
    return verdict(("5.11.2",), yes, no, (_TOO_SMALL,) if small else ())


@rule("5.11.4")
def new_defence_commission_valid(old: tuple[str, ...], new: tuple[str, ...]) -> Answer[bool]:
    """Whether the new defence commission differs from the old one in at least one member (5.11.4)."""
    yes = say("Komisijas sastāvs ir mainīts", "The members have changed")
    no = say("Komisija nav derīga", "The commission is not in order")
    return verdict(("5.11.4",), yes, no, (_SAME,) if set(old) == set(new) else ())
