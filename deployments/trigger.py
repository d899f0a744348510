"""Carries a change out at once: asks Prefect for a run of every study day that it touches.

Without a Prefect API that has our deployments, it says which command does it by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from textwrap import shorten
from typing import Any

from tasks.context import StepContext
from tasks.day_calendar import has_open_work

_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of a change: runs that were asked for, or commands that are left to a person."""

    runs: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    why: str = ""
    settling: int = 0  # minutes for which notices that are not urgent wait for further changes

    @property
    def sentences(self) -> list[str]:
        """For the terminal."""
        if self.runs:
            when = f"when a worker is there ({self.why})" if self.why else "now"
            said = [f"Prefect carries it out {when}: {', '.join(self.runs)}"]
            if self.settling:
                said.append(
                    f"Notices that are not urgent wait {self.settling} minutes for further changes."
                )
            return said
        if self.commands:
            by_hand = [f"  {command}" for command in self.commands]
            return [f"Carry it out with (Prefect: {self.why}):", *by_hand]
        return ["Nobody was told of this yet; it goes out when its steps are due."]

    @property
    def document(self) -> dict[str, Any]:
        """For scripts."""
        return {"runs": list(self.runs), "commands": list(self.commands)}


def carry_out(context: StepContext, days: Iterable[date], as_of: datetime | None = None) -> Carried:
    """Has the touched days run now, and the calendar of runs brought up to date.

    Days for which nothing is open yet need no run. `as_of` is handed on when the change was made
    as of another moment.
    """
    touched = sorted(set(days))
    if not touched:
        return Carried()
    open_days = [day for day in touched if has_open_work(replace(context, day=day), context.now)]
    why, waits = _prefect()
    if why:
        return Carried(commands=tuple(_command(day, as_of) for day in open_days), why=why)
    # Prefect takes two seconds to import: not for whoever only looks.
    from deployments.prefect_runs import ask_for_calendar, ask_for_run  # noqa: PLC0415

    ask_for_calendar()
    settling = context.services.settings.settling_minutes
    what = shorten(context.reason or "changed", _TITLE_LENGTH, placeholder="…")
    titles = tuple(f"{day} · {what}" for day in open_days)
    for day, title in zip(open_days, titles, strict=True):
        ask_for_run(day, title, context.reason, as_of, settles=settling > 0)
    return Carried(runs=titles, why=waits, settling=settling)


def _command(day: date, as_of: datetime | None) -> str:
    return f"sac day run {day}" + (f" --as-of {as_of.isoformat()}" if as_of else "")


def _prefect() -> tuple[str, str]:
    """Why Prefect cannot be asked (empty when it can), and what to know when it is asked."""
    from deployments.prefect_api import WORKER, check_api  # noqa: PLC0415 - see carry_out

    wrong = {row.what: row.detail for row in check_api() if not row.ok}
    waits = wrong.pop(WORKER, "")
    return next(iter(wrong.values()), ""), waits
