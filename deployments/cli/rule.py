"""`sac rule`: the study regulations on the command line - list, show, run, checklist, sources.

Only input and output; the rules are `rules/regulations`, their JSON form is `wire.py` there.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any, NoReturn

import typer
from rich.markup import escape
from rich.table import Table

from deployments.cli.given import bad_input, read_json, read_text
from deployments.cli.output import AsJson, print_json, refuse, screen
from rules.people import Language
from rules.regulations.answer import Answer
from rules.regulations.clauses import Clause, clauses, find_clauses, find_processes
from rules.regulations.processes import Process, checklist
from rules.regulations.readings import AMBIGUITIES
from rules.regulations.refusal import Refusal
from rules.regulations.registry import RULES, AnyRule
from rules.regulations.rule import clauses_of, parameters_of
from rules.regulations.source_page import source_page
from rules.regulations.wire import CasesRefused, answer_to_plain, run, run_many, run_table

app = typer.Typer(
    name="rule",
    help="The study regulations: clauses, rules, answers.",
    epilog="Example: sac rule run late_fee case.json",
    no_args_is_help=True,
)
In = Annotated[Language, typer.Option("--language", help="Language of the answer.")]
_HEADS = {
    Language.LATVIAN: ("Nr.", "Atbilde", "Paskaidrojums"),
    Language.ENGLISH: ("No.", "Answer", "Explanation"),
}


def _bad_input(refusal: Refusal, *, as_json: bool) -> NoReturn:
    """Every problem: as data for scripts, a sentence each for people."""
    if as_json:
        details = [
            {"argument": one.argument, "code": one.code, "message": one.message}
            for one in refusal.every
        ]
        refuse(refusal.code, refusal.message, details, as_json=True)
    refuse(refusal.code, refusal.message, [one.message for one in refusal.others])


def _bad_cases(refused: CasesRefused, *, as_json: bool) -> NoReturn:
    first, *others = refused.refusals
    if as_json:
        details = list(map(asdict, refused.refusals))
        refuse(first.code, f"case {first.case}: {first.message}", details, as_json=True)
    sentences = [f"case {one.case}: {one.message}" for one in others]
    refuse(first.code, f"case {first.case}: {first.message}", sentences)


@app.command("list", epilog="Example: sac rule list --json")
def list_rules(as_json: AsJson = False) -> None:
    """Lists every rule with its clauses, and how every clause is accounted for."""
    if as_json:
        print_json(
            {
                "rules": [_rule_to_plain(name) for name in RULES],
                "clauses": [
                    {
                        "clause": clause.id,
                        "class": sorted(clause.classes),
                        "functions": clause.functions,
                        "processes": [process.key for process in clause.processes],
                        "why": clause.why,
                    }
                    for clause in clauses().values()
                ],
            }
        )
        return
    table = Table("Rule", "Clauses", "What it answers")
    for name, rule in RULES.items():
        table.add_row(name, ", ".join(clauses_of(rule)), escape(_first_line(rule)))
    screen.print(table)


def _first_line(rule: AnyRule) -> str:
    return (rule.__doc__ or "").strip().splitlines()[0]


def _rule_to_plain(name: str) -> dict[str, Any]:
    rule = RULES[name]
    arguments = {key: parameter.told for key, parameter in parameters_of(rule).items()}
    return {
        "name": name,
        "clauses": clauses_of(rule),
        "answers": _first_line(rule),
        "arguments": arguments,
    }


@app.command("show", epilog="Example: sac rule show 2.16.4")
def show(
    clause: Annotated[str, typer.Argument(help="A clause (2.16.4) or a rule's name (late_fee).")],
    as_json: AsJson = False,
) -> None:
    """Shows a clause: meaning, class, rules with their arguments, steps, source words, readings."""
    try:
        names = clauses_of(RULES[clause]) if clause in RULES else (clause,)
        found = [one for name in names for one in find_clauses(name)]
    except Refusal as refusal:
        _bad_input(refusal, as_json=as_json)
    shown = [_clause_to_plain(one) for one in dict.fromkeys(found)]
    if as_json:
        print_json({"clauses": shown})
        return
    for one in dict.fromkeys(found):
        _print_clause(one)


def _clause_to_plain(clause: Clause) -> dict[str, Any]:
    return {
        "clause": clause.id,
        "class": sorted(clause.classes),
        "meaning": clause.meaning,
        "functions": [_rule_to_plain(name) for name in clause.functions],
        "processes": [_process_to_plain(process) for process in clause.processes],
        "why": clause.why,
        "source": clause.source,
        "ambiguities": [
            {
                "key": reading.key,
                "source_words": reading.source_words,
                "adopted": reading.adopted,
                "other": reading.other,
                "effect": reading.shown_effect(),
                "setting": reading.setting,
            }
            for reading in AMBIGUITIES
            if reading.clause == clause.id
        ],
    }


def _process_to_plain(process: Process) -> dict[str, Any]:
    return {
        "key": process.key,
        "title": process.title._asdict(),
        "clauses": process.clauses,
        "steps": [
            {"by": step.by, "what": step.what._asdict(), "clause": step.clause}
            for step in process.steps
        ],
    }


def _print_clause(clause: Clause) -> None:
    plain = _clause_to_plain(clause)
    screen.print(f"[bold]{clause.id}[/bold]  {', '.join(plain['class'])}")
    lines = [clause.meaning, "", *clause.source.splitlines()]
    if clause.why:
        lines += ["", f"Not a function: {clause.why}."]
    for rule in plain["functions"]:
        lines += ["", f"{rule['name']}: {rule['answers']}"]
        lines += [f"  {name}: {told}" for name, told in rule["arguments"].items()]
    for process in clause.processes:
        lines += ["", process.title.en, *checklist(process, Language.ENGLISH)]
    for reading in plain["ambiguities"]:
        lines += ["", f"Read as: {reading['adopted']}", f"  Otherwise: {reading['other']}"]
        lines += [f"  Words: {reading['source_words']}", f"  Effect: {reading['effect']}"]
        lines += [f"  Switched by: {reading['setting']}"] if reading["setting"] else []
    for line in lines:
        screen.print(f"  {line}", markup=False, soft_wrap=True)
    screen.print()


def _answers(name: str, source: str, *, as_json: bool) -> Answer[object] | Sequence[Answer[object]]:
    """The answers to what is in the file: one case (object), many (list), or a CSV table of cases."""
    if source.casefold().endswith(".csv"):
        text = read_text(source, as_json=as_json)
        try:
            heads, *rows = _table(text) or [[]]
        except csv.Error as error:
            bad_input(f"{source}: not CSV: {error}", as_json=as_json)
        return run_table(name, heads, rows)
    given = read_json(source, as_json=as_json)
    return run_many(name, given) if isinstance(given, list) else run(name, given)


def _table(text: str) -> list[list[str]]:
    """The rows in which anything is written."""
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    return [row for row in rows if any(map(str.strip, row))]


@app.command("run", epilog="Example: echo '{\"g\": 4}' | sac rule run is_pass - --json")
def run_rule(
    name: Annotated[str, typer.Argument(help="The rule's name, see `sac rule list`.")],
    arguments: Annotated[
        str,
        typer.Argument(help="A JSON file (one case or a list), a .csv of cases, or - for input."),
    ],
    language: In = Language.LATVIAN,
    as_json: AsJson = False,
) -> None:
    """Answers one case or many: the value, the clauses, an explanation, what a person must decide."""
    try:
        answer = _answers(name, arguments, as_json=as_json)
    except CasesRefused as refused:
        _bad_cases(refused, as_json=as_json)
    except Refusal as refusal:
        _bad_input(refusal, as_json=as_json)
    if not isinstance(answer, Answer):
        _answer_many(answer, language, as_json=as_json)
        return
    if as_json:
        print_json(answer_to_plain(answer))
        return
    screen.print(_value(answer), style="bold", markup=False, soft_wrap=True)
    screen.print(answer.explain(language), markup=False, soft_wrap=True)


def _value(answer: Answer[object]) -> str:
    plain = answer_to_plain(answer)["value"]
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _answer_many(answers: Sequence[Answer[object]], language: Language, *, as_json: bool) -> None:
    if as_json:
        print_json([answer_to_plain(answer) for answer in answers])
        return
    table = Table(*_HEADS[language])
    for number, answer in enumerate(answers, start=1):
        table.add_row(*map(escape, (str(number), _value(answer), answer.explain(language))))
    screen.print(table)


@app.command("checklist", epilog="Example: sac rule checklist 7.8")
def show_checklist(
    clause: Annotated[str, typer.Argument(help="The clause of a process, e.g. 7.8.")],
    language: In = Language.LATVIAN,
    as_json: AsJson = False,
) -> None:
    """Prints the ordered approvals of a clause as a checklist."""
    try:
        found = find_processes(clause)
    except Refusal as refusal:
        _bad_input(refusal, as_json=as_json)
    if as_json:
        print_json([_process_to_plain(process) for process in found])
        return
    for process in found:
        screen.print(process.title.of(language), style="bold", markup=False, soft_wrap=True)
        for line in checklist(process, language):
            screen.print(line, markup=False, soft_wrap=True)


@app.command(epilog="Example: sac rule sources > docs/sources/regulations.md")
def sources() -> None:
    """Prints how each clause is carried out, and the readings adopted (Markdown)."""
    typer.echo(source_page(), nl=False)
