"""What the study regulations leave open, and how we read it: one list, by subject.

Where a reading has a `setting`, that argument of the rule switches it.
"""

from rules.ambiguities import Ambiguity
from rules.regulations.readings import dunning, misprints, payment, relief, standing, teaching

AMBIGUITIES: tuple[Ambiguity, ...] = (
    *payment.READINGS,
    *dunning.READINGS,
    *relief.READINGS,
    *teaching.READINGS,
    *standing.READINGS,
    *misprints.READINGS,
)
