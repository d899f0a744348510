"""Zoom: meetings of classes, who took part, and whether the account is set up as we need it.

`Zoom` is all that others use. Only `client.py` knows zoomus, only `faults.py` Zoom's error codes.
Which account hosts which class is decided by `rules/zoom_accounts.py`.
"""

from integrations.zoom.faults import HostUnknown, MeetingGone
from integrations.zoom.service import Zoom
from integrations.zoom.shapes import MeetingSpec, Participant, ZoomMeeting, new_passcode

__all__ = [
    "HostUnknown",
    "MeetingGone",
    "MeetingSpec",
    "Participant",
    "Zoom",
    "ZoomMeeting",
    "new_passcode",
]
