"""`sac alerts`: looks at deadlines, failures, questions and Prefect, and writes the letters.

From a timer of the machine, so that a silent worker or server is noticed by somebody else.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from deployments.cli.output import ExitCode, console, print_json, screen
from deployments.cli.session import AsJson, AsOf, read_moment
from integrations.services import Services, assemble
from rules.alerts import Alert, Silence
from tasks.alerts import Notices, notices, queue_notices
from tasks.context import StepContext
from tasks.send_alerts import send_alerts
from tasks.wording import tally


def alerts(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written; write nothing.")
    ] = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Writes to the office about what needs it: once to each person for each cause.

    Example: sac alerts --as-of 2026-12-01T16:30 --dry-run
    """
    services = assemble()
    now = read_moment(as_of, services, as_json=as_json)
    today = now.astimezone(services.settings.zone).date()
    context = StepContext(services, today, now, run="sac alerts")
    noticed = notices(context, [] if as_of else _silences(services, now))
    figures = {"sent": 0, "refused": 0, "later": 0}
    if not dry_run:
        queue_notices(context, noticed)
        figures |= send_alerts(context)
    if as_json:
        print_json(_document(noticed, now, figures))
    else:
        _show(noticed, figures, dry_run=dry_run)
    if noticed.found or figures["later"] or figures["refused"]:
        raise typer.Exit(ExitCode.ATTENTION)


def _silences(services: Services, now: datetime) -> Sequence[Silence]:
    # Prefect reads its settings when it is imported, which takes two seconds.
    from flows.prefect_silence import is_configured, silences  # noqa: PLC0415

    minutes = services.settings.alerts.silent_minutes
    return silences(now, timedelta(minutes=minutes)) if is_configured() else ()


def _document(noticed: Notices, now: datetime, figures: dict[str, int]) -> dict[str, Any]:
    letters = [
        {"person": key, "kind": "alert", "causes": [alert.cause for alert in wanted]}
        for key, wanted in noticed.wanted.items()
    ] + [{"person": key, "kind": "daily_digest", "causes": []} for key in noticed.digests]
    return {
        "as_of": now,
        "alerts": [_alert_row(alert) for alert in noticed.found],
        "letters": letters,
        **figures,
    }


def _alert_row(alert: Alert) -> dict[str, Any]:
    row = asdict(alert)
    return {name: row[name] for name in ("cause", "kind", "role", "since", "escalates")}


def _show(noticed: Notices, figures: dict[str, int], *, dry_run: bool) -> None:
    table = Table("Since", "What", "For")
    for alert in noticed.found:
        table.add_row(f"{alert.since:%Y-%m-%d %H:%M}", alert.cause, alert.role or "administrator")
    screen.print(table if noticed.found else "Nothing needs the office.")
    for key in noticed.wanted:
        console.print(f"alert to {key}: {len(noticed.wanted[key])}", markup=False)
    for key in noticed.digests:
        console.print(f"morning digest to {key}", markup=False)
    screen.print("Nothing was written." if dry_run else tally(figures, nothing="No letters."))
