"""Tables in Markdown, for the pages that are made from registers; the pages themselves are elsewhere."""

from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose cells keep to their cells: bars and stars in them are no Markdown.

    >>> print(table(("Place", "Words"), [("row 1", "Izziņas")]), end="")
    | Place | Words |
    | --- | --- |
    | row 1 | Izziņas |
    """
    lines = [_line(heads), _line(["---"] * len(heads)), *map(_line, rows)]
    return "".join(lines)


def code(names: Iterable[str]) -> str:
    """Names of the code in a cell, a dash for none."""
    return ", ".join(f"`{name}`" for name in names) or "–"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("*", "\\*").replace("\n", " ")
