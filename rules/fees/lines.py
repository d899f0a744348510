"""The lines of a quote: a draft with its dates, its citation, and the lines that the rules add."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rules.fees.case import Case, Draft, priced
from rules.fees.dates import protocol_valid_to
from rules.fees.price_list import Row
from rules.fees.refusals import Code
from rules.fees.sentences import Count, FreeWeekdays, Sentence, paragraph, say
from rules.people import Language
from rules.working_days import add_months


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote; `units` times `unit_price` is `amount` unless a rule or waiver frees it."""

    row: Row
    units: int | Decimal
    unit_price: Decimal
    amount: Decimal
    sentences: tuple[Sentence, ...]
    ready_on: date | None = None
    valid_to: date | None = None

    @property
    def free(self) -> bool:
        """Whether there is nothing to pay for it."""
        return self.amount == 0

    def explanation(self, language: Language = Language.LATVIAN) -> str:
        """How the number came about, in sentences, with the place in the order at the end."""
        return paragraph(self.sentences, language)


def line_of(case: Case, draft: Draft, started_on: date | None) -> Line:
    """The draft with its dates and its citation."""
    row, request = case.row, case.request
    ready = _ready_on(case, started_on)
    valid_to = (
        protocol_valid_to(request.requested_on, request.terms) if row.protocol_valid else None
    )
    return Line(
        row=row,
        units=draft.units,
        unit_price=draft.unit_price,
        amount=draft.amount,
        sentences=(
            *draft.sentences,
            *_times(case, started_on, ready, valid_to),
            _citation(case, draft.note),
        ),
        ready_on=ready,
        valid_to=valid_to,
    )


def _ready_on(case: Case, started_on: date | None) -> date | None:
    if started_on is None or case.row.working_days is None:
        return None
    return case.request.working_days.after(started_on, case.row.working_days)


def _times(
    case: Case, started_on: date | None, ready: date | None, valid_to: date | None
) -> Iterator[Sentence]:
    """What the line says of its dates."""
    row = case.row
    if row.working_days is not None:
        days = Count(row.working_days, "working_day")
        if started_on is None or ready is None:
            yield say("not_started", days=days)
        else:
            free = FreeWeekdays(started_on, ready, case.request.working_days)
            yield say("ready", days=days, start=started_on, ready=ready, free=free)
    if row.months is not None:
        yield say("delivery", months=Count(row.months, "month_genitive"))
    if row.protocol_valid:
        yield say("valid_to", valid_to=valid_to) if valid_to else say("valid_unknown")


def _citation(case: Case, note: str | None) -> Sentence:
    number, row = case.prices.order.number, case.row.id
    if note is None and case.row.months is not None:
        note = "****"
    if note is None:
        return say("cite", number=number, row=row)
    return say("cite_note", number=number, row=row, note=note)


def forced_supplements(cases: Sequence[Case], started_on: date | None) -> list[Line]:
    """Note *: a duplicate diploma (4.2) requires a duplicate supplement (4.4) for each language.

    Supplements in the request count towards it; one line adds those that are missing.
    """
    diplomas = [case for case in cases if case.row.id == "4.2" and "*" in case.row.footnotes]
    needed = _documents(diplomas)
    ordered = _documents([case for case in cases if case.row.id == "4.4"])
    if needed <= ordered:
        return []
    added = needed - ordered
    row = diplomas[0].prices.rows.get("4.4")
    if row is None:
        raise diplomas[0].refused(Code.UNKNOWN_ROW, "unknown_row", row="4.4")
    supplement = replace(diplomas[0], row=row)
    reason = say("forced_supplement", needed=needed, ordered=ordered, added=added)
    draft = priced(supplement, added, reason)
    return [line_of(supplement, replace(draft, note="*"), started_on)]


def _documents(cases: Sequence[Case]) -> int:
    return sum(case.quantity * case.given.get("languages", 1) for case in cases)


def delivery_estimate(lines: Sequence[Line], from_day: date | None) -> date | None:
    """Row 18: a month after the documents are ready, not moved off weekends; an estimate (****)."""
    months = [line.row.months for line in lines if line.row.months is not None]
    return add_months(from_day, max(months)) if months and from_day else None
