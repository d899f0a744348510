"""Prices, quotes and comparisons as tables on the screen; the same as data is `rules/fees/documents.py`."""

from collections.abc import Sequence
from decimal import Decimal

from rich.markup import escape
from rich.table import Table

from deployments.cli.output import screen
from rules.fees.case import PointKind
from rules.fees.compare import Comparison, EntryChange
from rules.fees.price_list import Order, PriceList
from rules.fees.quoting import Quote
from rules.fees.refusals import Refusal
from rules.fees.sentences import say
from rules.money import euros
from rules.people import Language
from rules.wording import short_date

_HEADS = {
    Language.LATVIAN: ("Punkts", "Pakalpojums", "Skaits", "Cena", "Summa"),
    Language.ENGLISH: ("Row", "Service", "Quantity", "Price", "Amount"),
}
_LABELS = {
    Language.LATVIAN: (
        "Gatavs",
        "Piegāde (aptuveni)",
        "Ievēro",
        "Vajadzīgs lēmums",
        "Darba dienas",
        "mēnesis",
    ),
    Language.ENGLISH: (
        "Ready on",
        "Delivery (estimate)",
        "Note",
        "Decision needed",
        "Working days",
        "month",
    ),
}


def show_price_list(prices: PriceList, language: Language) -> None:
    """Every row with its price, time and footnotes."""
    number, name, _, price, _ = _HEADS[language]
    table = _table(_title(prices.order, language), (number, name), (price, _LABELS[language][4]))
    for row in prices.rows.values():
        notes = f" {' '.join(row.footnotes)}" if row.footnotes else ""
        amount = "" if row.amount is None else euros(row.amount, language)
        time = str(row.working_days or "") or (
            f"{row.months} {_LABELS[language][5]}" if row.months else ""
        )
        style = "bold" if row.amount is None else None
        table.add_row(row.id, escape(row.name(language) + notes), amount, time, style=style)
    screen.print(table)


def show_quote(quote: Quote, language: Language) -> None:
    """The lines, the total, the dates, why, and what a person must know or decide."""
    number, name, units, price, amount = _HEADS[language]
    table = _table(_title(quote.order, language), (number, name), (units, price, amount))
    for line in quote.lines:
        figures = (str(line.units), euros(line.unit_price, language), euros(line.amount, language))
        table.add_row(line.row.id, escape(line.row.name(language)), *figures)
    screen.print(table)
    screen.print(say("total", amount=quote.total).of(language), style="bold")
    ready, delivery, note, decide, *_ = _LABELS[language]
    for label, day in ((ready, quote.ready_on), (delivery, quote.delivery_estimate)):
        if day is not None:
            screen.print(f"{label}: {short_date(day, language)}")
    for line in quote.lines:
        screen.print(f"{line.row.id}: {line.explanation(language)}", markup=False)
    for point in quote.points:
        warns = point.kind is PointKind.WARNING
        text = f"{note if warns else decide}: {point.sentence.of(language)}."
        screen.print(text, style="yellow" if warns else "bold red", markup=False)


def show_comparison(old: Order, new: Order, comparison: Comparison) -> None:
    """What the new order changes; English, because it is read by whoever adopts the order."""
    table = _table(
        f"{old.number} -> {new.number}", ("Row", "Change", "Field", "Old", "New"), ("EUR",)
    )
    for change in (*comparison.rows, *comparison.footnotes):
        for cells in _change_rows(change):
            table.add_row(*map(escape, cells))
    screen.print(table)
    if comparison.to_check:
        screen.print(f"Rules to check by hand: {', '.join(comparison.to_check)}", style="bold red")
    if comparison.requests:
        same = sum(each.same for each in comparison.requests)
        screen.print(
            f"{len(comparison.requests)} requests: {same} unchanged; "
            f"in total {_signed(comparison.difference)} EUR"
        )


def problem_lines(refusal: Refusal, language: Language) -> Sequence[str]:
    """Each problem of a refused request on a line, its item counted from 1 as people do."""
    return [
        f"{'' if problem.item is None else f'{problem.item + 1}. '}"
        f"{problem.sentence.of(language)} [{problem.code.value}]"
        for problem in refusal.problems
    ]


def _change_rows(change: EntryChange) -> Sequence[tuple[str, ...]]:
    """One table row per field; of an added or removed entry only its name and price."""
    shown = [
        field
        for field in change.fields
        if change.kind == "changed" or field.name in {"name_en", "amount", "text_en"}
    ]
    return [
        (
            change.key,
            change.kind.value,
            field.name,
            field.old or "",
            field.new or "",
            _signed(change.difference) if field.name == "amount" else "",
        )
        for field in shown
    ]


def _signed(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:+}"


def _title(order: Order, language: Language) -> str:
    when = short_date(order.issued_on, language)
    if language is Language.ENGLISH:
        return f"Order No {order.number} of {when}"
    return f"Rīkojums Nr. {order.number} ({when})"


def _table(title: str, texts: Sequence[str], figures: Sequence[str]) -> Table:
    table = Table(title=title)
    for head in texts:
        table.add_column(head, overflow="fold")
    for head in figures:
        table.add_column(head, justify="right", no_wrap=True)
    return table
