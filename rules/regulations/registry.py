"""Every rule of the study regulations by name, in the order of the document."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from rules.regulations import (
    admission,
    appeals,
    assessment,
    discount_sum,
    discounts,
    dunning,
    excellent_student,
    exmatriculation,
    family_discount,
    individual_study,
    late_fee,
    leave,
    load,
    progression,
    reinstatement,
    resuming,
    rights,
    study_debts,
    transfers,
    tuition,
)
from rules.regulations.answer import Answer
from rules.regulations.refusal import Refusal

AnyRule = Callable[..., Answer[object]]

_ALL: tuple[AnyRule, ...] = (
    admission.may_sign_contract,
    admission.personal_file_due,
    admission.student_card_kind,
    admission.contract_suspension_grounds,
    admission.may_enter_later_stage,
    admission.entry_tariff,
    admission.tuition_change_allowed,
    tuition.tuition_due_date,
    late_fee.late_fee,
    tuition.allocate_payment,
    tuition.refund,
    dunning.dunning_calendar,
    dunning.is_debtor,
    dunning.debtor_restrictions,
    dunning.expel_for_debt,
    discounts.contest_winner_discount,
    discounts.honours_graduate_discount,
    discounts.graduate_discount,
    excellent_student.excellent_student,
    discounts.staff_family_discount,
    family_discount.is_close_relative,
    family_discount.family_discounts,
    discounts.disability_discount,
    discounts.orphan_discount,
    discounts.student_council_discount,
    discounts.group_elder_discount,
    discounts.senate_discount,
    discounts.special_case_discount,
    discount_sum.combined_discount,
    discount_sum.discount_application_due,
    discount_sum.discount_list_due,
    load.credit_points,
    load.max_contact_hours,
    load.academic_hours,
    load.study_load,
    load.contact_hours,
    load.consultation_hours_valid,
    assessment.grade_name,
    assessment.is_pass,
    assessment.qualification_awarded,
    assessment.may_take_final_test,
    assessment.may_take_state_examination,
    assessment.plagiarism_consequence,
    assessment.earliest_retake,
    assessment.honours_diploma,
    appeals.grade_appeal_due,
    appeals.defence_appeal_due,
    appeals.appeal_commission_valid,
    appeals.defence_appeal_commission_valid,
    appeals.new_defence_commission_valid,
    progression.may_progress,
    study_debts.study_debts,
    study_debts.retake_is_charged,
    study_debts.free_permission,
    study_debts.permission_dates,
    transfers.study_place_change,
    transfers.first_semester_programme_change,
    transfers.change_fee_due,
    exmatriculation.exmatriculation_grounds,
    exmatriculation.explanation_due,
    exmatriculation.decision_appeal_due,
    exmatriculation.academic_certificate,
    leave.leave_allowed,
    leave.leave_deposit,
    leave.leave_application_window,
    leave.leave_return_due,
    leave.may_exclude,
    leave.rights_during_leave,
    resuming.resume,
    resuming.programme_difference_ok,
    resuming.tuition_after_leave,
    resuming.deposit_left_over,
    reinstatement.further_tests_list_due,
    reinstatement.repeat_semester_fee,
    reinstatement.defence_without_changes_until,
    reinstatement.defence_agreement_due,
    reinstatement.extra_semesters_valid,
    individual_study.individual_plan,
    individual_study.may_attend,
    individual_study.individual_schedule,
    rights.may_use_facilities,
)


def name_of(function: AnyRule) -> str:
    """The name under which a rule is called."""
    return function.__name__


RULES: Mapping[str, AnyRule] = MappingProxyType({name_of(function): function for function in _ALL})


def find_rule(name: str) -> AnyRule:
    """The rule of that name; a Refusal for any other."""
    try:
        return RULES[name]
    except KeyError:
        raise Refusal("unknown_rule", "name", f"there is no rule {name!r}; see the list") from None
