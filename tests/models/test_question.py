"""A question is asked once for one cause, whatever happens around it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from models.database import reading, writing
from models.question import Question, QuestionKind, QuestionState, ask, open_questions, withdraw
from rules.people import Role

DAY = date(2026, 12, 5)
NOW = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)


def question(key: str = "clash/1", text: str = "Who moves?") -> Question:
    return Question(
        key=key,
        kind=QuestionKind.PLAN_PROBLEM,
        day=DAY,
        role=Role.HEAD_OF_SAC,
        text=text,
        opened_at=NOW,
    )


def standing(engine: Engine) -> list[tuple[str, str]]:
    with reading(engine) as session:
        return [(found.key, found.text) for found in open_questions(session, DAY)]


def test_the_same_cause_asks_once(engine: Engine) -> None:
    for _ in range(2):
        with writing(engine) as session:
            ask(session, question())

    assert standing(engine) == [("clash/1", "Who moves?")]


def test_a_withdrawn_question_is_opened_again_with_its_new_text(engine: Engine) -> None:
    with writing(engine) as session:
        ask(session, question())
        ask(session, question("clash/2"))
    with writing(engine) as session:
        withdraw(session, open_questions(session, DAY)[0], NOW)
    assert standing(engine) == [("clash/2", "Who moves?")]

    with writing(engine) as session:
        ask(session, question(text="Who moves now?"))

    assert standing(engine) == [("clash/1", "Who moves now?"), ("clash/2", "Who moves?")]


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answered_question_is_not_asked_again(engine: Engine, answer: str) -> None:
    with writing(engine) as session:
        asked = ask(session, question())
        asked.state, asked.answer = QuestionState.ANSWERED, answer

    with writing(engine) as session:
        again = ask(session, question())

    assert (again.answer, standing(engine)) == (answer, [])
