"""The page docs/sources/regulations.md: what accounts for each clause, the readings, the processes.

Made from the registers, so that it cannot say otherwise than the code; a test compares the two.
"""

from rules.ambiguities import readings_table
from rules.markdown import code, table
from rules.regulations.clauses import Clause, clauses
from rules.regulations.processes import processes
from rules.regulations.readings import AMBIGUITIES
from rules.regulations.registry import RULES

_INTRODUCTION = f"""\
# The study regulations

Source: *Studiju nolikums* of Baltijas psiholoģijas un menedžmenta augstskola (BPMA), approved by the
Senate on 16 December 2009 (minutes No 09/05). {len(RULES)} rules are plain functions, one module per
section. Every number stands in `rules/regulations/figures.py` with the words it was read from.
This page is printed by `sac rule sources`; do not edit it, but the registers in `rules/regulations/`.

An answer has a value, the clauses used, an explanation in Latvian and English, `reasons` (what is
missing, or which grounds hold) and `needs_decision` (what only a person can settle; then the value
may be null).

How to ask, and to switch a reading: [fees and regulations](../fees_and_regulations.md).
"""


def source_page() -> str:
    """The page as Markdown."""
    return (
        f"{_INTRODUCTION}\n## Clause by clause\n\n{_clauses()}"
        f"\n## Readings adopted\n\n{readings_table(AMBIGUITIES)}"
        f"\n## Ordered approvals\n\n`sac rule checklist CLAUSE` prints each as a list to tick off.\n\n"
        f"{_approvals()}"
    )


def _clauses() -> str:
    heads = ("Place", "Class", "Meaning", "Carried out by", "Remark")
    rows = (
        (
            clause.id,
            ", ".join(sorted(clause.classes)),
            clause.meaning,
            code(clause.functions),
            _remark(clause),
        )
        for clause in clauses().values()
    )
    return table(heads, rows)


def _remark(clause: Clause) -> str:
    steps = [f"steps `{process.key}`" for process in clause.processes]
    return "; ".join([*steps, clause.why] if clause.why else steps)


def _approvals() -> str:
    rows = (
        (process.title.en, ", ".join(process.clauses), str(len(process.steps)))
        for process in processes()
    )
    return table(("Process", "Clauses", "Steps"), rows)
