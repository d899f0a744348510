"""Web service functions of forums: the only place where core Moodle lets a robot put a file."""

import mimetypes
from typing import Any
from urllib.parse import quote

from deployments.sandbox.moodle.arguments import Arguments
from deployments.sandbox.moodle.cleaning import clean_html
from deployments.sandbox.moodle.errors import (
    MoodleError,
    moodle_exception,
    php_error,
    write_failed,
)
from deployments.sandbox.moodle.site import ROBOT, Discussion, Forum, Site, StoredFile

_LONGEST_SUBJECT = 255
_ALL_GROUPS = -1
_ADD_OPTIONS = ("discussionsubscribe", "discussionpinned", "inlineattachmentsid", "attachmentsid")
_EDIT_OPTIONS = ("pinned", "discussionsubscribe", "inlineattachmentsid", "attachmentsid")


def forums_by_courses(site: Site, args: Arguments) -> list[dict[str, Any]]:
    """Without the right to view discussions: an empty list, no error."""
    wanted = args.only("courseids").numbers("courseids")
    if not site.may("mod/forum:viewdiscussion"):
        return []
    return [_forum(site, forum) for forum in site.forums if forum.course.id in wanted]


def _forum(site: Site, forum: Forum) -> dict[str, Any]:
    return {
        "id": forum.id,
        "cmid": forum.cmid,
        "course": forum.course.id,
        "type": forum.type,
        "name": forum.name,
        "intro": "",
        "introformat": 1,
        "maxbytes": 0,
        "maxattachments": 9,
        "forcesubscribe": 1 if forum.type == "news" else 0,
        "cancreatediscussions": _may_post(site, forum),
        "numdiscussions": sum(d.forum == forum for d in site.discussions.values()),
    }


def can_add_discussion(site: Site, args: Arguments) -> dict[str, Any]:
    """The preflight: it tells what a post would silently lose."""
    forum = _found(site, args.only("forumid", "groupid"))
    return {
        "status": _may_post(site, forum),
        "canpindiscussions": False,
        "cancreateattachment": site.may("mod/forum:createattachment"),
        "warnings": [],
    }


def add_discussion(site: Site, args: Arguments) -> dict[str, Any]:
    """A wrong draft, or no right to attach: the post appears without its file, no warning."""
    forum = _found(site, args.only("forumid", "subject", "message", "groupid", "options"))
    subject = args.plain_text("subject")
    options = _options(args, _ADD_OPTIONS)
    if not _may_post(site, forum):
        raise moodle_exception("cannotcreatediscussion", "Could not create new discussion")
    if len(subject) > _LONGEST_SUBJECT:
        raise write_failed()
    args.number("groupid", 0)  # read and then forced: this forum has no groups
    discussion = Discussion(
        id=site.new_id(),
        post=site.new_id(),
        forum=forum,
        subject=subject,
        message=args.text("message"),
        groupid=_ALL_GROUPS,
        created=site.now,
        modified=site.now,
        files=_attached(site, options) or [],
    )
    site.discussions[discussion.id] = discussion
    return {"discussionid": discussion.id, "warnings": []}


def update_post(site: Site, args: Arguments) -> dict[str, Any]:
    """Empty texts stay as they were; a given draft replaces all files."""
    args.only("postid", "subject", "message", "messageformat", "options")
    options = _options(args, _EDIT_OPTIONS)
    discussion = _discussion(site, args)
    if not site.may("mod/forum:editanypost"):
        raise moodle_exception("cannotupdatepost", "Can't update this post")
    discussion.subject = args.text("subject", "") or discussion.subject
    discussion.message = args.text("message", "") or discussion.message
    discussion.modified = site.now
    files = _attached(site, options)
    if files is not None:
        discussion.files = files
    return {"status": True, "warnings": []}


def delete_post(site: Site, args: Arguments) -> dict[str, Any]:
    """The first post takes the whole discussion with it."""
    discussion = _discussion(site, args.only("postid"))
    if not site.may("mod/forum:deleteanypost"):
        raise moodle_exception("cannotdeletepost", "You can't delete this post!")
    del site.discussions[discussion.id]
    return {"status": True, "warnings": []}


