"""How many people come to a meeting: the one truth that lecturers count and Zoom reports.

A lecturer's letter names the groups of a meeting; the seed knows how large they are.
"""

import re
from collections.abc import Mapping

from deployments.sandbox.chance import chance

_SMALL_CLASS = (3, 9)  # where no group is known: few enough for any real group


class Turnout:
    """People per meeting, fixed by the seed."""

    def __init__(self, groups: Mapping[str, int], random: int) -> None:
        self._groups = groups
        self._random = random
        self._expected: dict[str, int] = {}

    def learn(self, meeting_id: str, text: str) -> None:
        """Notes who is asked to come, from the words that announce the meeting."""
        sizes = [size for code, size in self._groups.items() if _names(text, code)]
        if sizes:
            self._expected[meeting_id] = sum(sizes)

    def of(self, meeting_id: str) -> int:
        """Students who come: most of the groups named, or a handful."""
        share = chance(self._random, "turnout", meeting_id)
        expected = self._expected.get(meeting_id)
        if expected is None:
            low, high = _SMALL_CLASS
            return low + int(share * (high - low + 1))
        return max(1, min(expected, round(expected * (0.6 + 0.4 * share))))


def _names(text: str, code: str) -> bool:
    # The plain search first: a semester has hundreds of groups, a letter names one or two.
    return code in text and bool(re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text))
