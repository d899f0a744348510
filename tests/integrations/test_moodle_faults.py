"""Moodle's refusals as it words them, and what each means to the office."""

import pytest
from pydantic import SecretStr

from integrations.errors import (
    DoubtfulOutcome,
    OurMistake,
    OutsideError,
    PersonNeeded,
    TemporaryFault,
)
from integrations.moodle import Moodle
from integrations.moodle.faults import RecordGone, fault_of_answer
from integrations.settings import MoodleSettings
from tests.integrations.loopback import LOST, Reply, Server

REFUSALS = [
    ("invalidtoken", "Invalid token - token not found", PersonNeeded, "SAC_MOODLE__TOKEN"),
    ("accessexception", "Access control exception", PersonNeeded, "webservice/rest:use"),
    ("invalidrecord", "…in database table external_functions.", PersonNeeded, "4.1 or newer"),
    ("invalidrecord", "…in database table event.", RecordGone, "Rerun"),
    ("invalidpostid", "Invalid post ID - {$a}", RecordGone, "Rerun"),
    ("invalidparameter", "Invalid parameter value detected", OurMistake, "Report"),
    ("errorcoursecontextnotvalid", "Course not accessible.", PersonNeeded, "viewhiddencourses"),
    ("requireloginerror", "Course or activity not accessible.", PersonNeeded, "course:view"),
    ("nopermissions", "(View participants)", PersonNeeded, "the capability that the answer names"),
    ("sitemaintenance", "The site is undergoing maintenance", TemporaryFault, "later"),
    ("wsaccessusersuspended", "Refused", PersonNeeded, "Reactivate"),
    ("cannotcreatediscussion", "Could not create", PersonNeeded, "startdiscussion"),
    ("cannotupdatepost", "Cannot update", PersonNeeded, "editanypost"),
    ("cannotdeletepost", "Cannot delete", PersonNeeded, "deleteanypost"),
    ("couldnotdeletereplies", "Has replies", PersonNeeded, "deleteanypost"),
    ("forumblockingtoomanyposts", "Too many", PersonNeeded, "threshold"),
    ("dmlwriteexception", "Error writing to database", TemporaryFault, "later"),
    ("somethingnew", "Kas jauns", PersonNeeded, "administrator"),
]


@pytest.mark.parametrize(("code", "message", "expected", "advice"), REFUSALS)
def test_refusals(code: str, message: str, expected: type[OutsideError], advice: str) -> None:
    body = {"exception": "core\\exception\\moodle_exception", "errorcode": code, "message": message}

    fault = fault_of_answer(body, "list the events", effect=False)

    assert (type(fault), fault.status, fault.body) == (expected, code, message)
    assert advice in fault.advice


def test_failure_of_php_itself_tells_nothing() -> None:
    body = {"exception": "Error", "message": "Call to a member function on null"}

    doubtful = fault_of_answer(body, "post an event", effect=True)
    passing = fault_of_answer(body, "list the events", effect=False)

    assert (type(doubtful), type(passing)) == (DoubtfulOutcome, TemporaryFault)


@pytest.mark.parametrize(
    ("reply", "expected", "advice"),
    [
        (Reply(403), PersonNeeded, "enable web services and the REST protocol"),
        (Reply(404, "<h1>Not found</h1>"), PersonNeeded, "SAC_MOODLE__URL"),
        (Reply(303, headers={"Location": "/login"}), PersonNeeded, "SAC_MOODLE__URL"),
        (Reply(503, "<h1>Service unavailable</h1>"), TemporaryFault, "later"),
        (Reply(200, "<b>Warning</b>"), TemporaryFault, "later"),
        (LOST, TemporaryFault, "later"),
    ],
)
def test_answers_that_are_not_of_the_web_service(
    moodle: Moodle,
    moodle_server: Server,
    reply: Reply,
    expected: type[OutsideError],
    advice: str,
) -> None:
    moodle_server.instead("POST", "get_courses_by_field", reply)

    with pytest.raises(OutsideError) as caught:
        moodle.find_plans()
    assert type(caught.value) is expected
    assert advice in caught.value.advice


@pytest.mark.parametrize("change", [{"url": ""}, {"token": SecretStr("")}])
def test_site_that_is_not_set(moodle_settings: MoodleSettings, change: dict[str, object]) -> None:
    with pytest.raises(PersonNeeded, match="SAC_MOODLE__URL and SAC_MOODLE__TOKEN"):
        Moodle(moodle_settings.model_copy(update=change)).find_plans()


def test_token_is_in_no_error(moodle_settings: MoodleSettings, moodle_server: Server) -> None:
    settings = moodle_settings.model_copy(update={"token": SecretStr("loti-slepens")})
    moodle_server.instead("POST", "get_courses", Reply(404, "wstoken=loti-slepens&wsfunction=x"))

    with pytest.raises(PersonNeeded) as first:
        Moodle(settings).find_plans()
    with pytest.raises(PersonNeeded) as second:
        Moodle(settings).find_plans()

    assert second.value.status == "invalidtoken"
    assert "loti-slepens" not in f"{first.value}{second.value}{first.value!r}"
