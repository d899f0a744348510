"""What Zoom accepts in a create or update request, turned into fields of a meeting."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deployments.sandbox.zoom.meetings import read_start

_LENGTHS = {"topic": 200, "agenda": 2000, "password": 10}
_TYPES = (1, 2, 3, 8, 10)
_START = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?")
_TAKEN = ("topic", "type", "duration", "timezone", "agenda", "password", "settings")


class Invalid(Exception):
    """The request is refused with 400/300; one message per field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__("Validation Failed.")
        self.errors = dict(errors)


def read_body(body: bytes) -> dict[str, Any]:
    """The JSON object of a request; an empty body is an empty object."""
    try:
        document = json.loads(body or b"{}")
    except ValueError as error:
        raise Invalid({"body": "Request Body should be a valid JSON object."}) from error
    if not isinstance(document, dict):
        raise Invalid({"body": "Request Body should be a valid JSON object."})
    return document


def meeting_fields(body: Mapping[str, Any], *, now: datetime, zone: str) -> dict[str, Any]:
    """Fields to take over. A start in the past is ignored without a word, as Zoom does."""
    zone = body.get("timezone", zone)
    errors = dict(filter(None, (_problem(name, value) for name, value in body.items())))
    start = body.get("start_time")
    if start is not None and (not isinstance(start, str) or not _START.fullmatch(start)):
        errors["start_time"] = "Invalid field."
    if errors:
        raise Invalid(errors)
    fields = {name: body[name] for name in _TAKEN if name in body}
    if start and (moment := read_start(start, zone)) > now:
        fields["start"] = moment
    return fields


def _problem(name: str, value: Any) -> tuple[str, str] | None:
    longest = _LENGTHS.get(name)
    if longest and (not isinstance(value, str) or len(value) > longest):
        return name, f"The length of the {name} must be less than or equal to {longest}."
    wrong = {
        "type": lambda: value not in _TYPES,
        "duration": lambda: not isinstance(value, int) or isinstance(value, bool) or value < 1,
        "timezone": lambda: not _is_zone(value),
        "settings": lambda: not isinstance(value, dict),
    }
    return (name, "Invalid field.") if name in wrong and wrong[name]() else None


def _is_zone(name: Any) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError):
        return False
    return True
