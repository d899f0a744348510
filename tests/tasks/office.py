"""The office under test: the product's services, a database, and a sandbox that stands outside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import SQLModel, func, select

from deployments.sandbox.testing import RunningSandbox
from deployments.sandbox_seed import sandbox_seed
from integrations.mailbox import Mailbox
from integrations.moodle import Moodle
from integrations.outgoing_mail import OutgoingMail
from integrations.services import Services
from integrations.settings import Settings
from integrations.zoom import Zoom
from models.database import reading
from models.journal import Author, entries
from models.letter import Letter
from models.question import Question, QuestionState
from models.study_day import ClassSession, StepRecord, step_records
from models.tables import METADATA
from rules.process import Step, StepState
from rules.timetable import Semester
from tasks.answer_question import answer_question
from tasks.context import StepContext, StepResult
from tasks.day_plan import read_plan
from tasks.import_semester import ImportOptions, ImportOutcome, import_semester
from tasks.run_steps import STEP_FUNCTIONS, StepOutcome, run_day
from tests.tasks.small_semester import DAY, OFFICE, SEMESTER

RIGA = ZoneInfo("Europe/Riga")
CLOCK = datetime(2026, 11, 1, 8, 0, tzinfo=RIGA)


def at(moment: str) -> datetime:
    """A local moment: `11-27 09:00` of 2026."""
    return datetime.strptime(f"2026-{moment}", "%Y-%m-%d %H:%M").replace(tzinfo=RIGA)


# The due moments of the study day (process description, step by step).
PLAN = at("11-27 09:00")  # 1, 2
TELL = at("12-01 09:00")  # 3, 6
PUBLISH = at("12-02 09:00")  # 4, 5
BRIEF = at("12-04 09:00")  # 7
FIRST_LOOK = at("12-05 09:05")  # 8
SECOND_LOOK = at("12-05 12:50")  # 8
COLLECT = at("12-05 15:45")  # 10
REMIND = at("12-07 09:00")  # 9
CLEAR = at("12-08 09:00")  # 11, and the last call of 9 and 10
WAVES = (PLAN, TELL, PUBLISH, BRIEF, FIRST_LOOK, SECOND_LOOK, COLLECT, REMIND, CLEAR)


def seed(semester: Semester = SEMESTER, **more: Any) -> dict[str, Any]:
    """The sandbox's world for a semester; nobody is late, and all fill in the form."""
    document = sandbox_seed(semester, OFFICE, CLOCK)
    for person in document["lecturers"]:
        person["habit"] = "form"
    return {**document, "late_share": 0, **more}


def settings_from(env: Mapping[str, str], folder: Path, **more: Any) -> Settings:
    """The settings that an environment describes, without touching the process's own."""
    nested: dict[str, Any] = {}
    for name, value in env.items():
        group, _, setting = name.removeprefix("SAC_").lower().rpartition("__")
        (nested.setdefault(group, {}) if group else nested)[setting] = value
    return Settings(_env_file=None, **{**nested, "output_dir": folder, **more})


