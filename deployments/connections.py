"""Looks at everything that the product needs: its database, its secret, and the world outside.

What is looked at in a service stands beside that service (`integrations/*/check.py`).
"""

from collections.abc import Callable, Iterator, Sequence

from alembic.util import CommandError
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from integrations.checks import CheckResult, failed, failed_with, passed
from integrations.errors import OutsideError
from integrations.mailbox import Mailbox
from integrations.moodle import Moodle
from integrations.outgoing_mail import OutgoingMail
from integrations.services import utc_now
from integrations.settings import Settings
from integrations.zoom import Zoom
from models.database import migrate, open_database, reading, writing
from models.people import zoom_accounts

_DATABASE = "database"
_SECRET_LENGTH = 32


def check_everything(settings: Settings) -> list[CheckResult]:
    """One row for each thing that was looked at; whatever is wrong stops none of the others."""
    engine, rows = _database(settings)
    hosts: Sequence[str] = ()
    if engine is not None:
        with reading(engine) as session:
            hosts = [account.email for account in zoom_accounts(session)]
    zoom = Zoom(settings.zoom, now=utc_now, zone_name=settings.timezone)
    return [
        *rows,
        _letter_secret(settings),
        *_prefect(),
        *_looked("Zoom", lambda: zoom.check(hosts)),
        *_looked("Moodle", Moodle(settings.moodle).check),
        *_looked("SMTP", OutgoingMail(settings.smtp).check),
        *_looked("IMAP", Mailbox(settings.imap).check),
    ]


def _database(settings: Settings) -> tuple[Engine | None, list[CheckResult]]:
    """The database, brought up to date and written to; None when it cannot be used."""
    advice = "Check SAC_DATABASE_URL, the folder or server behind it, and our rights there."
    try:
        engine = open_database(settings.database_url)
        migrate(engine)
        with writing(engine) as session:
            # Rewrites one row as it is: a read-only disk or role shows itself.
            session.connection().execute(
                text("UPDATE alembic_version SET version_num = version_num")
            )
    except CommandError as error:
        newer = "Install the newest version of the product: its database was made by a newer one."
        return None, [failed(_DATABASE, "tables", str(error), newer)]
    except (SQLAlchemyError, OSError) as error:
        detail = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return None, [failed(_DATABASE, "connection", detail, advice)]
    where = engine.url.render_as_string(hide_password=True)
    return engine, [passed(_DATABASE, "tables", f"up to date and writable ({where})")]


def _letter_secret(settings: Settings) -> CheckResult:
    length = len(settings.letter_secret.get_secret_value())
    if length >= _SECRET_LENGTH:
        return passed("letters", "secret", "set")
    what = f"only {length} characters" if length else "not set"
    advice = "Set SAC_LETTER_SECRET to 32 or more random characters: openssl rand -hex 32"
    return failed("letters", "secret", what, advice)


def _prefect() -> list[CheckResult]:
    # Prefect takes two seconds to import: not for whoever imports this module only.
    from deployments.prefect_api import check_api  # noqa: PLC0415

    return check_api()


def _looked(service: str, look: Callable[[], list[CheckResult]]) -> Iterator[CheckResult]:
    try:
        yield from look()
    except OutsideError as error:
        yield failed_with("connection", error)
    except ValueError as error:
        # An address that is no address is found by the library that should use it.
        yield failed(service, "settings", str(error), f"Mend SAC_{service.upper()}__…")
