"""The result of looking at one thing outside, as `sac check` prints it: a row of its table.

What is looked at stands beside each service (`integrations/zoom/check.py`, ...).
"""

from dataclasses import dataclass

from integrations.errors import OutsideError


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing that was looked at; `advice` says how to mend it and is empty when it is right."""

    service: str
    what: str
    ok: bool
    detail: str
    advice: str


def passed(service: str, what: str, detail: str) -> CheckResult:
    return CheckResult(service, what, ok=True, detail=detail, advice="")


def failed(service: str, what: str, detail: str, advice: str) -> CheckResult:
    return CheckResult(service, what, ok=False, detail=detail, advice=advice)


def failed_with(what: str, error: OutsideError) -> CheckResult:
    """The row of a check that an outside error ended."""
    status = f" ({error.status})" if error.status is not None else ""
    body = f": {error.body}" if error.body else ""
    return failed(error.service, what, f"{error.what}{status}{body}", error.advice)
