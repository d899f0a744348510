"""Study regulations, 2.20.6: the discount "BPMA ĢIMENE" for close relatives who study together."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from rules.regulations import figures
from rules.regulations.answer import Answer, Point, say
from rules.regulations.rule import rule

_FIRST = Decimal(0)


class Relation(StrEnum):
    """What one person is to another."""

    HUSBAND = "husband"
    WIFE = "wife"
    CHILD = "child"
    GRANDCHILD = "grandchild"
    PARENT = "parent"
    GRANDPARENT = "grandparent"
    FULL_SIBLING = "full_sibling"
    HALF_SIBLING = "half_sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """A close relative; `studying` stays true on academic leave and ends with the studies."""

    matriculated_on: date
    contract_number: str
    studying: bool = True


_NOT_CLOSE = frozenset({Relation.HALF_SIBLING, Relation.OTHER})
_SIGNED = Point(
    "signature",
    "iesniegumu ar radniecības dokumentu kopijām paraksta rektors vai Valdes locekļi",
    "the application with copies of proof is signed by the rector or Board members",
)


@rule("2.20.6")
def is_close_relative(relation: Relation) -> Answer[bool]:
    """Whether that relative counts (2.20.6): taken both ways, so a grandparent does, a half-sibling not."""
    if relation in _NOT_CLOSE:
        said = say("Šis radinieks nav tuvs radinieks", "This relative is not a close one")
        return Answer(value=False, clauses=("2.20.6",), said=said)
    said = say("Šis radinieks ir tuvs radinieks", "This relative is a close one")
    return Answer(value=True, clauses=("2.20.6",), said=said)


def _percent(place: int) -> Decimal:
    second, following = figures.FAMILY_SECOND_PERCENT.value, figures.FAMILY_NEXT_PERCENT.value
    return (_FIRST, second, following)[min(place, 2)]


@rule("2.20.6")
def family_discounts(members: tuple[FamilyMember, ...]) -> Answer[tuple[Decimal, ...]]:
    """The percentage of each member in the order given: 0, 10, 25, 25… by matriculation (2.20.6).

    Members who no longer study get 0 and do not count; so the rest is recalculated when one leaves.
    """
    studying = sorted(
        (member.matriculated_on, member.contract_number, index)
        for index, member in enumerate(members)
        if member.studying
    )
    places = {index: _percent(place) for place, (*_, index) in enumerate(studying)}
    percents = tuple(places.get(index, _FIRST) for index in range(len(members)))
    if not studying:
        said = say("Neviens ģimenes loceklis nestudē", "Nobody of the family studies")
        return Answer(percents, ("2.20.6",), said)
    said = say(
        "Kopā studējošie ģimenes locekļi: {count}; atlaides imatrikulācijas secībā: {percents}",
        "Family members who study together: {count}; discounts in order of matriculation: {percents}",
        count=len(studying),
        percents=tuple(say("{p:pct}", "{p:pct}", p=value) for value in places.values()),
    )
    return Answer(percents, ("2.20.6",), said, (_SIGNED,) if any(percents) else ())
