"""Which rule prices which row of order No 1.5-3/149, and which inputs the row takes.

The one table that says how rows differ; the rules themselves are `pricing.py` and `footnotes.py`.
A row that is not here, or no longer has the figures that its rule needs, is priced plainly and
flagged for a person: a later order must not change sums unseen.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rules.fees import footnotes, pricing
from rules.fees.case import Case, Draft, PointKind
from rules.fees.price_list import Row


def _anything(_case: Case) -> None:
    """No limit of the row's own."""


@dataclass(frozen=True, slots=True)
class RowRule:
    """How a row is priced.

    `limit` refuses what the row does not offer, before missing inputs are asked for; `needs` are
    the inputs that must be given, `takes` those that may be; `figures` the fields and `note` the
    footnote of the row that the rule relies on; `remarks` are always said, `points` always raised.
    """

    price: Callable[[Case], Draft] = pricing.plain
    takes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    limit: Callable[[Case], None] = _anything
    figures: tuple[str, ...] = ()
    note: str | None = None
    remarks: tuple[str, ...] = ()
    points: tuple[tuple[PointKind, str], ...] = ()


_LATENESS = ("days_late", "due_on", "submitted_on")
_PLAIN = RowRule()
UNCHECKED = RowRule(points=((PointKind.DECISION, "no_rule_yet"),))

_PLAIN_ROWS = (
    *("1.1", "1.2", "1.3", "1.4", "1.6", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "3", "4.1"),
    *("5.1", "5.2", "5.3", "6.1", "6.2", "6.5", "6.6", "6.7", "11", "13", "14"),
    *(f"22.{number}" for number in range(1, 12)),
)

# A heading's rule is that of its rows; a row's own comes first.
ROW_RULES: Mapping[str, RowRule] = MappingProxyType(
    dict.fromkeys(_PLAIN_ROWS, _PLAIN)
    | {
        "1.5": RowRule(remarks=("postage_apart",)),
        "1.7": RowRule(points=((PointKind.WARNING, "archive_certificate"),)),
        "1.8": RowRule(points=((PointKind.DECISION, "data_request"),)),
        "4.2": RowRule(takes=("languages",), limit=footnotes.degree_required),
        "4.3": RowRule(pricing.per_language, takes=("languages",)),
        "4.4": RowRule(pricing.per_language, takes=("languages",), limit=footnotes.degree_required),
        "6.3": RowRule(
            pricing.study_late, takes=(*_LATENESS, "group_members"), figures=("max_days_late",)
        ),
        "6.4": RowRule(pricing.per_member, takes=("group_members",)),
        "6.8": RowRule(pricing.commission, takes=("commission_accepted_reason",)),
        "7.1": RowRule(points=((PointKind.WARNING, "pre_defence"),)),
        "7.2": RowRule(pricing.thesis_late, takes=_LATENESS, figures=("max_days_late",)),
        "8": RowRule(pricing.state_exam_within_year, takes=("exmatriculated_on", "resumed_on")),
        "9": RowRule(pricing.state_exam_later, takes=("resumed_on",), needs=("exmatriculated_on",)),
        "10": RowRule(pricing.individual_plan, takes=("plan_exemption",)),
        "12": RowRule(pricing.recognition),
        "15": RowRule(
            pricing.by_credit_points,
            needs=("annual_tuition", "annual_credit_points", "credit_points"),
        ),
        "16": RowRule(
            takes=("vacancy", "submitted_in_time"),
            needs=("change",),
            limit=pricing.change_of_group,
        ),
        "17": RowRule(takes=("stage", "kind")),
        "18": RowRule(pricing.shipment, takes=("country",)),
        "19": RowRule(remarks=("repeated_only",)),
        "20": RowRule(pricing.extension, note="*****"),
        "21": RowRule(pricing.student_card, takes=("provider_fault",)),
        "23.1": RowRule(
            pricing.per_period, takes=("size",), needs=("days",), figures=("period_days",)
        ),
        "23.2": RowRule(
            pricing.per_period,
            needs=("area_m2", "days"),
            limit=pricing.stand_size,
            figures=("period_days", "max_area"),
        ),
        "23.3": RowRule(pricing.per_batch, takes=("pieces",)),
        "23.4": RowRule(pricing.per_minutes, needs=("minutes",), figures=("period_minutes",)),
        "23.5": RowRule(pricing.per_period, needs=("days",), figures=("period_days",)),
        "23.6": RowRule(pricing.per_period, needs=("days",), figures=("period_days",)),
        "23.7": RowRule(pricing.per_recipient, takes=("recipients",)),
    }
)

# What a footnote asks about the person or the case.
NOTE_TAKES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "*": ("qualification_without_degree",),
        "**": ("justified_reason", "document_submitted", "planned_on"),
        "***": ("own_nonformal_programme",),
    }
)
NOTE_NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"*****": ("status", "free_extensions_used_this_academic_year")}
)


def rule_for(row: Row) -> RowRule:
    """The row's rule: its own, its printed number's, or its heading's."""
    for key in (row.id, row.nr, row.parent or ""):
        rule = ROW_RULES.get(key)
        if rule is not None:
            has_note = rule.note is None or rule.note in row.footnotes
            fits = has_note and all(getattr(row, figure) for figure in rule.figures)
            return rule if fits else UNCHECKED
    return UNCHECKED


@dataclass(frozen=True, slots=True)
class Terms:
    """A row's rule and its inputs: those that it needs, and all that it knows, the needed first.

    `quantity` and `waiver` are for every row and not listed.
    """

    rule: RowRule
    needs: tuple[str, ...]
    takes: tuple[str, ...]


def terms_of(row: Row) -> Terms:
    """The row's rule, with the inputs that its footnotes add."""
    rule = rule_for(row)
    needs, takes = rule.needs, rule.takes
    for marker in row.footnotes:
        needs += NOTE_NEEDS.get(marker, ())
        takes += NOTE_TAKES.get(marker, ())
    return Terms(rule, needs, needs + takes)
