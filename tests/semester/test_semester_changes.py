"""What a new timetable changes: matched to classes, kept from the past and from prepared days."""

from dataclasses import replace
from datetime import date, time

import pytest

from rules.people import Language
from rules.semester_changes import (
    Candidates,
    ClassChange,
    Conflict,
    ImportPolicy,
    KnownClass,
    SemesterChange,
    natural_key,
    semester_changes,
)
from rules.timetable import ClassStatus, Mode, Problem, TimetableRow

SEPTEMBER, NOVEMBER, DECEMBER = date(2026, 9, 12), date(2026, 11, 21), date(2026, 12, 5)
JANUARY = date(2027, 1, 16)
TODAY = date(2026, 11, 1)
POLICY = ImportPolicy(TODAY)
NOTHING = SemesterChange((), (), (), (), (), (), (), ())


def known(
    class_id: str,
    day: date = DECEMBER,
    starts: time = time(9),
    course: str = "UV-101",
    lecturers: tuple[str, ...] = ("ab",),
    groups: tuple[str, ...] = ("UV1",),
) -> KnownClass:
    return KnownClass(
        class_id, day, starts, time(starts.hour + 3, starts.minute), 1, course, lecturers, groups
    )


def row_of(held: KnownClass, number: int = 2) -> TimetableRow:
    """The row that says exactly what the last import said of that class."""
    return TimetableRow(
        number,
        held.day,
        held.starts,
        held.ends,
        held.slot,
        held.course_code,
        "Ievads",
        held.lecturers,
        held.groups,
        held.mode,
        held.status,
        held.note,
    )


def rows_of(*held: KnownClass) -> list[TimetableRow]:
    return [row_of(each, number) for number, each in enumerate(held, start=2)]


A = known("a")
B = known("b", day=NOVEMBER, course="UV-102", groups=("UV2",))


def test_the_same_timetable_changes_nothing() -> None:
    past = known("p", day=SEPTEMBER)

    assert semester_changes([past, A, B], rows_of(A, B, past), POLICY) == replace(
        NOTHING, unchanged=(A, B, past)
    )


def test_the_order_of_lecturers_and_groups_means_nothing() -> None:
    held = known("c", lecturers=("ab", "jo"), groups=("UV1", "UV2"))
    row = replace(row_of(held), lecturers=("jo", "ab"), groups=("UV2", "UV1"))

    assert semester_changes([held], [row], POLICY) == replace(NOTHING, unchanged=(held,))


def test_new_rows_are_added_and_missing_ones_removed() -> None:
    new = row_of(B)

    assert semester_changes([A], [new], POLICY) == replace(NOTHING, added=(new,), removed=(A,))


@pytest.mark.parametrize(
    ("after", "fields"),
    [
        (replace(row_of(A), starts=time(10), ends=time(13)), ("starts", "ends")),
        (replace(row_of(A), groups=("UV1", "UV3")), ("groups",)),
        (replace(row_of(A), day=JANUARY), ("day",)),
        (replace(row_of(A), day=JANUARY, starts=time(8)), ("day", "starts")),
        (
            replace(
                row_of(A),
                ends=time(11),
                slot=None,
                lecturers=("jo",),
                mode=Mode.ONSITE,
                status=ClassStatus.CANCELLED,
                note="slims",
            ),
            ("ends", "slot", "lecturers", "mode", "status", "note"),
        ),
    ],
)
def test_an_edited_row_is_a_change_of_its_class(
    after: TimetableRow, fields: tuple[str, ...]
) -> None:
    assert semester_changes([A, B], [after, row_of(B)], POLICY) == replace(
        NOTHING, changed=(ClassChange(A, after, fields),), unchanged=(B,)
    )


def test_two_days_swapped_are_two_moves() -> None:
    to_november, to_december = replace(row_of(A), day=NOVEMBER), replace(row_of(B), day=DECEMBER)

    assert semester_changes([A, B], [to_november, to_december], POLICY) == replace(
        NOTHING,
        changed=(ClassChange(A, to_november, ("day",)), ClassChange(B, to_december, ("day",))),
    )


def test_what_one_match_settles_helps_the_next() -> None:
    morning, noon = known("m"), known("n", starts=time(12, 45))
    later = replace(row_of(morning), starts=time(10))
    more_groups = replace(row_of(noon, 3), groups=("UV1", "UV2"))

    change = semester_changes([morning, noon], [later, more_groups], POLICY)

    assert change == replace(
        NOTHING,
        changed=(
            ClassChange(noon, more_groups, ("groups",)),
            ClassChange(morning, later, ("starts",)),
        ),
    )


def test_parallel_classes_are_told_apart_by_their_lecturers() -> None:
    first, second = known("1"), known("2", lecturers=("jo",), groups=("UV2",))
    rows = [replace(row_of(first), groups=("A",)), replace(row_of(second, 3), groups=("B",))]

    change = semester_changes([first, second], rows, POLICY)

    assert [(each.before.id, each.after.groups) for each in change.changed] == [
        ("1", ("A",)),
        ("2", ("B",)),
    ]


