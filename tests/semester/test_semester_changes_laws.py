"""Laws of matching, on timetables that hypothesis makes up."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.semester_changes import ImportPolicy, KnownClass, natural_key, semester_changes
from rules.timetable import ClassStatus, TimetableRow

TODAY = date(2026, 9, 1)
POLICY = ImportPolicy(TODAY)

ROWS = st.lists(
    st.builds(
        TimetableRow,
        row=st.just(2),
        day=st.integers(0, 3).map(lambda days: TODAY + timedelta(days=days)),
        starts=st.sampled_from([time(9), time(12, 45)]),
        ends=st.sampled_from([time(16), time(17)]),
        slot=st.none(),
        course_code=st.sampled_from(["A", "B"]),
        course_name=st.just(""),
        lecturers=st.sampled_from([("ab",), ("jo",), ("ab", "jo")]),
        groups=st.sampled_from([("1",), ("2",), ("1", "2")]),
        status=st.sampled_from(ClassStatus),
        note=st.sampled_from(["", "x"]),
    ),
    unique_by=natural_key,
    max_size=12,
)


def _stored(class_id: str, row: TimetableRow) -> KnownClass:
    return KnownClass(
        class_id,
        row.day,
        row.starts,
        row.ends,
        row.slot,
        row.course_code,
        row.lecturers,
        row.groups,
        row.mode,
        row.status,
        row.note,
    )


def _imported(known: Sequence[KnownClass], rows: Sequence[TimetableRow]) -> list[KnownClass]:
    """Carries out an import as the database would; a person calls every ambiguous row new."""
    decisions: dict[str, str | None] = {}
    while True:
        change = semester_changes(known, rows, replace(POLICY, decisions=decisions))
        if not change.ambiguous:
            break
        decisions |= {natural_key(row): None for each in change.ambiguous for row in each.rows}
    changed = {each.before.id: _stored(each.before.id, each.after) for each in change.changed}
    gone = {each.id for each in change.removed}
    kept = [changed.get(each.id, each) for each in known if each.id not in gone]
    return kept + [_stored(f"new {natural_key(row)}", row) for row in change.added]


@given(ROWS)
def test_importing_the_same_timetable_again_changes_nothing(rows: list[TimetableRow]) -> None:
    known = _imported([], rows)

    change = semester_changes(known, rows, POLICY)

    assert len(change.unchanged) == len(rows)
    assert change == replace(semester_changes([], [], POLICY), unchanged=change.unchanged)


@given(ROWS, ROWS)
def test_carrying_out_the_changes_makes_the_timetables_equal(
    before: list[TimetableRow], after: list[TimetableRow]
) -> None:
    known = _imported(_imported([], before), after)

    facts = {natural_key(each): replace(each, id="") for each in known}
    assert facts == {natural_key(row): _stored("", row) for row in after}


@given(ROWS, ROWS)
def test_every_class_and_every_row_has_exactly_one_fate(
    before: list[TimetableRow], after: list[TimetableRow]
) -> None:
    known = _imported([], before)

    change = semester_changes(known, after, POLICY)

    rivals = [each for candidates in change.ambiguous for each in candidates.known]
    fates = [*change.unchanged, *(each.before for each in change.changed), *change.removed, *rivals]
    assert sorted(each.id for each in fates) == sorted(each.id for each in known)
    rival_rows = [row for candidates in change.ambiguous for row in candidates.rows]
    told = len(change.unchanged) + len(change.changed) + len(change.added) + len(rival_rows)
    assert told == len(after)
