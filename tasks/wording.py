"""Sentences and tables that operators read in the Prefect UI and the terminal. English, plain."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

_LINE = 34  # characters
_NAMED = 3  # of a long list, so many are named


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 letter`, `34 letters`.

    >>> counted(2, "class"), counted(1, "class"), counted(0, "entry")
    ('2 classes', '1 class', '0 entries')
    """
    plural = (
        f"{noun}es"
        if noun.endswith("s")
        else f"{noun[:-1]}ies"
        if noun[-2:] == "ry"
        else f"{noun}s"
    )
    return f"{number} {noun if number == 1 else plural}"


def tally(figures: Mapping[str, int], nothing: str = "nothing to change") -> str:
    """Verbs with their counts, those of nothing left out.

    >>> tally({"made": 12, "changed": 0, "removed": 1})
    'made 12, removed 1'
    """
    return ", ".join(f"{verb} {count}" for verb, count in figures.items() if count) or nothing


def joined(parts: Sequence[str]) -> str:
    """A list in a sentence.

    >>> joined(["13 letters", "2 changes", "1 cancellation"])
    '13 letters, 2 changes and 1 cancellation'
    """
    *before, last = parts
    return f"{', '.join(before)} and {last}" if before else last


def listed(labels: Sequence[str]) -> str:
    """The first of many labels, and how many more there are.

    >>> listed(["A", "B"]), listed(["A", "B", "C", "D", "E"])
    ('A; B', 'A; B; C and 2 more')
    """
    more = len(labels) - _NAMED
    return "; ".join(labels[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def wrapped(text: str) -> str:
    """Broken into lines: a table that is wider than the page hides its last columns.

    >>> wrapped("Placing the connection information of the online classes in the LMS")
    'Placing the connection information<br>of the online classes in the LMS'
    """
    return "<br>".join(wrap(text, _LINE))


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table for a Prefect artifact; bars inside cells are escaped."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).replace("|", "\\|").split())