@dataclass
class TestOffice:
    """A study day in the hands of a test."""

    __test__ = False  # not a test class, whatever its name says to pytest

    engine: Engine
    sandbox: RunningSandbox
    folder: Path
    now: datetime = CLOCK
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def services(self) -> Services:
        return self.with_env()

    def with_env(self, env: Mapping[str, str] | None = None) -> Services:
        """The services, with some settings of the sandbox replaced."""
        chosen = settings_from({**self.sandbox.env, **(env or {})}, self.folder, **self.more)
        return Services(
            settings=chosen,
            engine=self.engine,
            zoom=Zoom(chosen.zoom, now=lambda: self.now, pause=lambda _: None),
            moodle=Moodle(chosen.moodle),
            outgoing=OutgoingMail(chosen.smtp),
            mailbox=Mailbox(chosen.imap),
        )

    # what happens

    def move(self, moment: datetime) -> None:
        """The clock of the world goes on, and lecturers answer."""
        self.now = moment
        self.sandbox.move_clock(moment)

    def context(self, moment: datetime | None = None, **more: Any) -> StepContext:
        services = more.pop("services", None) or self.services
        values: dict[str, Any] = {"day": DAY, "run": "test", **more}
        return StepContext(services, now=moment or self.now, **values)

    def run(
        self, moment: datetime, only: Sequence[Step] | None = None, **more: Any
    ) -> dict[Step, StepOutcome]:
        """Runs the day at a moment."""
        self.move(moment)
        return {one.step: one for one in run_day(self.context(**more), only)}

    def run_until(self, last: datetime) -> None:
        """Runs the day at each of its due moments up to `last`; every one must be well."""
        for moment in WAVES:
            if self.now < moment <= last:
                failed = [one for one in self.run(moment).values() if one.state is StepState.FAILED]
                assert failed == []

    def step(self, step: Step, moment: datetime | None = None, **more: Any) -> StepResult:
        """One step alone, not recorded."""
        if moment is not None:
            self.move(moment)
        return STEP_FUNCTIONS[step](self.context(**more))

    def import_(self, semester: Semester = SEMESTER, **options: Any) -> ImportOutcome:
        author = Author("test", "import", self.now)
        return import_semester(self.engine, semester, author, ImportOptions(RIGA, **options))

    def answer(self, value: str, by: str = "dace", *, kind: str | None = None) -> Question:
        """Answers the only question that is open (of that kind)."""
        (question,) = [q for q in self.questions() if kind in {None, q.kind}]
        return answer_question(self.context(), question.id or 0, value, by)

    # what can be seen

    def id_of(self, code: str, day: date = DAY) -> str:
        """The id of the class of that course."""
        with reading(self.engine) as session:
            rows = session.exec(
                select(ClassSession).where(
                    ClassSession.course_code == code, ClassSession.day == day
                )
            )
            return next(row.id for row in rows if not row.is_removed)

    def state(self) -> dict[str, Any]:
        return self.sandbox.state()

    def meetings(self) -> dict[str, tuple[str, str]]:
        """What stands in Zoom: topic -> host and start."""
        return {
            meeting["topic"]: (meeting["host_email"], meeting["start_time"])
            for meeting in self.state()["zoom"]["meetings"]
        }

    def meeting_id(self, code: str) -> str | None:
        plan = read_plan(self.services, DAY)
        return next(p.facts.meeting_id for p in plan.classes if p.facts.course_code == code)

    def events(self) -> list[str]:
        """The Moodle courses that show a connection."""
        return sorted(event["course"] for event in self.state()["moodle"]["events"])

    def plans(self) -> list[list[str]]:
        """The files attached to the discussions of the info page."""
        discussions = self.state()["moodle"]["discussions"]
        return [[file["filename"] for file in d["attachments"]] for d in discussions]

    def subjects(self) -> dict[str, list[str]]:
        """Subjects of the letters that people got; the office's own mail left out."""
        return {
            address.partition("@")[0]: [letter["subject"] for letter in letters]
            for address, letters in self.state()["letters"].items()
            if not address.startswith("sac")
        }

    def counts(self) -> dict[str, int]:
        """How many letters each person got."""
        return {name: len(found) for name, found in self.subjects().items()}

    def text(self, name: str) -> str:
        """The plain text of somebody's last letter."""
        raw = self.sandbox.letters(f"{name}@augstskola.example")[-1]
        body = message_from_bytes(raw, policy=default).get_body(("plain",))
        return str(body.get_content()) if body else ""

    def questions(self, state: QuestionState = QuestionState.OPEN) -> list[Question]:
        with reading(self.engine) as session:
            rows = session.exec(select(Question).where(Question.state == state))
            return sorted(rows, key=lambda question: question.id or 0)

    def texts(self) -> list[str]:
        """What waits for people, in words."""
        return [question.text for question in self.questions()]

    def records(self) -> dict[Step, StepRecord]:
        with reading(self.engine) as session:
            return step_records(session, DAY)

    def summaries(self) -> dict[int, tuple[str, str]]:
        """How each step stands on record."""
        return {
            step.value: (record.state.value, record.summary)
            for step, record in self.records().items()
        }

    def letters(self) -> list[Letter]:
        with reading(self.engine) as session:
            return sorted(session.exec(select(Letter)), key=lambda letter: letter.id or 0)

    def outbox(self) -> Counter[tuple[str, str]]:
        """Letters by kind and state."""
        return Counter((letter.kind.value, letter.state.value) for letter in self.letters())

    def journal(self) -> list[tuple[str, str]]:
        """The day's journal: action and subject."""
        with reading(self.engine) as session:
            return [(entry.action, entry.subject) for entry in entries(session, DAY)]

    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        with reading(self.engine) as session:
            return {
                table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in METADATA.sorted_tables
            }

    def writes(self) -> list[str]:
        """Requests since the last `forget` that could change something."""
        return [
            f"{request['service']} {request['method']} {request['function'] or request['path']}"
            for request in self.sandbox.requests(writes=True)
        ]

    def forget(self) -> None:
        self.sandbox.forget_requests()


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def plain(row: SQLModel, *names: str) -> tuple[Any, ...]:
    """Some values of a row."""
    return tuple(getattr(row, name) for name in names)


__all__ = ["TestOffice", "at", "plain", "replace", "seed", "settings_from", "utc"]
