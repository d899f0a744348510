"""`sac questions` and `sac answer`: what waits for a person, and the answer."""

from typing import Annotated

import typer
from rich.table import Table

from deployments.cli.documents import question_document
from deployments.cli.output import print_json, screen
from deployments.cli.session import AsJson, AsOf, read_day, read_moment, refusals
from integrations.services import assemble
from models.database import reading
from models.question import open_questions
from tasks.answer_question import answer_question
from tasks.context import StepContext


def questions(
    day: Annotated[str | None, typer.Option(help="Only of this study day.")] = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """What waits for a person.

    Example: sac questions --day 2026-12-05
    """
    del as_of  # questions have no clock; taken so that all these commands take the same options
    wanted = read_day(day, as_json=as_json) if day else None
    with reading(assemble().engine) as session:
        documents = [question_document(found) for found in open_questions(session, wanted)]
    if as_json:
        print_json({"questions": documents})
        return
    table = Table("No", "Day", "For", "Question", "Best guess", "Choices")
    for found in documents:
        table.add_row(
            str(found["id"]),
            found["day"] or "",
            found["role"],
            found["text"],
            found["guess"] or "",
            ", ".join(found["choices"]),
        )
    screen.print(table if documents else "Nothing waits for a person.")


def answer(
    number: Annotated[int, typer.Argument(help="The question's number.")],
    value: Annotated[str, typer.Option("--value", help="The answer; see the question's choices.")],
    by: Annotated[str, typer.Option("--by", help="Who answers: a key of the sheet 'staff'.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Answers a question. The same answer given twice is accepted once.

    Example: sac answer 12 --value 23 --by k1
    """
    services = assemble()
    now = read_moment(as_of, services, as_json=as_json)
    context = StepContext(services, now.date(), now, run="command line", actor=by)
    with refusals(as_json=as_json):
        question = answer_question(context, number, value, by)
    if as_json:
        print_json({"id": question.id, "answer": question.answer, "by": question.answered_by})
        return
    screen.print(f"Recorded: {question.answer} ({question.answered_by}).", markup=False)
