"""Study-day plans in the forum of the info page: a discussion each, with the PDF attached.

A forum post is the only carrier of a file that Moodle's web services can make. A plan is replaced
in place, so its address stays; nobody is mailed by that.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from integrations.errors import OurMistake, PersonNeeded
from integrations.moodle.faults import SERVICE, RecordGone
from integrations.moodle.markers import Posted, marked, marker_of, said_by
from integrations.moodle.site import Site

_SUBJECT_LIMIT = 255
_PAGE_SIZE = 100
_OLDEST_FIRST = 4
_ALL_GROUPS = -1
_ANY_SIZE = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to stand in the forum."""

    key: str
    subject: str
    message_html: str
    pdf: bytes = field(repr=False)
    filename: str
    content_hash: str

    @property
    def said(self) -> str:
        return said_by(self.subject[:_SUBJECT_LIMIT], self.message_html)


@dataclass(frozen=True, slots=True)
class _Discussion:
    """A discussion of ours as the forum lists it."""

    id: int
    post: int
    key: str | None
    content_hash: str
    files: tuple[tuple[str, int], ...]
    said: str

    def stands_for(self, plan: Plan) -> bool:
        """Whether it was made from this content and has its file, whole."""
        files = ((plan.filename, len(plan.pdf)),)
        return (self.key, self.content_hash, self.files) == (plan.key, plan.content_hash, files)

    def shows(self, plan: Plan) -> bool:
        """Whether it also says still what it was made to say."""
        return self.stands_for(plan) and self.said == plan.said


