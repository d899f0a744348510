"""Answers with a number that is not the number of those who came: each goes to a person.

Grouped by what the number is instead; every group has a neighbour that is a clear answer, so that
no group passes because nothing is understood.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from rules.replies import ClassQuestion, Reason, ReplyContext, Verdict
from rules.replies.reader import read_text

RIGA = ZoneInfo("Europe/Riga")
DAY = datetime(2026, 12, 5, tzinfo=RIGA)  # a Saturday
SENT = DAY.replace(hour=17)
REVIEW = "review"


def question(key: str, slot: int, course: str, *groups: str) -> ClassQuestion:
    start, end = ((9, 0), (12, 0)) if slot == 1 else ((12, 45), (15, 45))
    return ClassQuestion(
        key,
        slot,
        DAY.replace(hour=start[0], minute=start[1]),
        DAY.replace(hour=end[0], minute=end[1]),
        (course,),
        groups,
        40,
    )


def asked(*classes: ClassQuestion, **prior: int) -> ReplyContext:
    return ReplyContext(
        "ikrumina", "Ilze Krūmiņa", ("ilze@lektori.example",), classes, prior, ("<x@y>",), "", ""
    )


ONE = asked(question("a", 1, "Lietvedība", "LV-11"))
TWO = asked(question("a", 1, "Darba tiesības", "JU-1"), question("b", 2, "Loģika", "JU-2"))
CROSSED = asked(question("a", 1, "Darba tiesības", "JU-2"), question("b", 2, "Loģika", "JU-1"))
JOINT = asked(question("a", 1, "Ētika", "UZ-21"), question("b", 2, "Loģika", "UZ-31", "UZ-32"))
JOINT_ONE = asked(question("a", 1, "Ētika", "UZ-31", "UZ-32"))
BARE = asked(question("a", 1, "Ķīmija", "21"), question("b", 2, "Fizika", "22"))

Expected = Mapping[str, int] | str


def reading(verdict: Verdict) -> Expected:
    return dict(verdict.counts) if verdict.counts else str(verdict.outcome)


def check(text: str, known: ReplyContext, expected: Expected, sent: datetime = SENT) -> None:
    verdict = read_text(text, known, sent)

    assert reading(verdict) == expected, verdict.why


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Labojums: 22", {"a": 22}),
        ("Kļūdījos - bija 22", {"a": 22}),
        ("Kļūdījos, jābūt 22", {"a": 22}),
        ("22 ir nepareizi", REVIEW),
        ("22 ir kļūda", REVIEW),
        ("Kļūdaini 22", REVIEW),
        ("Nepareizi: 22", REVIEW),
        ("Kļūda bija 22", REVIEW),
        ("22 is wrong", REVIEW),
        ("It was wrong: 22", REVIEW),
        ("My mistake was 22", REVIEW),
        ("Неверно 22", REVIEW),
        ("Ошибочно 22", REVIEW),
        ("Kļūdījos par 2", REVIEW),
        ("Kļūda par diviem", REVIEW),
        ("Labojums par 2", REVIEW),
        ("I was wrong by 2", REVIEW),
        ("Ошибся на 2", REVIEW),
        ("Kļūdījos, viens bija pieslēdzies", REVIEW),
        ("Mistake: one joined", REVIEW),
        ("Viss pareizi, 22", REVIEW),
        ("That is correct, 22", REVIEW),
        ("Всё верно, 22", REVIEW),
    ],
)
def test_what_was_wrong_or_by_how_much(text: str, expected: Expected) -> None:
    check(text, replace(ONE, prior_counts={"a": 23}), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bija 22", {"a": 22}),
        ("Jābūt 22", REVIEW),
        ("Ir jābūt 22 studentiem", REVIEW),
        ("There should be 22", REVIEW),
        ("Should have been 22", REVIEW),
        ("Должно быть 22", REVIEW),
        ("Bija cilvēki 20", REVIEW),
        ("Человек было 20", REVIEW),
        ("Студентов на занятии было 20", REVIEW),
        ("Студентов: 20", {"a": 20}),
        ("Количество студентов - 20", {"a": 20}),
        ("22 🤷", REVIEW),
        ("🤔 22", REVIEW),
        ("❌ 22", REVIEW),
        ("22 ❓", REVIEW),
        ("22 👍", {"a": 22}),
    ],
)
def test_guesses(text: str, expected: Expected) -> None:
    check(text, ONE, expected)


@pytest.mark.parametrize(
    ("text", "hour", "day", "expected"),
    [
        ("Šodien bija 22", 17, 5, {"a": 22}),
        ("Vakar bija 22", 17, 5, REVIEW),
        ("22 yesterday", 17, 5, REVIEW),
        ("Вчера было 22", 17, 5, REVIEW),
        ("Vakar bija 22", 11, 6, {"a": 22}),
        ("Šodien bija 22", 11, 6, REVIEW),
        ("Šodien bija 22", 1, 6, {"a": 22}),
        ("Vakar bija 22", 1, 6, {"a": 22}),
        ("Vakardienas nodarbībā 22", 9, 7, REVIEW),
        ("Сегодня 22", 9, 7, REVIEW),
    ],
)
def test_other_days(text: str, hour: int, day: int, expected: Expected) -> None:
    check(text, ONE, expected, DAY.replace(day=day, hour=hour))


def test_a_day_told_from_an_unknown_date() -> None:
    verdict = read_text("Vakar bija 22", ONE, None)

    assert (reading(verdict), verdict.reason) == (REVIEW, Reason.NO_DATE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bija 20. Auditorija bija pilna.", {"a": 20}),
        ("Bija 20. paldies", {"a": 20}),
        ("20. auditorijā", REVIEW),
        ("Bija 20.auditorijā", REVIEW),
        ("3. telpā", REVIEW),
        ("20. reizi", REVIEW),
        ("Bija 20. tests", REVIEW),
        ("Bija 20. tēma", REVIEW),
        ("Grupā IT-2", REVIEW),
        ("IT-2", REVIEW),
        ("IT 2", REVIEW),
        ("See you at 15", REVIEW),
        ("Call me at 15", REVIEW),
        ("Ziņoju uz 15", REVIEW),
        ("Report follows on 15", REVIEW),
        ("Tiksimies 15", REVIEW),
        ("в 15", REVIEW),
        ("Kursā ir 22 studenti", REVIEW),
        ("Kursa dalībnieku skaits 22", REVIEW),
        ("Number of students on the course: 22", REVIEW),
        ("I have 22 students", REVIEW),
        ("Man ir 22 studenti", REVIEW),
        ("Kursā bija 22 studenti", {"a": 22}),
        ("Reģistrā 22 studenti", REVIEW),
        ("Register: 22", REVIEW),
        ("Sarakstā 34, bija 22", {"a": 22}),
        ("Bija 22, sarakstā 20", REVIEW),
        ("22 came, 20 registered", REVIEW),
        ("Bija 22, bet pēc mana saraksta 23", REVIEW),
        ("Bija 22, pēc saraksta 40", {"a": 22}),
        ("Mēs bijām 15", REVIEW),
        ("We were 15", REVIEW),
        ("There were 15 of us", REVIEW),
        ("Нас было 15", REVIEW),
        ("22, with me", REVIEW),
        ("22 and me", REVIEW),
        ("22, not counting me", {"a": 22}),
        ("One of the students was there", REVIEW),
        ("Aktīvi bija 15", REVIEW),
    ],
)
def test_other_things_that_have_numbers(text: str, expected: Expected) -> None:
    check(text, ONE, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neviens nodarbībā nepiedalījās", {"a": 0}),
        ("Nobody, unfortunately", {"a": 0}),
        ("0 - nobody came", {"a": 0}),
        ("Neviena kļūda", REVIEW),
        ("Neviena nodarbība", REVIEW),
        ("Neviena atskaite", REVIEW),
        ("Neviens rezultāts", REVIEW),
        ("Neviena diena", REVIEW),
        ("Ни одного занятия", REVIEW),
        ("Nobody counted", REVIEW),
        ("Nobody confirmed", REVIEW),
        ("No people recorded", REVIEW),
        ("Nobody report", REVIEW),
    ],
)
def test_nobody_and_nothing(text: str, expected: Expected) -> None:
    check(text, ONE, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22 in both", {"a": 22, "b": 22}),
        ("Abās bija 22", {"a": 22, "b": 22}),
        ("Only 12 attended both", REVIEW),
        ("12 studenti bija abās nodarbībās", REVIEW),
        ("22 uz abām", REVIEW),
        ("22 for both classes", REVIEW),
        ("22 на обе", REVIEW),
        ("22 un 18", {"a": 22, "b": 18}),
        ("22, bet 18", REVIEW),
        ("22 but 18", REVIEW),
        ("22, а 18", REVIEW),
        ("22 un tad 18", REVIEW),
        ("Pirmajā grupā 22, otrajā 18", {"a": 22, "b": 18}),
    ],
)
def test_two_classes(text: str, expected: Expected) -> None:
    check(text, TWO, expected)


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("Pirmajā grupā 22, otrajā 18", CROSSED, REVIEW),
        ("1. grupa 22, 2. grupa 18", CROSSED, REVIEW),
        ("JU-1 22, JU-2 18", CROSSED, {"a": 18, "b": 22}),
        ("UZ-21 22; UZ-31, UZ-32 18", JOINT, {"a": 22, "b": 18}),
        ("UZ-21 22, UZ-31 18", JOINT, REVIEW),
        ("Loģikā (UZ-31) 18", JOINT, {"b": 18}),
        ("Katrā grupā 11", JOINT, REVIEW),
        ("pa 11 no katras grupas", JOINT, REVIEW),
        ("Katrā grupā 11", TWO, {"a": 11, "b": 11}),
        ("UZ-31 18", JOINT_ONE, REVIEW),
        ("18 no UZ-31", JOINT_ONE, REVIEW),
        ("Katrā grupā 11", JOINT_ONE, REVIEW),
        ("UZ-31 un UZ-32: 38", JOINT_ONE, {"a": 38}),
        ("UZ-31 18, UZ-32 20, kopā 38", JOINT_ONE, {"a": 38}),
        ("UZ-31 18, UZ-32 20, kopā 39", JOINT_ONE, REVIEW),
        ("Ķīmijā 18, fizikā 19", BARE, {"a": 18, "b": 19}),
        ("21 un 22", BARE, REVIEW),
        ("21\n22", BARE, REVIEW),
        ("Grupa 21", BARE, REVIEW),
    ],
)
def test_groups(text: str, known: ReplyContext, expected: Expected) -> None:
    check(text, known, expected)


THANKS = (
    "Paldies par atgādinājumu!\n\nDatumā 2026. gada 1. decembris, SAC <sac@a.example> rakstīja:\n\n"
)


def letter(*details: str) -> str:
    return "".join(f"> {line}\n" for line in ("Labdien!", "", *details, "", "Ar cieņu,"))


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (("1. nodarbība pl. 9:00-12:00", "Studiju kurss: Ķīmija", "Grupas: 21"), "ignore"),
        (("1. nodarbība | 9:00–12:00 | Ķīmija | 21",), "ignore"),
        (("1. nodarbība | 9:00–12:00 | Ķīmija | 37",), "ignore"),
        (("1. nodarbība pl. 9:00-12:00", "Grupas: 37"), "ignore"),
        (("1. nodarbība pl. 9:00-12:00", "Grupas: IT-3"), "ignore"),
        (("1. nodarbība pl. 9:00-12:00", "Grupas: 21,", "22"), "ignore"),
        (("1. nodarbība pl. 9:00-12:00", "Studiju kurss: Fizika 2"), REVIEW),
        (("1. nodarbība pl. 9:00-12:00", "Grupas: 21 - 18"), {"a": 18}),
        (("1. nodarbība pl. 9:00-12:00 - 18",), {"a": 18}),
    ],
)
def test_our_own_letter_is_no_answer(details: tuple[str, ...], expected: Expected) -> None:
    """Groups may be called by numbers, and the plan may have changed since the letter."""
    check(THANKS + letter(*details), BARE, expected)


def test_a_wrapped_letter_is_no_answer() -> None:
    course = "Angļu valoda profesionālajai un akadēmiskajai saziņai 2"
    known = asked(question("a", 1, course, "UZ-1"))
    first, last = course.rsplit(" ", 1)
    sent = f"1. nodarbība | 9:00–12:00 | {course} | UZ-1"
    lines = (f"1. nodarbība | 9:00–12:00 | {first}", f"{last} | UZ-1")

    check(THANKS + letter(*lines), known, "ignore")
    check(THANKS + letter(*lines), replace(known, letter_texts=(sent,)), "ignore")
    check(THANKS + letter(*lines, "klāt 18"), known, {"a": 18})
