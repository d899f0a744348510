"""The one tree of errors of the outside world, sized for the operator who reads them.

*Will pass if repeated* (`TemporaryFault`), *may have happened* (`DoubtfulOutcome`: look before you
repeat), *needs a person* (`PersonNeeded`), *our mistake* (`OurMistake`). Bad input (a workbook, a
form) is not an error of this tree: it is a list of problems, see `rules.timetable.Problem`.
"""

import re
from datetime import datetime

_SECRETS = re.compile(
    r"(?i)(bearer\s+|(?:pwd|tk|zak|token|wstoken|secret|password|passcode|access_token)[\"']?\s*[=:]\s*[\"']?)"
    r"[^\s\"'&,}]+"
)


def short_body(body: str, limit: int = 300) -> str:
    """The beginning of an answer's body, fit for a log: one line, secrets masked.

    >>> short_body('{"error": "no", "access_token": "abc"}')
    '{"error": "no", "access_token": "***"}'
    """
    line = " ".join(_SECRETS.sub(r"\1***", body).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


class OutsideError(Exception):
    """Something outside did not do what we asked; says who, what, and what to do next."""

    def __init__(
        self,
        service: str,
        operation: str,
        what: str,
        *,
        advice: str,
        status: int | str | None = None,
        body: str = "",
    ) -> None:
        self.service = service
        self.operation = operation
        self.what = what
        self.advice = advice
        self.status = status
        self.body = short_body(body)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        status = f" ({self.status})" if self.status is not None else ""
        body = f" Answer: {self.body}" if self.body else ""
        return f"{self.service}: {self.operation}: {self.what}{status}. {self.advice}{body}"


class TemporaryFault(OutsideError):
    """Will pass if repeated; `retry_at` says when, if that is known."""

    retry_at: datetime | None = None

    def until(self, retry_at: datetime | None) -> "TemporaryFault":
        self.retry_at = retry_at
        return self


class DoubtfulOutcome(TemporaryFault):
    """The answer was lost after the request went out: the effect may exist. Look it up first."""


class PersonNeeded(OutsideError):
    """Repeating will not help; a person must decide or mend something. Becomes a question."""


class OurMistake(OutsideError):
    """We asked for something that cannot be; fails loudly and is mended in the code."""
