"""How values are shown: safe, local, and in correct Latvian."""

from datetime import date

import pytest

from integrations.presentation import on_date, one_line, spaced_meeting_id
from rules.people import Language


def test_every_month_has_its_locative() -> None:
    said = [on_date(date(2027, month, 1), Language.LATVIAN) for month in range(1, 13)]

    assert [text.removeprefix("2027. gada 1. ") for text in said] == [
        "janvārī",
        "februārī",
        "martā",
        "aprīlī",
        "maijā",
        "jūnijā",
        "jūlijā",
        "augustā",
        "septembrī",
        "oktobrī",
        "novembrī",
        "decembrī",
    ]


def test_every_weekday_says_when() -> None:
    week = [date(2027, 3, day) for day in range(1, 8)]

    said = [on_date(day, Language.LATVIAN, weekday=True).partition(",")[0] for day in week]

    assert said == [
        "pirmdien",
        "otrdien",
        "trešdien",
        "ceturtdien",
        "piektdien",
        "sestdien",
        "svētdien",
    ]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Bērnu\t literatūra ", "Bērnu literatūra"),
        ("a\x00b\x1bc", "a b c"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("fdp.exe\u202eabc\u2066", "fdp.exeabc"),
        ("2\u200b3", "23"),
        ("", ""),
    ],
)
def test_one_line(given: str, shown: str) -> None:
    assert one_line(given) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("866 5095 1128", "866 5095 1128"),
        ("123456789", "123 456 789"),
        ("12345", "12345"),
        ("", ""),
        ("per\nsonal", "per sonal"),
    ],
)
def test_meeting_ids_are_spaced_as_zoom_does(given: str, shown: str) -> None:
    assert spaced_meeting_id(given) == shown
