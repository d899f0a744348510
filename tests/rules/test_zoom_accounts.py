"""Assignment of Zoom accounts: examples by hand, and an exhaustive search as the oracle."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import account_search
from rules.timetable import ZoomAccount
from rules.zoom_accounts import Assignment, ClassNeed, Shortage, assign_accounts

RIGA = ZoneInfo("Europe/Riga")
DAY = datetime(2026, 12, 5, tzinfo=RIGA)
TEN = timedelta(minutes=10)
SMALL, SECOND_SMALL = ZoomAccount("a@x.example", 100), ZoomAccount("b@x.example", 100)
LARGE, SECOND_LARGE = ZoomAccount("m@x.example", 300), ZoomAccount("n@x.example", 300)


def need(
    class_id: str,
    start: float,
    end: float,
    size: int | None = 20,
    lecturer: str = "",
    current: str | None = None,
) -> ClassNeed:
    """A class from `start` to `end` o'clock."""
    begins, ends = (DAY + timedelta(hours=hours) for hours in (start, end))
    return ClassNeed(class_id, begins, ends, lecturer, size, current)


def held(given_out: Assignment) -> dict[str, str]:
    """The accounts by the first letter of their address; shortages must be none."""
    assert given_out.unassigned == ()
    return {class_id: email[0] for class_id, email in given_out.accounts.items()}


# --- the day as a whole ------------------------------------------------------------------------


def test_touching_with_the_buffer_shares_an_account() -> None:
    needs = [need("1", 9, 12), need("2", 12 + 10 / 60, 15)]

    assert held(assign_accounts(needs, [SMALL, SECOND_SMALL], TEN)) == {"1": "a", "2": "a"}


def test_a_minute_less_than_the_buffer_needs_another_account() -> None:
    needs = [need("1", 9, 12), need("2", 12 + 9 / 60, 15)]

    assert held(assign_accounts(needs, [SMALL, SECOND_SMALL], TEN)) == {"1": "a", "2": "b"}


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    """On 25 October 2026 clocks go back at 04:00; the second class starts an hour after the first
    has ended, though the local clock shows the same time."""
    night = datetime(2026, 10, 25, tzinfo=RIGA)
    first = ClassNeed("1", night.replace(hour=2), night.replace(hour=3, minute=30), "", 20)
    second = ClassNeed("2", night.replace(hour=3, minute=30, fold=1), night.replace(hour=5), "", 20)

    given_out = assign_accounts([first, second], [SMALL, SECOND_SMALL], timedelta(minutes=60))

    assert held(given_out) == {"1": "a", "2": "a"}


def test_nobody_gets_an_account_that_is_too_small() -> None:
    needs = [need("big", 9, 12, 240), need("small", 9, 12, 20), need("full", 9, 12, 300)]

    given_out = assign_accounts(needs, [SMALL, LARGE, SECOND_LARGE], TEN)

    assert held(given_out) == {"big": "m", "small": "a", "full": "n"}


def test_a_class_of_unknown_size_takes_the_largest_that_nobody_else_needs() -> None:
    alone = assign_accounts([need("?", 9, 12, None)], [SMALL, LARGE], TEN)
    beside = assign_accounts([need("?", 9, 12, None), need("big", 9, 12, 240)], [SMALL, LARGE], TEN)

    assert (held(alone), held(beside)) == ({"?": "m"}, {"?": "a", "big": "m"})


def test_a_class_without_students_takes_the_smallest() -> None:
    assert held(assign_accounts([need("0", 9, 12, 0)], [SMALL, LARGE], TEN)) == {"0": "a"}


def test_an_account_with_two_slots_hosts_two_classes_at_once_and_no_third() -> None:
    double = ZoomAccount("d@x.example", 100, concurrent=2)
    needs = [need("1", 9, 12), need("2", 9, 12), need("3", 10, 12), need("4", 13, 14)]

    assert held(assign_accounts(needs, [double, LARGE], TEN)) == {
        "1": "d",
        "2": "m",
        "3": "d",
        "4": "d",
    }


def test_both_slots_are_filled_before_another_account_is_opened() -> None:
    double = ZoomAccount("d@x.example", 100, concurrent=2)

    given_out = assign_accounts([need("1", 9, 12), need("2", 9, 12)], [SMALL, double], TEN)

    assert held(given_out) == {"1": "d", "2": "d"}


