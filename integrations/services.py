"""The one assembly of everything outside: settings in, services out. Tests hand in their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from integrations.mailbox import Mailbox
from integrations.moodle import Moodle
from integrations.outgoing_mail import OutgoingMail
from integrations.settings import Settings, load_settings
from integrations.zoom import Zoom
from models.database import migrate, open_database


def utc_now() -> datetime:
    """The clock of the product; flows ask it once and pass the answer down."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Services:
    """What the steps act with. Nothing here is opened before it is used."""

    settings: Settings
    engine: Engine
    zoom: Zoom
    moodle: Moodle
    outgoing: OutgoingMail
    mailbox: Mailbox


def assemble(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = utc_now
) -> Services:
    """The services that the settings describe, with the database brought up to date."""
    chosen = settings or load_settings()
    engine = open_database(chosen.database_url)
    migrate(engine)
    return Services(
        settings=chosen,
        engine=engine,
        zoom=Zoom(chosen.zoom, now=clock, zone_name=chosen.timezone),
        moodle=Moodle(chosen.moodle),
        outgoing=OutgoingMail(chosen.smtp),
        mailbox=Mailbox(chosen.imap),
    )
