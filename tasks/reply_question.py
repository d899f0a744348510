"""The question to the coordinator about a reply that only a person can read.

It shows the mail, our best guess, the classes in their order, and how to answer.
"""

from collections.abc import Sequence
from datetime import date, datetime
from email import message_from_bytes
from email.policy import default

from models.inbound import InboundMessage
from models.question import SKIP, Question, QuestionKind
from rules.people import Language, Role
from rules.process import Step
from rules.replies import ReplyContext, Verdict
from rules.replies.parts import nesting_is_sane, texts_of
from tasks.context import StepContext
from tasks.find_conversation import Doubt

_LONGEST = 1200  # characters of the mail that are shown
_LEAVE_OPEN = "-"


def reply_question(
    context: StepContext,
    row: InboundMessage,
    verdict: Verdict,
    known: ReplyContext,
    doubts: Sequence[Doubt] = (),
) -> Question:
    """What the coordinator is asked about that mail."""
    labels = [f"{question.course_names[0]} {question.start:%H:%M}" for question in known.classes]
    reasons = [verdict.sentence(Language.LATVIAN), *doubts]
    shown = shown_text(row.raw, known.letter_texts)
    parts = [
        f"Mācībspēka {known.lecturer_name} atbilde jāizlasa cilvēkam: {'; '.join(reasons)}.",
        f"Vēstule: “{shown}”" if shown else "Vēstulē nav redzama teksta.",
        _how_to_answer(labels),
    ]
    return Question(
        key=f"reply/{row.key}",
        kind=QuestionKind.UNCLEAR_REPLY,
        day=row.day,
        class_id=known.classes[0].id if len(known.classes) == 1 else None,
        role=Role.COORDINATOR,
        text="\n".join(parts),
        facts={
            "mail": shown,
            "words": verdict.words,
            "why": row.why,
            "classes": [question.id for question in known.classes],
            "labels": labels,
            "lecturer": known.lecturer_key,
            "message": row.key,
            "is_late": is_late(context, row.received_at, row.day),
        },
        choices=[SKIP],
        guess=_guess(verdict, known),
        opened_at=context.now,
    )


def is_late(context: StepContext, moment: datetime, day: date | None) -> bool:
    """Whether a number that comes then comes after those of its study day were due."""
    calendar = context.calendar
    due_on = calendar.due_on(Step.COLLECT_ATTENDANCE, day or context.day)
    return moment > calendar.end_of(due_on)


def unreadable_question(context: StepContext, row: InboundMessage, reason: str) -> Question:
    """About a mail that could not even be opened."""
    return Question(
        key=f"reply/{row.key}",
        kind=QuestionKind.UNCLEAR_REPLY,
        role=Role.COORDINATOR,
        text=f"Pastkastē ir vēstule, kuru programma nevar atvērt ({reason}). Tā ir mapē ar neskaidrajām "
        f"atbildēm; izlasiet to pasta programmā un atbildiet “{SKIP}”.",
        facts={"mail": "", "classes": [], "labels": [], "message": row.key},
        choices=[SKIP],
        opened_at=context.now,
    )


def _how_to_answer(labels: Sequence[str]) -> str:
    if not labels:
        return f"Mācībspēkam šajā dienā nav nodarbību; izlasiet un atbildiet “{SKIP}”."
    if len(labels) == 1:
        return f"Norādiet apmeklētāju skaitu ({labels[0]}) vai “{SKIP}”, ja nekas nav jāieraksta."
    order = "; ".join(labels)
    example = ";".join(["12", *["15"] * (len(labels) - 2), _LEAVE_OPEN])
    return (
        f"Norādiet apmeklētāju skaitu šādā secībā: {order}. Piemēram, “{example}”: “{_LEAVE_OPEN}” "
        f"nodarbību atstāj bez skaita, “{SKIP}” neieraksta neko."
    )


def _guess(verdict: Verdict, known: ReplyContext) -> str | None:
    """Our best guess in the form in which the question is answered."""
    if not verdict.guess:
        return None
    return ";".join(str(verdict.guess.get(question.id, _LEAVE_OPEN)) for question in known.classes)


def shown_text(raw: bytes, letters: Sequence[str] = ()) -> str:
    """What a person sees in the mail, without the lines of our own letters; shortened."""
    if not nesting_is_sane(raw):
        return ""
    texts = texts_of(message_from_bytes(raw))
    ours = {_bare(line) for letter in letters for line in letter.splitlines()}
    lines = [line.strip() for line in (texts.plain or texts.html or "").splitlines()]
    kept = [line for line in lines if _bare(line) and _bare(line) not in ours]
    text = "\n".join(kept)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _bare(line: str) -> str:
    return " ".join(line.lstrip("> ").split())


def plain_text(content: bytes) -> str:
    """The plain text of a letter of ours, as its reader may quote it."""
    message = message_from_bytes(content, policy=default)
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
