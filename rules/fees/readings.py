"""Every reading adopted where order No 1.5-3/149 is silent or unclear, and what the other would change.

Money and dates in `effect` are worked out by the calculator itself. Where a reading can be
switched, `setting` names the setting or the request's field that does it.
"""

from rules.ambiguities import Ambiguity
from rules.fees.readings_services import DOCUMENTS, OTHER_SERVICES
from rules.fees.readings_study import DATES, STUDY_ROWS

READINGS: tuple[Ambiguity, ...] = (*DATES, *STUDY_ROWS, *DOCUMENTS, *OTHER_SERVICES)
