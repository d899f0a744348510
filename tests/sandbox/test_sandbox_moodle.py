"""Moodle's web services over HTTP: answers, error bodies and the failures that nobody is told of."""

import json
from typing import Any

import pytest
import requests

from deployments.sandbox.testing import RunningSandbox

START = 1_796_450_400  # 2026-12-05 09:00 in Riga


class Moodle:
    """A bare client: flattens arguments as PHP expects them."""

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.sandbox = sandbox
        self.url = sandbox.env["SAC_MOODLE__URL"]
        self.token = sandbox.env["SAC_MOODLE__TOKEN"]

    def __call__(self, function: str, **arguments: Any) -> Any:
        data = {"wstoken": self.token, "wsfunction": function, "moodlewsrestformat": "json"}
        for name, value in arguments.items():
            data |= flat(name, value)
        answer = requests.post(f"{self.url}/webservice/rest/server.php", data=data, timeout=10)
        assert answer.status_code == 200
        return answer.json()

    def upload(self, name: str, content: bytes, **fields: str) -> Any:
        data = {"token": self.token, "filepath": "/", **fields}
        files = {"file_1": (name, content)}
        return requests.post(
            f"{self.url}/webservice/upload.php", data=data, files=files, timeout=10
        ).json()

    def course(self, idnumber: str) -> int:
        found = self("core_course_get_courses_by_field", field="idnumber", value=idnumber)
        return int(found["courses"][0]["id"])

    def forum(self) -> int:
        forums = self("mod_forum_get_forums_by_courses", courseids=[self.course("SAC-INFO")])
        return int(next(f["id"] for f in forums if f["name"] == "Studiju dienu plāni"))

    def post(self, **options: str) -> dict[str, Any]:
        made = self(
            "mod_forum_add_discussion",
            forumid=self.forum(),
            subject="Studiju diena",
            message="<p>Plāns</p>",
            groupid=-1,
            options=[{"name": name, "value": value} for name, value in options.items()],
        )
        listed = self("mod_forum_get_forum_discussions", forumid=self.forum())["discussions"]
        return next(d for d in listed if d["discussion"] == made["discussionid"])

    def event(self, **fields: Any) -> dict[str, Any]:
        course = self.course("C-1")
        event = {
            "name": "Ievads",
            "description": "<p>Saite</p>",
            "eventtype": "course",
            "courseid": course,
            "timestart": START,
            "timeduration": 10_800,
            **fields,
        }
        made = self("core_calendar_create_calendar_events", events=[event])
        return dict(made["events"][0])


def flat(name: str, value: Any) -> dict[str, str]:
    if isinstance(value, dict):
        items: Any = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    else:
        return {name: str(value)}
    return {k: v for key, item in items for k, v in flat(f"{name}[{key}]", item).items()}


@pytest.fixture
def moodle(sandbox: RunningSandbox) -> Moodle:
    return Moodle(sandbox)


def test_site_info(moodle: Moodle) -> None:
    info = moodle("core_webservice_get_site_info")

    assert (info["userid"], info["release"], info["uploadfiles"]) == (
        42,
        "4.5.6 (Build: 20250811)",
        1,
    )
    assert "mod_forum_add_discussion" in [function["name"] for function in info["functions"]]


@pytest.mark.parametrize(
    ("function", "arguments", "body"),
    [
        (
            "core_nonsense",
            {},
            {
                "exception": "dml_missing_record_exception",
                "errorcode": "invalidrecord",
                "message": "Can't find data record in database table external_functions.",
            },
        ),
        (
            "core_course_get_courses_by_field",
            {"filed": "id"},
            {
                "exception": "core\\exception\\invalid_parameter_exception",
                "errorcode": "invalidparameter",
                "message": "Invalid parameter value detected",
            },
        ),
        (
            "core_calendar_delete_calendar_events",
            {"events": [{"eventid": 9, "repeat": 0}]},
            {
                "exception": "dml_missing_record_exception",
                "errorcode": "invalidrecord",
                "message": "Can't find data record in database table event.",
            },
        ),
        (
            "mod_forum_delete_post",
            {"postid": 9},
            {
                "exception": "core\\exception\\moodle_exception",
                "errorcode": "invalidpostid",
                "message": "Invalid post ID - {$a}",
            },
        ),
        (
            "mod_forum_get_discussion_posts",
            {"discussionid": 9},
            {
                "exception": "Error",
                "message": "Call to a member function get_forum_id() on null",
            },
        ),
        (
            "mod_forum_get_forum_discussions",
            {"forumid": 9999},
            {
                "exception": "core\\exception\\moodle_exception",
                "errorcode": "Unable to find forum with id 9999",
                "message": "Unable to find forum with id 9999",
            },
        ),
    ],
)
def test_error_bodies(
    moodle: Moodle, function: str, arguments: dict[str, Any], body: dict[str, str]
) -> None:
    assert moodle(function, **arguments) == body


