"""What ends a command before it can begin, in words: settings, the database, the world outside."""

import json
import sys
from typing import NoReturn

from pydantic import ValidationError
from sqlalchemy.exc import ArgumentError, OperationalError

from deployments.cli.output import ExitCode, console
from integrations.errors import OutsideError


def end_with(error: Exception) -> NoReturn:
    """Ends the process with the error in words; raises it again when it is none of ours."""
    if isinstance(error, ValidationError):
        if error.title != "Settings":
            raise error
        _end("bad_settings", _settings_words(error), ExitCode.BAD_INPUT)
    if isinstance(error, OperationalError | ArgumentError):
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        words = f"The database cannot be used: {reason}. Check SAC_DATABASE_URL; see sac check."
        _end("database", words, ExitCode.ATTENTION)
    if isinstance(error, OutsideError):
        _end("outside", str(error), ExitCode.ATTENTION)
    raise error


def _settings_words(error: ValidationError) -> str:
    lines = [
        f"  SAC_{'__'.join(str(part).upper() for part in found['loc'])}: {found['msg']}"
        for found in error.errors(include_input=False, include_url=False)
    ]
    return "\n".join(["These settings cannot be used (see sac settings):", *lines])


def _end(code: str, message: str, exit_code: ExitCode) -> NoReturn:
    if "--json" in sys.argv:
        document = {"error": {"code": code, "message": message, "details": []}}
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        console.print(message, style="bold red", markup=False, soft_wrap=True)
    raise SystemExit(exit_code)
