"""Whether Moodle is set up as we need it: token, functions, upload, the info page's forum."""

import html
from collections.abc import Iterator
from typing import Any

from integrations.checks import CheckResult, failed, failed_with, passed
from integrations.errors import OutsideError
from integrations.moodle.faults import SERVICE
from integrations.moodle.plans import Plans
from integrations.moodle.site import Site
from integrations.moodle.wire import FUNCTIONS

_KINDS = ("general", "news", "blog")
_MAILING = {1: "forced", 2: "automatic"}


def check_moodle(site: Site, plans: Plans) -> list[CheckResult]:
    """One row for each thing; the token's alone if it fails. Changes nothing."""
    try:
        info = site.info
    except OutsideError as error:
        return [failed_with("token", error)]
    return [
        passed(SERVICE, "token", f"{info['sitename']}, {info['release']}, as {info['username']}"),
        _functions(info),
        _upload(info),
        *_forum(site, plans),
    ]


def _functions(info: dict[str, Any]) -> CheckResult:
    offered = {function["name"] for function in info["functions"]}
    missing = [name for name in FUNCTIONS if name not in offered]
    if not missing:
        return passed(SERVICE, "functions", f"all {len(FUNCTIONS)} present")
    advice = "Add them to the external service in Moodle's site administration."
    return failed(SERVICE, "functions", "missing: " + ", ".join(missing), advice)


def _upload(info: dict[str, Any]) -> CheckResult:
    if info.get("uploadfiles"):
        return passed(SERVICE, "upload", "allowed")
    advice = "Tick “Can upload files” in the external service's settings."
    return failed(SERVICE, "upload", "the service may not take files", advice)


def _forum(site: Site, plans: Plans) -> Iterator[CheckResult]:
    try:
        forum = plans.forum()
        allowed = site.wire.call("mod_forum_can_add_discussion", forumid=forum["id"])
    except OutsideError as error:
        yield failed_with("forum", error)
        return
    yield _forum_kind(forum)
    if allowed["status"] and allowed.get("cancreateattachment"):
        yield passed(SERVICE, "posting", "with attachments")
    else:
        advice = (
            "Allow attachments in the forum's settings, and give the robot user's role "
            "mod/forum:startdiscussion and mod/forum:createattachment."
        )
        yield failed(SERVICE, "posting", "a post with a file is not allowed", advice)


def _forum_kind(forum: dict[str, Any]) -> CheckResult:
    if forum["type"] not in _KINDS:
        advice = "Use a standard forum for general use."
        return failed(SERVICE, "forum", f"its type is {forum['type']}", advice)
    mailing = _MAILING.get(int(forum.get("forcesubscribe") or 0))
    if mailing:
        advice = "Set it to optional: Moodle would mail each plan to everybody in the course."
        return failed(SERVICE, "forum", f"its subscription is {mailing}", advice)
    return passed(SERVICE, "forum", f"{html.unescape(forum['name'])} ({forum['type']})")
