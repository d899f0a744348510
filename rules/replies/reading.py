"""What an answer says, as it is gathered sentence by sentence; plain data with small helpers."""

from dataclasses import dataclass, field

from rules.replies.reasons import Reason


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person must look at, and the words that it is about."""

    reason: Reason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A number of people.

    `ids` is None when no class is named; `each` counts for every one of them. `line` tells lines
    apart, `link` how it is joined to what stands before it. `noun` is what was counted, `is_part`
    that it is only some of the people ("14 sievietes"), `concluded` that the writer settles on it.
    """

    number: int
    ids: frozenset[str] | None
    each: bool
    line: int
    link: str
    words: str
    noun: str = ""
    is_part: bool = False
    concluded: bool = False


@dataclass(slots=True)
class Reading:
    """All that an answer says."""

    statements: list[Statement] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    former: list[int] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)  # sizes of groups: "no 31"
    missing: list[int] = field(default_factory=list)  # absentees
    listed: list[int] = field(default_factory=list)  # on the list, whether they came or not
    asides: list[int] = field(default_factory=list)
    remarked: set[str] = field(default_factory=set)  # classes that are talked of without a number
    doubts: list[Doubt] = field(default_factory=list)
    is_correction: bool = False
    supposes: bool = False  # "should be 24"
    has_question: bool = False
    is_polite: bool = True  # nothing but thanks and courtesy so far
    confirms: bool = False
    out_of_office: bool = False
    about_classes: bool = False  # speaks of classes or of counting people

    def doubt(self, reason: Reason, detail: str = "") -> None:
        self.doubts.append(Doubt(reason, detail))