def test_a_lecturer_stays_on_one_account() -> None:
    needs = [
        need("1", 9, 12, lecturer="L1"),
        need("2", 9, 12, lecturer="L2"),
        need("3", 12.75, 15.75, lecturer="L2"),
        need("4", 12.75, 15.75, lecturer="L1"),
    ]

    given_out = held(assign_accounts(needs, [SMALL, SECOND_SMALL], TEN))

    assert (given_out["1"], given_out["2"]) == (given_out["4"], given_out["3"])


def test_a_day_without_classes_and_a_pool_without_accounts() -> None:
    assert assign_accounts([], [SMALL], TEN) == Assignment({}, ())
    assert assign_accounts([], [], TEN) == Assignment({}, ())


def test_a_day_that_the_waves_alone_do_not_solve(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only with 3 on the large account and 5 on the one that 2 used is there room for all."""
    needs = [
        need("1", 13, 15),
        need("2", 10, 11),
        need("3", 10, 13),
        need("4", 14, 17, 240),
        need("5", 13, 16),
    ]
    pool = [SMALL, SECOND_SMALL, LARGE]

    searched = assign_accounts(needs, pool, TEN)
    monkeypatch.setattr(account_search, "PAIR_LIMIT", 0)
    by_waves = assign_accounts(needs, pool, TEN)

    assert held(searched) == {"1": "b", "2": "a", "3": "m", "4": "m", "5": "a"}
    assert len(by_waves.accounts) == 4


# --- planned again -------------------------------------------------------------------------------


def test_a_re_plan_keeps_every_meeting_when_a_class_is_added() -> None:
    needs = [
        need("1", 9, 12, current="b@x.example"),
        need("2", 12.75, 15.75, current="m@x.example"),
        need("new", 9, 12),
    ]

    given_out = assign_accounts(needs, [SMALL, SECOND_SMALL, LARGE], TEN)

    assert held(given_out) == {"1": "b", "2": "m", "new": "m"}


def test_only_what_must_moves() -> None:
    """The large newcomer needs the one large account; the class there moves, its neighbour stays."""
    needs = [
        need("1", 9, 12, current="m@x.example"),
        need("2", 9, 12, current="a@x.example"),
        need("big", 10, 13, 240),
    ]

    given_out = assign_accounts(needs, [SMALL, SECOND_SMALL, LARGE], TEN)

    assert held(given_out) == {"1": "b", "2": "a", "big": "m"}


def test_of_two_meetings_that_now_clash_one_stays() -> None:
    needs = [
        need("1", 9, 12, current="b@x.example"),
        need("moved", 11, 14, current="b@x.example"),
        need("3", 14.5, 16, current="b@x.example"),
    ]

    assert held(assign_accounts(needs, [SMALL, SECOND_SMALL], TEN)) == {
        "1": "b",
        "moved": "a",
        "3": "b",
    }


def test_a_meeting_leaves_an_account_that_is_gone_or_too_small_now() -> None:
    needs = [
        need("gone", 9, 12, current="old@x.example"),
        need("grown", 9, 12, 240, current="a@x.example"),
    ]

    assert held(assign_accounts(needs, [SMALL, LARGE], TEN)) == {"gone": "a", "grown": "m"}


# --- too few accounts ----------------------------------------------------------------------------


def test_too_few_accounts_names_the_smallest_remedy() -> None:
    needs = [need("1", 9, 12, 240), need("2", 9, 12, 250), need("3", 12.75, 15, 20)]

    given_out = assign_accounts(needs, [SMALL, LARGE], TEN)

    assert given_out == Assignment(
        {"2": "m@x.example", "3": "m@x.example"},
        (
            Shortage(
                "1",
                "too_few_accounts wanted=2 available=1",
                "Papildus vajadzīgie ZOOM konti: 1 (ietilpība vismaz 300, plkst. 09:00).",
                "More ZOOM accounts are needed: 1 (capacity at least 300, at 09:00).",
            ),
        ),
    )


def test_a_class_larger_than_every_account_goes_without() -> None:
    given_out = assign_accounts([need("1", 9, 12, 301)], [SMALL, LARGE], TEN)

    assert given_out == Assignment(
        {},
        (
            Shortage(
                "1",
                "too_large size=301 largest=300",
                "Papildus vajadzīgie ZOOM konti: 1 (ietilpība vismaz 301, plkst. 09:00).",
                "More ZOOM accounts are needed: 1 (capacity at least 301, at 09:00).",
            ),
        ),
    )


def test_without_any_account_all_are_missing() -> None:
    needs = [need("1", 9, 12, 240), need("2", 9, 12, None), need("3", 12.75, 15)]

    given_out = assign_accounts(needs, [], TEN)

    assert dict(given_out.accounts) == {}
    assert [(left.class_id, left.reason) for left in given_out.unassigned] == [
        ("1", "no_accounts"),
        ("2", "no_accounts"),
        ("3", "no_accounts"),
    ]
    assert {left.remedy for left in given_out.unassigned} == {
        "Papildus vajadzīgie ZOOM konti: 1 (ietilpība vismaz 240, plkst. 09:00); 1 (jebkura ietilpība, plkst. 09:00)."
    }


def test_an_account_may_be_missing_although_enough_are_free_at_every_moment() -> None:
    """1 is beside a large class, so it must be on the small account; 2 likewise; yet they overlap."""
    needs = [
        need("1", 9, 12),
        need("big", 9.5, 10, 240),
        need("2", 11, 14),
        need("late", 13, 13.5, 240),
    ]

    given_out = assign_accounts(needs, [SMALL, LARGE], TEN)

    assert len(given_out.accounts) == 3
    assert [(left.reason, left.remedy_en) for left in given_out.unassigned] == [
        (
            "no_account_free_throughout wanted=2 available=2",
            "More ZOOM accounts are needed: 1 (capacity at least 100, at 09:00).",
        )
    ]


def test_a_newcomer_does_not_push_out_a_meeting_that_people_know_of() -> None:
    needs = [need("told", 9, 12, 20, current="m@x.example"), need("new", 9, 12, 250)]

    given_out = assign_accounts(needs, [LARGE], TEN)

    assert dict(given_out.accounts) == {"told": "m@x.example"}


def test_on_a_day_too_large_to_search_the_waves_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_search, "PAIR_LIMIT", 0)
    needs = [need("1", 9, 12, 20), need("2", 9, 12, 30), need("3", 10, 12, 40)]

    given_out = assign_accounts(needs, [SMALL], TEN)

    assert dict(given_out.accounts) == {"2": "a@x.example"}
    assert [left.class_id for left in given_out.unassigned] == ["1", "3"]


def test_a_search_that_gives_up_leaves_the_waves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account_search, "milp", lambda *_, **__: SimpleNamespace(x=None))
    needs = [need("1", 9, 12, 20), need("2", 9, 12, 30)]

    assert dict(assign_accounts(needs, [SMALL], TEN).accounts) == {"2": "a@x.example"}


# --- laws ------------------------------------------------------------------------------------------

SIZES = (None, 20, 100, 240)


@st.composite
def days(draw: st.DrawFn, most: int = 6) -> list[ClassNeed]:
    """Days of a few classes, some with a meeting on an account that may be gone or too small."""
    count = draw(st.integers(0, most))
    needs = []
    for number in range(count):
        start = draw(st.integers(0, 6))
        needs.append(
            need(
                f"c{number}",
                start,
                start + draw(st.integers(1, 4)),
                draw(st.sampled_from(SIZES)),
                draw(st.sampled_from(("", "L1", "L2"))),
                draw(
                    st.sampled_from((None, None, "p0@x.example", "p1@x.example", "gone@x.example"))
                ),
            )
        )
    return needs


ACCOUNTS = st.lists(
    st.tuples(st.sampled_from((50, 100, 300)), st.sampled_from((1, 1, 2))), max_size=3
).map(
    lambda kinds: [
        ZoomAccount(f"p{number}@x.example", capacity, concurrent)
        for number, (capacity, concurrent) in enumerate(kinds)
    ]
)


def is_sound(
    needs: Sequence[ClassNeed], pool: Sequence[ZoomAccount], where: dict[str, str]
) -> bool:
    """Large enough, and never more classes at once (with the buffer) than the account hosts."""
    of = {account.email: account for account in pool}
    placed = [each for each in needs if each.class_id in where]
    if any((each.size or 0) > of[where[each.class_id]].capacity for each in placed):
        return False
    return all(
        sum(
            where[other.class_id] == where[each.class_id]
            and other.start <= each.start < other.end + TEN
            for other in placed
        )
        <= of[where[each.class_id]].concurrent
        for each in placed
    )


def worth(
    needs: Sequence[ClassNeed], pool: Sequence[ZoomAccount], where: dict[str, str]
) -> tuple[int, int, int, int]:
    """Without an account; moved; students served (negative); accounts used."""
    fits = {account.email: account.capacity for account in pool}
    moved = sum(
        each.current in fits
        and fits[each.current] >= (each.size or 0)
        and where.get(each.class_id) != each.current
        for each in needs
    )
    served = sum(each.size or 0 for each in needs if each.class_id in where)
    return len(needs) - len(where), moved, -served, len(set(where.values()))


def all_ways(needs: Sequence[ClassNeed], pool: Sequence[ZoomAccount]) -> Iterator[dict[str, str]]:
    emails = [None, *(account.email for account in pool)]
    for chosen in product(emails, repeat=len(needs)):
        yield {n.class_id: email for n, email in zip(needs, chosen, strict=True) if email}


@given(days(most=5), ACCOUNTS)
def test_no_way_of_all_ways_is_better(needs: list[ClassNeed], pool: list[ZoomAccount]) -> None:
    best = min(
        worth(needs, pool, way) for way in all_ways(needs, pool) if is_sound(needs, pool, way)
    )

    where = dict(assign_accounts(needs, pool, TEN).accounts)

    assert is_sound(needs, pool, where)
    assert worth(needs, pool, where) == best


@given(days(most=40))
def test_accounts_are_as_many_as_classes_at_once(needs: list[ClassNeed]) -> None:
    """The lower bound, counted minute by minute and not as the product does."""
    fresh = [replace(each, current=None) for each in needs]
    pool = [ZoomAccount(f"p{number}@x.example", 300) for number in range(40)]
    minutes = [DAY + timedelta(minutes=10 * number) for number in range(6 * 12)]
    overlap = max(sum(n.start <= at < n.end + TEN for n in fresh) for at in minutes)

    where = dict(assign_accounts(fresh, pool, TEN).accounts)

    assert is_sound(fresh, pool, where)
    assert (len(where), len(set(where.values()))) == (len(fresh), overlap)


@given(days(), ACCOUNTS, st.randoms())
def test_the_order_of_the_input_does_not_matter(
    needs: list[ClassNeed], pool: list[ZoomAccount], dice: Random
) -> None:
    shuffled, other_pool = needs.copy(), pool.copy()
    dice.shuffle(shuffled)
    dice.shuffle(other_pool)

    assert assign_accounts(shuffled, other_pool, TEN) == assign_accounts(needs, pool, TEN)


@given(days(), ACCOUNTS)
def test_planning_again_what_was_planned_changes_nothing(
    needs: list[ClassNeed], pool: list[ZoomAccount]
) -> None:
    first = assign_accounts(needs, pool, TEN)

    again = [replace(each, current=first.accounts.get(each.class_id)) for each in needs]

    assert assign_accounts(again, pool, TEN) == first


@given(days(), ACCOUNTS)
def test_cancelling_a_class_moves_nobody(needs: list[ClassNeed], pool: list[ZoomAccount]) -> None:
    pool += [ZoomAccount(f"q{number}@x.example", 300) for number in range(6)]
    first = assign_accounts(needs, pool, TEN)
    told = [replace(each, current=first.accounts.get(each.class_id)) for each in needs][1:]

    second = assign_accounts(told, pool, TEN)

    stayed = {n.class_id: n.current for n in told if n.current}
    assert {key: second.accounts[key] for key in stayed} == stayed


def test_days_far_from_utc_are_told_in_their_own_time() -> None:
    early = datetime(2026, 12, 5, 7, tzinfo=UTC)
    lonely = ClassNeed("1", early, early + timedelta(hours=3), "", 20)

    (left,) = assign_accounts([lonely], [], TEN).unassigned

    assert left.remedy_en == "More ZOOM accounts are needed: 1 (capacity at least 20, at 07:00)."
