"""Facts of classes: what changed between two tellings, hashes, and the way through JSON."""

from dataclasses import replace

import pytest

from rules.facts import (
    Change,
    ChangeKind,
    changes,
    content_hash,
    facts_from_json,
    facts_to_json,
)
from rules.people import Language
from tests.rules.test_conversation import A_LATER, A_OFF, A, B, facts


def test_changes_name_what_happened_in_order_of_time() -> None:
    assert changes([A], [A_OFF, B]) == (
        Change(ChangeKind.CANCELLED, A, A_OFF),
        Change(ChangeKind.ADDED, None, B),
    )
    assert changes([A_OFF], [A]) == (Change(ChangeKind.REINSTATED, A_OFF, A),)
    assert changes([A], [A_LATER]) == (Change(ChangeKind.MOVED, A, A_LATER),)
    assert changes([A, B], [A, B]) == ()


def test_a_cancelled_class_that_is_gone_is_no_news() -> None:
    assert changes([A_OFF, B], []) == (Change(ChangeKind.WITHDRAWN, B, None),)


def test_a_change_shows_how_it_is_now_or_was() -> None:
    assert Change(ChangeKind.MOVED, A, A_LATER).now == A_LATER
    assert Change(ChangeKind.WITHDRAWN, A, None).now == A
    with pytest.raises(ValueError, match="at least one side"):
        _ = Change(ChangeKind.CHANGED, None, None).now


def test_the_name_of_a_course_by_language() -> None:
    both = facts(course_lv="Fizika", course_en="Physics")

    assert [both.course(language) for language in Language] == ["Fizika", "Physics"]
    assert replace(both, course_en="").course(Language.ENGLISH) == "Fizika"


def test_facts_come_back_from_json_as_they_were() -> None:
    known = [replace(A, join_url="https://x", meeting_id="1", passcode="p"), A_OFF, B]

    assert list(facts_from_json(facts_to_json(known))) == known


def test_a_hash_covers_everything_and_is_stable() -> None:
    assert content_hash(facts_to_json([A])) == content_hash(facts_to_json([A]))
    different = {content_hash(facts_to_json([one])) for one in (A, A_OFF, A_LATER, B)}
    assert len(different) == 4
    assert content_hash(A.start) == content_hash(A.start.isoformat())
    with pytest.raises(TypeError, match="no plain form for set"):
        content_hash({1})
