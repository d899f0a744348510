"""Every clause accounted for, every figure and reading tied to the words of the text, page fresh."""

import doctest
import inspect
import re
from pathlib import Path

import pytest

from rules.people import Language
from rules.regulations import figures
from rules.regulations.clauses import (
    Clause,
    ClauseClass,
    clauses,
    find_clauses,
    find_processes,
)
from rules.regulations.figures import Figure
from rules.regulations.processes import ACTOR_NAMES, Actor, checklist, processes
from rules.regulations.readings import AMBIGUITIES
from rules.regulations.refusal import Refusal
from rules.regulations.registry import RULES
from rules.regulations.rule import clauses_of, parameters_of
from rules.regulations.source_page import source_page

ROOT = Path(__file__).resolve().parents[3]
_FIGURES = {name: value for name, value in vars(figures).items() if isinstance(value, Figure)}


def one_line(text: str) -> str:
    return " ".join(text.split())


def unexplained(clause: Clause) -> list[ClauseClass]:
    """The classes of a clause that nothing accounts for."""
    by = {
        ClauseClass.RULE: clause.functions,
        ClauseClass.DEADLINE: clause.functions,
        ClauseClass.PROCESS: clause.processes,
        ClauseClass.DEFINITION: clause.why,
        ClauseClass.INFO: clause.why,
    }
    return [one for one in clause.classes if not by[one]]


def test_every_clause_is_accounted_for() -> None:
    assert len(clauses()) == 167
    assert {key: missing for key, one in clauses().items() if (missing := unexplained(one))} == {}


def test_a_clause_nobody_accounts_for_is_noticed() -> None:
    stranger = Clause("99.9", frozenset(ClauseClass), "unknown", "nezināms", "")

    assert set(unexplained(stranger)) == set(ClauseClass)


def test_rules_and_processes_name_only_real_clauses() -> None:
    named = {clause for rule in RULES.values() for clause in clauses_of(rule)}
    named |= {clause for process in processes() for clause in process.clauses}
    named |= {step.clause for process in processes() for step in process.steps}
    named |= {reading.clause for reading in AMBIGUITIES}
    named |= {figure.clause for figure in _FIGURES.values()}

    assert named - set(clauses()) == set()


def test_clauses_hold_the_whole_text(shared: Path) -> None:
    source = next(shared.glob("sources/003_*.txt")).read_text("utf-8")
    heading = re.compile(r"^\s*\d+\.\s*[A-ZĀČĒĢĪĶĻŅŠŪŽ][^.]*$")
    number = re.compile(r"^\s*\d+[. ]\d+(\.\d+)*\.?\s*")
    body = source[source.index("1.Vispārīgie noteikumi") : source.rindex("Rektors")]
    printed = [
        one_line(number.sub("", line))
        for line in body.split("\n")
        if line.strip() and not heading.match(line)
    ]

    held = [one_line(line) for one in clauses().values() for line in one.source.split("\n")]

    assert held == printed


@pytest.mark.parametrize("name", sorted(_FIGURES))
def test_figure_stands_in_its_clause(name: str) -> None:
    figure = _FIGURES[name]

    assert one_line(figure.words) in one_line(clauses()[figure.clause].source)


@pytest.mark.parametrize("reading", AMBIGUITIES, ids=lambda reading: reading.key)
def test_reading_stands_in_its_clause_and_shows_its_effect(reading: object) -> None:
    found = next(one for one in AMBIGUITIES if one is reading)
    effect = found.shown_effect()

    assert one_line(found.source_words) in one_line(clauses()[found.clause].source)
    assert effect.endswith(".")
    assert found.adopted != found.other


def test_reading_keys_are_unique_and_settings_are_arguments() -> None:
    keys = [reading.key for reading in AMBIGUITIES]
    arguments = {name for rule in RULES.values() for name in parameters_of(rule)}
    # A field of a record is an argument too: a family member's `studying`.
    arguments |= {"studying"}

    assert len(keys) == len(set(keys)) == 94
    assert {one.setting for one in AMBIGUITIES if one.setting} - arguments == set()


def test_every_process_has_two_languages_and_known_roles() -> None:
    assert set(ACTOR_NAMES) == set(Actor)
    for process in processes():
        latvian, english = checklist(process), checklist(process, Language.ENGLISH)
        assert len(latvian) == len(english) == len(process.steps) > 0
        assert not set(latvian) & set(english)


def test_checklist_names_role_step_and_clause() -> None:
    (process,) = find_processes("9.3")

    assert checklist(process) == (
        "[ ] 1. Studiju daļas vadītājs: Ierosina eksmatrikulāciju (vai filiāles vadītājs) (9.3)",
        "[ ] 2. Rektors: Izdod rīkojumu (9.3)",
    )


def test_clauses_are_found_by_number() -> None:
    assert [one.id for one in find_clauses("7.5")] == ["7.5 (first)", "7.5 (second)"]
    assert [one.id for one in find_clauses("2.16.4.")] == ["2.16.4"]


@pytest.mark.parametrize("number", ["99", "2.16.9", "", "7.5 ("])
def test_unknown_clause_is_refused(number: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_clauses(number)

    assert refused.value.code == "unknown_clause"


def test_clause_without_steps_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        find_processes("2.16.4")

    assert refused.value.code == "no_process"


def test_page_is_up_to_date() -> None:
    """Mend with: uv run sac rule sources > docs/sources/regulations.md."""
    assert (ROOT / "docs/sources/regulations.md").read_text("utf-8") == source_page()


@pytest.mark.parametrize("name", sorted(RULES))
def test_rule_is_documented_and_its_examples_hold(name: str) -> None:
    plain = inspect.unwrap(RULES[name])
    module = inspect.getmodule(plain)
    runner = doctest.DocTestRunner(verbose=False)
    for example in doctest.DocTestFinder().find(plain, name, module, vars(module)):
        runner.run(example)

    assert runner.failures == 0
    assert re.search(r"\d+\.\d+", plain.__doc__ or "")
