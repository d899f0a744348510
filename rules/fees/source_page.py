"""The page docs/sources/price_list.md: how each clause of the order is carried out, and the readings.

Made from the registers, so that it cannot say otherwise than the code; a test compares the two.
"""

from collections.abc import Iterable

from rules.fees.clauses import register
from rules.fees.loading import price_lists
from rules.fees.price_list import PriceList
from rules.fees.readings import READINGS

_INTRODUCTION = """\
# The price list

Source: order (rīkojums) No {number} of {date}, “{title}”, kept as data in `rules/fees/orders/`.
This page is printed by `sac fee sources`; change the registers `rules/fees/clauses.py` and
`rules/fees/readings_*.py` instead.

The calculator errs by asking: what cannot be checked is a warning, what only a person may settle is
named as such, and what the order does not price is refused with a code and a sentence. Nothing is
charged, waived or refused silently.

To adopt a later order: add its file beside the older one in `rules/fees/orders/`, look at
`sac fee compare OLD.toml NEW.toml`, and check the rule of every row that it lists for checking.
"""


def source_page() -> str:
    """The page as Markdown, for the newest order."""
    prices = price_lists()[-1]
    order = prices.order
    head = _INTRODUCTION.format(
        number=order.number, date=f"{order.issued_on:%d.%m.%Y}", title=order.title_lv
    )
    return (
        f"{head}\n## Clause by clause\n\n{_clauses(prices)}\n## Readings adopted\n\n{_readings()}"
    )


def _clauses(prices: PriceList) -> str:
    heads = ("Place", "Words", "Carried out by", "Remark")
    rows = (
        (clause.place, clause.words, _code(clause.functions), clause.remark)
        for clause in register(prices)
    )
    return _table(heads, rows)


def _readings() -> str:
    heads = ("Key", "Place", "Words", "Reading adopted", "Other reading", "Effect", "Switched by")
    rows = (
        (
            reading.key,
            reading.clause,
            reading.source_words,
            reading.adopted,
            reading.other,
            reading.shown_effect(),
            reading.setting or "–",
        )
        for reading in READINGS
    )
    return _table(heads, rows)


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join(f"| {' | '.join(map(_cell, cells))} |\n" for cells in lines)


def _cell(text: str) -> str:
    """Text that stays in its cell: stars and bars of the order are not Markdown."""
    return text.replace("|", "\\|").replace("*", "\\*")
