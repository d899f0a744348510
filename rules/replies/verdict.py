"""What goes into the reader of replies and what comes out; plain data, no reading here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from rules.people import Language
from rules.replies.reasons import SENTENCES, Reason


class Outcome(StrEnum):
    """What becomes of a reply."""

    COUNTS = "counts"  # exact numbers, recorded as they are
    REVIEW = "review"  # a person decides
    IGNORE = "ignore"  # nothing to record and nothing to ask


@dataclass(frozen=True, slots=True)
class ClassQuestion:
    """A class whose number of attendees was asked for. Times are aware and local.

    `course_names` holds the course's name in every language it has; `enrolled` is None when the
    size of a group is not known.
    """

    id: str
    slot: int | None
    start: datetime
    end: datetime
    course_names: tuple[str, ...]
    groups: tuple[str, ...]
    enrolled: int | None = None


@dataclass(frozen=True, slots=True)
class ReplyContext:
    """All that is known when a reply arrives: who was asked what, and what was answered before.

    `reminder_message_ids` are the letters to this lecturer that a reply may refer to, with their
    angle brackets; `letter_texts` their plain texts as far as kept. With an empty `authserv_id` the
    server gives no verdict on senders and none is asked for.
    """

    lecturer_key: str
    lecturer_name: str
    known_addresses: tuple[str, ...]
    classes: tuple[ClassQuestion, ...]
    prior_counts: Mapping[str, int]
    reminder_message_ids: tuple[str, ...]
    authserv_id: str
    office_address: str
    letter_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading of one reply.

    `counts` is empty unless the outcome is counts. `words` are the words of the mail that the
    numbers were read from, `guess` the numbers to offer to the person who decides, if any.
    """

    outcome: Outcome
    reason: Reason
    counts: Mapping[str, int] = field(default_factory=dict)
    detail: str = ""
    words: str = ""
    guess: Mapping[str, int] | None = None

    def sentence(self, language: Language = Language.ENGLISH) -> str:
        """Why, for a person."""
        said = SENTENCES[self.reason][language]
        return f"{said} ({self.detail})" if self.detail else said

    @property
    def why(self) -> str:
        """The reason's code and an English sentence."""
        return f"{self.reason}: {self.sentence()}"
