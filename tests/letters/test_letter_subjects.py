"""What the subject of a change letter says, loudest first."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from integrations.letters.views import change_subject, change_view
from rules.facts import changes
from rules.people import Language


def test_one_change_names_the_class(sample: SimpleNamespace) -> None:
    told = [sample.upbringing]
    renamed = replace(sample.upbringing, course_lv="Pedagoģija ģimenē", course_en="Parenting")
    wanted = {
        "cancelled": [replace(sample.upbringing, status=sample.literature_cancelled.status)],
        "withdrawn": [],
        "moved": [sample.upbringing_moved],
        "changed": [renamed],
    }

    said = {
        name: change_subject(changes(told, now), sample.day, Language.LATVIAN)
        for name, now in wanted.items()
    }

    assert said == {
        "cancelled": "ATCELTA nodarbība 05.12.2026., pl. 12:45: Bērnu audzināšana ģimenē",
        "withdrawn": "Nodarbība vairs nav Jūsu sarakstā 05.12.2026., pl. 12:45: "
        "Bērnu audzināšana ģimenē",
        "moved": "Mainīts nodarbības laiks 05.12.2026., pl. 14:45: Bērnu audzināšana ģimenē",
        "changed": "Izmaiņas nodarbībā 05.12.2026., pl. 12:45: Pedagoģija ģimenē",
    }


def test_news_and_returns(sample: SimpleNamespace) -> None:
    news = changes([], [sample.literature])
    back = changes([sample.literature_cancelled], [sample.literature])

    assert [change_subject(found, sample.day, Language.ENGLISH) for found in (news, back)] == [
        "New class 5 Dec 2026, 09:00: Children's Literature",
        "Class will be held after all 5 Dec 2026, 09:00: Children's Literature",
    ]


def test_several_changes_of_one_kind_are_counted_not_named(sample: SimpleNamespace) -> None:
    gone = changes([sample.literature, sample.upbringing], [])

    assert change_subject(gone, sample.day, Language.LATVIAN) == (
        "Nodarbības vairs nav Jūsu sarakstā 05.12.2026."
    )


def test_a_cancellation_is_never_hidden_behind_other_changes(sample: SimpleNamespace) -> None:
    told = [sample.literature, sample.upbringing]
    mixed = changes(told, [sample.literature_cancelled, sample.upbringing_moved])
    quiet = changes(told, [sample.upbringing_moved])

    assert [change_subject(found, sample.day, Language.LATVIAN) for found in (mixed, quiet)] == [
        "ATCELTA nodarbība un citas izmaiņas 05.12.2026.",
        "Izmaiņas nodarbībās 05.12.2026.",
    ]


def test_no_change_is_no_letter(sample: SimpleNamespace) -> None:
    with pytest.raises(ValueError, match="at least one change"):
        change_subject([], sample.day, Language.LATVIAN)


def test_what_differs_stands_side_by_side(sample: SimpleNamespace) -> None:
    (change,) = changes([sample.upbringing], [sample.upbringing_moved])

    fields = change_view(change, sample.day, Language.LATVIAN).fields

    assert [(field.label, field.before, field.now, field.is_link) for field in fields] == [
        ("Laiks", "2. nodarbība, pl. 12:45–15:45", "pl. 14:45–17:45", False),
        (
            "Zoom saite",
            "https://zoom.us/j/83110787965?pwd=ZTMxODAyYzBi.1",
            "https://zoom.us/j/99900011122?pwd=QmFsdGFz.1",
            True,
        ),
        ("Meeting ID", "831 1078 7965", "999 0001 1122", False),
    ]


def test_a_change_that_the_reader_cannot_see_is_still_explained(sample: SimpleNamespace) -> None:
    (change,) = changes(
        [sample.literature], [replace(sample.literature, course_en="Books for Children")]
    )

    view = change_view(change, sample.day, Language.LATVIAN)

    assert (view.fields, view.note) == ((), "Precizēta informācija par nodarbību.")


def test_a_class_that_left_the_day_shows_its_date(sample: SimpleNamespace) -> None:

    week = timedelta(days=7)
    later = replace(
        sample.literature, start=sample.literature.start + week, end=sample.literature.end + week
    )
    (change,) = changes([sample.literature], [later])

    (field, *_) = change_view(change, sample.day, Language.LATVIAN).fields

    assert field.now == "1. nodarbība, 12.12.2026. pl. 09:00–12:00"


def test_what_appears_and_what_goes_is_shown_against_a_dash(sample: SimpleNamespace) -> None:
    unlinked = replace(sample.literature, join_url=None, meeting_id=None, passcode=None)
    (linked,) = changes([unlinked], [sample.literature])
    (unlinked_again,) = changes([sample.literature], [unlinked])

    shown = [
        [
            (field.label, field.before, field.now, field.is_link)
            for field in change_view(change, sample.day, Language.ENGLISH).fields
        ]
        for change in (linked, unlinked_again)
    ]

    link = "https://zoom.us/j/86650951128?pwd=NzExMTI1YWEw.1"
    assert shown == [
        [
            ("Zoom link", "–", link, True),
            ("Meeting ID", "–", "866 5095 1128", False),
            ("Passcode", "–", "884666", False),
        ],
        [
            ("Zoom link", link, "–", False),
            ("Meeting ID", "866 5095 1128", "–", False),
            ("Passcode", "884666", "–", False),
        ],
    ]


def test_a_class_that_comes_back_is_not_a_change_of_its_link(sample: SimpleNamespace) -> None:
    (change,) = changes([sample.literature_cancelled], [sample.literature])

    view = change_view(change, sample.day, Language.LATVIAN)

    assert (view.label, view.fields, view.note, view.alarming) == ("TOMĒR NOTIKS", (), "", False)


def test_a_class_first_heard_of_as_cancelled_is_no_new_class(sample: SimpleNamespace) -> None:
    found = changes([], [sample.literature_cancelled])

    view = change_view(found[0], sample.day, Language.LATVIAN)

    assert (view.label, view.note, view.alarming) == ("ATCELTA", "Šī nodarbība nenotiks.", True)
    assert change_subject(found, sample.day, Language.LATVIAN) == (
        "ATCELTA nodarbība 05.12.2026., pl. 09:00: Bērnu literatūra"
    )
