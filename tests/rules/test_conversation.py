"""Which letter follows, from what somebody was told and what they should know."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from rules.conversation import Telling, Variant, next_telling, pressing, to_correct
from rules.facts import Change, ChangeKind, ClassFacts
from rules.timetable import ClassStatus, Mode

NINE = datetime(2026, 12, 5, 9, tzinfo=ZoneInfo("Europe/Riga"))
BEFORE = NINE - timedelta(days=4)
HOUR = timedelta(hours=1)


def facts(name: str = "a", start: datetime = NINE, **more: object) -> ClassFacts:
    known = ClassFacts(
        class_id=name,
        start=start,
        end=start + 3 * HOUR,
        slot=1,
        course_code=name,
        course_lv=name,
        course_en="",
        lecturers=("Anna",),
        groups=("G1",),
        mode=Mode.ONLINE,
        status=ClassStatus.PLANNED,
    )
    return replace(known, **more)  # type: ignore[arg-type]


A, B = facts("a"), facts("b", NINE + 4 * HOUR)
A_OFF = replace(A, status=ClassStatus.CANCELLED)
A_LATER = facts("a", NINE + 6 * HOUR)


def test_somebody_new_gets_everything_in_order_of_time() -> None:
    assert next_telling(None, [B, A], BEFORE) == Telling(Variant.FIRST, (A, B), ())


def test_somebody_new_hears_nothing_of_classes_that_have_begun() -> None:
    assert next_telling(None, [A, B], NINE) == Telling(Variant.FIRST, (B,), ())
    assert next_telling(None, [A], NINE) is None


def test_who_knows_already_is_left_alone() -> None:
    assert next_telling([A, B], [B, A], BEFORE) is None


@pytest.mark.parametrize(
    ("wanted", "variant", "kind"),
    [
        (A_OFF, Variant.CANCELLATION, ChangeKind.CANCELLED),
        (None, Variant.CANCELLATION, ChangeKind.WITHDRAWN),
        (A_LATER, Variant.CHANGE, ChangeKind.MOVED),
        (replace(A, passcode="x"), Variant.CHANGE, ChangeKind.CHANGED),
    ],
)
def test_a_difference_is_told_with_all_classes_as_they_are(
    wanted: ClassFacts | None, variant: Variant, kind: ChangeKind
) -> None:
    told = next_telling([A, B], [one for one in (wanted, B) if one], BEFORE)

    expected = sorted(
        (one for one in (wanted, B) if one), key=lambda one: (one.start, one.class_id)
    )
    assert told == Telling(variant, tuple(expected), (Change(kind, A, wanted),))


def test_a_cancellation_with_something_new_is_a_change() -> None:
    telling = next_telling([A], [A_OFF, B], BEFORE)

    assert telling is not None
    assert (telling.variant, [change.kind for change in telling.changes]) == (
        Variant.CHANGE,
        [ChangeKind.CANCELLED, ChangeKind.ADDED],
    )


@pytest.mark.parametrize("wanted", [[A_OFF, B], [B], [replace(A, passcode="x"), B]])
def test_a_class_that_has_begun_stays_as_it_was_told(wanted: list[ClassFacts]) -> None:
    assert next_telling([A, B], wanted, NINE) is None


def test_a_class_put_off_at_the_last_moment_is_told() -> None:
    telling = next_telling([A, B], [A_LATER, B], NINE + HOUR)

    assert telling == Telling(Variant.CHANGE, (B, A_LATER), (Change(ChangeKind.MOVED, A, A_LATER),))


def test_a_class_brought_forward_that_has_begun_is_not_called_off() -> None:
    assert next_telling([A_LATER], [A], NINE) is None


DAY = timedelta(hours=24)


def test_what_is_off_is_pressing_and_the_rest_stays_as_told() -> None:
    assert pressing([A, B], [A_OFF, replace(B, groups=("G2",))], BEFORE, DAY) == (A_OFF, B)
    assert pressing([A, B], [B], BEFORE, DAY) == (B,)
    assert pressing([A], [A, B], BEFORE, DAY) == (A,)
    assert pressing([A_OFF], [A], BEFORE, DAY) == (A_OFF,)


@pytest.mark.parametrize("told", [A, A_LATER])
def test_what_begins_or_was_to_begin_within_a_day_is_pressing(told: ClassFacts) -> None:
    near = replace(told, groups=("G2",))
    later = facts("a", NINE + 3 * DAY)

    assert pressing([told], [near], told.start - DAY, DAY) == (near,)
    assert pressing([told], [later], told.start - DAY, DAY) == (later,)
    assert pressing([later], [near], told.start - DAY, DAY) == (near,)
    assert pressing([], [near], told.start - DAY, DAY) == (near,)
    assert pressing([told], [near], told.start - DAY - HOUR, DAY) == (told,)
    assert pressing([], [near], told.start - DAY - HOUR, DAY) == ()


def test_a_telling_is_urgent_by_the_classes_that_it_is_about() -> None:
    change = next_telling([A, B], [A_OFF, B], BEFORE)
    first = next_telling(None, [A], BEFORE)

    assert change is not None and first is not None  # noqa: PT018
    for telling in (change, first):
        assert telling.is_urgent(NINE - DAY, DAY) is True
        assert telling.is_urgent(NINE - DAY - HOUR, DAY) is False


@pytest.mark.parametrize(
    ("certain", "possible", "wanted", "corrected"),
    [
        ([A, B], [A_LATER, B], [A_LATER, B], [A, B]),  # as if the last letter had been lost
        ([A, B], [A_LATER, B], [A, B], [A_LATER, B]),  # as if it had arrived
        ([A, B], [A_LATER, B], [A_OFF, B], [A, B]),
        ([B], [A, B], [B], [A, B]),  # told perhaps, and not to be told
        ([B], [A, B], [A, B], [B]),
        ([A], [B], [], [A, B]),
    ],
)
def test_what_may_be_known_wrongly_is_corrected(
    certain: list[ClassFacts],
    possible: list[ClassFacts],
    wanted: list[ClassFacts],
    corrected: list[ClassFacts],
) -> None:
    found = to_correct(certain, possible, wanted)

    assert sorted(found, key=lambda one: one.class_id) == corrected
