"""From a rendered letter to a row of the outbox: token, Message-ID, reply address, bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from integrations.letters import (
    Office,
    Recipient,
    Rendered,
    build_message,
    letter_token,
    message_id,
    reply_address,
)
from models.journal import write
from models.letter import Letter, LetterKind, LetterState
from rules.facts import content_hash
from rules.people import Role
from tasks.context import StepContext
from tasks.day_plan import responsible


def office_of(session: Session, context: StepContext, role: Role) -> Office:
    """Who signs: the role responsible for the step, writing from the one office address."""
    signer = responsible(session, role)
    settings = context.services.settings
    return Office(
        institution=settings.institution,
        address=settings.smtp.sender,
        signer=signer.name,
        signer_role=signer.role.latvian,
        signer_phone=signer.phone,
    )


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter belongs: its conversation, and the person who gets it."""

    kind: LetterKind
    person: str
    to: Recipient
    sequence: int = 0


def compose(
    context: StepContext, address: Address, office: Office, rendered: Rendered, content: str = ""
) -> Letter:
    """The letter as a row, ready to be queued; the same content gives the same Message-ID."""
    content = content or content_hash(rendered.subject, rendered.text)
    kind, person, sequence = address.kind, address.person, address.sequence
    secret = context.services.settings.letter_secret.get_secret_value()
    token = letter_token(secret, str(context.day), kind, person, str(sequence), content)
    identity = message_id(token, office.address)
    message = build_message(
        rendered,
        to=address.to,
        office=office,
        message_id=identity,
        reply_to=reply_address(office.address, token),
        date=context.now,
        kind=kind,
    )
    return Letter(
        day=context.day,
        kind=kind,
        person=person,
        email=address.to.email,
        sequence=sequence,
        subject=rendered.subject,
        content_hash=content,
        facts=[],
        message_id=identity,
        token=token,
        content=message,
        state=LetterState.QUEUED,
        queued_at=context.now,
    )


def queue(session: Session, context: StepContext, letters: Sequence[Letter]) -> None:
    """Commits the intention to send, before anything is sent."""
    for letter in letters:
        session.add(letter)
        write(
            session,
            context.author,
            "queued letter",
            f"{letter.kind}/{letter.person}/{letter.sequence}",
            day=context.day,
            title=letter.subject,
        )