MORNING, NOON = known("m"), known("n", starts=time(12, 45))
TEN = replace(row_of(MORNING), starts=time(10))


def test_rivals_are_left_to_a_person() -> None:
    prepared = [replace(MORNING, prepared=True), replace(NOON, prepared=True)]

    assert semester_changes(prepared, [TEN], POLICY) == replace(
        NOTHING, ambiguous=(Candidates(tuple(prepared), (TEN,)),)
    )


def test_an_answer_settles_an_ambiguity() -> None:
    policy = replace(POLICY, decisions={natural_key(TEN): "n"})

    assert semester_changes([MORNING, NOON], [TEN], policy) == replace(
        NOTHING, changed=(ClassChange(NOON, TEN, ("starts", "ends")),), removed=(MORNING,)
    )


def test_an_answer_may_be_that_the_class_is_new() -> None:
    policy = replace(POLICY, decisions={natural_key(TEN): None})

    assert semester_changes([MORNING, NOON], [TEN], policy) == replace(
        NOTHING, added=(TEN,), removed=(MORNING, NOON)
    )


def test_an_answer_about_a_class_that_is_gone_is_asked_again() -> None:
    policy = replace(POLICY, decisions={natural_key(TEN): "x", "another row": "m"})

    assert semester_changes([MORNING, NOON], [TEN], policy) == replace(
        NOTHING, ambiguous=(Candidates((MORNING, NOON), (TEN,)),)
    )


def test_a_class_of_the_past_stays_and_never_moves_to_another_day() -> None:
    held = known("p", day=SEPTEMBER)
    later = replace(row_of(held), day=DECEMBER)

    assert semester_changes([held], [later], POLICY) == replace(
        NOTHING, added=(later,), past=(held,)
    )


def test_today_is_not_the_past() -> None:
    new = row_of(known("x", day=TODAY))

    assert semester_changes([], [new], POLICY) == replace(NOTHING, added=(new,))


def test_new_and_changed_rows_in_the_past_are_problems() -> None:
    past, ahead = known("p", day=SEPTEMBER), known("d", course="UV-104")
    changed = replace(row_of(past, 4), note="x")
    new = row_of(known("q", day=SEPTEMBER, course="UV-103"), 3)
    back = replace(row_of(ahead, 2), day=SEPTEMBER)

    change = semester_changes([past, ahead], [back, new, changed], replace(POLICY, sheet="grafiks"))

    assert change.problems == (
        Problem("grafiks", 2, None, _past("jauna", "Izdzēsiet rindu vai izlabojiet datumu.")),
        Problem("grafiks", 3, None, _past("jauna", "Izdzēsiet rindu vai izlabojiet datumu.")),
        Problem("grafiks", 4, None, _past("mainīta", "Atstājiet rindu, kā bija.")),
    )


def test_rivals_in_the_past_are_a_problem_and_not_a_question() -> None:
    morning, noon = replace(MORNING, day=SEPTEMBER), replace(NOON, day=SEPTEMBER)

    change = semester_changes([morning, noon], [replace(TEN, day=SEPTEMBER)], POLICY)

    assert change.problems == (
        Problem("timetable", 2, None, _past("mainīta", "Atstājiet rindu, kā bija.")),
    )


def _past(what: str, advice: str) -> str:
    return f"Nodarbība ir {what}, bet tās diena (12.09.2026.) jau pagājusi. {advice}"


def prepared_day() -> list[KnownClass]:
    return [replace(known(str(n), starts=time(8 + n)), prepared=True) for n in range(3)]


@pytest.mark.parametrize("accepted", [0, 1, 3])
def test_a_partial_file_cannot_cancel_a_prepared_day(accepted: int) -> None:
    day = prepared_day()
    unprepared = known("u", day=JANUARY, course="UV-103")

    change = semester_changes(
        [*day, unprepared], rows_of(day[0]), replace(POLICY, accept_removals=accepted)
    )

    assert change.problems == (
        Problem(
            "timetable",
            None,
            None,
            (
                "Failā nodarbību, kas ir jau sagatavotās studiju dienās (05.12.2026.), vairs nav, vai "
                "tās ir citā dienā; to skaits: 2. Ja fails nav pilns vai ir vecs, izmantojiet "
                "jaunāko; ja nodarbības tiešām jāizņem vai jāpārceļ, atkārtojiet importu ar "
                "--accept-removals 2."
            ),
        ),
    )


def test_the_right_number_lets_classes_of_a_prepared_day_go() -> None:
    day = prepared_day()
    policy = replace(POLICY, accept_removals=2, language=Language.ENGLISH)

    assert semester_changes(day, rows_of(day[0]), policy) == replace(
        NOTHING, unchanged=(day[0],), removed=(day[1], day[2])
    )