def forum_discussions(site: Site, args: Arguments) -> dict[str, Any]:
    """Newest first; pages count from 0, and a page past the end is empty."""
    forum = _found(site, args.only("forumid", "sortorder", "page", "perpage", "groupid"))
    found = [d for d in site.discussions.values() if d.forum == forum]
    found.sort(key=lambda d: (d.modified, d.id), reverse=True)
    page, size = args.number("page", -1), args.number("perpage", 0)
    if page >= 0 and size > 0:
        found = found[page * size : (page + 1) * size]
    return {"discussions": [_listed(site, d) for d in found], "warnings": []}


def discussion_posts(site: Site, args: Arguments) -> dict[str, Any]:
    """The one post of a discussion; a deleted discussion is a PHP error."""
    discussion = site.discussions.get(args.only("discussionid").number("discussionid"))
    if discussion is None:
        raise php_error("get_forum_id")
    post = {
        "id": discussion.post,
        "discussionid": discussion.id,
        "subject": discussion.subject,
        "message": clean_html(discussion.message),
        "author": {"id": ROBOT, "fullname": "SAC Robots"},
        "timecreated": discussion.created,
        "attachments": [_attachment(site, discussion, f, "url") for f in discussion.files],
        "capabilities": {
            "edit": site.may("mod/forum:editanypost"),
            "delete": site.may("mod/forum:deleteanypost"),
        },
    }
    return {"posts": [post], "forumid": discussion.forum.id, "warnings": []}


def _found(site: Site, args: Arguments) -> Forum:
    identity = args.number("forumid")
    forum = site.forum(identity)
    if forum is None:
        # Moodle really uses the sentence as the code.
        sentence = f"Unable to find forum with id {identity}"
        raise MoodleError("core\\exception\\moodle_exception", sentence, sentence)
    return forum


def _may_post(site: Site, forum: Forum) -> bool:
    return forum.type == "general" and site.may("mod/forum:startdiscussion")


def _options(args: Arguments, known: tuple[str, ...]) -> dict[str, str]:
    try:
        return args.options(*known)
    except MoodleError as error:
        raise moodle_exception("errorinvalidparam", "The parameter name is invalid") from error


def _attached(site: Site, options: dict[str, str]) -> list[StoredFile] | None:
    draft = options.get("attachmentsid")
    if draft is None:
        return None
    may = site.may("mod/forum:createattachment") and draft.isdecimal()
    return list(site.drafts.get(int(draft), [])) if may else []


def _discussion(site: Site, args: Arguments) -> Discussion:
    discussion = site.discussion_of(args.number("postid"))
    if discussion is None:
        raise moodle_exception("invalidpostid", "Invalid post ID - {$a}")
    return discussion


def _listed(site: Site, discussion: Discussion) -> dict[str, Any]:
    return {
        "id": discussion.post,
        "discussion": discussion.id,
        "name": discussion.subject,
        "subject": discussion.subject,
        "message": clean_html(discussion.message),
        "messageformat": 1,
        "userid": ROBOT,
        "userfullname": "SAC Robots",
        "groupid": discussion.groupid,
        "created": discussion.created,
        "modified": discussion.modified,
        "timemodified": discussion.modified,
        "attachment": bool(discussion.files),
        "attachments": [_attachment(site, discussion, f, "fileurl") for f in discussion.files],
        "pinned": discussion.pinned,
        "locked": False,
        "numreplies": 0,
        "mailed": 0,
    }


def _attachment(site: Site, discussion: Discussion, file: StoredFile, url: str) -> dict[str, Any]:
    place = f"webservice/pluginfile.php/77/mod_forum/attachment/{discussion.post}"
    return {
        "filename": file.name,
        "filepath": "/",
        "filesize": len(file.content),
        url: f"{site.url}/{place}/{quote(file.name)}",
        "timemodified": discussion.modified,
        "mimetype": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
    }
