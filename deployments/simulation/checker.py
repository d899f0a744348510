"""The independent checker: the sandbox's own state and the plan's history in, violations out.

It never reads what the product wrote down about its letters, meetings or entries in the LMS.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deployments.simulation import books
from deployments.simulation.books import ClassRow
from deployments.simulation.check_letters import LetterCheck, lost_letters
from deployments.simulation.check_records import (
    check_journal,
    check_numbers,
    check_progress,
    said_of,
)
from deployments.simulation.check_world import WorldCheck
from deployments.simulation.driver import Driver, RunSeen, rows_by_id
from deployments.simulation.letters_seen import LetterSeen, read_letter
from deployments.simulation.people import people_of
from deployments.simulation.plan_history import PlanHistory, history_of
from deployments.simulation.small_day import OFFICE
from deployments.simulation.stage import RIGA
from deployments.simulation.violation import Violation
from deployments.simulation.world_seen import WorldSeen, look_at
from rules.timetable import Semester


@dataclass(slots=True)
class Checker:
    """Watches one world: `begin` before anything happens, `look` after each run, then `verdict`."""

    semester: Semester
    driver: Driver
    begins: datetime
    imported: Sequence[ClassRow] = ()
    worlds: list[WorldSeen] = field(default_factory=list)
    letters: list[LetterSeen] = field(default_factory=list)

    def begin(self) -> None:
        """Remembers the plan as imported, and looks after every run from now on."""
        self.imported = self.driver.ask(books.plan)
        self.driver.look = self.look

    def look(self, run: RunSeen) -> None:
        self.worlds.append(look_at(self.driver.sandbox, run))

    def verdict(self) -> list[Violation]:
        """Everything that should not be; empty is what we hope for."""
        journal = self.driver.ask(books.journal)
        history = history_of(self.imported, self.begins, journal)
        people = people_of(self.semester)
        self.letters, mails = self._mail()
        state = self.driver.sandbox.state("zoom", "said")
        runs = self.driver.story.runs
        return [
            *(Violation("stuck", day, what) for day, what in self.driver.story.stuck),
            *self._plan_explained(history),
            *check_progress(runs),
            *LetterCheck(history, people, RIGA, runs, lost_letters(journal)).violations(
                self.letters
            ),
            *WorldCheck(history, people).violations(self.worlds),
            *check_numbers(
                self.driver.ask(books.numbers),
                history.last,
                mails,
                said_of(state["said"], self.worlds, history.last),
                self.driver.story.typed,
                people,
            ),
            *check_journal(journal, self.worlds, state["zoom"]["deleted"], self.letters),
        ]

    def _plan_explained(self, history: PlanHistory) -> list[Violation]:
        """The journal's changes lead from the import to the plan as it stands."""
        now = rows_by_id(self.driver.ask(books.plan))
        return [
            Violation("journal", row.day, f"class {row.id} stands otherwise than the journal says")
            for row in now.values()
            if history.last.get(row.id) != row
        ] + [
            Violation("journal", row.day, f"class {row.id} is gone without a word in the journal")
            for row in history.last.values()
            if row.id not in now
        ]

    def _mail(self) -> tuple[list[LetterSeen], dict[str, str]]:
        """The office's letters in the order in which they came, and who sent which mail to it."""
        sandbox, letters, mails = self.driver.sandbox, [], {}
        office_user = OFFICE.partition("@")[0]
        for address, items in sandbox.state("letters")["letters"].items():
            if address.partition("@")[0].partition("+")[0] == office_user:
                for item in items:
                    mails[item["message_id"]] = item["from"].rpartition("<")[2].rstrip(">").lower()
                continue
            moments = [datetime.fromisoformat(item["at"]) for item in items]
            raws = sandbox.letters(address)
            for at, raw in zip(moments, raws, strict=True):
                letters.append(read_letter(address, at, raw))
        return sorted(letters, key=lambda letter: letter.at), mails