def test_days_swapped_by_mistake_do_not_empty_a_prepared_day() -> None:
    prepared, other = replace(A, prepared=True), B
    swapped = [replace(row_of(A), day=NOVEMBER), replace(row_of(B, 3), day=DECEMBER)]

    refused = semester_changes([prepared, other], swapped, POLICY)
    accepted = semester_changes([prepared, other], swapped, replace(POLICY, accept_removals=1))

    assert [problem.message[-19:] for problem in refused.problems] == ["--accept-removals 1."[-19:]]
    assert (accepted.problems, len(accepted.changed)) == ((), 2)


def test_an_accepted_number_does_no_harm_when_nothing_goes() -> None:
    policy = replace(POLICY, accept_removals=2)

    assert semester_changes([A], rows_of(A), policy) == replace(NOTHING, unchanged=(A,))


MOVED_BY_HAND = replace(A, overrides={"starts": time(10), "ends": time(13)})


def test_what_was_changed_by_hand_survives_the_same_file() -> None:
    assert MOVED_BY_HAND.is_overridden == frozenset({"starts", "ends"})
    assert semester_changes([MOVED_BY_HAND], rows_of(A), POLICY) == replace(
        NOTHING, unchanged=(MOVED_BY_HAND,)
    )


def test_a_change_against_one_by_hand_is_a_conflict_and_not_applied() -> None:
    row = replace(row_of(A), starts=time(8), ends=time(13), note="x")

    assert semester_changes([MOVED_BY_HAND], [row], POLICY) == replace(
        NOTHING,
        # The end is what the person set already, so the import may follow.
        changed=(ClassChange(MOVED_BY_HAND, row, ("ends", "note")),),
        conflicts=(Conflict(MOVED_BY_HAND, row, "starts"),),
    )


def test_a_conflict_alone_changes_nothing() -> None:
    held = replace(A, overrides={"lecturers": ("jo", "ab")})
    row = replace(row_of(A), lecturers=("xy",))

    assert semester_changes([held], [row], POLICY) == replace(
        NOTHING, conflicts=(Conflict(held, row, "lecturers"),)
    )


def test_a_class_that_a_person_worked_on_is_not_removed() -> None:
    assert semester_changes([replace(MOVED_BY_HAND, prepared=True)], [], POLICY) == replace(
        NOTHING, conflicts=(Conflict(replace(MOVED_BY_HAND, prepared=True), None, None),)
    )


@pytest.mark.parametrize(
    "overrides", [{"status": ClassStatus.CANCELLED, "starts": time(10)}, {"note": "x"}]
)
def test_a_class_cancelled_or_annotated_by_hand_may_go(overrides: dict[str, ClassStatus]) -> None:
    held = replace(A, overrides=overrides)

    assert semester_changes([held], [], POLICY) == replace(NOTHING, removed=(held,))


def test_the_past_is_where_the_class_really_is() -> None:
    """Moved by hand from September to December, it is still ahead; and the other way round."""
    ahead = replace(known("p", day=SEPTEMBER), overrides={"day": DECEMBER})
    behind = replace(A, overrides={"day": SEPTEMBER})

    assert semester_changes([ahead, behind], [], POLICY) == replace(
        NOTHING, past=(behind,), conflicts=(Conflict(ahead, None, None),)
    )


TAKEN_OUT = replace(A, removed=True)


def test_a_class_taken_out_by_hand_stays_out_whether_or_not_the_file_has_it() -> None:
    assert semester_changes([TAKEN_OUT], rows_of(A), POLICY) == replace(
        NOTHING, unchanged=(TAKEN_OUT,)
    )
    assert semester_changes([TAKEN_OUT], [], POLICY) == NOTHING


def test_a_file_that_changes_a_class_taken_out_by_hand_is_a_conflict_about_the_whole() -> None:
    row = replace(row_of(A), note="x")

    assert semester_changes([TAKEN_OUT], [row], POLICY) == replace(
        NOTHING, conflicts=(Conflict(TAKEN_OUT, row, None),)
    )


ADDED = replace(A, added=True)


def test_a_class_added_by_hand_stays_when_no_file_has_it() -> None:
    assert semester_changes([ADDED], [], POLICY) == NOTHING


def test_a_class_added_by_hand_is_the_row_that_says_the_same() -> None:
    assert semester_changes([ADDED], rows_of(A), POLICY) == replace(
        NOTHING, adopted=(ClassChange(ADDED, row_of(A), ()),)
    )


def test_what_a_file_says_otherwise_of_a_class_added_by_hand_is_a_conflict() -> None:
    row = replace(row_of(A), ends=time(11), lecturers=("xy",))

    assert semester_changes([ADDED], [row], POLICY) == replace(
        NOTHING,
        adopted=(ClassChange(ADDED, row, ("ends", "lecturers")),),
        conflicts=(Conflict(ADDED, row, "ends"), Conflict(ADDED, row, "lecturers")),
    )
