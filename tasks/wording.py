"""Sentences and tables that operators read in the Prefect UI and the terminal. English, plain."""

from collections.abc import Iterable, Mapping, Sequence


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 letter`, `34 letters`.

    >>> counted(2, "class"), counted(1, "class")
    ('2 classes', '1 class')
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


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table for a Prefect artifact; bars inside cells are escaped."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str("" if value is None else value).replace("|", "\\|").split())
