"""The clause register: each row, note and clause of the order, and what carries it out.

A clause that nothing carries out says why. The page made of it is `source_page.py`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rules.fees import asking, footnotes, lines, loading, pricing, quoting
from rules.fees.price_list import Footnote, PriceList, Row, RowKind
from rules.fees.row_rules import ROW_RULES, rule_for


@dataclass(frozen=True, slots=True)
class Clause:
    """One place of the order; `functions` carry it out, `remark` says more, or why none does."""

    place: str
    words: str
    functions: tuple[str, ...]
    remark: str = ""


def named(function: Callable[..., object]) -> str:
    """A function as it is found in the code: `pricing.plain`."""
    return f"{function.__module__.removeprefix('rules.fees.')}.{function.__name__}"


# What carries out each note, and whether the row's own rule does.
_NOTES: dict[str, tuple[Callable[..., object], ...]] = {
    "*": (footnotes.degree_required, lines.forced_supplements),
    "**": (footnotes.justified,),
    "***": (pricing.recognition,),
    "****": (lines.delivery_estimate,),
    "*****": (pricing.extension,),
}


def register(prices: PriceList) -> tuple[Clause, ...]:
    """Every clause of the order, in printed order."""
    return (
        *_preamble(prices),
        *(_row(row) for row in prices.rows.values()),
        *_closing(prices),
        *(_note(note) for note in prices.footnotes.values()),
        Clause("signature", "Rektore L. Peiseniece", (), "Names who signed; nothing to carry out."),
    )


def _preamble(prices: PriceList) -> Iterable[Clause]:
    order = prices.order
    yield Clause(
        "number and date",
        f"Nr. {order.number}, {order.issued_on:%d.%m.%Y}.",
        (named(loading.price_list_on), named(lines.line_of)),
        "Every quote names them.",
    )
    yield Clause("title", order.title_lv, (), "Kept as data.")
    yield Clause(
        "legal basis",
        "Augstskolu likuma 17. panta pirmā daļa un 17.¹ panta pirmā daļa, Satversmes 21. punkts",
        (),
        "Says by what right the order is given; nothing to carry out.",
    )
    yield Clause(
        "clause 1", "Apstiprināt šādu … maksas pakalpojumu cenrādi", (named(quoting.quote),)
    )
    yield Clause("column 3", "Maksa, EUR", (named(pricing.plain),))
    yield Clause("column 4", "Dokumenta izgatavošanas laiks", (named(lines.line_of),))


def _closing(prices: PriceList) -> Iterable[Clause]:
    order = prices.order
    yield Clause(
        "clause 2",
        f"… piemēro tiktāl, ciktāl tās nav pretrunā ar … noteikumiem Nr. {order.prevails_number}",
        (named(quoting.quote),),
        "Warning `double_degree`; the Senate regulations' text is not part of the order.",
    )
    yield Clause(
        "clause 3",
        f"Atzīt par spēku zaudējušu … rīkojumu Nr. {order.repeals}",
        (named(loading.price_list_on),),
        "The repealed list is not at hand: an earlier request carries the warning `before_order`.",
    )


def _row(row: Row) -> Clause:
    place = f"row {row.id}"
    if row.kind in {RowKind.HEADING, RowKind.VARIANTS}:
        return Clause(place, row.name_lv, (named(asking.case_of),), _heading_remark(row))
    rule = rule_for(row)
    functions = [rule.price]
    limits = [rule.limit] if rule.limit is not type(rule)().limit else []
    notes = [function for marker in row.footnotes for function in _NOTES.get(marker, ())]
    said = [f"`{key}`" for key in (*rule.remarks, *(key for _, key in rule.points))]
    names = dict.fromkeys(map(named, (*limits, *functions, *notes)))
    return Clause(place, row.name_lv, tuple(names), f"Says {', '.join(said)}." if said else "")


def _heading_remark(row: Row) -> str:
    takes = ROW_RULES[row.id].takes[:1] if row.id in {"17", "18", "23.1", "23.3"} else ()
    if takes:
        return f"No price of its own; `{takes[0]}` picks the row."
    return "No price of its own; refused as `heading_row`."


def _note(note: Footnote) -> Clause:
    return Clause(
        f"note {note.marker}", note.text_lv, tuple(map(named, _NOTES.get(note.marker, ())))
    )
