"""The ordered approvals (PROCESS clauses) as data, and the checklist that can be made of each.

The steps stand in `processes.toml`; terms within them are computed by the rules of the sections.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from rules.people import Language
from rules.wording import Text


class Actor(StrEnum):
    """Who acts in a process."""

    ACCOUNTING = "accounting"
    ADMISSIONS_COMMISSION = "admissions_commission"
    APPLICANT = "applicant"
    BOARD = "board"
    BOARD_MEMBER = "board_member"
    BOARD_OR_BRANCH_HEAD = "board_or_branch_head"
    BOTH_DIRECTORS = "both_directors"
    CHIEF_ACCOUNTANT = "chief_accountant"
    COMMISSION = "commission"
    COUNCIL_CHAIR = "council_chair"
    HEAD_OF_STUDY_DEPARTMENT = "head_of_study_department"
    LECTURER = "lecturer"
    LIBRARY = "library"
    PROGRAMME_DIRECTOR = "programme_director"
    RECEIVING_DIRECTOR = "receiving_director"
    RECTOR = "rector"
    RECTOR_OR_BOARD = "rector_or_board"
    RECTOR_OR_BRANCH_HEAD = "rector_or_branch_head"
    SENATE = "senate"
    STUDENT = "student"
    STUDIES_ASSISTANT = "studies_assistant"
    STUDY_DEPARTMENT = "study_department"


ACTOR_NAMES: Mapping[Actor, Text] = {
    Actor.ACCOUNTING: Text("Grāmatvedība", "Accounting"),
    Actor.ADMISSIONS_COMMISSION: Text("Uzņemšanas komisija", "Admissions Commission"),
    Actor.APPLICANT: Text("Reflektants", "Applicant"),
    Actor.BOARD: Text("Valde", "Board"),
    Actor.BOARD_MEMBER: Text("Valdes loceklis", "Board member"),
    Actor.BOARD_OR_BRANCH_HEAD: Text(
        "Valdes locekļi vai filiāles vadītājs", "Board members or branch head"
    ),
    Actor.BOTH_DIRECTORS: Text("Abu programmu direktori", "Directors of both programmes"),
    Actor.CHIEF_ACCOUNTANT: Text("Galvenais grāmatvedis", "Chief accountant"),
    Actor.COMMISSION: Text("Komisija", "Commission"),
    Actor.COUNCIL_CHAIR: Text("SP priekšsēdētājs", "Chair of the student council"),
    Actor.HEAD_OF_STUDY_DEPARTMENT: Text("Studiju daļas vadītājs", "Head of the Study Department"),
    Actor.LECTURER: Text("Docētājs", "Lecturer"),
    Actor.LIBRARY: Text("Bibliotēka", "Library"),
    Actor.PROGRAMME_DIRECTOR: Text("Programmas direktors", "Programme director"),
    Actor.RECEIVING_DIRECTOR: Text(
        "Saņemošās programmas direktors", "Director of the receiving programme"
    ),
    Actor.RECTOR: Text("Rektors", "Rector"),
    Actor.RECTOR_OR_BOARD: Text("Rektors vai Valdes locekļi", "Rector or Board members"),
    Actor.RECTOR_OR_BRANCH_HEAD: Text("Rektors vai filiāles vadītājs", "Rector or branch head"),
    Actor.SENATE: Text("Senāts", "Senate"),
    Actor.STUDENT: Text("Students", "Student"),
    Actor.STUDIES_ASSISTANT: Text("Studiju direktora palīgs", "Studies director's assistant"),
    Actor.STUDY_DEPARTMENT: Text("Studiju daļa", "Study Department"),
}


@dataclass(frozen=True, slots=True)
class ProcessStep:
    """One step: who, what, and the clause that asks for it."""

    by: Actor
    what: Text
    clause: str


@dataclass(frozen=True, slots=True)
class Process:
    """A process in the order of the text."""

    key: str
    title: Text
    clauses: tuple[str, ...]
    steps: tuple[ProcessStep, ...]


@cache
def processes() -> tuple[Process, ...]:
    """All processes, in the order of the regulations."""
    text = files("rules.regulations").joinpath("processes.toml").read_text("utf-8")
    return tuple(
        Process(
            key=entry["key"],
            title=Text(**entry["title"]),
            clauses=tuple(entry["clauses"]),
            steps=tuple(
                ProcessStep(
                    Actor(step["by"]),
                    Text(step["lv"], step["en"]),
                    step.get("clause", entry["clauses"][0]),
                )
                for step in entry["steps"]
            ),
        )
        for entry in tomllib.loads(text)["process"]
    )


def checklist(process: Process, language: Language = Language.LATVIAN) -> tuple[str, ...]:
    """The process as lines to tick off, in order.

    >>> checklist(processes()[6], Language.ENGLISH)[0][:24]
    '[ ] 1. Student: Applies '
    """
    return tuple(
        f"[ ] {number}. {ACTOR_NAMES[step.by].of(language)}: {step.what.of(language)} ({step.clause})"
        for number, step in enumerate(process.steps, start=1)
    )
