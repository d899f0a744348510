"""Laws that hold for all inputs: penalties, allocations, discounts, terms."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.money import round_cents
from rules.regulations.appeals import defence_appeal_due, grade_appeal_due
from rules.regulations.discount_sum import Discount, DiscountKind, combined_discount
from rules.regulations.family_discount import FamilyMember, family_discounts
from rules.regulations.late_fee import CapBase, Payment, late_fee
from rules.regulations.late_fee_batch import LateFeeCase, LateFeeColumns, late_fees
from rules.regulations.tuition import Debt, allocate_payment, refund
from rules.working_days import WorkingDays, add_months

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
NEAR = st.dates(date(2026, 8, 1), date(2027, 8, 1))
MONEY = st.integers(0, 500_000).map(lambda cents: Decimal(cents).scaleb(-2))
PAYMENTS = st.lists(st.builds(Payment, NEAR, MONEY), max_size=4).map(tuple)
LATE = st.builds(
    LateFeeCase,
    tuition=MONEY,
    due_date=NEAR,
    payments=PAYMENTS,
    as_of=NEAR,
    planned_loan=st.one_of(st.just(Decimal(0)), MONEY),
    loan_refused_on=st.one_of(st.none(), NEAR),
)
# The first call loads calendars and reads annotations; time is measured in benchmarks/.
STEADY = settings(deadline=None)
CAPS = st.sampled_from(CapBase)


def single(case: LateFeeCase, cap_base: CapBase = CapBase.LARGEST_UNPAID) -> Decimal:
    return late_fee(
        case.tuition,
        case.due_date,
        case.payments,
        case.as_of,
        case.planned_loan,
        case.loan_refused_on,
        cap_base,
    ).value


def unpaid_on(case: LateFeeCase, day: date) -> Decimal:
    """What the clause charges on that day, read off the text."""
    paid = sum((one.amount for one in case.payments if one.on < day), Decimal(0))
    refused = case.loan_refused_on
    exempt = refused is None or day <= refused + timedelta(days=14)
    return max(case.tuition - paid - (case.planned_loan if exempt else 0), Decimal(0))


def day_by_day(case: LateFeeCase, cap_base: CapBase) -> Decimal:
    """The penalty by adding up days, with fractions: slow and obvious."""
    days = range(1, (case.as_of - case.due_date).days + 1)
    bases = [unpaid_on(case, case.due_date + timedelta(days=number)) for number in days]
    cap = case.tuition if cap_base is CapBase.SEMESTER_TUITION else max(bases, default=Decimal(0))
    exact = min(sum(map(Fraction, bases), Fraction()) / 1000, Fraction(cap) / 5)
    return round_cents(Decimal(exact.numerator) / Decimal(exact.denominator))


@STEADY
@given(LATE, CAPS)
def test_late_fee_is_the_sum_of_its_days(case: LateFeeCase, cap_base: CapBase) -> None:
    assert single(case, cap_base) == day_by_day(case, cap_base)


@STEADY
@given(st.lists(LATE, max_size=8), CAPS)
def test_batch_agrees_with_single_answers(cases: list[LateFeeCase], cap_base: CapBase) -> None:
    fees = late_fees(LateFeeColumns.of(cases), cap_base)

    assert fees.tolist() == [int(single(case, cap_base) * 100) for case in cases]


@STEADY
@given(LATE, st.integers(0, 400))
def test_late_fee_never_falls_with_time_nor_exceeds_its_cap(case: LateFeeCase, later: int) -> None:
    after = LateFeeCase(
        case.tuition,
        case.due_date,
        case.payments,
        case.as_of + timedelta(days=later),
        case.planned_loan,
        case.loan_refused_on,
    )

    assert Decimal(0) <= single(case) <= single(after) <= round_cents(case.tuition / 5)


SEMESTERS = st.builds(
    lambda year, season: f"{year}-{season}",
    st.integers(2000, 2030),
    st.sampled_from(["spring", "autumn"]),
)
DEBTS = st.lists(
    st.builds(Debt, SEMESTERS, MONEY, MONEY), max_size=5, unique_by=lambda debt: debt.semester
).map(tuple)


@STEADY
@given(st.integers(1, 10**7).map(lambda cents: Decimal(cents).scaleb(-2)), DEBTS)
def test_allocation_conserves_money_and_leaves_no_older_debt(
    amount: Decimal, debts: tuple[Debt, ...]
) -> None:
    value = allocate_payment(amount, debts).value
    owed = {
        (debt.semester, part): sum_owed
        for debt in debts
        for part, sum_owed in (("tuition", debt.tuition), ("penalty", debt.penalty))
        if sum_owed
    }
    order = sorted(owed, key=lambda key: (key[0][:4], key[0][5] == "a", key[1] == "penalty"))
    paid = {(one.semester, one.part): one.amount for one in value.parts}

    assert sum(paid.values(), value.surplus) == amount
    assert list(paid) == order[: len(paid)]
    assert [paid[key] for key in order[: len(paid)]][:-1] == [
        owed[key] for key in order[: max(len(paid) - 1, 0)]
    ]
    assert value.surplus == 0 or paid == owed


DISCOUNTS = st.lists(
    st.builds(
        Discount,
        st.sampled_from(DiscountKind),
        st.integers(0, 10_000).map(lambda number: Decimal(number).scaleb(-2)),
    ),
    unique_by=lambda discount: discount.kind,
).map(tuple)


@STEADY
@given(DISCOUNTS)
def test_combined_discount_stays_between_the_largest_and_a_hundred(
    discounts: tuple[Discount, ...],
) -> None:
    total = combined_discount(discounts).value
    largest = max((one.percent for one in discounts), default=Decimal(0))

    assert largest <= total <= min(sum((one.percent for one in discounts), Decimal(0)), 100)
    assert combined_discount(discounts[::-1]).value == total


@STEADY
@given(st.lists(st.builds(FamilyMember, DAYS, st.uuids().map(str), st.booleans()), max_size=7))
def test_family_discounts_depend_only_on_who_studies(members: list[FamilyMember]) -> None:
    percents = family_discounts(tuple(members)).value
    studying = sum(member.studying for member in members)
    expected = [Decimal(0), Decimal(10), *[Decimal(25)] * 10][:studying]

    assert sorted(percents) == sorted([*expected, *[Decimal(0)] * (len(members) - studying)])


@STEADY
@given(MONEY, DAYS, st.integers(0, 30), st.integers(-40, 40))
def test_refund_never_exceeds_what_was_paid(
    paid: Decimal, start: date, gap: int, offset: int
) -> None:
    classes = start + timedelta(days=gap)
    answer = refund(paid, start, classes, start + timedelta(days=offset))

    assert (answer.value.amount is None) == bool(answer.needs_decision)
    assert Decimal(0) <= (answer.value.amount or Decimal(0)) <= paid


def slow_working_days_after(day: date, count: int) -> date:
    """Walks day by day and counts."""
    while count:
        day += timedelta(days=1)
        count -= WorkingDays().is_working(day)
    return day


@STEADY
@given(DAYS)
def test_defence_appeal_counts_working_days(received: date) -> None:
    assert defence_appeal_due(received).value == slow_working_days_after(received, 5)


@STEADY
@given(DAYS, st.integers(0, 60))
def test_grade_appeal_keeps_both_terms(assessed: date, later: int) -> None:
    learned = assessed + timedelta(days=later)
    due = grade_appeal_due(assessed, None, learned).value

    assert due == min(slow_working_days_after(learned, 5), slow_working_days_after(assessed, 20))


@STEADY
@given(DAYS, st.integers(-24, 24))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    moved = add_months(day, months)

    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (
        moved.day < day.day and (moved + timedelta(days=1)).month != moved.month
    )
