"""Moodle, the LMS: plans in the info page's forum, connection information in course calendars.

`Moodle` is all that others use. Moodle's web services can make neither files nor pages, and their
failures are often silent; so everything that is posted is read back. Function names, parameters and
error codes stop inside this package.
"""

from integrations.moodle.markers import Posted
from integrations.moodle.service import Moodle

__all__ = ["Moodle", "Posted"]
