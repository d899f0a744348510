"""A person's data on request: all of it shown, or erased as far as it may be.

Numbers of attendees and the journal of who did what are the office's records: they stay, under the
person's key. A person who is still needed for what is coming is not erased.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel

from models.database import reading, writing
from models.journal import write
from models.letter import WAITING
from models.people import LecturerRecord, StaffRecord, StudentRecord
from models.personal_data import PersonalData, personal_data
from tasks.context import StepContext

ERASED = "(dzēsts)"  # stands where a name stood
_HIDDEN = "…"
_BYTES = ("content", "raw")


class NoSuchPerson(LookupError):
    """Nothing is held about that address."""

    def __init__(self, email: str) -> None:
        super().__init__(f"Nothing is held about {email}.")


class StillNeeded(ValueError):
    """A person whom a coming day or the present semester needs; says what to do first."""


def export_person(context: StepContext, email: str) -> dict[str, Any]:
    """Everything that is held about the person, as plain JSON data; mails and letters as text."""
    with reading(context.services.engine) as session:
        found = _found(session, email)
        return {
            "email": email,
            "person": [{"role": _role(row), **_shown(row)} for row in found.people],
            **{name: [_shown(row) for row in rows] for name, rows in _parts(found).items()},
        }


def erase_person(context: StepContext, email: str) -> dict[str, int]:
    """Erases what may go; says how much of each kind, and how much stays (`kept_…`).

    `context.day` is today. Raises NoSuchPerson, StillNeeded; then nothing has been changed.
    """
    with writing(context.services.engine) as session:
        found = _found(session, email)
        if reasons := list(_needs(found, context.day)):
            raise StillNeeded(f"{email} cannot be erased yet: {' '.join(reasons)}")
        _erase(found, email)
        keys = sorted({row.key for row in found.people})
        write(session, context.author, "person erased", ", ".join(keys))
    return {
        "people": len(found.people),
        "letters": len(found.letters),
        "mails": len(found.mails),
        "questions": len(found.questions),
        "kept_attendance": len(found.reports),
        "kept_journal": len(found.journal),
    }


def _found(session: Session, email: str) -> PersonalData:
    found = personal_data(session, email.strip())
    if not (found.people or found.letters or found.questions):
        raise NoSuchPerson(email)
    return found


def _parts(found: PersonalData) -> Mapping[str, Sequence[SQLModel]]:
    return {
        "classes": found.classes,
        "duty": found.duties,
        "letters": found.letters,
        "mails": found.mails,
        "attendance": found.reports,
        "questions": found.questions,
        "journal": found.journal,
    }


def _role(row: LecturerRecord | StudentRecord | StaffRecord) -> str:
    roles = {LecturerRecord: "lecturer", StudentRecord: "student", StaffRecord: "staff"}
    return roles[type(row)]


def _shown(row: SQLModel) -> dict[str, Any]:
    """A row's fields; the bytes of a mail as the text that they are."""
    fields = row.model_dump(exclude={"token", *_BYTES})
    texts = {
        name: getattr(row, name).decode("utf-8", "replace") for name in _BYTES if hasattr(row, name)
    }
    return {**fields, **texts}


def _needs(found: PersonalData, today: date) -> list[str]:
    """Why the person must stay, in words with what to do."""
    reasons = []
    if any(row.is_active for row in found.people):
        reasons.append("The semester's sheets still name them; take them out and import first.")
    coming = sorted({row.day for row in found.classes if row.day >= today and row.is_planned})
    if coming:
        reasons.append(f"They teach on {', '.join(map(str, coming))}; assign somebody else first.")
    waiting = [row for row in found.letters if row.state in WAITING]
    if waiting:
        reasons.append(f"{len(waiting)} letters to them are not settled yet.")
    return reasons


def _erase(found: PersonalData, email: str) -> None:
    names = [row.name for row in found.people]
    for person in found.people:
        person.name, person.email, person.is_active = ERASED, "", False
        if not isinstance(person, StudentRecord):
            person.phone = ""
    for letter in found.letters:
        letter.email, letter.content, letter.detail = "", b"", ""
    for mail in found.mails:
        mail.raw, mail.why = b"", ""
    for report in found.reports:
        report.words = ""
        report.reported_by = ERASED if report.reported_by in names else report.reported_by
    for question in found.questions:
        question.text = _without(question.text, [email, *names])
        question.facts = {
            name: value for name, value in question.facts.items() if name not in {"email", "mail"}
        }


def _without(text: str, words: Sequence[str]) -> str:
    for word in filter(None, words):
        text = text.replace(word, _HIDDEN)
    return text
