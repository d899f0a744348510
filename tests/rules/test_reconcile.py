"""The comparison behind every step."""

from hypothesis import given
from hypothesis import strategies as st

from rules.reconcile import Difference, reconcile

KNOWN = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12"))


def test_what_is_the_same_needs_nothing() -> None:
    same = reconcile({"a": "1"}, {"a": "1"})

    assert (same, same.is_empty, same.size) == (Difference((), (), (), ("a",)), True, 0)


def test_each_key_is_in_exactly_one_part() -> None:
    difference = reconcile({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "0", "d": "4"})

    assert (difference, difference.is_empty, difference.size) == (
        Difference(("a",), ("c",), ("d",), ("b",)),
        False,
        3,
    )


@given(KNOWN, KNOWN)
def test_carried_out_it_leaves_nothing_to_do(wanted: dict[str, str], known: dict[str, str]) -> None:
    difference = reconcile(wanted, known)

    after = {key: value for key, value in known.items() if key not in difference.withdraw}
    after |= {key: wanted[key] for key in (*difference.create, *difference.update)}

    assert (after, reconcile(wanted, after).is_empty) == (wanted, True)
