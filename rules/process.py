"""The eleven steps of a study day as data: names, owners, order, and when each opens and closes.

Source: "Studiju dienu organizēšanas procesa apraksts" (process description), steps 1 to 11. What a
step does lives in `tasks/`; whether it has been done is recorded in `models/`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from rules.people import Role
from rules.timetable import ClassTime
from rules.working_days import WorkingDays


class Step(IntEnum):
    """The steps by their number in the process description."""

    PREPARE_PLAN = 1
    PLAN_MEETINGS = 2
    REMIND_LECTURERS = 3
    PUBLISH_PLAN = 4
    PUBLISH_LINKS = 5
    NOTIFY_STUDENTS = 6
    BRIEF_TEAM = 7
    WATCH_CLASSES = 8
    REQUEST_ATTENDANCE = 9
    COLLECT_ATTENDANCE = 10
    CLEAR_LMS = 11


class DeadlineReading(StrEnum):
    """How the description's "dienas" are counted (its section on deadlines leaves it open)."""

    CALENDAR = "calendar"  # calendar days, moved to a working day
    WORKING = "working"  # working days, a week as five of them


class StepState(StrEnum):
    """What a step's row says in every run and in `sac day show`."""

    NOT_DUE = "not_due"
    DUE = "due"
    DONE = "done"
    FAILED = "failed"
    NEEDS_PERSON = "needs_person"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class StepRule:
    """A row of the process description."""

    step: Step
    name: str
    name_lv: str
    role: Role | None  # None: the lecturers themselves
    needs: tuple[Step, ...] = ()
    may_be_early: bool = True


STEPS: Mapping[Step, StepRule] = MappingProxyType(
    {
        rule.step: rule
        for rule in (
            StepRule(
                Step.PREPARE_PLAN,
                "Preparing the study-day plan",
                "Studiju dienas plāna sagatavošana",
                Role.HEAD_OF_SAC,
            ),
            StepRule(
                Step.PLAN_MEETINGS,
                "Planning the classes in ZOOM",
                "Nodarbību plānošana ZOOM",
                Role.HEAD_OF_SAC,
                needs=(Step.PREPARE_PLAN,),
            ),
            StepRule(
                Step.REMIND_LECTURERS,
                "Sending lecturers reminders that online classes are held or/and cancelled",
                "Atgādinājumu par tiešsaistes nodarbību norisi vai /un atcelšanu izsūtīšana "
                "mācībspēkiem",
                Role.HEAD_OF_SAC,
                needs=(Step.PLAN_MEETINGS,),
            ),
            StepRule(
                Step.PUBLISH_PLAN,
                "Placing the study-day plan in the LMS",
                "Studiju dienas plāna ievietošana LMS",
                Role.E_STUDY_COORDINATOR,
                needs=(Step.PLAN_MEETINGS,),
            ),
            StepRule(
                Step.PUBLISH_LINKS,
                "Placing the connection information of the online classes in the LMS",
                "Tiešsaistes nodarbību pieslēgšanās informācijas ievietošana LMS",
                Role.E_STUDY_COORDINATOR,
                needs=(Step.PLAN_MEETINGS,),
            ),
            StepRule(
                Step.NOTIFY_STUDENTS,
                "Sending students information that online classes are held or/and cancelled",
                "Informācijas par tiešsaistes nodarbību norisi vai/un atcelšanu nosūtīšana "
                "studējošajiem",
                Role.COORDINATOR,
                needs=(Step.PLAN_MEETINGS,),
            ),
            StepRule(
                Step.BRIEF_TEAM,
                "Information meeting on how the study day will run",
                "Informatīva sapulce par studiju dienas norisi",
                Role.HEAD_OF_SAC,
                may_be_early=False,
            ),
            StepRule(
                Step.WATCH_CLASSES,
                "Ensuring the study day runs",
                "Studiju dienas norises nodrošināšana",
                Role.COORDINATOR,
                may_be_early=False,
            ),
            StepRule(
                Step.REQUEST_ATTENDANCE,
                "Handing the number of attendees of the online classes to SAC",
                "Tiešsaistes nodarbību apmeklētāju skaita nodošana SAC",
                None,
                may_be_early=False,
            ),
            StepRule(
                Step.COLLECT_ATTENDANCE,
                "Compiling the number of attendees of the online classes at SAC",
                "Tiešsaistes nodarbību apmeklētāju skaita apkopošana SAC",
                Role.COORDINATOR,
            ),
            StepRule(
                Step.CLEAR_LMS,
                "Deleting the study-day plan and the connection information of the held online "
                "classes in the LMS",
                "Studiju dienas plāna un notikušo tiešsaistes nodarbību pieslēgšanās informācijas "
                "nodzēšana LMS",
                Role.E_STUDY_COORDINATOR,
                may_be_early=False,
            ),
        )
    }
)

