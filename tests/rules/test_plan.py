"""Problems of a plan: clashes hold its letters, missing data do not."""

from datetime import timedelta

from rules.plan import PlannedClass, ProblemCode, plan_problems
from rules.timetable import ClassTime, Course, Lecturer
from tests.rules.test_conversation import A_OFF, HOUR, NINE, A, facts

ANNA = Lecturer("anna", "Anna Bērziņa", "anna@x.example")
JANIS = Lecturer("janis", "Jānis Kalniņš", "")
COURSE = Course("C", "Fizika", "Physics", "M-FIZ")


def planned(
    name: str = "a",
    *lecturers: Lecturer,
    groups: tuple[str, ...] = ("G1",),
    after: timedelta = timedelta(),
    course: Course = COURSE,
) -> PlannedClass:
    told = facts(name, NINE + after, course_lv=course.name_lv, groups=groups)
    return PlannedClass(told, lecturers, course, 12)


def test_a_good_plan_has_no_problems() -> None:
    touching = planned("b", ANNA, after=3 * HOUR)

    assert plan_problems([planned("a", ANNA), touching]) == ()


def test_clashes_of_lecturers_and_groups_hold_the_letters() -> None:
    problems = plan_problems([planned("a", ANNA), planned("b", ANNA, after=HOUR)])

    assert [(p.code, p.class_ids, p.who, p.holds_letters) for p in problems] == [
        (ProblemCode.LECTURER_CLASH, ("a", "b"), "Anna Bērziņa", True),
        (ProblemCode.GROUP_CLASH, ("a", "b"), "G1", True),
    ]
    assert [p.key for p in problems] == [
        "lecturer_clash/Anna Bērziņa/a/b",
        "group_clash/G1/a/b",
    ]
    assert problems[0].text == (
        "Mācībspēkam Anna Bērziņa vienlaikus ir divas nodarbības: 09:00–12:00 Fizika (G1) un "
        "10:00–13:00 Fizika (G1). Pārceliet vai atceliet vienu no tām."
    )


def test_a_class_on_site_may_get_in_the_way_but_is_no_part_of_the_plan() -> None:
    bare = planned("s", JANIS, groups=("G2",), after=HOUR)
    other = planned("t", JANIS, groups=("G2",), after=HOUR)

    clash = plan_problems([planned("a", ANNA)], [planned("b", ANNA, groups=("G2",), after=HOUR)])

    assert [(p.code, p.class_ids) for p in clash] == [(ProblemCode.LECTURER_CLASH, ("a", "b"))]
    assert plan_problems([planned("a", ANNA)], [bare, other]) == ()


def test_missing_data_hold_nothing() -> None:
    bare = Course("C", "Fizika", "Physics", "")

    problems = plan_problems([planned("a", JANIS), planned("b", groups=("G2",), course=bare)])

    assert [(p.code, p.class_ids, p.who, p.holds_letters) for p in problems] == [
        (ProblemCode.NO_EMAIL, ("a",), "janis", False),
        (ProblemCode.NO_LECTURER, ("b",), "", False),
        (ProblemCode.NO_MOODLE_COURSE, ("b",), "C", False),
    ]


def test_a_cancelled_class_has_no_problems() -> None:
    off = PlannedClass(A_OFF, (ANNA,), COURSE, None)

    assert (off.is_held, plan_problems([off, planned("b", ANNA)])) == (False, ())


def test_a_planned_class_speaks_for_itself() -> None:
    held = PlannedClass(A, (ANNA,), COURSE, None)

    assert (held.id, held.is_held, held.time, held.label) == (
        "a",
        True,
        ClassTime(NINE, NINE + 3 * HOUR),
        "09:00–12:00 a (G1)",
    )