class Plans:
    """The forum named in the settings."""

    def __init__(self, site: Site, course: str, forum: str) -> None:
        self._site = site
        self._call = site.wire.call
        self._course = course
        self._name = forum

    def publish(self, plan: Plan, known_id: int | None) -> Posted:
        """Makes the forum show the plan once; writes nothing when it does already."""
        if not plan.pdf.startswith(b"%PDF"):
            what, advice = f"{plan.filename} is not a PDF", "Report it; nothing was posted."
            raise OurMistake(SERVICE, "post a plan", what, advice=advice)
        with self._site.lock("forum"):
            forum = self.forum()
            found = self._matching(forum, plan.key, known_id)
            if len(found) == 1 and found[0].shows(plan):
                return self._posted(found[0])
            self._put(forum, plan, found)
            return self._read_back(forum, plan)

    def withdraw(self, key: str, known_id: int | None) -> None:
        """Takes the plan down and looks that it is gone; done already is done."""
        with self._site.lock("forum"):
            forum = self.forum()
            found = self._matching(forum, key, known_id)
            for discussion in found:
                self._delete(discussion)
            if found and self._matching(forum, key, known_id):
                what = "the plan is still in the forum"
                raise PersonNeeded(
                    SERVICE, "take a plan down", what, advice="Delete it in Moodle by hand."
                )

    def difference(self, plan: Plan, known_id: int | None) -> str:
        """How the forum differs from the plan standing there once, in words; "" when it does not.

        The file is known by its name; what is in it, nobody can change without replacing it.
        """
        found = self._matching(self.forum(), plan.key, known_id)
        if not found:
            return "it is not there any more"
        if len(found) > 1:
            return f"it stands there {len(found)} times"
        mine = (found[0].key, found[0].content_hash, [name for name, _ in found[0].files])
        if mine != (plan.key, plan.content_hash, [plan.filename]):
            return "it was changed, or its file is gone"
        return "" if found[0].said == plan.said else "its title or text was changed"

    def find(self) -> dict[str, list[Posted]]:
        """Every plan of ours in the forum, by key, the oldest first."""
        plans: dict[str, list[Posted]] = {}
        for discussion in self._ours(self.forum()):
            if discussion.key is not None:
                plans.setdefault(discussion.key, []).append(self._posted(discussion))
        return plans

    def forum(self) -> dict[str, Any]:
        """The forum as Moodle describes it. Raises `PersonNeeded` when there is not exactly one."""
        course = self._site.course_id(self._course)
        forums = self._call("mod_forum_get_forums_by_courses", courseids=[course])
        named = [forum for forum in forums if html.unescape(forum["name"]) == self._name]
        if len(named) == 1:
            found: dict[str, Any] = named[0]
            return found
        what = f"{len(named)} forums named “{self._name}” in course “{self._course}” instead of one"
        advice = (
            "Create one general forum of exactly this name, or correct SAC_MOODLE__INFO_FORUM; the "
            "robot user needs mod/forum:viewdiscussion there."
        )
        raise PersonNeeded(SERVICE, "look up the forum", what, advice=advice)

    def _put(self, forum: dict[str, Any], plan: Plan, found: list[_Discussion]) -> None:
        """Creates or replaces the lowest; deletes the others, which a doubtful answer left."""
        if not found:
            self._post(forum, plan)
        elif not found[0].shows(plan):
            self._replace(found[0], plan)
        for spare in found[1:]:
            self._delete(spare)

    def _post(self, forum: dict[str, Any], plan: Plan) -> None:
        self._require_room(forum, plan)
        self._call(
            "mod_forum_add_discussion",
            forumid=forum["id"],
            subject=plan.subject[:_SUBJECT_LIMIT],
            message=marked(plan.message_html, plan.key, plan.content_hash),
            groupid=_ALL_GROUPS,
            options=self._options(plan),
        )

    def _replace(self, discussion: _Discussion, plan: Plan) -> None:
        self._call(
            "mod_forum_update_discussion_post",
            postid=discussion.post,
            subject=plan.subject[:_SUBJECT_LIMIT],
            message=marked(plan.message_html, plan.key, plan.content_hash),
            options=self._options(plan),
        )

    def _options(self, plan: Plan) -> list[dict[str, Any]]:
        draft = self._site.wire.upload(plan.pdf, plan.filename)
        return [
            {"name": "attachmentsid", "value": draft},
            {"name": "discussionsubscribe", "value": False},
        ]

    def _require_room(self, forum: dict[str, Any], plan: Plan) -> None:
        """Asks first, because Moodle would post the text without its file and not say so."""
        allowed = self._call("mod_forum_can_add_discussion", forumid=forum["id"])
        if not (allowed["status"] and allowed.get("cancreateattachment")):
            raise _no_file("the robot user may not post there with a file")
        limit = int(forum.get("maxbytes") or _ANY_SIZE)
        if limit != _ANY_SIZE and len(plan.pdf) > limit:
            raise _no_file(f"the file has {len(plan.pdf)} bytes and the forum allows {limit}")

    def _read_back(self, forum: dict[str, Any], plan: Plan) -> Posted:
        found = self._matching(forum, plan.key, None)
        if not found or found[0].content_hash != plan.content_hash:
            # Not to be repeated by itself: each time might leave one more post that we cannot see.
            what, advice = "the plan was posted and is not to be seen", "Look into the forum."
            raise PersonNeeded(SERVICE, "post a plan", what, advice=advice)
        if not found[0].stands_for(plan):
            raise _no_file(f"the post stands there with {found[0].files or 'no file'}")
        return self._posted(found[0])

    def _matching(self, forum: dict[str, Any], key: str, known_id: int | None) -> list[_Discussion]:
        """Ours with this key, the lowest id first.

        The known one also when a person's edit took its marker.
        """
        return [
            discussion
            for discussion in self._ours(forum)
            if discussion.key == key or (discussion.key is None and discussion.id == known_id)
        ]

    def _ours(self, forum: dict[str, Any]) -> list[_Discussion]:
        ours = [row for row in self._listed(forum) if int(row["userid"]) == self._site.robot]
        return sorted(map(_discussion, ours), key=lambda discussion: discussion.id)

    def _listed(self, forum: dict[str, Any]) -> Iterator[dict[str, Any]]:
        page = 0
        while True:
            rows = self._call(
                "mod_forum_get_forum_discussions",
                forumid=forum["id"],
                sortorder=_OLDEST_FIRST,
                page=page,
                perpage=_PAGE_SIZE,
            )["discussions"]
            yield from rows
            if len(rows) < _PAGE_SIZE:
                return
            page += 1

    def _delete(self, discussion: _Discussion) -> None:
        try:
            self._call("mod_forum_delete_post", postid=discussion.post)
        except RecordGone:
            return

    def _posted(self, discussion: _Discussion) -> Posted:
        url = f"{self._site.wire.url}/mod/forum/discuss.php?d={discussion.id}"
        return Posted(discussion.id, url, discussion.content_hash)


def _discussion(row: dict[str, Any]) -> _Discussion:
    key, content_hash = marker_of(row["message"])
    files = tuple((file["filename"], int(file["filesize"])) for file in row.get("attachments", ()))
    said = said_by(row["subject"], row["message"])
    return _Discussion(int(row["discussion"]), int(row["id"]), key, content_hash, files, said)


def _no_file(what: str) -> PersonNeeded:
    return PersonNeeded(
        SERVICE,
        "post a plan",
        what,
        advice="Allow attachments of this size in the forum's settings, and give the robot user's "
        "role mod/forum:startdiscussion and mod/forum:createattachment; then rerun.",
    )
