"""The flow that takes an answer from the Prefect UI; its run form is the face of every question."""

from typing import Any

from prefect import flow, runtime
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows.question_page import show_questions
from flows.run_day_soon import run_day_soon
from integrations.services import assemble, utc_now
from tasks.answer_question import AnswerRefused
from tasks.answer_question import answer_question as record_answer
from tasks.colleagues import key_of
from tasks.context import StepContext


def _run_name() -> str:
    return f"answer to question {runtime.flow_run.parameters['question']}"


@flow(
    name="answer-question",
    flow_run_name=_run_name,
    description="Takes the answer to a question that only a person can decide.",
    persist_result=False,
)
def answer_question(question: int, answer: str, by: str) -> State[Any]:
    """Records the answer once and lets the day go on; a wrong one changes nothing and says why.

    The run form shows these words to the people who answer, so they are Latvian:

    Args:
        question: Jautājuma numurs, kā jautājumu tabulā (artefakts “questions”).
        answer: Viena no atbildēm, ko jautājumu tabula nosauc; neskaidrai mācībspēka atbildei
            skaitlis katrai nodarbībai, piemēram, 23;17; nepieņemtai adresei pareizā adrese.
            Nepareizu atbildi nepieņem un pasaka, kāda derētu.
        by: Kas atbild. Paliek žurnālā.
    """
    services, now = assemble(), utc_now()
    who = key_of(by)
    context = StepContext(services, now.date(), now, run=str(runtime.flow_run.name), actor=who)
    try:
        taken = record_answer(context, question, answer.strip(), who)
    except AnswerRefused as error:
        return Failed(message=str(error))
    show_questions(services)
    why = f"after the answer to question {question}"
    follows = run_day_soon(taken.day, why, str(taken.closed_at))
    return Completed(message=f"Ierakstīts: {taken.answer} ({taken.answered_by}).{follows}")
