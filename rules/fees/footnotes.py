"""Footnotes * and ** of order No 1.5-3/149, and waivers from other documents.

Notes ***, **** and ***** belong to one row each and stand with it (`pricing.recognition`,
`quoting`, `pricing.extension`).
"""

from collections.abc import Sequence
from dataclasses import replace

from rules.fees.case import NOTHING, Case, Draft, Point
from rules.fees.dates import AcademicYear, academic_year
from rules.fees.refusals import Code
from rules.fees.sentences import say
from rules.wording import Text

# Which exams a row is for, in its own words; rows 5.2 and 6.2 carry ** all the same.
CURRENT_YEAR_ROWS = frozenset({"5.1", "6.1"})
PREVIOUS_YEARS_ROWS = frozenset({"5.2", "6.2"})
_CURRENT = Text("esošo akadēmisko gadu", "the current academic year")
_PREVIOUS = Text("iepriekšējiem akadēmiskajiem gadiem", "previous academic years")


def degree_required(case: Case) -> None:
    """Note * on rows 4.2 and 4.4: no duplicate for a qualification without a degree."""
    if case.given.get("qualification_without_degree"):
        raise case.refused(Code.NOT_AVAILABLE, "no_degree", row=case.row.id)


def justified(case: Case, draft: Draft) -> Draft:
    """Note **: free if the reason is justified, its document handed in, the test of this academic year.

    Doubt is never settled silently: a claim that does not free the line says why, and on rows 5.2
    and 6.2, whose own words contradict the note, a person decides.
    """
    given, row = case.given, case.row.id
    draft = draft.noting(*_other_years(case))
    if not (given.get("justified_reason") or given.get("document_submitted")):
        return draft
    if row in PREVIOUS_YEARS_ROWS:
        return draft.noting(case.decision("previous_years_claim", row=row))
    year = _year(case)
    unmet = _unmet(case, year)
    if unmet:
        return draft.noting(*unmet)
    return draft.free(say("free_justified", planned=given["planned_on"], year=year), "**")


def _unmet(case: Case, year: AcademicYear) -> Sequence[Point]:
    """The conditions of note ** that do not hold."""
    given = case.given
    unmet = []
    if not given.get("justified_reason"):
        unmet.append(case.warning("not_justified_reason"))
    if not given.get("document_submitted"):
        unmet.append(case.warning("not_document"))
    if "planned_on" not in given:
        unmet.append(case.warning("not_planned_known"))
    elif not year.holds(given["planned_on"]):
        unmet.append(case.warning("not_this_year", planned=given["planned_on"], year=year))
    return unmet


def _other_years(case: Case) -> Sequence[Point]:
    """Rows 5.1 and 6.1 or 5.2 and 6.2 asked for a test of the other kind of academic year."""
    row, planned = case.row.id, case.given.get("planned_on")
    if planned is None:
        return ()
    if row in CURRENT_YEAR_ROWS and not _year(case).holds(planned):
        return (case.warning("other_row_kind", row=row, planned=planned, kind=_CURRENT),)
    if row in PREVIOUS_YEARS_ROWS and planned >= _year(case).start:
        return (case.warning("other_row_kind", row=row, planned=planned, kind=_PREVIOUS),)
    return ()


def _year(case: Case) -> AcademicYear:
    return academic_year(case.request.requested_on, case.request.terms)


def waived(case: Case, draft: Draft) -> Draft:
    """A waiver that the caller passes: the line is 0.00, with its clause and reason shown."""
    waiver = case.given.get("waiver")
    if waiver is None:
        return draft
    reason = say("waived", amount=draft.amount, reason=waiver.reason, clause=waiver.clause)
    return replace(draft.saying(reason), amount=NOTHING)
