"""Letters of the product to the office itself: alerts, and the digest of a working morning.

Who is written to and why is decided in `rules/alerts.py`; the sentences are in the templates.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from integrations.letters.content import Office, Recipient, Rendered
from integrations.letters.kinds import written
from integrations.letters.step_words import step_words
from integrations.presentation import local, one_line
from rules.alerts import Alert, Digest, StepStanding, WaitingQuestion
from rules.people import Language
from rules.process import STEPS
from rules.wording import clock, short_date

_SIGNERS = {
    Language.LATVIAN: ("Studiju dienu sistēma", "automātisks ziņojums"),
    Language.ENGLISH: ("Study-day system", "automatic message"),
}


def system_office(institution: str, address: str, language: Language) -> Office:
    """The product as the one who signs, so that nobody takes its words for a colleague's."""
    signer, role = _SIGNERS[language]
    return Office(institution, address, signer, role, "")


def alert(day: date, to: Recipient, found: Sequence[Alert], ui: str, office: Office) -> Rendered:
    """What needs the recipient's attention now. `ui` is the address of Prefect's pages, or empty."""
    items = [_alert_item(one, to.language) for one in found]
    return written("alert", day, to, office, {"items": items, "ui": one_line(ui)})


def daily_digest(day: date, to: Recipient, digest: Digest, ui: str, office: Office) -> Rendered:
    """What is due today, what is wrong, and what waits for people."""
    context = {
        "due": [_step_item(one, to.language) for one in digest.due],
        "wrong": [_step_item(one, to.language) for one in digest.wrong],
        "waiting": [_question_item(one, to.language) for one in digest.waiting],
        "ui": one_line(ui),
    }
    return written("daily_digest", day, to, office, context)


def _alert_item(found: Alert, language: Language) -> dict[str, Any]:
    if found.standing is not None:
        return {"kind": found.kind.value, **_step_item(found.standing, language)}
    if found.question is not None:
        return {"kind": found.kind.value, **_question_item(found.question, language)}
    silence = found.silence
    return {
        "kind": found.kind.value,
        "part": silence.part.value if silence else "",
        "count": silence.count if silence else 0,
        "since": _moment(found.since, language),
    }


def _step_item(standing: StepStanding, language: Language) -> dict[str, Any]:
    rule = STEPS[standing.step]
    return {
        "day": short_date(standing.day, language),
        "step": standing.step.value,
        "name": rule.name if language is Language.ENGLISH else rule.name_lv,
        "due": _moment(standing.window.due, language),
        "state": standing.state.value,
        "text": one_line(step_words(standing.state, standing.summary, language)),
    }


def _question_item(question: WaitingQuestion, language: Language) -> dict[str, Any]:
    return {
        "day": short_date(question.day, language) if question.day else "",
        "number": question.number,
        "text": one_line(question.text),
        "asked": _moment(question.asked, language),
    }


def _moment(moment: datetime, language: Language) -> str:
    """Date and time; the last second of a day is said as its date."""
    shown = local(moment)
    day = short_date(shown.date(), language)
    return (
        day if shown.time().replace(microsecond=0) == time(23, 59, 59) else f"{day} {clock(shown)}"
    )
