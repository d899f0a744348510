"""`sac backup`, `sac restore`, `sac tidy`: what is kept, brought back, and not kept for ever."""

from datetime import UTC, timedelta
from pathlib import Path
from typing import Annotated

import typer

from deployments.cli.output import print_json, refuse, screen
from deployments.cli.session import AsJson, AsOf, read_moment
from integrations.services import assemble, utc_now
from integrations.settings import load_settings
from models.backup import BackupRefused, back_up
from models.backup import restore as put_back
from models.database import open_database, writing
from models.retention import forget_letters, forget_mails
from tasks.wording import tally

File = Annotated[Path, typer.Argument(help="The backup's file.")]


def backup(file: File, as_json: AsJson = False) -> None:
    """Writes the whole database into one new, checked file (SQLite). Work may go on meanwhile.

    Example: sac backup /var/backups/sac-2026-12-04.db
    """
    engine = open_database(load_settings().database_url)
    try:
        size = back_up(engine, file)
    except (BackupRefused, OSError) as error:
        refuse("backup_refused", str(error), as_json=as_json)
    if as_json:
        print_json({"file": file, "bytes": size})
        return
    screen.print(f"{file}: {size} bytes, checked.", markup=False)


def restore(
    file: File,
    aside: Annotated[
        Path | None, typer.Option(help="Where the present database is kept; a new file.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Puts a backup in the database's place; the present one is kept. Stop workers first.

    Example: sac restore /var/backups/sac-2026-12-04.db
    """
    now = utc_now()
    engine = open_database(load_settings().database_url)
    kept = aside or Path(f"before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%S}.db")
    try:
        doubtful = put_back(engine, file, kept, now)
    except (BackupRefused, OSError) as error:
        refuse("restore_refused", str(error), as_json=as_json)
    if as_json:
        print_json({"file": file, "kept": kept, "doubtful_letters": doubtful})
        return
    screen.print(f"Restored. The database of before: {kept}", markup=False)
    if doubtful:
        screen.print(f"{doubtful} letters that waited are looked up before they are sent.")
    screen.print("Before you start workers, see what each day would do: sac day preview DATE")


def tidy(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be forgotten.")
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Forgets the bytes of old mails and letters, and old runs in Prefect (SAC_RETENTION__*).

    Example: sac tidy --dry-run
    """
    services = assemble()
    kept, now = services.settings.retention, read_moment(as_of, services, as_json=as_json)
    with writing(services.engine) as session:
        figures = {
            "mails": forget_mails(session, now - timedelta(days=kept.mail_days)),
            "letters": forget_letters(session, now - timedelta(days=kept.letter_days)),
        }
        if dry_run:
            session.rollback()
    # Prefect reads its settings when it is imported, which takes two seconds.
    from flows.forget_runs import forget_runs  # noqa: PLC0415
    from flows.prefect_silence import is_configured  # noqa: PLC0415

    if is_configured() and not dry_run:
        figures["runs"] = forget_runs(now - timedelta(days=kept.run_days))
    if as_json:
        print_json(figures)
        return
    words = tally(figures, nothing="nothing is old enough")
    screen.print(f"Would be forgotten: {words}" if dry_run else f"Forgotten: {words}")
