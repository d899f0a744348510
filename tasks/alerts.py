"""Writes to the office what it must hear of: once to each person for each cause.

What a letter told stands beside it as its facts, and decides what is still to be told. Sending is
`tasks/send_alerts.py`; when what is due is `rules/alerts.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from integrations.letters import Office, Recipient
from integrations.letters import notices as letters
from models.database import reading, writing
from models.letter import Letter, LetterKind, letters_since
from rules.alerts import Alert, Digest, Silence, alerts, digest_for, letters_wanted
from rules.people import Language, Role
from rules.timetable import StaffMember
from tasks.context import StepContext
from tasks.outbox import Address, compose, queue
from tasks.standings import colleagues, keys_by_role, step_standings, waiting_questions

ADMIN = "admin"  # the person of SAC_ALERTS__ADMIN_EMAIL
_DIGESTED = (Role.HEAD_OF_SAC, Role.COORDINATOR, Role.E_STUDY_COORDINATOR)
# Longer than any alert stays wanted, so that nothing told is forgotten.
_MEMORY = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Notices:
    """What is wrong at a moment, and the letters that are still to be written about it."""

    found: Sequence[Alert]
    wanted: Mapping[str, Sequence[Alert]]
    digests: Mapping[str, Digest]
    people: Mapping[str, Recipient]
    numbers: Mapping[str, int]  # the next alert's sequence number of those who had some today


def notices(context: StepContext, silences: Sequence[Silence] = ()) -> Notices:
    """What should be written now; writes nothing. `context.day` is today."""
    settings = context.services.settings.alerts
    members = colleagues(context)
    standings, questions = step_standings(context), waiting_questions(context)
    found = alerts(standings, questions, silences, context.now, settings.policy)
    keys = keys_by_role(members)
    if settings.admin_email:
        keys[None] = [ADMIN]
    with reading(context.services.engine) as session:
        before = letters_since(session, LetterKind.ALERT, context.day - _MEMORY)
        digested = {
            letter.person for letter in letters_since(session, LetterKind.DAILY_DIGEST, context.day)
        }
    digests = {
        member.key: digest_for(
            member.role, standings, questions, context.calendar.end_of(context.day), settings.policy
        )
        for member in members
        if _is_digest_time(context) and member.role in _DIGESTED and member.key not in digested
    }
    return Notices(
        found,
        letters_wanted(found, keys, _told(before), context.now),
        {key: digest for key, digest in digests.items() if not digest.is_empty},
        _recipients(context, members),
        # From the same look as what was told: whoever else writes meanwhile takes the number.
        {one.person: one.sequence + 1 for one in before if one.day == context.day},
    )


def _is_digest_time(context: StepContext) -> bool:
    """From that hour on, so that an outage at eight does not cost the office its digest."""
    hour = context.services.settings.alerts.digest_hour
    local = context.now.astimezone(context.services.settings.zone)
    return context.calendar.working_days.is_working(context.day) and local.hour >= hour


def _told(before: Sequence[Letter]) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for letter in before:
        told.setdefault(letter.person, set()).update(fact["cause"] for fact in letter.facts)
    return told


def _recipients(context: StepContext, members: Sequence[StaffMember]) -> dict[str, Recipient]:
    people = {
        member.key: Recipient(member.name, member.email, Language.LATVIAN)
        for member in members
        if member.email
    }
    admin = context.services.settings.alerts.admin_email
    return {**people, **({ADMIN: Recipient("", admin, Language.LATVIAN)} if admin else {})}


def queue_notices(context: StepContext, noticed: Notices) -> int:
    """Queues the letters; returns how many. None when another look was quicker with the same."""
    rows = [*_alert_letters(context, noticed), *_digest_letters(context, noticed)]
    try:
        with writing(context.services.engine) as session:
            kept = [row for row in rows if not _is_told(session, row)]
            queue(session, context, kept)
            session.flush()
    except IntegrityError:
        # Two looks at one moment: one has the sequence number, and with it the letter.
        return 0
    return len(kept)


def _is_told(session: Session, row: Letter) -> bool:
    """Whether another look has queued a letter in this one's place since we looked."""
    return any(
        letter.person == row.person and letter.sequence >= row.sequence
        for letter in letters_since(session, row.kind, row.day)
        if letter.day == row.day
    )


def _alert_letters(context: StepContext, noticed: Notices) -> list[Letter]:
    rows = []
    for key, found in noticed.wanted.items():
        to, office = noticed.people[key], _office(context)
        rendered = letters.alert(context.day, to, found, _ui(context), office)
        address = Address(LetterKind.ALERT, key, to, noticed.numbers.get(key, 0))
        row = compose(context, address, office, rendered)
        row.facts = [{"cause": alert.cause} for alert in found]
        rows.append(row)
    return rows


def _digest_letters(context: StepContext, noticed: Notices) -> list[Letter]:
    rows = []
    for key, digest in noticed.digests.items():
        if key in noticed.people:
            to, office = noticed.people[key], _office(context)
            rendered = letters.daily_digest(context.day, to, digest, _ui(context), office)
            address = Address(LetterKind.DAILY_DIGEST, key, to)
            rows.append(compose(context, address, office, rendered))
    return rows


def _office(context: StepContext) -> Office:
    settings = context.services.settings
    return letters.system_office(settings.institution, settings.smtp.sender, Language.LATVIAN)


def _ui(context: StepContext) -> str:
    return context.services.settings.alerts.ui_url
