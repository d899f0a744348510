"""The invariants of Zoom and Moodle: what stands there agrees with the plan, and nothing besides."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from deployments.simulation.books import ClassRow
from deployments.simulation.people import People
from deployments.simulation.plan_history import PlanHistory
from deployments.simulation.violation import Violation
from deployments.simulation.world_seen import EntrySeen, MeetingSeen, WorldSeen
from rules.process import Step

_TOPIC_LENGTH = 200  # as much as Zoom takes


@dataclass(frozen=True, slots=True)
class WorldCheck:
    """What a moment of the world is measured by."""

    history: PlanHistory
    people: People

    def violations(self, seen: Sequence[WorldSeen]) -> Iterator[Violation]:
        cleared: set[date] = set()
        for world in seen:
            plan = self.history.at(world.run.moment)
            yield from self._meetings(world, plan)
            yield from self._entries(world, plan)
            if world.run.did(Step.CLEAR_LMS):
                cleared.add(world.run.day)
            yield from self._cleared(world, cleared)

    def _meetings(self, world: WorldSeen, plan: Mapping[str, ClassRow]) -> Iterator[Violation]:
        """At most one meeting per class at any time; after step 2, exactly one where one is due."""
        run = world.run
        by_class: dict[str, list[MeetingSeen]] = defaultdict(list)
        for meeting in world.meetings:
            if meeting.class_id in plan:
                by_class[str(meeting.class_id)].append(meeting)
            else:
                yield Violation("meetings", run.day, f"{meeting.id} belongs to no class")
        yield from _hosts_free(world)
        if not run.did(Step.PLAN_MEETINGS):
            return
        for row in plan.values():
            if row.day == run.day and row.start > run.moment:
                yield from self._meeting_of(world, row, by_class[row.id])

    def _meeting_of(
        self, world: WorldSeen, row: ClassRow, found: Sequence[MeetingSeen]
    ) -> Iterator[Violation]:
        stands = [(meeting.start, meeting.end, meeting.topic) for meeting in found]
        wanted = [(row.start, row.end, self._topic(row))] if row.has_meeting else []
        if stands != wanted:
            ids = ", ".join(f"{one.id} “{one.topic}” at {one.start:%d.%m. %H:%M}" for one in found)
            yield Violation(
                "meetings",
                row.day,
                f"after the run of {world.run.moment:%d.%m. %H:%M} class {row.id} "
                f"({'held' if row.has_meeting else 'off'} {row.start:%d.%m. %H:%M}) "
                f"has {ids or 'none'}",
            )

    def _topic(self, row: ClassRow) -> str:
        topic = f"{self.people.courses[row.course].name_lv} ({', '.join(row.groups)})"
        return topic[:_TOPIC_LENGTH]

    def _entries(self, world: WorldSeen, plan: Mapping[str, ClassRow]) -> Iterator[Violation]:
        run = world.run
        by_key: dict[str | None, list[EntrySeen]] = defaultdict(list)
        for entry in world.entries:
            by_key[entry.key].append(entry)
        for entry in by_key.pop(None, []):
            yield Violation("lms", run.day, f"{entry.kind} {entry.id} carries no mark")
        if run.did(Step.PUBLISH_LINKS):
            links = {meeting.class_id: meeting.link for meeting in world.meetings}
            for row in plan.values():
                if row.day == run.day and row.start > run.moment:
                    yield from self._entry_of(
                        world, row, by_key[f"sac-class-{row.id}"], links.get(row.id, "")
                    )
        if run.did(Step.PUBLISH_PLAN):
            yield from self._plan_post(world, by_key[f"sac-plan-{run.day}"])

    def _entry_of(
        self, world: WorldSeen, row: ClassRow, found: Sequence[EntrySeen], link: str
    ) -> Iterator[Violation]:
        course = self.people.courses[row.course].moodle_idnumber
        said = (*row.groups, *(self.people.names[key] for key in row.lecturers))
        stands = [
            (entry.course, entry.start, entry.link, [one for one in said if one not in entry.text])
            for entry in found
        ]
        nothing: list[str] = []
        wanted = [(course, row.start, link, nothing)] if row.has_meeting and course else []
        if stands != wanted:
            yield Violation(
                "lms",
                row.day,
                f"after the run of {world.run.moment:%d.%m. %H:%M} class {row.id} has {stands}, "
                f"should have {wanted}",
            )

    def _plan_post(self, world: WorldSeen, found: Sequence[EntrySeen]) -> Iterator[Violation]:
        """One post with one PDF, made for the plan as it stands.

        A plan that was changed and changed back needs no new post.
        """
        run = world.run
        now = self._shown(run.day, run.moment)
        good = [
            entry
            for entry in found
            if len(entry.files) == 1
            and entry.files[0].endswith(".pdf")
            and self._shown(run.day, datetime.fromtimestamp(entry.changed, UTC)) == now
        ]
        if len(found) != 1 or good != list(found):
            yield Violation(
                "lms",
                run.day,
                f"after the run of {run.moment:%d.%m. %H:%M} the plan stands as {found}; "
                "it has changed since",
            )

    def _shown(self, day: date, moment: datetime) -> list[ClassRow]:
        """What the plan's readers see of the day."""
        rows = (row for row in self.history.on(day, moment) if row.is_planned)
        return sorted(rows, key=lambda row: row.id)

    def _cleared(self, world: WorldSeen, cleared: set[date]) -> Iterator[Violation]:
        """After step 11 nothing of the day is left, and nothing comes back."""
        plan = self.history.at(world.run.moment)
        for day in cleared:
            keys = {f"sac-plan-{day}"}
            keys |= {f"sac-class-{row.id}" for row in plan.values() if row.day == day}
            for entry in world.entries:
                if entry.key in keys:
                    yield Violation("cleared", day, f"{entry.kind} {entry.key} is still there")


def _hosts_free(world: WorldSeen) -> Iterator[Violation]:
    """No two meetings on one account at once, nor two for one class."""
    meetings = sorted(world.meetings, key=lambda meeting: (meeting.host, meeting.start))
    for one, other in pairwise(meetings):
        if one.host == other.host and other.start < one.end:
            yield Violation(
                "meetings", world.run.day, f"{one.id} and {other.id} overlap on {one.host}"
            )
    ids = [meeting.class_id for meeting in meetings]
    for class_id in {one for one in ids if ids.count(one) > 1}:
        yield Violation("meetings", world.run.day, f"class {class_id} has two meetings")
