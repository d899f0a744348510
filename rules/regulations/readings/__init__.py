"""What the study regulations leave open, and how we read it: one list, by subject.

Where a reading has a `setting`, that argument of the rule switches it.
"""

from rules.ambiguities import Ambiguity
from rules.regulations.readings import (
    changes,
    counting,
    dunning,
    misprints,
    payment,
    relief,
    standing,
    teaching,
)

AMBIGUITIES: tuple[Ambiguity, ...] = (
    *counting.READINGS,
    *payment.READINGS,
    *dunning.READINGS,
    *relief.READINGS,
    *teaching.READINGS,
    *changes.READINGS,
    *standing.READINGS,
    *misprints.READINGS,
)
