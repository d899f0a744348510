"""The page of open questions: what is asked, the facts, our best guess, and how to answer.

In Latvian, for the people who answer. What an answer does is `tasks/answer_question.py`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from models.question import Question, QuestionKind
from rules.people import Role
from tasks.wording import markdown_table, wrapped

LinkTo = Callable[[Question], str]

_HELP: Mapping[QuestionKind, str] = {
    QuestionKind.PLAN_PROBLEM: "“accept” – plānu atstāt, kāds tas ir. Ja plānu salabo semestra "
    "datos vai ar nodarbības maiņu, jautājums pazūd pats.",
    QuestionKind.RELEASE: "“release” – vēstules drīkst izsūtīt.",
    QuestionKind.MEETING_HELD: "“yes” – sapulce notika, “no” – nenotika.",
    QuestionKind.DUTY: "“accept” – dežūru grafiks ir pareizs, kāds tas ir.",
    QuestionKind.REFUSED_ADDRESS: "Ierakstiet pareizo e-pasta adresi; “send_again” – adrese "
    "ir pareiza, sūtīt vēlreiz; “skip” – vēstule nav vajadzīga.",
    QuestionKind.DOUBTFUL_LETTER: "“send_again” – sūtīt vēlreiz, “skip” – nesūtīt.",
    QuestionKind.UNCLEAR_REPLY: "Viens vesels skaitlis katrai nodarbībai norādītajā secībā, "
    "atdalīti ar semikolu, piemēram, 23;17. “-” vienu nodarbību atstāj atvērtu, “skip” neieraksta "
    "neko.",
    QuestionKind.OUTSIDE_PROBLEM: "“mended” – cēlonis ir novērsts, mēģināt vēlreiz; “skip” – iztikt "
    "bez tā.",
    QuestionKind.IMPORT_CONFLICT: "Izvēlieties vienu no atbildēm.",
}
_FACTS: Mapping[str, str] = {
    "mail": "Atbildes vārdi",
    "labels": "Nodarbības",
    "email": "Adrese",
    "service": "Sistēma",
    "operation": "Darbība",
    "row": "Importa rinda",
}


def help_of(kind: QuestionKind) -> str:
    """What can be answered to a question of that kind, and what it does."""
    return _HELP[kind]


def question_page(
    questions: Sequence[Question], owners: Mapping[Role, str], zone: ZoneInfo, link: LinkTo
) -> str:
    """A table of all, each with the link to its form, and below it every question in full."""
    if not questions:
        return "# Jautājumi\n\nNeviens jautājums negaida atbildi."
    rows = [
        (
            question.id,
            answer_link(question, link),
            question.day or "",
            owners.get(question.role, question.role.latvian),
            question.guess or "",
            wrapped(question.text),
        )
        for question in questions
    ]
    headers = ("Nr.", "Atbilde", "Studiju diena", "Kam", "Mūsu minējums", "Jautājums")
    details = "\n\n".join(_in_full(question, zone, link) for question in questions)
    return f"# Jautājumi ({len(questions)})\n\n{markdown_table(headers, rows)}\n\n{details}"


def answer_link(question: Question, link: LinkTo) -> str:
    """A link to the question's form; the command that does the same where there is no form."""
    address = link(question)
    command = f"`sac answer {question.id} --value … --by …`"
    return f"[Atbildēt uz {question.id}.]({address})" if address else command


def no_form(_question: Question) -> str:
    """The link where no form is deployed."""
    return ""


def _in_full(question: Question, zone: ZoneInfo, link: LinkTo) -> str:
    lines = [
        f"## {question.id}. jautājums" + (f" · {question.day}" if question.day else ""),
        _plain(question.text),
        *_facts(question),
        f"- Uzdots: {_moment(question.opened_at, zone)}",
        f"- Iespējamās atbildes: {', '.join(question.choices)}" if question.choices else "",
        f"- Mūsu minējums: **{_plain(question.guess)}**" if question.guess else "",
        f"- {help_of(question.kind)}",
        f"\n{answer_link(question, link)}",
    ]
    return "\n".join([lines[0], "", lines[1], "", *filter(None, lines[2:])])


def _facts(question: Question) -> list[str]:
    known = ((label, question.facts.get(name)) for name, label in _FACTS.items())
    return [f"- {label}: {_plain(_joined(value))}" for label, value in known if value]


def _joined(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _plain(text: str) -> str:
    """Words from outside as one line that the page shows and does not interpret."""
    line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in r"\`*_[]<>#|" else sign for sign in line)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}"