def test_bad_token(moodle: Moodle) -> None:
    moodle.token = "guess"

    assert moodle("core_webservice_get_site_info") == {
        "exception": "core\\exception\\moodle_exception",
        "errorcode": "invalidtoken",
        "message": "Invalid token - token not found",
    }
    assert moodle.upload("a.pdf", b"%PDF")["errorcode"] == "invalidtoken"


def test_without_a_format_the_answer_is_xml(moodle: Moodle) -> None:
    answer = requests.post(
        f"{moodle.url}/webservice/rest/server.php",
        data={"wstoken": moodle.token, "wsfunction": "core_webservice_get_site_info"},
        timeout=10,
    )

    assert answer.headers["content-type"].startswith("application/xml")


def test_courses_are_found_exactly(moodle: Moodle) -> None:
    def found(value: str) -> list[str]:
        answer = moodle("core_course_get_courses_by_field", field="idnumber", value=value)
        return [course["shortname"] for course in answer["courses"]]

    assert [found(value) for value in ("C-1", "c-1", "C-9", "")] == [
        ["IEV"],
        [],
        [],
        ["sandbox"],  # an empty value finds the front page
    ]


def test_enrolled_users(moodle: Moodle) -> None:
    course = moodle.course("C-2")
    active = [{"name": "onlyactive", "value": 1}]

    everybody = moodle("core_enrol_get_enrolled_users", courseid=course)
    people = moodle("core_enrol_get_enrolled_users", courseid=course, options=active)
    moodle.sandbox.fault("moodle", "missing_capability", "moodle/site:viewuseridentity", times=None)
    without_email = moodle("core_enrol_get_enrolled_users", courseid=course, options=active)

    assert (len(everybody), len(people)) == (5, 4)  # one enrolment is suspended
    assert [p["roles"][0]["shortname"] for p in people] == [
        "editingteacher",
        "student",
        "student",
        "student",
    ]
    assert ["email" in people[0], "email" in without_email[0]] == [True, False]


def test_event_is_made_found_and_deleted(moodle: Moodle) -> None:
    event = moodle.event()
    window = {"userevents": 0, "siteevents": 0, "timestart": START - 60, "timeend": START + 60}
    wanted = {"courseids": [event["courseid"]]}

    found = moodle("core_calendar_get_calendar_events", events=wanted, options=window)
    later = moodle(
        "core_calendar_get_calendar_events",
        events=wanted,
        options={**window, "timestart": START + 10_801, "timeend": 0},
    )
    gone = moodle(
        "core_calendar_delete_calendar_events", events=[{"eventid": event["id"], "repeat": 0}]
    )

    assert [(e["id"], e["userid"], e["groupid"]) for e in found["events"]] == [
        (event["id"], 42, None)
    ]
    assert (later["events"], gone) == ([], None)
    assert moodle.sandbox.state()["moodle"]["events"] == []


def test_event_without_a_type_is_seen_by_the_robot_alone(moodle: Moodle) -> None:
    course = moodle.course("C-1")
    [made] = moodle(
        "core_calendar_create_calendar_events",
        events=[{"name": "Ievads", "courseid": course, "timestart": START}],
    )["events"]
    only_course = {"userevents": 0, "siteevents": 0}

    seen = moodle(
        "core_calendar_get_calendar_events", events={"courseids": [course]}, options=only_course
    )
    own = moodle("core_calendar_get_calendar_events", events={"courseids": [course]})

    assert (made["eventtype"], seen["events"]) == ("user", [])
    assert [event["id"] for event in own["events"]] == [made["id"]]


