"""What Moodle's refusals mean: error codes and statuses to errors that say what to do.

Messages are translated and exception names change between releases, so only `errorcode` counts.
"""

from collections.abc import Mapping
from typing import Any

import requests

from integrations.errors import (
    DoubtfulOutcome,
    OurMistake,
    OutsideError,
    PersonNeeded,
    TemporaryFault,
)
from integrations.http import LOOK_FIRST

SERVICE = "Moodle"
LATER = "It is tried again later."
_SHOW = "Show this message to the Moodle administrator."


class RecordGone(PersonNeeded):
    """What the request was about does not exist (any more)."""


_Row = tuple[type[OutsideError], str, str]
_ENTER = (
    PersonNeeded,
    "the robot user may not enter the course, or the course or activity is hidden",
    (
        "Give its role moodle/course:view, moodle/course:viewhiddencourses and "
        "moodle/course:viewhiddenactivities in the category of the courses."
    ),
)
_FORUM = "in the info page's course."
_BY_CODE: Mapping[str, _Row] = {
    "invalidtoken": (
        PersonNeeded,
        "the token is unknown (Moodle deletes a token once it has expired)",
        (
            "Create a web service token without an end date for the robot user and put it into "
            "SAC_MOODLE__TOKEN."
        ),
    ),
    "accessexception": (
        PersonNeeded,
        "access to this function was refused",
        (
            "In Moodle's External services see that the service is enabled, holds the function, allows "
            "this user and address, and that the token has not expired; the user needs "
            "webservice/rest:use. `sac check` names missing functions."
        ),
    ),
    "errorcoursecontextnotvalid": _ENTER,
    "requireloginerror": _ENTER,
    "nopermissions": (
        PersonNeeded,
        "the robot user lacks a capability",
        "Give its role the capability that the answer names, in the category of the courses.",
    ),
    "wsaccessusersuspended": (
        PersonNeeded,
        "the robot user is suspended",
        "Reactivate the user in Moodle.",
    ),
    "sitemaintenance": (TemporaryFault, "the site is under maintenance", LATER),
    "invalidrecord": (RecordGone, "it does not exist in Moodle", "Rerun; what is missing is made."),
    "invalidpostid": (RecordGone, "the post does not exist", "Rerun; what is missing is made."),
    "cannotcreatediscussion": (
        PersonNeeded,
        "the robot user may not start a discussion in the forum",
        f"Give its role mod/forum:startdiscussion {_FORUM}",
    ),
    "cannotupdatepost": (
        PersonNeeded,
        "the robot user may not edit its post any more",
        f"Give its role mod/forum:editanypost {_FORUM}",
    ),
    "cannotdeletepost": (
        PersonNeeded,
        "the robot user may not delete its post any more",
        f"Give its role mod/forum:deleteanypost {_FORUM}",
    ),
    "couldnotdeletereplies": (
        PersonNeeded,
        "the post has replies, and the robot user may not delete them",
        f"Give its role mod/forum:deleteanypost {_FORUM}",
    ),
    "forumblockingtoomanyposts": (
        PersonNeeded,
        "the forum limits how many posts a user may write",
        "Switch off the post threshold for blocking in the forum's settings.",
    ),
    "upload_error_ini_size": (
        PersonNeeded,
        "the file is larger than Moodle accepts",
        "Raise upload_max_filesize of Moodle's PHP.",
    ),
    "invalidparameter": (
        OurMistake,
        "a parameter was refused",
        "Report it with this message; repeating is no use.",
    ),
    "dmlwriteexception": (TemporaryFault, "Moodle's database refused the change", LATER),
    "dmlreadexception": (TemporaryFault, "Moodle's database did not answer", LATER),
    "dbconnectionfailed": (TemporaryFault, "Moodle's database did not answer", LATER),
}
_NO_SUCH_FUNCTION = (
    PersonNeeded,
    "this Moodle has no such function",
    "Moodle 4.1 or newer is needed; " + _SHOW,
)
_BY_STATUS: Mapping[int, _Row] = {
    403: (
        PersonNeeded,
        "web services are switched off",
        "In Moodle's site administration enable web services and the REST protocol.",
    ),
    404: (PersonNeeded, "there is no Moodle at this address", "Check SAC_MOODLE__URL."),
    413: (
        PersonNeeded,
        "the file is larger than the web server accepts",
        "Raise the request limit of Moodle's web server.",
    ),
    429: (TemporaryFault, "too many requests at once", LATER),
}


def fault_of_answer(body: Mapping[str, Any], operation: str, *, effect: bool) -> OutsideError:
    """The error of an answer that holds an exception. `effect`: see `Http.send`."""
    code = str(body.get("errorcode") or "")
    message = str(body.get("message") or body.get("error") or "")
    told = {"status": code or str(body.get("exception")), "body": message}
    if not code:  # PHP itself failed, somewhere on the way
        return no_verdict(operation, "Moodle broke off", effect=effect, **told)
    error, what, advice = _BY_CODE.get(code, (PersonNeeded, "Moodle refused", _SHOW))
    if error is RecordGone and "external_functions" in message:
        error, what, advice = _NO_SUCH_FUNCTION
    return error(SERVICE, operation, what, advice=advice, **told)


def fault_of_status(response: requests.Response, operation: str, *, effect: bool) -> OutsideError:
    """The error of an answer whose status is not 200; Moodle's own refusals are 200."""
    status = response.status_code
    if 300 <= status < 400:
        what, advice = "the address answers with a redirect", "Check SAC_MOODLE__URL (https?)."
        return PersonNeeded(SERVICE, operation, what, advice=advice, status=status)
    if status not in _BY_STATUS:
        return no_verdict(operation, "no answer of Moodle's", effect=effect, status=status)
    error, what, advice = _BY_STATUS[status]
    return error(SERVICE, operation, what, advice=advice, status=status, body=response.text)


def no_verdict(operation: str, what: str, *, effect: bool, **told: Any) -> OutsideError:
    """An answer from which nobody can tell whether anything happened."""
    if effect:
        return DoubtfulOutcome(SERVICE, operation, what, advice=LOOK_FIRST, **told)
    return TemporaryFault(SERVICE, operation, what, advice=LATER, **told)
