"""Moodle over HTTP: the REST server, upload.php and file downloads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Scope

from deployments.sandbox.faults import FaultKind
from deployments.sandbox.http import Call, Service
from deployments.sandbox.moodle import calendar, courses, forum
from deployments.sandbox.moodle.arguments import Arguments, nested
from deployments.sandbox.moodle.errors import (
    MoodleError,
    access_exception,
    invalid_record,
    invalid_token,
)
from deployments.sandbox.moodle.multipart import Part, read_parts
from deployments.sandbox.moodle.site import ROBOT, TOKEN, Site, StoredFile

_PROTOCOL = {"wstoken", "wsfunction", "moodlewsrestformat", "moodlewssettingraw"}
_PROTOCOL |= {"moodlewssettingfilter", "moodlewssettingfileurl"}


@dataclass(frozen=True, slots=True)
class Function:
    """A web service function, and whether it changes anything."""

    run: Callable[[Site, Arguments], Any]
    writes: bool = False


FUNCTIONS: Mapping[str, Function] = {
    "core_webservice_get_site_info": Function(lambda site, _: courses.site_info(site, FUNCTIONS)),
    "core_course_get_courses_by_field": Function(courses.courses_by_field),
    "core_enrol_get_enrolled_users": Function(courses.enrolled_users),
    "core_calendar_create_calendar_events": Function(calendar.create_events, writes=True),
    "core_calendar_get_calendar_events": Function(calendar.get_events),
    "core_calendar_delete_calendar_events": Function(calendar.delete_events, writes=True),
    "mod_forum_get_forums_by_courses": Function(forum.forums_by_courses),
    "mod_forum_get_forum_discussions": Function(forum.forum_discussions),
    "mod_forum_get_discussion_posts": Function(forum.discussion_posts),
    "mod_forum_can_add_discussion": Function(forum.can_add_discussion),
    "mod_forum_add_discussion": Function(forum.add_discussion, writes=True),
    "mod_forum_update_discussion_post": Function(forum.update_post, writes=True),
    "mod_forum_delete_post": Function(forum.delete_post, writes=True),
}


class MoodleApi:
    """The HTTP side of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webservice/rest/server.php", self._rest, methods=["GET", "POST"]),
                Route("/webservice/upload.php", self._upload, methods=["POST"]),
                Route(
                    "/webservice/pluginfile.php/77/mod_forum/attachment/{post:int}/{name}",
                    self._download,
                ),
                Route("/pluginfile.php/{path:path}", _login_page),
            ]
        )

    def service(self) -> Service:
        """How the door names and refuses requests."""
        return Service(
            "moodle",
            _describe,
            {
                FaultKind.AUTH_EXPIRED: lambda request: _refuse(request, invalid_token()),
                FaultKind.MISSING_FUNCTION: lambda request: _refuse(request, access_exception()),
            },
        )

    async def _rest(self, request: Request) -> Response:
        pairs = parse_qsl((await request.body()).decode(), keep_blank_values=True)
        values = nested([*request.query_params.multi_items(), *pairs])
        if values.get("moodlewsrestformat") != "json":
            return Response("<RESPONSE></RESPONSE>", media_type="application/xml")
        try:
            return JSONResponse(self._call(values))
        except MoodleError as error:
            return JSONResponse(error.as_json())

    def _call(self, values: dict[str, Any]) -> Any:
        if values.get("wstoken") != TOKEN:
            raise invalid_token()
        function = FUNCTIONS.get(values.get("wsfunction", ""))
        if function is None:
            raise invalid_record("external_functions")
        arguments = {key: value for key, value in values.items() if key not in _PROTOCOL}
        return function.run(self._site, Arguments(arguments))

    async def _upload(self, request: Request) -> Response:
        parts = read_parts(request.headers.get("content-type", ""), await request.body())
        fields = {p.name: p.content.decode() for p in parts if p.filename is None}
        if fields.get("token", request.query_params.get("token")) != TOKEN:
            return JSONResponse(invalid_token().as_upload_json())
        given = int(fields.get("itemid") or 0)
        itemid = given or self._site.new_id()
        files = [part for part in parts if part.filename]
        return JSONResponse([self._store(itemid, part) for part in files])

    def _store(self, itemid: int, part: Part) -> dict[str, Any]:
        name = part.filename or ""
        draft = self._site.drafts.setdefault(itemid, [])
        if any(file.name == name for file in draft):
            return {"filename": name, "filepath": f" name already exists: {name}"}
        draft.append(StoredFile(name, part.content))
        return {
            "component": "user",
            "contextid": 5,
            "userid": str(ROBOT),
            "filearea": "draft",
            "filename": name,
            "filepath": "/",
            "itemid": itemid,
            "license": "unknown",
            "author": "SAC Robots",
            "source": "",
            "filesize": len(part.content),
        }

    async def _download(self, request: Request) -> Response:
        if request.query_params.get("token") != TOKEN:
            return JSONResponse(invalid_token().as_upload_json())
        discussion = self._site.discussion_of(request.path_params["post"])
        files = {file.name: file for file in discussion.files} if discussion else {}
        file = files.get(request.path_params["name"])
        if file is None:
            return JSONResponse({"error": "File not found", "errorcode": "filenotfound"}, 404)
        return Response(file.content, media_type="application/octet-stream")


async def _login_page(_request: Request) -> Response:
    return HTMLResponse("<html><body>Log in to the site</body></html>")


def _refuse(request: Request, error: MoodleError) -> Response:
    is_upload = request.url.path.endswith("upload.php")
    return JSONResponse(error.as_upload_json() if is_upload else error.as_json())


def _describe(scope: Scope, body: bytes) -> Call:
    path = scope["path"]
    if not path.endswith("/rest/server.php"):
        name = path.rpartition("/")[2]
        return Call(name, write=name == "upload.php", function=None)
    pairs = parse_qsl(scope["query_string"].decode()) + parse_qsl(body.decode("utf-8", "replace"))
    name = dict(pairs).get("wsfunction", "")
    return Call(name, write=name in FUNCTIONS and FUNCTIONS[name].writes, function=name)