def test_event_of_an_unknown_course(moodle: Moodle) -> None:
    answer = moodle(
        "core_calendar_create_calendar_events",
        events=[{"name": "Ievads", "eventtype": "course", "courseid": 999}],
    )

    assert answer["message"] == "Can't find data record in database table course."


def test_event_without_the_right_is_only_a_warning(moodle: Moodle) -> None:
    moodle.sandbox.fault("moodle", "missing_capability", "calendar:manageentries", times=None)

    answer = moodle(
        "core_calendar_create_calendar_events", events=[{"name": "Ievads", "eventtype": "site"}]
    )

    assert answer == {
        "events": [],
        "warnings": [
            {
                "item": "Ievads",
                "warningcode": "nopermissions",
                "message": "you do not have permissions to create this event",
            }
        ],
    }


def test_deleting_is_one_transaction(moodle: Moodle) -> None:
    event = moodle.event()
    batch = [{"eventid": event["id"], "repeat": 0}, {"eventid": 9, "repeat": 0}]

    assert moodle("core_calendar_delete_calendar_events", events=batch)["errorcode"] == (
        "invalidrecord"
    )
    assert [e["id"] for e in moodle.sandbox.state()["moodle"]["events"]] == [event["id"]]


def test_plan_with_its_file(moodle: Moodle) -> None:
    [file] = moodle.upload("plāns „5” ž.pdf", b"%PDF-1.7\r\n\r\n--x\n")

    post = moodle.post(attachmentsid=str(file["itemid"]))
    [attachment] = post["attachments"]
    downloaded = requests.get(attachment["fileurl"], params={"token": moodle.token}, timeout=10)
    [state] = moodle.sandbox.state()["moodle"]["discussions"]

    assert (attachment["filename"], attachment["filesize"]) == ("plāns „5” ž.pdf", 16)
    assert downloaded.content == b"%PDF-1.7\r\n\r\n--x\n"
    assert (state["subject"], state["forum"], state["course"]) == (
        "Studiju diena",
        "Studiju dienu plāni",
        "SAC-INFO",
    )
    assert [(f["filename"], f["filesize"]) for f in state["attachments"]] == [
        ("plāns „5” ž.pdf", 16)
    ]


def test_replacing_and_taking_down_a_plan(moodle: Moodle) -> None:
    [first], [second] = moodle.upload("a.pdf", b"one"), moodle.upload("b.pdf", b"two!")
    post = moodle.post(attachmentsid=str(first["itemid"]))
    options = [{"name": "attachmentsid", "value": second["itemid"]}]

    moodle("mod_forum_update_discussion_post", postid=post["id"], subject="Jauns", options=options)
    [after] = moodle("mod_forum_get_forum_discussions", forumid=moodle.forum())["discussions"]
    deleted = moodle("mod_forum_delete_post", postid=post["id"])

    assert (after["subject"], after["message"], after["discussion"]) == (
        "Jauns",
        "<p>Plāns</p>",
        post["discussion"],
    )
    assert [f["filename"] for f in after["attachments"]] == ["b.pdf"]
    assert deleted == {"status": True, "warnings": []}
    assert moodle.sandbox.state()["moodle"]["discussions"] == []


@pytest.mark.parametrize("draft", ["999999", ""])
def test_wrong_draft_loses_the_file_silently(moodle: Moodle, draft: str) -> None:
    assert moodle.post(attachmentsid=draft)["attachments"] == []


def test_no_right_to_attach_loses_the_file_silently(moodle: Moodle) -> None:
    moodle.sandbox.fault("moodle", "missing_capability", "createattachment", times=None)
    [file] = moodle.upload("a.pdf", b"one")

    post = moodle.post(attachmentsid=str(file["itemid"]))
    preflight = moodle("mod_forum_can_add_discussion", forumid=moodle.forum())

    assert post["attachments"] == []
    assert (preflight["status"], preflight["cancreateattachment"]) == (True, False)


