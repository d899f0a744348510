"""A small study day that every letter test speaks of; people and links are invented."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from integrations.letters import (
    BriefedClass,
    Briefing,
    MissingAttendance,
    Office,
    Readiness,
    Recipient,
    Rendered,
    attendance_reminder,
    class_not_started,
    lecturer_change,
    lecturer_reminder,
    missing_attendance,
    student_change,
    student_notice,
    team_briefing,
)
from rules.facts import ClassFacts, changes
from rules.people import Language
from rules.process import Step
from rules.timetable import ClassStatus, Mode
from rules.wording import same

RIGA = ZoneInfo("Europe/Riga")
DAY = date(2026, 12, 5)

LITERATURE = ClassFacts(
    class_id="c1",
    start=datetime(2026, 12, 5, 9, tzinfo=RIGA),
    end=datetime(2026, 12, 5, 12, tzinfo=RIGA),
    slot=1,
    course_code="K1",
    course_lv="Bērnu literatūra",
    course_en="Children's Literature",
    lecturers=("Daina Veidemane",),
    groups=("PE-2",),
    mode=Mode.ONLINE,
    status=ClassStatus.PLANNED,
    join_url="https://zoom.us/j/86650951128?pwd=NzExMTI1YWEw.1",
    meeting_id="86650951128",
    passcode="884666",
)
UPBRINGING = replace(
    LITERATURE,
    class_id="c2",
    start=LITERATURE.start + timedelta(hours=3, minutes=45),
    end=LITERATURE.end + timedelta(hours=3, minutes=45),
    slot=2,
    course_code="K2",
    course_lv="Bērnu audzināšana ģimenē",
    course_en="",
    lecturers=("Daina Veidemane", "Jānis Āboliņš"),
    groups=("PE-2", "PE-3"),
    join_url="https://zoom.us/j/83110787965?pwd=ZTMxODAyYzBi.1",
    meeting_id="83110787965",
    passcode="379546",
)
_UNJOINED = {"join_url": None, "meeting_id": None, "passcode": None}
PEDAGOGY_CANCELLED = replace(
    LITERATURE,
    class_id="c3",
    start=datetime(2026, 12, 5, 16, tzinfo=RIGA),
    end=datetime(2026, 12, 5, 17, 30, tzinfo=RIGA),
    slot=None,
    course_code="K3",
    course_lv="Pedagoģija",
    course_en="Pedagogy",
    groups=("PE-4",),
    status=ClassStatus.CANCELLED,
    **_UNJOINED,
)
PRACTICE_ONSITE = replace(
    PEDAGOGY_CANCELLED,
    class_id="c4",
    start=datetime(2026, 12, 5, 18, tzinfo=RIGA),
    end=datetime(2026, 12, 5, 19, 30, tzinfo=RIGA),
    course_code="K4",
    course_lv="Praktikums",
    course_en="Practical",
    mode=Mode.ONSITE,
    status=ClassStatus.PLANNED,
)
LITERATURE_CANCELLED = replace(LITERATURE, status=ClassStatus.CANCELLED, **_UNJOINED)
UPBRINGING_MOVED = replace(
    UPBRINGING,
    start=datetime(2026, 12, 5, 14, 45, tzinfo=RIGA),
    end=datetime(2026, 12, 5, 17, 45, tzinfo=RIGA),
    slot=None,
    join_url="https://zoom.us/j/99900011122?pwd=QmFsdGFz.1",
    meeting_id="99900011122",
)
OFFICE = Office(
    institution="Rīgas Augstskola",
    address="sac@augstskola.example",
    signer="Ģertrūde Čākste",
    signer_role="SAC vadītāja",
    signer_phone="+371 60000001",
)
ENGLISH_OFFICE = replace(OFFICE, signer_role="Head of SAC")
DAINA = Recipient("Daina Veidemane", "daina@augstskola.example", Language.LATVIAN)
CATHERINE = Recipient("Catherine Brown", "catherine@augstskola.example", Language.ENGLISH)
BRIEFING = Briefing(
    meeting=datetime(2026, 12, 4, 10, tzinfo=RIGA),
    readiness=(
        Readiness(Step.PREPARE_PLAN, ready=True),
        Readiness(Step.PUBLISH_LINKS, ready=False, note=same("K2: LMS nav tāda kursa")),
    ),
    classes=(
        BriefedClass(UPBRINGING),
        BriefedClass(LITERATURE, "Pirmo reizi vada tiešsaistē."),
        BriefedClass(PEDAGOGY_CANCELLED),
    ),
    questions=("Kuram kursam pieder nodarbība pl. 16:00?",),
    late_lecturers=("Edgars Leja",),
    duty=("Uldis Šķēle 08:30–13:00, +371 60000002",),
    place="214. kab.",
)


def written(kind: str, to: Recipient, office: Office) -> Rendered:
    """The sample letter of that kind."""
    everything = (LITERATURE, UPBRINGING, PEDAGOGY_CANCELLED, PRACTICE_ONSITE)
    told = (LITERATURE, UPBRINGING)
    now = (LITERATURE_CANCELLED, UPBRINGING_MOVED, PRACTICE_ONSITE)
    kinds: Mapping[str, Callable[[], Rendered]] = {
        "lecturer_reminder": lambda: lecturer_reminder(DAY, to, everything, office, 0),
        "lecturer_change": lambda: lecturer_change(DAY, to, changes(told, now), now, office, 1),
        "student_notice": lambda: student_notice(DAY, to, everything, office, 0),
        "student_change": lambda: student_change(
            DAY, to, changes(told, told[1:]), told[1:], office, 1
        ),
        "team_briefing": lambda: team_briefing(DAY, to, BRIEFING, office, 0),
        "attendance_reminder": lambda: attendance_reminder(DAY, to, told, office),
        "missing_attendance": lambda: missing_attendance(
            DAY,
            to,
            (
                MissingAttendance(UPBRINGING),
                MissingAttendance(LITERATURE, date(2026, 12, 7), "Atbilde nebija skaidra."),
            ),
            office,
        ),
        "class_not_started": lambda: class_not_started(
            DAY, to, LITERATURE, ("+371 20000001",), office
        ),
    }
    return kinds[kind]()


KINDS = (
    "lecturer_reminder",
    "lecturer_change",
    "student_notice",
    "student_change",
    "team_briefing",
    "attendance_reminder",
    "missing_attendance",
    "class_not_started",
)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[DAINA, CATHERINE], ids=["lv", "en"])
def reader(request: pytest.FixtureRequest) -> Recipient:
    recipient: Recipient = request.param
    return recipient


@pytest.fixture
def letter(kind: str, reader: Recipient) -> Rendered:
    """Each kind of letter in each language."""
    return written(kind, reader, OFFICE if reader is DAINA else ENGLISH_OFFICE)


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """The day's classes and people by name."""
    return SimpleNamespace(
        day=DAY,
        literature=LITERATURE,
        literature_cancelled=LITERATURE_CANCELLED,
        upbringing=UPBRINGING,
        upbringing_moved=UPBRINGING_MOVED,
        pedagogy_cancelled=PEDAGOGY_CANCELLED,
        practice_onsite=PRACTICE_ONSITE,
        office=OFFICE,
        daina=DAINA,
        catherine=CATHERINE,
        briefing=BRIEFING,
    )
