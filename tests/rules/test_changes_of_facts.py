"""How two tellings of the same classes differ."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rules.facts import Change, ChangeKind, ClassFacts, changes
from rules.timetable import ClassStatus, Mode

HELD = ClassFacts(
    class_id="c1",
    start=datetime(2026, 12, 5, 7, tzinfo=UTC),
    end=datetime(2026, 12, 5, 10, tzinfo=UTC),
    slot=1,
    course_code="LIT",
    course_lv="Bērnu literatūra",
    course_en="Children's Literature",
    lecturers=("Anna Bērziņa",),
    groups=("PE-1",),
    mode=Mode.ONLINE,
    status=ClassStatus.PLANNED,
)
OFF = replace(HELD, status=ClassStatus.CANCELLED)
LATER = {
    "start": datetime(2026, 12, 5, 12, tzinfo=UTC),
    "end": datetime(2026, 12, 5, 15, tzinfo=UTC),
}


@pytest.mark.parametrize(
    ("told", "wanted", "kind"),
    [
        (HELD, OFF, ChangeKind.CANCELLED),
        (OFF, HELD, ChangeKind.REINSTATED),
        (HELD, replace(HELD, **LATER), ChangeKind.MOVED),
        (HELD, replace(HELD, lecturers=("Ilze Ozola",)), ChangeKind.CHANGED),
        (OFF, replace(HELD, **LATER), ChangeKind.REINSTATED),
    ],
)
def test_a_class_that_changed_is_one_change(
    told: ClassFacts, wanted: ClassFacts, kind: ChangeKind
) -> None:
    assert changes([told], [wanted]) == (Change(kind, told, wanted),)


@pytest.mark.parametrize(
    "wanted", [OFF, replace(OFF, lecturers=("Ilze Ozola",)), replace(OFF, **LATER)]
)
def test_nobody_hears_what_else_changes_about_a_class_that_is_off(wanted: ClassFacts) -> None:
    assert changes([OFF], [wanted]) == ()
