"""The meetings of the classes on Zoom: made, found, kept in step with the plan, and taken away.

Only meetings that carry our reference are ever changed. Requests are `client.py`, the form of
bodies and answers is `shapes.py`.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from integrations.checks import CheckResult
from integrations.errors import DoubtfulOutcome, PersonNeeded, TemporaryFault
from integrations.settings import ZoomSettings
from integrations.zoom.check import check_account
from integrations.zoom.client import HardenedClient, segment
from integrations.zoom.faults import SERVICE, HostUnknown, MeetingGone
from integrations.zoom.shapes import (
    MeetingSpec,
    Participant,
    ZoomMeeting,
    differences,
    meeting_from,
    new_meeting,
    participants_from,
)
from integrations.zoom.write_budget import WriteBudget

_PAGE_SIZE = 300


class Zoom:
    """Safe to share between threads. All errors are of `integrations/errors.py`.

    `now` dates tokens and daily limits; `pause` waits between tries, in seconds.
    """

    def __init__(
        self,
        settings: ZoomSettings,
        *,
        now: Callable[[], datetime],
        zone_name: str = "Europe/Riga",
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._client = HardenedClient(settings, now=now, pause=pause)
        self._budget = WriteBudget(settings.daily_writes, now)
        self._zone_name = zone_name

    def create_meeting(self, host: str, spec: MeetingSpec) -> ZoomMeeting:
        """Creates one meeting. Creating again makes a second one: look with `find_meetings` first.

        Raises `DoubtfulOutcome` when the answer was lost, or is not the meeting that was asked for:
        look it up by its reference before creating again.
        """
        self._budget.spend(host)
        body = new_meeting(spec, self._zone_name)
        created = meeting_from(self._client.meeting.create(user_id=segment(host), **body), host)
        if not created.id or created.start != spec.start_utc:
            raise _other_start(DoubtfulOutcome, "create", created, spec)
        return created

    def find_meetings(self, host: str) -> list[ZoomMeeting]:
        """The host's meetings that carry our reference, in Zoom's order, without passcodes."""
        # "scheduled" and not "upcoming": a meeting whose time has begun must be found as well.
        rows = self._pages(
            self._client.meeting.list, "meetings", user_id=segment(host), type="scheduled"
        )
        found = [meeting_from(row, host) for row in rows]
        return [meeting for meeting in found if meeting.reference is not None]

    def fetch_meeting(self, meeting_id: str) -> ZoomMeeting | None:
        """The meeting, or None when Zoom says that there is none.

        Zoom has said so wrongly for hours; before a class gets new links, ask a second time later.
        """
        answer = self._get(meeting_id)
        return None if answer is None else meeting_from(answer)

    def update_meeting(self, meeting_id: str, spec: MeetingSpec) -> ZoomMeeting:
        """Makes the meeting agree with `spec`; without a difference nothing is written.

        The answer is read anew, because a changed passcode changes the link. Raises `MeetingGone`;
        `PersonNeeded` when the meeting is not ours or Zoom keeps another time.
        """
        answer = self._get(meeting_id)
        if answer is None:
            raise _gone(meeting_id)
        meeting = meeting_from(answer)
        _require_ours(meeting, spec.reference, "update")
        changed = differences(answer, spec, self._zone_name)
        if not changed:
            return meeting
        self._budget.spend(meeting.host)
        self._client.meeting.update(id=segment(meeting_id), **changed)
        updated = self.fetch_meeting(meeting_id)
        if updated is None:
            raise _gone(meeting_id)
        if updated.start != spec.start_utc:
            raise _other_start(PersonNeeded, "update", updated, spec)
        return updated

    def delete_meeting(self, meeting_id: str) -> None:
        """Deletes the meeting; one that is gone, or whose host is, counts as done.

        Raises `PersonNeeded` when it is being held or is not ours.
        """
        try:
            answer = self._get(meeting_id)
            if answer is None:
                return
            _require_deletable(meeting_from(answer))
            self._client.meeting.delete(
                id=segment(meeting_id), schedule_for_reminder=False, cancel_meeting_reminder=False
            )
        except (MeetingGone, HostUnknown):
            return

    def fetch_participants(self, meeting_id_or_uuid: str) -> list[Participant]:
        """Every stay in the meeting; empty while Zoom has not worked them out.

        A meeting id means its latest session only, a uuid one session. Zoom also answers nothing
        for a session with a single participant.
        """
        try:
            rows = list(
                self._pages(
                    self._client.past_meeting.get_participants,
                    "participants",
                    meeting_id=segment(meeting_id_or_uuid),
                )
            )
        except MeetingGone:  # not ended yet, as far as Zoom knows
            return []
        return participants_from(rows)

    def check(self, hosts: Sequence[str] = ()) -> list[CheckResult]:
        """Looks at the credentials, the scopes and each host, and changes nothing."""
        return check_account(self._client, hosts)

    def _get(self, meeting_id: str) -> dict[str, Any] | None:
        try:
            answer: dict[str, Any] = self._client.meeting.get(id=segment(meeting_id))
        except MeetingGone:
            return None
        if str(answer.get("id")) != meeting_id:
            what, advice = "another meeting was answered", "It is tried again later."
            raise TemporaryFault(SERVICE, f"fetch meeting {meeting_id}", what, advice=advice)
        return answer

    def _pages(
        self, method: Callable[..., dict[str, Any]], name: str, **arguments: str
    ) -> Iterator[dict[str, Any]]:
        """All rows of a list. One that comes incomplete is no list: it would look like "none"."""
        seen = {""}
        token = ""
        while True:
            following = {"next_page_token": token} if token else {}
            page = method(page_size=_PAGE_SIZE, **arguments, **following)
            token = page.get("next_page_token") or ""
            if name not in page or (token and token in seen):
                what, advice = f"the list of {name} is incomplete", "It is tried again later."
                raise TemporaryFault(SERVICE, f"list {name}", what, advice=advice)
            yield from page[name]
            if not token:
                return
            seen.add(token)


def _gone(meeting_id: str) -> MeetingGone:
    return MeetingGone(
        SERVICE,
        f"update meeting {meeting_id}",
        "there is no such meeting",
        advice="It was deleted in Zoom; if it stays away, the next run creates a new one.",
    )


def _require_ours(meeting: ZoomMeeting, reference: str | None, operation: str) -> None:
    """Refuses a meeting without a reference of ours, or with another class's."""
    if meeting.reference is not None and reference in (None, meeting.reference):
        return
    raise PersonNeeded(
        SERVICE,
        f"{operation} meeting {meeting.id}",
        "the meeting does not carry our reference, so it is left alone",
        advice=f"Put [{reference or 'SAC-…'}] back at the start of its description in Zoom, or "
        "delete the meeting there by hand.",
    )


def _require_deletable(meeting: ZoomMeeting) -> None:
    _require_ours(meeting, None, "delete")
    if meeting.has_started:
        raise PersonNeeded(
            SERVICE,
            f"delete meeting {meeting.id}",
            "the meeting is being held",
            advice="Let it end, or end it in Zoom, then rerun.",
        )


def _other_start(
    error: type[PersonNeeded | DoubtfulOutcome],
    operation: str,
    meeting: ZoomMeeting,
    spec: MeetingSpec,
) -> PersonNeeded | DoubtfulOutcome:
    got = "no start" if meeting.start is None else f"{meeting.start:%Y-%m-%d %H:%M} UTC"
    return error(
        SERVICE,
        f"{operation} meeting {meeting.id}",
        f"it stands at {got} instead of {spec.start_utc:%Y-%m-%d %H:%M} UTC",
        advice="Zoom ignores a start in the past; correct the class's time, or the meeting in Zoom.",
    )
