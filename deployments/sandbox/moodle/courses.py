"""Web service functions about the site, its courses and who is enrolled."""

from collections.abc import Callable, Mapping
from typing import Any

from deployments.sandbox.chance import chance
from deployments.sandbox.moodle.arguments import Arguments
from deployments.sandbox.moodle.errors import invalid_parameter, invalid_record, no_permissions
from deployments.sandbox.moodle.site import ROBOT, Site, SiteCourse

_UPLOAD_LIMIT = 52_428_800
_RELEASE = "4.5.6 (Build: 20250811)"
_VERSION = "2024100706"


def site_info(site: Site, functions: Mapping[str, Any]) -> dict[str, Any]:
    """What the robot may do here; `functions` are those of the service."""
    return {
        "sitename": "Sandbox",
        "username": "sac.robot",
        "firstname": "SAC",
        "lastname": "Robots",
        "fullname": "SAC Robots",
        "lang": "lv",
        "userid": ROBOT,
        "siteurl": site.url,
        "functions": [
            {"name": name, "version": _VERSION} for name in functions if site.offers(name)
        ],
        "downloadfiles": 1,
        "uploadfiles": 1,
        "release": _RELEASE,
        "version": _VERSION,
        "usermaxuploadfilesize": _UPLOAD_LIMIT,
        "userissiteadmin": False,
    }


def courses_by_field(site: Site, args: Arguments) -> dict[str, Any]:
    """Exact and case-sensitive; an empty value finds the front page."""
    args.only("field", "value")
    field, value = args.text("field", ""), args.text("value", "")
    tests: dict[str, Callable[[SiteCourse], bool]] = {
        "": lambda _: True,
        "id": lambda course: str(course.id) == value,
        "ids": lambda course: str(course.id) in value.split(","),
        "idnumber": lambda course: course.idnumber == value,
        "shortname": lambda course: course.shortname == value,
    }
    if field not in tests:
        raise invalid_parameter()
    return {"courses": [_course(c) for c in site.courses if tests[field](c)], "warnings": []}


def _course(course: SiteCourse) -> dict[str, Any]:
    # No idnumber: it is shown only to people who may update the course.
    return {
        "id": course.id,
        "fullname": course.fullname,
        "displayname": course.fullname,
        "shortname": course.shortname,
        "categoryid": 1,
        "visible": 1,
        "groupmode": 0,
        "format": "topics",
        "startdate": 0,
        "enddate": 0,
    }


def enrolled_users(site: Site, args: Arguments) -> list[dict[str, Any]]:
    """Invented people; suspended ones too, unless `onlyactive` is asked for."""
    args.only("courseid", "options")
    options = args.options("onlyactive", "onlysuspended", "userfields", "limitfrom", "limitnumber")
    course = site.course(args.number("courseid"))
    if course is None:
        raise invalid_record("course")
    if not site.may("moodle/course:viewparticipants"):
        raise no_permissions("View participants")
    roles = ("editingteacher", "student", "student", "student")
    people = [_person(site, course, number, role) for number, role in enumerate(roles)]
    suspended = [_person(site, course, len(roles), "student")]
    return people if options.get("onlyactive") == "1" else people + suspended


def _person(site: Site, course: SiteCourse, number: int, role: str) -> dict[str, Any]:
    identity = 10_000 + course.id * 10 + number
    name = f"{role.capitalize()} {course.shortname} {number}"
    person: dict[str, Any] = {
        "id": identity,
        "fullname": name,
        "roles": [{"roleid": 3 if role == "editingteacher" else 5, "shortname": role}],
        "enrolledcourses": [],
        "lastaccess": int(chance("access", identity) * 1e9),
    }
    if site.may("moodle/site:viewuseridentity"):
        person["email"] = f"u{identity}@students.example"
    return person
