"""How many people were in a meeting, by the meeting service's own report of who came and went.

It stands beside the number that the lecturer reports (process description, steps 9 and 10) and
never replaces it. Fetching the report is `integrations/zoom`, keeping the number `models/presence`.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of somebody in a meeting; `email` is empty for guests. Moments are aware."""

    name: str
    email: str
    joined: datetime
    left: datetime
    in_waiting_room: bool = False


@dataclass(frozen=True, slots=True)
class Insiders:
    """People who are no attendees: the host's account, lecturers and staff."""

    names: frozenset[str]
    emails: frozenset[str]

    @classmethod
    def of(cls, people: Iterable[tuple[str, str]], hosts: Iterable[str] = ()) -> "Insiders":
        """From names with addresses, and the addresses of the accounts that host."""
        pairs = list(people)
        emails = {email.casefold() for email in (*(email for _, email in pairs), *hosts) if email}
        return cls(frozenset(plain_name(name) for name, _ in pairs), frozenset(emails))

    def include(self, stay: Stay) -> bool:
        """By address where there is one; a guest's name is all that we know of a guest."""
        if stay.email:
            return stay.email.casefold() in self.emails
        return plain_name(stay.name) in self.names


def plain_name(name: str) -> str:
    """A name in one form, in whatever order and case, with or without diacritics.

    >>> plain_name("Bērziņa  Anna") == plain_name("anna berzina")
    True
    """
    folded = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(char for char in folded if not unicodedata.combining(char))
    return " ".join(sorted(letters.split()))


def people_present(stays: Iterable[Stay], insiders: Insiders, at_least: timedelta) -> int:
    """How many attendees were there for `at_least` altogether.

    Stays of one address are one person, whatever the devices. Guests have only a name: stays of one
    name that do not overlap are one person who came again, those that overlap are several.
    """
    inside = [stay for stay in stays if not stay.in_waiting_room and not insiders.include(stay)]
    by_email: dict[str, list[Stay]] = defaultdict(list)
    by_name: dict[str, list[Stay]] = defaultdict(list)
    for stay in _with_known_addresses(inside):
        group = by_email[stay.email.casefold()] if stay.email else by_name[plain_name(stay.name)]
        group.append(stay)
    return sum(_is_enough(group, at_least) for group in by_email.values()) + sum(
        _most_at_once(group) for group in by_name.values() if _is_enough(group, at_least)
    )


def _with_known_addresses(stays: Sequence[Stay]) -> list[Stay]:
    """Guests who had signed in before: a stay without an address gets the only one of its name.

    Not while that person is there: then it is somebody else of the same name.
    """
    known: dict[str, list[Stay]] = defaultdict(list)
    for stay in stays:
        if stay.email:
            known[plain_name(stay.name)].append(stay)
    return [
        stay if stay.email else _signed_in(stay, known.get(plain_name(stay.name), []))
        for stay in stays
    ]


def _signed_in(guest: Stay, namesakes: Sequence[Stay]) -> Stay:
    addresses = {stay.email for stay in namesakes}
    is_there = any(stay.joined < guest.left and guest.joined < stay.left for stay in namesakes)
    return guest if len(addresses) != 1 or is_there else replace(guest, email=addresses.pop())


def time_present(stays: Iterable[Stay]) -> timedelta:
    """The time that the stays cover together; what overlaps counts once."""
    total = _NOTHING
    until: datetime | None = None
    for stay in sorted(stays, key=lambda one: one.joined):
        begin = stay.joined if until is None else max(stay.joined, until)
        total += max(stay.left - begin, _NOTHING)
        until = stay.left if until is None else max(until, stay.left)
    return total


def _is_enough(stays: Sequence[Stay], at_least: timedelta) -> bool:
    return time_present(stays) >= at_least


def _most_at_once(stays: Sequence[Stay]) -> int:
    """The greatest number of stays at one moment; who leaves as another comes is not two."""
    changes = sorted(
        [(stay.joined, 1) for stay in stays if stay.left > stay.joined]
        + [(stay.left, -1) for stay in stays if stay.left > stay.joined]
    )
    most = now = 0
    for _, change in changes:
        now += change
        most = max(most, now)
    return max(most, 1)


def differs(reported: int, present: int, people: int, percent: int) -> bool:
    """Whether the two numbers lie further apart than `people` and than `percent` of the larger.

    >>> differs(20, 24, people=3, percent=20), differs(20, 26, people=3, percent=20)
    (False, True)
    """
    apart = abs(reported - present)
    return apart > people and apart * 100 > percent * max(reported, present)
