"""Zoom's error answers, and the exception that handlers raise for them."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from deployments.sandbox.zoom.limits import Limited

_LARGEST_PAGE = 300


class Refused(Exception):
    """An answer other than success: HTTP status, Zoom's code and message."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        fields: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers
        self.body: dict[str, Any] = {"code": code, "message": message}
        if fields:
            self.body["errors"] = [{"field": f, "message": m} for f, m in fields.items()]


async def as_response(_request: Request, error: Exception) -> Response:
    """The exception handler for `Refused`."""
    if not isinstance(error, Refused):
        raise error
    return JSONResponse(error.body, error.status, headers=error.headers)


def limited(refusal: Limited) -> Response:
    """A 429 with its headers."""
    body = {"code": 429, "message": refusal.message}
    return JSONResponse(body, 429, headers=refusal.headers)


def page_size(text: str) -> int:
    """The size of a page from its parameter; refused when it is no number from 1 to 300."""
    if not text.isdecimal() or not 1 <= int(text) <= _LARGEST_PAGE:
        raise Refused(400, 300, "Validation Failed.", {"page_size": "Invalid field."})
    return int(text)
