"""The inputs of the price list's rows: their names, their types, and the reader of each.

Which row takes which input is `row_rules.py`; how a single value is read is `readers.py`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypedDict

from rules.fees.readers import (
    LARGEST_COUNT,
    Waiver,
    area,
    choice,
    country,
    day,
    money,
    points,
    waiver,
    whole,
    word,
    yes_or_no,
)


class Inputs(TypedDict, total=False):
    """The inputs of one item once read; see order No 1.5-3/149 for the rows they belong to."""

    quantity: int
    waiver: Waiver
    languages: int
    qualification_without_degree: bool
    justified_reason: bool
    document_submitted: bool
    planned_on: date
    days_late: int
    due_on: date
    submitted_on: date
    group_members: int
    commission_accepted_reason: bool
    exmatriculated_on: date
    resumed_on: date
    plan_exemption: str
    own_nonformal_programme: bool
    annual_tuition: Decimal
    annual_credit_points: Decimal
    credit_points: Decimal
    change: str
    vacancy: bool
    submitted_in_time: bool
    stage: str
    kind: str
    country: str
    status: str
    free_extensions_used_this_academic_year: int
    provider_fault: bool
    size: str
    days: int
    area_m2: Decimal
    pieces: int
    minutes: int
    recipients: int


_COUNT = whole(1, LARGEST_COUNT)

READERS: Mapping[str, Callable[[object], object]] = MappingProxyType(
    {
        "quantity": _COUNT,
        "waiver": waiver,
        "languages": _COUNT,
        "qualification_without_degree": yes_or_no,
        "justified_reason": yes_or_no,
        "document_submitted": yes_or_no,
        "planned_on": day,
        "days_late": whole(0),
        "due_on": day,
        "submitted_on": day,
        "group_members": _COUNT,
        "commission_accepted_reason": yes_or_no,
        "exmatriculated_on": day,
        "resumed_on": day,
        "plan_exemption": choice(
            "none",
            "theory_finished_with_right_to_resume_for_state_exams",
            "recognition_of_prior_learning",
        ),
        "own_nonformal_programme": yes_or_no,
        "annual_tuition": money,
        "annual_credit_points": points,
        "credit_points": points,
        "change": choice("programme", "group"),
        "vacancy": yes_or_no,
        "submitted_in_time": yes_or_no,
        "stage": choice("decision", "nominated", "agreement", "funding_signed"),
        "kind": choice("place_change", "place change"),
        "country": country,
        "status": word,
        "free_extensions_used_this_academic_year": whole(0),
        "provider_fault": yes_or_no,
        "size": choice("A5", "A4", "A3", "A2", "A1"),
        "days": _COUNT,
        "area_m2": area,
        "pieces": whole(1),
        "minutes": _COUNT,
        "recipients": _COUNT,
    }
)
