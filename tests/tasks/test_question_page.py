"""The page of open questions says everything that an answer needs, and nothing runs in it."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from models.question import Question, QuestionKind
from rules.people import Role
from tasks.colleagues import key_of
from tasks.question_page import help_of, no_form, question_page

RIGA = ZoneInfo("Europe/Riga")
ASKED = datetime(2026, 12, 7, 7, 30, tzinfo=UTC)
TEXT = "Atbilde jāizlasa cilvēkam: skaitlis ir aptuvens."
WRAPPED = "Atbilde jāizlasa cilvēkam:<br>skaitlis ir aptuvens."
OWNERS = {Role.COORDINATOR: "Inga Krūmiņa"}


def link(question: Question) -> str:
    return f"/form/{question.id}"


def unclear() -> Question:
    return Question(
        id=12,
        key="reply/1",
        kind=QuestionKind.UNCLEAR_REPLY,
        day=date(2026, 12, 5),
        role=Role.COORDINATOR,
        text=TEXT,
        facts={"mail": "kādi *20*\n<b>|</b>", "labels": ["MAT", "FIZ"], "classes": ["a", "b"]},
        choices=["skip"],
        guess="20;17",
        opened_at=ASKED,
    )


def test_a_question_stands_with_its_facts_its_guess_and_its_form() -> None:
    page = question_page([unclear()], OWNERS, RIGA, link)

    assert page.splitlines() == [
        "# Jautājumi (1)",
        "",
        "| Nr. | Atbilde | Studiju diena | Kam | Mūsu minējums | Jautājums |",
        "| --- | --- | --- | --- | --- | --- |",
        f"| 12 | [Atbildēt uz 12.](/form/12) | 2026-12-05 | Inga Krūmiņa | 20;17 | {WRAPPED} |",
        "",
        "## 12. jautājums · 2026-12-05",
        "",
        TEXT,
        "",
        r"- Atbildes vārdi: kādi \*20\* \<b\>\|\</b\>",
        "- Nodarbības: MAT; FIZ",
        "- Uzdots: 07.12.2026 09:30",
        "- Iespējamās atbildes: skip",
        "- Mūsu minējums: **20;17**",
        f"- {help_of(QuestionKind.UNCLEAR_REPLY)}",
        "",
        "[Atbildēt uz 12.](/form/12)",
    ]


def test_without_a_form_the_page_names_the_command() -> None:
    page = question_page([unclear()], {}, RIGA, no_form)

    assert page.splitlines()[4] == (
        f"| 12 | `sac answer 12 --value … --by …` | 2026-12-05 | SAC koordinators | 20;17 | {WRAPPED} |"
    )


def test_no_question_is_said_in_a_sentence() -> None:
    assert question_page([], OWNERS, RIGA, link) == (
        "# Jautājumi\n\nNeviens jautājums negaida atbildi."
    )


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_kind_of_question_has_its_help(kind: QuestionKind) -> None:
    assert help_of(kind).endswith(".")


@pytest.mark.parametrize(
    ("chosen", "key"), [("Dace Liepa · dace", "dace"), ("dace", "dace"), ("A · B · b", "b")]
)
def test_a_chosen_colleague_is_known_by_the_key(chosen: str, key: str) -> None:
    assert key_of(chosen) == key