@pytest.mark.parametrize(
    ("change", "errorcode"),
    [
        ({"subject": "x" * 256}, "dmlwriteexception"),
        ({"subject": "<b>Plāns</b>"}, "invalidparameter"),
        ({"options": [{"name": "attachment", "value": "1"}]}, "errorinvalidparam"),
        ({"forumid": 20}, "cannotcreatediscussion"),  # the announcements
    ],
)
def test_refused_posts(moodle: Moodle, change: dict[str, Any], errorcode: str) -> None:
    fields = {"forumid": moodle.forum(), "subject": 'A < B & C "q"', "message": "x", **change}

    assert moodle("mod_forum_add_discussion", **fields)["errorcode"] == errorcode
    assert moodle.sandbox.state()["moodle"]["discussions"] == []


def test_same_name_in_one_draft(moodle: Moodle) -> None:
    [file] = moodle.upload("a.pdf", b"one")

    assert moodle.upload("a.pdf", b"two", itemid=str(file["itemid"])) == [
        {"filename": "a.pdf", "filepath": " name already exists: a.pdf"}
    ]


def test_html_is_stored_raw_and_cleaned_on_output(moodle: Moodle) -> None:
    raw = '<p class="sac-ref sac-1"></p><!-- x --><p data-key="1">a&amp;b</p>'

    event = moodle.event(description=raw)
    [state] = moodle.sandbox.state()["moodle"]["events"]

    assert event["description"] == '<p class="sac-ref sac-1"></p><p>a&amp;b</p>'
    assert state["description"] == raw


def test_function_that_is_not_in_the_service(moodle: Moodle) -> None:
    moodle.sandbox.fault("moodle", "missing_function", "mod_forum_delete_post", times=None)

    info = moodle("core_webservice_get_site_info")
    refused = moodle("mod_forum_delete_post", postid=9)

    assert "mod_forum_delete_post" not in [f["name"] for f in info["functions"]]
    assert refused["errorcode"] == "accessexception"


def test_requests_are_named_by_function_and_tell_writes(moodle: Moodle) -> None:
    moodle.course("C-1")
    moodle.upload("a.pdf", b"one")
    moodle.event()

    assert [(r["path"], r["function"], r["write"]) for r in moodle.sandbox.requests()] == [
        ("/webservice/rest/server.php", "core_course_get_courses_by_field", False),
        ("/webservice/upload.php", None, True),
        ("/webservice/rest/server.php", "core_course_get_courses_by_field", False),
        ("/webservice/rest/server.php", "core_calendar_create_calendar_events", True),
    ]


def test_faults_of_every_http_service(moodle: Moodle) -> None:
    create = "create_calendar_events"
    for kind in ("5xx", "reset", "drop_after_effect", "wrong_json"):
        moodle.sandbox.fault("moodle", kind, create)
    moodle.sandbox.fault("moodle", "slow", create, seconds=0.01)

    outcomes = [outcome_of(moodle) for _ in range(6)]

    assert outcomes == ["not JSON 502", "reset", "reset", "not JSON 200", "made", "made"]
    # The two that answered, the one without an answer and the one with a bad answer are there.
    assert len(moodle.sandbox.state()["moodle"]["events"]) == 4
    assert [(r["status"], r["fault"]) for r in moodle.sandbox.requests(writes=True)] == [
        (502, "5xx"),
        (None, "reset"),
        (None, "drop_after_effect"),
        (200, "wrong_json"),
        (200, "slow"),
        (200, None),
    ]


def outcome_of(moodle: Moodle) -> str:
    data = {
        "wstoken": moodle.token,
        "wsfunction": "core_calendar_create_calendar_events",
        "moodlewsrestformat": "json",
        "events[0][name]": "Ievads",
    }
    try:
        answer = requests.post(f"{moodle.url}/webservice/rest/server.php", data=data, timeout=10)
        json.loads(answer.text)
    except requests.ConnectionError:
        return "reset"
    except ValueError:
        return f"not JSON {answer.status_code}"
    return "made"


def test_fault_after_so_many_and_for_so_many(moodle: Moodle) -> None:
    moodle.sandbox.fault("moodle", "auth_expired", "site_info", after=1, times=2)

    answers = [moodle("core_webservice_get_site_info") for _ in range(4)]

    assert [answer.get("errorcode") for answer in answers] == [
        None,
        "invalidtoken",
        "invalidtoken",
        None,
    ]
