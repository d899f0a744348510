"""What the study regulations leave open, and how we read it: one list, in the order of the clauses.

Where a reading has a `setting`, that argument of the rule switches it.
"""

from rules.ambiguities import Ambiguity
from rules.regulations.readings import misprints, payment, relief, standing, teaching

AMBIGUITIES: tuple[Ambiguity, ...] = (
    *payment.READINGS,
    *relief.READINGS,
    *teaching.READINGS,
    *standing.READINGS,
    *misprints.READINGS,
)
