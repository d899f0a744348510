"""The documentation page of the regulations, made from the registers; a test keeps it up to date."""

from collections.abc import Iterable

from rules.regulations.clauses import Clause, clauses
from rules.regulations.processes import processes
from rules.regulations.readings import AMBIGUITIES
from rules.regulations.registry import RULES

_HEAD = f"""# The study regulations as rules

Made by `sac rule page` from the registers in `rules/regulations/`; do not edit by hand.

Source: *Studiju nolikums* of Baltijas psiholoģijas un menedžmenta augstskola (BPMA), approved by the
Senate on 16 December 2009 (minutes No 09/05). {len(RULES)} rules are plain functions, one module per
section: `sac rule list`, `sac rule show 2.16.4`, `sac rule run late_fee ARGS.json`.

An answer has a value, the clauses used, an explanation in Latvian and English, `reasons` (what is
missing, or which grounds hold) and `needs_decision` (what only a person can settle; then the value
may be null). *What if* is a list of cases or a CSV with the arguments as headers: all are answered,
or all refused with each problem named. Whole columns of late fees: `rules/regulations/late_fee_batch.py`.
Every number stands in `rules/regulations/figures.py` with the words it was read from.
"""
_CLAUSES = """
## Every clause, and what accounts for it

| clause | class | meaning | implemented by | otherwise |
| --- | --- | --- | --- | --- |
"""
_READINGS = """
## What the text leaves open

Each reading that was adopted, the other one, and what it would change.

| clause | words of the text | adopted | otherwise | what it changes | switched by |
| --- | --- | --- | --- | --- | --- |
"""
_PROCESSES = """
## Ordered approvals

`sac rule checklist CLAUSE` prints each as a list to tick off.

| process | clauses | steps |
| --- | --- | --- |
"""


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |\n"


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _clause_row(clause: Clause) -> str:
    instead = [f"steps `{process.key}`" for process in clause.processes]
    if clause.why:
        instead.append(clause.why)
    return _row(
        clause.id,
        ", ".join(sorted(clause.classes)),
        clause.meaning,
        _code(clause.functions),
        "; ".join(instead),
    )


def page() -> str:
    """The page as Markdown."""
    readings = (
        _row(
            reading.clause,
            reading.source_words,
            reading.adopted,
            reading.other,
            reading.shown_effect(),
            _code([reading.setting] if reading.setting else []),
        )
        for reading in AMBIGUITIES
    )
    approvals = (
        _row(process.title.en, ", ".join(process.clauses), str(len(process.steps)))
        for process in processes()
    )
    parts = [_HEAD, _CLAUSES, *map(_clause_row, clauses().values()), _READINGS, *readings]
    return "".join([*parts, _PROCESSES, *approvals])
