"""The seed: what exists before the first request. Plain JSON; every key may be absent.

{"courses": [{"idnumber", "name", "shortname"}], "zoom_accounts": ["email"],
 "lecturers": [{"email", "name", "language", "habit"?}], "office": "sac@…",
 "clock": ISO 8601, "groups": {"CODE": size}, "lecturers_answer": true,
 "late_share": 0.04, "zoom_plan": "business" | "pro" | "unlimited",
 "info_course": idnumber, "info_forum": name, "random": 1}
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from deployments.sandbox.clock import read_moment

_SAMPLE_COURSES = (
    {"idnumber": "C-1", "name": "Ievads studijās", "shortname": "IEV"},
    {"idnumber": "C-2", "name": "Lietišķā statistika", "shortname": "STAT"},
    {"idnumber": "C-3", "name": "Akadēmiskā angļu valoda", "shortname": "ANG"},
)
_SAMPLE_LECTURERS = (
    {"email": "anna.berzina@augstskola.example", "name": "Anna Bērziņa", "language": "lv"},
    {"email": "janis.kalnins@augstskola.example", "name": "Jānis Kalniņš", "language": "lv"},
    {"email": "mary.sample@augstskola.example", "name": "Mary Sample", "language": "en"},
)
_SAMPLE_ACCOUNTS = tuple(f"zoom0{n}@augstskola.example" for n in (1, 2, 3))


@dataclass(frozen=True, slots=True)
class Course:
    """A course of the LMS."""

    idnumber: str
    name: str
    shortname: str


@dataclass(frozen=True, slots=True)
class Lecturer:
    """Somebody who reads reminders; `habit` pins down how they answer."""

    email: str
    name: str
    language: str = "lv"
    habit: str | None = None


@dataclass(frozen=True, slots=True)
class Seed:
    """The world as it is at the start."""

    courses: Sequence[Course]
    zoom_accounts: Sequence[str]
    lecturers: Sequence[Lecturer]
    clock: datetime
    office: str = "sac@augstskola.example"
    groups: Mapping[str, int] = field(default_factory=dict)
    lecturers_answer: bool = True
    late_share: float = 0.04
    zoom_plan: str = "business"
    info_course: str = "SAC-INFO"
    info_forum: str = "Studiju dienu plāni"
    random: int = 1


_PLAIN = (
    "office",
    "groups",
    "lecturers_answer",
    "late_share",
    "zoom_plan",
    "info_course",
    "info_forum",
    "random",
)
_KNOWN = {"courses", "zoom_accounts", "lecturers", "clock", *_PLAIN}


def read_seed(document: Mapping[str, Any]) -> Seed:
    """The seed from its JSON; ValueError for a key that nobody reads."""
    if unknown := sorted(document.keys() - _KNOWN):
        raise ValueError(f"unknown keys in the seed: {', '.join(unknown)}")
    clock = document.get("clock")
    return Seed(
        courses=tuple(_course(item) for item in document.get("courses", _SAMPLE_COURSES)),
        zoom_accounts=tuple(document.get("zoom_accounts", _SAMPLE_ACCOUNTS)),
        lecturers=tuple(Lecturer(**item) for item in document.get("lecturers", _SAMPLE_LECTURERS)),
        clock=read_moment(clock) if clock else datetime.now(UTC).replace(microsecond=0),
        **{key: document[key] for key in _PLAIN if key in document},
    )


def _course(item: Mapping[str, str]) -> Course:
    idnumber = item["idnumber"]
    return Course(idnumber, item["name"], item.get("shortname", idnumber))
