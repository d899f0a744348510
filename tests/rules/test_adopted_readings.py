"""Every reading that the specification marks as assumed is in a register, in the order of its marks."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from rules.ambiguities import Ambiguity
from rules.fees.readings import READINGS
from rules.regulations.readings import AMBIGUITIES
from rules.regulations.readings.misprints import READINGS as MISPRINTS

MARK = "ASSUMPTION"
REGULATIONS: tuple[tuple[str, ...], ...] = (
    ("price_list_is_the_tariff",),
    (
        *("terms_include_the_day", "day_zero", "calendar_month", "working_day", "limits_belong"),
        *("rounded_once", "one_department"),
    ),
    ("fee_after_discounts",),
    ("suspension_after_due_date",),
    ("special_graduates",),
    ("inflation_is_a_ceiling",),
    ("winter_intake", "due_date_of_the_contract"),
    ("crediting_day_is_late",),
    ("loan_refusal_not_backwards",),
    ("loan_refused_early",),
    ("late_fee_cap",),
    ("oldest_debt_first",),
    ("tuition_before_penalty",),
    ("refund_by_receipt",),
    ("refund_gap",),
    ("loan_is_no_debt",),
    ("no_public_lists",),
    ("second_notice_needed",),
    ("honours_not_regained",),
    ("no_results_no_discount",),
    ("relation_both_ways",),
    ("family_order",),
    ("stacking_adds",),
    ("list_serves_next_semester",),
    ("above_forty",),
    ("part_time_as_evening",),
    ("special_rule_first",),
    ("not_planned_is_met",),
    ("honours_needs_commission",),
    ("exactly_three",),
    ("one_changed_member",),
    ("credit_rule",),
    ("fault_covers_both", "closed_examples"),
    ("two_terms_of_a_slip",),
    ("change_before_start",),
    ("change_fee_row",),
    ("certificate_language",),
    ("active_semester_breaks_row",),
    ("extension_counts",),
    ("deposit_only_for_leave",),
    ("deposit_is_the_twenty_percent",),
    ("late_leave_application",),
    ("leave_starts_as_named",),
    ("discount_before_deposit",),
    ("deposit_carried_over",),
    ("half_fee_semester",),
    ("extra_semester_fee",),
    ("schedule_fee",),
    (
        *(reading.key for reading in MISPRINTS),
        *("elder_discount", "leave_starts_as_named", "half_fee_semester", "two_terms_of_a_slip"),
        *("figures_of_2009", "course_paper_too"),
    ),
    (
        *("refund_without_penalty", "first_notice_earliest", "late_application_accepted"),
        *("shorter_appeals_stay", "after_the_second_decision", "relative_on_leave"),
        *("year_finished_well", "debts_by_price_list", "defence_fee_rows", "month_from_receipt"),
        *("study_year_end", "leave_end_by_order", "changed_programme_on_return"),
        *("entries_in_parallel", "programme_change_before_start", "receiving_director"),
        *("plan_in_force", "working_day"),
    ),
)
FEES: tuple[tuple[str, ...], ...] = (
    (),  # twice: what the mark means
    (),
    ("resumed_on",),
    ("data_request",),
    ("commission_accepts",),
    ("repeated_check",),
    ("per_advertisement",),
    ("clock_start", "day_zero", "working_day", "singular_day"),
    ("one_month", "four_stars", "five_stars"),
    ("academic_year", "protocol_validity"),
    ("no_degree",),
    ("forced_supplements",),
    ("previous_years", "note_on_heading"),
    ("unnamed_statuses",),
    ("credit_point_rounding",),
    ("no_vat",),
    ("begun_periods",),
    (
        *("in_force_from", "clock_start", "flat_lateness", "beyond_the_limit", "study_break"),
        *("within_one_year", "justified_by_plan", "plan_with_recognition", "mobility_stages"),
        *("credit_point_rounding", "per_shipment", "eu_and_eea", "extension_count"),
        *("begun_periods", "one_batch", "mailing_to_some", "double_degree", "library_units"),
        *("waivers", "asked_row_kept", "archive_certificate"),
    ),
)


@pytest.mark.parametrize(
    ("name", "marks", "register"),
    [("regulations.md", REGULATIONS, AMBIGUITIES), ("fees.md", FEES, READINGS)],
)
def test_every_marked_reading_is_in_the_register(
    shared: Path, name: str, marks: tuple[tuple[str, ...], ...], register: Iterable[Ambiguity]
) -> None:
    text = (shared / "spec" / name).read_text("utf-8")
    named = {key for keys in marks for key in keys}

    assert text.count(MARK) == len(marks)
    assert named - {reading.key for reading in register} == set()
