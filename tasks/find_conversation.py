"""Whose mail it is, about which study day, and whether it really answers a letter of ours.

A letter is found by its Message-ID or by the mark in the address, and believed only when the mark
is the one that we would make for it; a known sender without it is heard, but by a person.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlmodel import Session

from integrations.letters import is_letter_token
from models.letter import Letter, LetterKind, find_by_reference, letters_to
from models.people import find_lecturer, lecturer_by_email
from rules.timetable import Lecturer
from tasks.context import StepContext
from tasks.incoming_mail import IncomingMail

CONVERSATIONS = (LetterKind.LECTURER, LetterKind.ATTENDANCE_REMINDER)
_FRESH_DAYS = 30  # so long after a study day a fresh mail may be about it


class Doubt(StrEnum):
    """Why a person should read a mail, whatever it says; in Latvian, for the coordinator."""

    FORGED_MARK = "Vēstulē ir pazīme, kas līdzinās mūsu vēstuļu pazīmei, bet nav mūsu"
    SEVERAL_LETTERS = "Vēstule atsaucas uz vairāku cilvēku vai vairāku dienu vēstulēm"
    OTHER_COLLEAGUE = "Šīs nodarbības apmeklētāju skaitu jau ir norādījis kāds cits"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A lecturer's mail about a study day, and all letters to them of that day."""

    lecturer: Lecturer
    letters: tuple[Letter, ...]
    doubts: tuple[Doubt, ...] = ()


def find_conversation(
    session: Session, context: StepContext, mail: IncomingMail
) -> Conversation | None:
    """By the letters that the mail refers to; else by its sender, for a person to look at."""
    named = proven_letters(session, context, mail.references, mail.tokens)
    answered = [letter for letter in named if letter.kind in CONVERSATIONS]
    if answered:
        return _of_letters(session, answered, mail)
    lecturer = lecturer_by_email(session, mail.sender) if mail.sender else None
    if lecturer is None:
        return None
    letters = _recent(session, context, lecturer.key)
    doubts = (Doubt.FORGED_MARK,) if mail.tokens else ()
    return Conversation(lecturer, letters, doubts) if letters else None


def proven_letters(
    session: Session, context: StepContext, references: Sequence[str], tokens: Sequence[str]
) -> list[Letter]:
    """The letters that are referred to, in the order in which they are named."""
    found = [
        letter
        for letter in find_by_reference(session, references, tokens)
        if any(_is_mark_of(letter, context, token) for token in tokens)
    ]
    order = {token: place for place, token in reversed(list(enumerate(tokens)))}
    return sorted(found, key=lambda letter: order.get(letter.token, len(order)))


def _is_mark_of(letter: Letter, context: StepContext, token: str) -> bool:
    secret = context.services.settings.letter_secret.get_secret_value()
    parts = (str(letter.day), letter.kind, letter.person, str(letter.sequence), letter.content_hash)
    return is_letter_token(token, secret, *parts)


def _of_letters(
    session: Session, answered: Sequence[Letter], mail: IncomingMail
) -> Conversation | None:
    """The conversation of the letter that is named first, preferably one with the sender."""
    people = {letter.person: find_lecturer(session, letter.person) for letter in answered}
    authors = [
        letter
        for letter in answered
        if (person := people[letter.person]) and person.email.lower() == mail.sender
    ]
    first = (authors or answered)[0]
    lecturer = people[first.person]
    if lecturer is None:
        return None
    same_day = {
        letter.id: letter
        for letter in (*letters_to(session, first.person, CONVERSATIONS), *answered)
        if _is_with(letter, first)
    }
    return Conversation(lecturer, tuple(same_day.values()), tuple(_doubts(answered, first, mail)))


def _doubts(answered: Sequence[Letter], first: Letter, mail: IncomingMail) -> Iterator[Doubt]:
    if any(not _is_with(letter, first) for letter in answered):
        yield Doubt.SEVERAL_LETTERS
    if set(mail.tokens) - {letter.token for letter in answered}:
        yield Doubt.FORGED_MARK


def _is_with(letter: Letter, other: Letter) -> bool:
    return (letter.person, letter.day) == (other.person, other.day)


def _recent(session: Session, context: StepContext, person: str) -> tuple[Letter, ...]:
    """The letters of the last study day that has come: what a fresh mail may be about."""
    today = context.now.astimezone(context.services.settings.zone).date()
    letters = [
        letter
        for letter in letters_to(session, person, CONVERSATIONS)
        if today - timedelta(days=_FRESH_DAYS) <= letter.day <= today
    ]
    newest = max((letter.day for letter in letters), default=None)
    return tuple(letter for letter in letters if letter.day == newest)
