"""Moodle as far as our calls go: courses, one forum, calendars; with its errors and its silences."""

import re
from typing import Any, ClassVar

from tests.integrations.loopback import Call, Reply

TOKEN = "marķieris"
ROBOT = 5
TEACHER = 9
INFO = 3
COURSE = 4
FORUM = {
    "id": 11,
    "cmid": 71,
    "course": INFO,
    "type": "general",
    "name": "Studiju dienu plāni &amp; ziņas",
    "maxbytes": 0,
    "maxattachments": 9,
    "forcesubscribe": 0,
}


def refusal(errorcode: str, message: str = "Refused", exception: str = "moodle_exception") -> Reply:
    return Reply(200, {"exception": exception, "errorcode": errorcode, "message": message})


def cleaned(html: str) -> str:
    """What of Moodle's cleaning matters to markers: comments, data attributes and ids go."""
    return re.sub(r'<!--.*?-->| (?:data-[\w-]+|hidden)="[^"]*"', "", html)


class FakeMoodle:
    """The state, and the answer to each call."""

    def __init__(self) -> None:
        self.courses = {1: "", INFO: "SAC-INFO", COURSE: "psi101-2026"}
        self.forums = [dict(FORUM)]
        self.discussions: list[dict[str, Any]] = []
        self.events: list[dict[str, Any]] = []
        self.drafts: dict[int, dict[str, Any]] = {}
        self.functions = set(self._FUNCTIONS)
        self.uploadfiles = True
        self.can_attach = True
        self.loses_files = False  # posts without the file and says nothing
        self.may_write_events = True
        self.hides_new_posts = False
        self.keeps_what_it_deletes = False

    def __call__(self, call: Call) -> Reply:
        if call.path == "/webservice/upload.php":
            return self._upload(call)
        form = call.form
        if call.path != "/webservice/rest/server.php" or form["moodlewsrestformat"] != "json":
            return Reply(404, "<h1>Not found</h1>")
        if form["wstoken"] != TOKEN:
            return refusal("invalidtoken", "Invalid token - token not found")
        name = form["wsfunction"]
        if name not in self.functions:
            return refusal("accessexception", "Access control exception")
        answer = self._FUNCTIONS[name](self, form)
        return (
            answer
            if isinstance(answer, Reply)
            else Reply(200, "null" if answer is None else answer)
        )

    def writes(self, calls: list[Call]) -> list[str]:
        """The functions that changed something, in order, and uploads."""
        names = [call.form.get("wsfunction", "upload") for call in calls]
        reads = ("get_", "can_add")
        return [name for name in names if not any(word in name for word in reads)]

    def add_event(self, **fields: Any) -> dict[str, Any]:
        event = {
            "id": 100 + len(self.events),
            "name": "Cits",
            "description": "",
            "courseid": COURSE,
            "groupid": None,
            "userid": ROBOT,
            "eventtype": "course",
            "timestart": 0,
            "timeduration": 0,
            "visible": 1,
            **fields,
        }
        self.events.append(event)
        return event

    def add_discussion(self, **fields: Any) -> dict[str, Any]:
        number = 200 + len(self.discussions)
        discussion = {
            "id": number + 500,
            "discussion": number,
            "name": "Cits",
            "subject": "Cits",
            "message": "",
            "userid": ROBOT,
            "groupid": -1,
            "attachments": [],
            **fields,
        }
        self.discussions.append(discussion)
        return discussion

    def _site(self, _: dict[str, str]) -> Any:
        return {
            "sitename": "E-studijas",
            "username": "sac.robots",
            "userid": ROBOT,
            "release": "4.5.6 (Build: 20250811)",
            "functions": [{"name": name, "version": "1"} for name in sorted(self.functions)],
            "uploadfiles": int(self.uploadfiles),
        }

    def _courses(self, form: dict[str, str]) -> Any:
        found = [{"id": n} for n, idnumber in self.courses.items() if idnumber == form["value"]]
        return {"courses": found, "warnings": []}

    def _forums(self, form: dict[str, str]) -> Any:
        return [f for f in self.forums if f["course"] == int(form["courseids[0]"])]

    def _list(self, form: dict[str, str]) -> Any:
        size = int(form["perpage"])
        first = int(form["page"]) * size
        return {"discussions": self.discussions[first : first + size], "warnings": []}

    def _can_add(self, _: dict[str, str]) -> Any:
        return {"status": True, "cancreateattachment": self.can_attach}

    def _add(self, form: dict[str, str]) -> Any:
        assert form["groupid"] == "-1"
        if self.hides_new_posts:
            return {"discussionid": 999, "warnings": []}
        discussion = self.add_discussion()
        self._fill(discussion, form)
        return {"discussionid": discussion["discussion"], "warnings": []}

    def _update(self, form: dict[str, str]) -> Any:
        discussion = self._post(form)
        if discussion is None:
            return refusal("invalidpostid", "Invalid post ID - {$a}")
        self._fill(discussion, form)
        return {"status": True, "warnings": []}

    def _fill(self, discussion: dict[str, Any], form: dict[str, str]) -> None:
        options = {form[f"options[{n}][name]"]: form[f"options[{n}][value]"] for n in (0, 1)}
        assert options["discussionsubscribe"] == "0"
        draft = self.drafts.get(int(options["attachmentsid"]))
        discussion |= {
            "subject": form["subject"],
            "message": cleaned(form["message"]),
            "attachments": [draft] if draft and not self.loses_files else [],
        }

    def _delete_post(self, form: dict[str, str]) -> Any:
        discussion = self._post(form)
        if discussion is None:
            return refusal("invalidpostid", "Invalid post ID - {$a}")
        if not self.keeps_what_it_deletes:
            self.discussions.remove(discussion)
        return {"status": True, "warnings": []}

    def _post(self, form: dict[str, str]) -> dict[str, Any] | None:
        return next((d for d in self.discussions if d["id"] == int(form["postid"])), None)

    def _events(self, form: dict[str, str]) -> Any:
        course, start = int(form["events[courseids][0]"]), int(form["options[timestart]"])
        end = int(form["options[timeend]"]) or 1 << 40
        assert form["options[userevents]"] == form["options[ignorehidden]"] == "0"
        found = [
            event
            for event in self.events
            if event["courseid"] == course
            and event["timestart"] <= end
            and event["timestart"] + event["timeduration"] >= start
        ]
        return {"events": found, "warnings": []}

    def _create_event(self, form: dict[str, str]) -> Any:
        event = {
            name: form[f"events[0][{name}]"] for name in ("name", "description", "eventtype")
        } | {
            name: int(form[f"events[0][{name}]"])
            for name in ("courseid", "timestart", "timeduration", "visible")
        }
        if not self.may_write_events:
            message = "you do not have permissions to create this event"
            warning = {"item": event["name"], "warningcode": "nopermissions", "message": message}
            return {"events": [], "warnings": [warning]}
        if self.hides_new_posts:
            return {"events": [{"id": 999}], "warnings": []}
        made = self.add_event(**event)
        made["description"] = cleaned(made["description"])
        return {"events": [{"id": made["id"]}], "warnings": []}

    def _delete_event(self, form: dict[str, str]) -> Any:
        number = int(form["events[0][eventid]"])
        assert form["events[0][repeat]"] == "0"
        assert "events[1][eventid]" not in form
        event = next((e for e in self.events if e["id"] == number), None)
        if event is None:
            message = "Can't find data record in database table event."
            return refusal("invalidrecord", message, "dml_missing_record_exception")
        if not self.keeps_what_it_deletes:
            self.events.remove(event)
        return None

    def _upload(self, call: Call) -> Reply:
        if not self.uploadfiles:
            return Reply(200, {"error": "Access control exception", "errorcode": "accessexception"})
        boundary = call.headers["content-type"].partition("boundary=")[2].encode()
        parts = [part.partition(b"\r\n\r\n") for part in call.body.split(b"--" + boundary)[1:-1]]
        fields = {
            re.findall(r'name="(\w+)"', head.decode())[0]: (head.decode(), content[:-2])
            for head, _, content in parts
        }
        if fields["token"][1].decode() != TOKEN:
            return refusal("invalidtoken")
        head, content = fields["file"]
        draft = {
            "filename": re.findall(r'filename="([^"]*)"', head)[0],
            "filesize": len(content),
            "fileurl": "https://moodle.example/file",
            "mimetype": "application/pdf",
        }
        number = 900 + len(self.drafts)
        self.drafts[number] = draft
        return Reply(200, [{**draft, "itemid": number, "filearea": "draft"}])

    _FUNCTIONS: ClassVar = {
        "core_webservice_get_site_info": _site,
        "core_course_get_courses_by_field": _courses,
        "mod_forum_get_forums_by_courses": _forums,
        "mod_forum_get_forum_discussions": _list,
        "mod_forum_can_add_discussion": _can_add,
        "mod_forum_add_discussion": _add,
        "mod_forum_update_discussion_post": _update,
        "mod_forum_delete_post": _delete_post,
        "core_calendar_get_calendar_events": _events,
        "core_calendar_create_calendar_events": _create_event,
        "core_calendar_delete_calendar_events": _delete_event,
    }
