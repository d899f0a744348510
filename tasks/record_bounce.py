"""Delivery reports: tied to the letter that came back, which becomes a question about its address.

Reading a report is `rules/bounces.py`. The answer is the address from now on
(`models.question.corrected_addresses`); the step's next run writes to it, once.
"""

from collections.abc import Mapping
from datetime import timedelta

from sqlmodel import Session

from models.inbound import InboundMessage
from models.journal import write
from models.letter import Letter, LetterKind, letters_lately, mark_bounced
from models.question import SEND_AGAIN, SKIP, Question, QuestionKind, ask, corrected_addresses
from rules.bounces import Bounce, Fate
from rules.people import Role
from rules.process import STEPS, Step
from tasks.context import StepContext
from tasks.find_conversation import proven_letters
from tasks.incoming_mail import IncomingMail, is_office, tokens_in

_LATELY = timedelta(days=14)  # no server goes on trying for longer
_STEPS: Mapping[LetterKind, Step] = {
    LetterKind.LECTURER: Step.REMIND_LECTURERS,
    LetterKind.STUDENT: Step.NOTIFY_STUDENTS,
    LetterKind.TEAM_BRIEFING: Step.BRIEF_TEAM,
    LetterKind.CLASS_NOT_STARTED: Step.WATCH_CLASSES,
    LetterKind.ATTENDANCE_REMINDER: Step.REQUEST_ATTENDANCE,
    LetterKind.MISSING_ATTENDANCE: Step.REQUEST_ATTENDANCE,
}


def find_bounced(
    session: Session, context: StepContext, mail: IncomingMail, bounce: Bounce
) -> Letter | None:
    """The letter that the report is about, if it is one of ours and there is no doubt which."""
    tokens = tokens_in((*bounce.message_ids, *bounce.text.split())) + mail.tokens
    proven = proven_letters(session, context, bounce.message_ids, tuple(dict.fromkeys(tokens)))
    if proven:
        return proven[0]
    if bounce.message_ids:  # somebody else's letter
        return None
    since = context.now - _LATELY
    letters = letters_lately(session, bounce.recipients or bounce.mentioned, since)
    quoted = [letter for letter in letters if letter.subject in _one_line(bounce.text)]
    candidates = quoted or letters
    is_clear = len({letter.email.lower() for letter in candidates}) == 1
    return candidates[0] if is_clear else None


def _one_line(text: str) -> str:
    return " ".join(text.split())


def is_of_our_copy(context: StepContext, bounce: Bounce) -> bool:
    """Whether only the office's own copy came back; the person has the letter."""
    office = context.services.settings.smtp.sender
    return bool(bounce.recipients) and all(is_office(one, office) for one in bounce.recipients)


def is_failure(context: StepContext, bounce: Bounce) -> bool:
    """Whether the letter will not come to its reader."""
    return bounce.fate is Fate.FAILED and not is_of_our_copy(context, bounce)


def record_bounce(
    session: Session, context: StepContext, row: InboundMessage, bounce: Bounce, letter: Letter
) -> None:
    """Marks the letter and asks for the right address, once per letter; a delay changes nothing."""
    failed = is_failure(context, bounce)
    step = _STEPS.get(letter.kind)
    if failed:
        mark_bounced(session, letter.id, f"bounced: {bounce.diagnostic}")
        # A question about an alert would be reminded by an alert, which would come back too.
        if step and letter.email not in corrected_addresses(session):
            question = _question(context, step, letter, bounce)
            ask(session, question, again_after=SEND_AGAIN)
    write(
        session,
        context.author,
        "letter bounced" if failed else f"delivery report: {bounce.fate}",
        f"{letter.kind}/{letter.person}/{letter.sequence}",
        day=letter.day,
        step=step.value if step else None,
        diagnostic=bounce.diagnostic,
        message=row.key,
    )


def _question(context: StepContext, step: Step, letter: Letter, bounce: Bounce) -> Question:
    return Question(
        key=f"{letter.day}/bounced/{letter.kind}/{letter.person}/{letter.sequence}",
        kind=QuestionKind.REFUSED_ADDRESS,
        day=letter.day,
        role=STEPS[step].role or Role.COORDINATOR,
        text=f"Vēstule adresātam {letter.email} (“{letter.subject}”) nav piegādāta: "
        f"{bounce.diagnostic}. Norādiet pareizo adresi, “{SEND_AGAIN}” vai “{SKIP}”.",
        facts={"letter": letter.key, "letter_id": letter.id, "email": letter.email},
        choices=[SEND_AGAIN, SKIP],
        opened_at=context.now,
    )


def bounce_words(context: StepContext, bounce: Bounce, letter: Letter) -> str:
    """Why the report was filed as it was."""
    if is_of_our_copy(context, bounce):
        return f"own_copy: only the office's copy of {letter.key} came back"
    return f"{bounce.fate}: {letter.key}: {bounce.diagnostic}"
