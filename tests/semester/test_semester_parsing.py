"""A sound semester as records, and the many ways in which people write the same thing."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from rules.people import Language, Role
from rules.semester import Cell, RawSheet, RawSheets, parse_semester
from rules.semester import sentences as say
from rules.semester.cells import date_of, list_of, text_of, time_of
from rules.semester.findings import Sentence, finding
from rules.timetable import (
    ClassStatus,
    Course,
    Duty,
    Lecturer,
    Mode,
    Problem,
    Semester,
    StaffMember,
    Student,
    TimetableRow,
    ZoomAccount,
)

Build = Callable[..., RawSheets]
DAY = date(2026, 12, 5)


def test_a_sound_semester_becomes_records(semester_of: Build) -> None:
    semester, problems = parse_semester(semester_of())

    assert problems == ()
    assert semester == Semester(
        timetable=(
            TimetableRow(
                2, DAY, time(9), time(12), 1, "UV-101", "Ievads", ("ab", "jo"), ("UV1", "UV2")
            ),
            TimetableRow(
                row=3,
                day=DAY,
                starts=time(12, 45),
                ends=time(15, 45),
                slot=2,
                course_code="UV-102",
                course_name="Economics",
                lecturers=("jo",),
                groups=("UV1",),
                mode=Mode.ONSITE,
                status=ClassStatus.CANCELLED,
                note="slims",
            ),
        ),
        lecturers=(
            Lecturer("ab", "Anna Bērziņa", "anna@augstskola.example"),
            Lecturer(
                "jo", "Jānis Ozoliņš", "janis@augstskola.example", Language.ENGLISH, "+371 20000002"
            ),
        ),
        students=(
            Student("s1", "Aija Āboliņa", "aija@students.augstskola.example", ("UV1",)),
            Student("s2", "Zanda Ķirse", "zanda@students.augstskola.example", (), Language.ENGLISH),
        ),
        courses=(
            Course("UV-101", "Ievads", "", "UV-101-2026R"),
            Course("UV-102", "Ekonomika", "Economics", ""),
        ),
        zoom_accounts=(
            ZoomAccount("zoom01@augstskola.example", 300),
            ZoomAccount("zoom02@augstskola.example", 100, 2),
        ),
        staff=(
            StaffMember("vad", "Ģertrūde Āboltiņa", "vad@augstskola.example", Role.HEAD_OF_SAC),
            StaffMember(
                "k1", "Uldis Šķiņķis", "k1@augstskola.example", Role.COORDINATOR, "60000002"
            ),
        ),
        duty=(
            Duty(DAY, "k1", time(8, 30), time(12, 30)),
            Duty(DAY, "k1", time(12, 30), time(16, 15)),
        ),
    )


def test_headers_may_be_latvian_and_sloppy(semester_of: Build) -> None:
    latvian = "Datums| SĀKUMS |beigas|nodarbiba|Kursa_kods|macibspeki|Grupas|auditorija\n"
    changed = {
        "timetable": None,
        "Studiju  Grafiks": latvian + "5.12.2026|9.00|12.00||UV-101|ab|UV1|7",
    }

    semester, problems = parse_semester(semester_of(**changed))

    assert problems == ()
    assert semester is not None
    assert list(semester.timetable) == [
        TimetableRow(2, DAY, time(9), time(12), 1, "UV-101", "Ievads", ("ab",), ("UV1",))
    ]


@pytest.mark.parametrize(
    ("starts", "ends", "slot", "expected"),
    [
        ("9:00", "12:00", "", (1, time(9), time(12))),
        ("", "", "2", (2, time(12, 45), time(15, 45))),
        ("9:30", "11:00", "1", (1, time(9, 30), time(11))),
        ("16:00", "17:30", "3", (3, time(16), time(17, 30))),
        ("16:00", "17:30", "", (None, time(16), time(17, 30))),
    ],
)
def test_a_class_has_times_or_a_slot(
    semester_of: Build, starts: str, ends: str, slot: str, expected: tuple[int | None, time, time]
) -> None:
    header = "date|start|end|slot|course_code|lecturers|groups\n"
    row = f"2026-12-05|{starts}|{ends}|{slot}|UV-101|ab|UV1"

    semester, problems = parse_semester(semester_of(timetable=header + row))

    assert problems == ()
    assert semester is not None
    assert [(held.slot, held.starts, held.ends) for held in semester.timetable] == [expected]


def test_blank_rows_count_and_a_group_nobody_studies_in_is_no_problem(semester_of: Build) -> None:
    header = "date|slot|course_code|lecturers|groups\n"
    rows = "2026-12-05|1|UV-101|ab|UV7\n| | ||\n2026-12-12|1|UV-101|ab|UV8"

    semester, problems = parse_semester(semester_of(timetable=header + rows))

    assert problems == ()
    assert semester is not None
    assert [(held.row, held.groups) for held in semester.timetable] == [
        (2, ("UV7",)),
        (4, ("UV8",)),
    ]


def test_one_lecturer_may_teach_and_coordinate_under_one_address(semester_of: Build) -> None:
    staff = "key|name|email|role\nk1|Anna Bērziņa|anna@augstskola.example|SAC koordinators"

    _, problems = parse_semester(semester_of(staff=staff))

    assert problems == ()


def test_problems_can_be_said_in_english(semester_of: Build) -> None:
    roles = "key|name|email|role\nk1|Uldis Šķiņķis|k1@augstskola.example|porter"

    _, problems = parse_semester(semester_of(staff=roles), Language.ENGLISH)

    assert problems == (
        Problem(
            "staff",
            2,
            "role",
            "“porter” is not known here. Write one of these: head_of_sac, coordinator, "
            "e_study_coordinator, study_department, accounting.",
        ),
    )


def test_a_long_value_is_cut_in_the_sentence(semester_of: Build) -> None:
    duty = "date|staff|from|to\n" + "9" * 500 + "|k1|8:30|12:30"

    _, problems = parse_semester(semester_of(duty=duty))

    shown = "9" * 59 + "…"
    assert [problem.message for problem in problems] == [
        f"„{shown}” nav saprotams datums. Rakstiet, piemēram, 05.12.2026. vai 2026-12-05."
    ]


def test_values_with_braces_are_only_text(semester_of: Build) -> None:
    duty = "date|staff|from|to\n2026-12-05|{value.__class__}|8:30|12:30"

    _, problems = parse_semester(semester_of(duty=duty))

    assert [problem.message for problem in problems] == [
        (
            "„{value.__class__}” nav lapā „staff”. Pievienojiet to tur vai izlabojiet šeit; vairākus "
            "atdaliet ar semikolu."
        )
    ]


def test_what_could_not_be_read_is_reported_beside_the_rest(semester_of: Build) -> None:
    sound = semester_of(duty=None, courses=None)
    unread = finding("courses", None, None, say.WINDOWS_1257)

    semester, problems = parse_semester(RawSheets(sound.sheets, (unread,)))

    assert semester is None
    assert [(problem.sheet, problem.message) for problem in problems] == [
        ("courses", say.WINDOWS_1257.lv),
        (
            "duty",
            (
                "Trūkst lapas „darba grafiks” (duty). Pievienojiet to; ja datu nav, pietiek ar "
                "virsrakstu rindu."
            ),
        ),
    ]


def test_an_unreadable_workbook_is_one_problem() -> None:
    refused = RawSheets((), (finding("semestris.xlsx", None, None, say.BROKEN_WORKBOOK),))

    assert parse_semester(refused) == (
        None,
        (Problem("semestris.xlsx", None, None, say.BROKEN_WORKBOOK.lv),),
    )


def test_strange_sheets_are_passed_over(semester_of: Build) -> None:
    sound = semester_of()
    scrap = RawSheet("Lapa1", ("x",), (("y",),))

    assert parse_semester(RawSheets((*sound.sheets, scrap))) == parse_semester(sound)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (None, ""),
        (101.0, "101"),
        (1.5, "1.5"),
        (True, "True"),
        ("\ufeffAnna\u00a0 Be\u0304rzin\u0327a\n", "Anna Bērziņa"),
    ],
)
def test_text_is_what_the_user_sees(cell: Cell, expected: str) -> None:
    assert text_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (DAY, DAY),
        (datetime(2026, 12, 5), DAY),  # noqa: DTZ001  (spreadsheets know no zones)
        (datetime(2026, 12, 5, 9), None),  # noqa: DTZ001
        ("2026-12-05 00:00:00", DAY),
        ("5. 12. 2026.", DAY),
        ("05.12.26", None),
        (46361.0, None),
        (date(1926, 12, 5), None),
        ("30.02.2026", None),
        ("", None),
    ],
)
def test_dates(cell: Cell, expected: date | None) -> None:
    assert date_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (time(9), time(9)),
        (time(9, 0, 20), None),
        (datetime(1899, 12, 31, 12, 45), time(12, 45)),  # noqa: DTZ001  (a spreadsheet's day zero)
        (datetime(2026, 12, 5, 9), None),  # noqa: DTZ001
        (timedelta(hours=9), time(9)),
        (timedelta(hours=33), None),
        (0.375, time(9)),
        (0.53125, time(12, 45)),
        (0, time(0)),
        (9.3, None),
        (True, None),
        ("09:00:00", time(9)),
        ("9.00", time(9)),
        ("24:00", None),
        ("9:00-12:00", None),
    ],
)
def test_times(cell: Cell, expected: time | None) -> None:
    assert time_of(cell) == expected


def test_lists_may_be_broken_into_lines_or_be_a_number() -> None:
    assert list_of("UV1;\nUV2\nUV1") == ("UV1", "UV2")
    assert list_of(101.0) == ("101",)
    assert list_of(None) == ()


def test_every_sentence_has_the_same_places_in_both_languages() -> None:
    sentences = {name: each for name, each in vars(say).items() if isinstance(each, Sentence)}

    places = {name: (_places(each.lv), _places(each.en)) for name, each in sentences.items()}

    assert len(places) > 40
    assert {name for name, (lv, en) in places.items() if lv != en} == set()


def _places(template: str) -> set[str]:
    return {part.split("}")[0] for part in template.split("{")[1:]}
