"""The page docs/sources/price_list.md: how each clause of the order is carried out, and the readings.

Made from the registers, so that it cannot say otherwise than the code; a test compares the two.
"""

from rules.ambiguities import readings_table
from rules.fees.clauses import register
from rules.fees.loading import price_lists
from rules.fees.price_list import PriceList
from rules.fees.readings import READINGS
from rules.markdown import code, table

_INTRODUCTION = """\
# The price list

Source: order (rīkojums) No {number} of {date}, “{title}”, kept as data in `rules/fees/orders/`.
This page is printed by `sac fee sources`; do not edit it, but the registers
`rules/fees/clauses.py` and `rules/fees/readings_*.py`.

The calculator errs by asking: what cannot be checked is a warning, what only a person may settle is
named as such, and what the order does not price is refused with a code and a sentence. Nothing is
charged, waived or refused silently.

How to ask, to adopt a later order, and to switch a reading: [fees and regulations](../fees_and_regulations.md).
"""


def source_page() -> str:
    """The page as Markdown, for the newest order."""
    prices = price_lists()[-1]
    order = prices.order
    head = _INTRODUCTION.format(
        number=order.number, date=f"{order.issued_on:%d.%m.%Y}", title=order.title_lv
    )
    return (
        f"{head}\n## Clause by clause\n\n{_clauses(prices)}"
        f"\n## Readings adopted\n\n{readings_table(READINGS)}"
    )


def _clauses(prices: PriceList) -> str:
    heads = ("Place", "Words", "Carried out by", "Remark")
    rows = (
        (clause.place, clause.words, code(clause.functions), clause.remark)
        for clause in register(prices)
    )
    return table(heads, rows)