# "1 nedēļu", "4 dienas", "3 dienas pirms studiju dienas": calendar days, and working days.
_DAYS_BEFORE: Mapping[Step, tuple[int, int]] = MappingProxyType(
    {
        Step.PREPARE_PLAN: (7, 5),
        Step.PLAN_MEETINGS: (7, 5),
        Step.REMIND_LECTURERS: (4, 4),
        Step.NOTIFY_STUDENTS: (4, 4),
        Step.PUBLISH_PLAN: (3, 3),
        Step.PUBLISH_LINKS: (3, 3),
    }
)
_CLEAR_DAYS_AFTER = 3  # step 11: "3 dienas pēc tiešsaistes nodarbību norises"


@dataclass(frozen=True, slots=True)
class Window:
    """When a step opens, is due and closes; `closes` is None for a step that never closes."""

    opens: datetime
    due: datetime
    closes: datetime | None


@dataclass(frozen=True, slots=True)
class Wave:
    """A moment at which a run of the day is triggered, and the steps that it is for."""

    moment: datetime
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns the process description's time rules into dates; everything it needs is handed in."""

    zone: ZoneInfo
    reading: DeadlineReading = DeadlineReading.CALENDAR
    trigger_hour: int = 9
    watch_after: timedelta = timedelta(minutes=5)
    working_days: WorkingDays = field(default_factory=WorkingDays)

    def due_on(self, step: Step, day: date) -> date:
        """The calendar date on which `step` of the study day `day` is due.

        >>> Calendar(ZoneInfo("Europe/Riga")).due_on(Step.PREPARE_PLAN, date(2026, 12, 5))
        datetime.date(2026, 11, 27)
        """
        if step in _DAYS_BEFORE:
            calendar_days, working_days = _DAYS_BEFORE[step]
            if self.reading is DeadlineReading.WORKING:
                return self.working_days.before(day, working_days)
            return self.working_days.on_or_before(day - timedelta(days=calendar_days))
        if step is Step.BRIEF_TEAM:
            return self.working_days.before(day)
        if step is Step.WATCH_CLASSES:
            return day
        if self.reading is DeadlineReading.WORKING:
            return self.working_days.after(day, _CLEAR_DAYS_AFTER)
        return self.working_days.on_or_after(day + timedelta(days=_CLEAR_DAYS_AFTER))

    def reminder_on(self, day: date) -> date:
        """When lecturers who have not reported are reminded: the next working day."""
        return self.working_days.after(day)

    def local(self, day: date, at: time) -> datetime:
        """That wall-clock time of that day, aware."""
        return datetime.combine(day, at, tzinfo=self.zone)

    def trigger(self, day: date) -> datetime:
        """The hour at which a step opens on its day."""
        return self.local(day, time(self.trigger_hour))

    def end_of(self, day: date) -> datetime:
        """The last second of that day; what is done later is late."""
        return self.local(day, time(23, 59, 59))

    def window(self, step: Step, day: date, classes: Sequence[ClassTime]) -> Window:
        """When `step` opens, is due and closes. A day without classes uses the day's own ends."""
        due_on = self.due_on(step, day)
        first = min((held.start for held in classes), default=self.trigger(day))
        end = max((held.end for held in classes), default=self.end_of(day))
        last_start = max((held.start for held in classes), default=self.end_of(day))
        end_of_due = self.end_of(due_on)
        opens = self.trigger(due_on)
        windows = {
            Step.PREPARE_PLAN: Window(opens, end_of_due, end),
            Step.PLAN_MEETINGS: Window(opens, end_of_due, end),
            Step.BRIEF_TEAM: Window(opens, end_of_due, self.local(day, time.min)),
            Step.WATCH_CLASSES: Window(first, end, end),
            Step.REQUEST_ATTENDANCE: Window(
                self.trigger(self.reminder_on(day)), end_of_due, end_of_due
            ),
            Step.COLLECT_ATTENDANCE: Window(end, end_of_due, end_of_due),
            Step.CLEAR_LMS: Window(opens, end_of_due, None),
        }
        # 3 to 6 close class by class, so the step itself closes with the last start.
        return windows.get(step) or Window(opens, end_of_due, last_start)

    def waves(self, day: date, classes: Sequence[ClassTime]) -> tuple[Wave, ...]:
        """Every moment at which a run of the day is due, in order, with the steps it is for."""
        moments: dict[datetime, set[Step]] = {}
        for step in Step:
            for moment in self._triggers(step, day, classes):
                moments.setdefault(moment, set()).add(step)
        return tuple(Wave(moment, tuple(sorted(moments[moment]))) for moment in sorted(moments))

    def _triggers(
        self, step: Step, day: date, classes: Sequence[ClassTime]
    ) -> tuple[datetime, ...]:
        opens = self.window(step, day, classes).opens
        if step is Step.WATCH_CLASSES:
            return tuple({held.start + self.watch_after for held in classes})
        if step in {Step.REQUEST_ATTENDANCE, Step.COLLECT_ATTENDANCE}:
            # The missing numbers are reported to the head of SAC on step 11's day.
            return (opens, self.trigger(self.due_on(Step.CLEAR_LMS, day)))
        return (opens,)
