"""The `manifest.json` of `sac reply read`: what is known about each message, checked before any is read.

The keys are others' contract; what is not named here may stand in it and is ignored.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from rules.replies import ClassQuestion, ReplyContext

MANIFEST = "manifest.json"


class BadManifestError(Exception):
    """The manifest cannot be used; `details` names every problem with its place."""

    def __init__(self, message: str, details: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.details = details


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Lecturer(_Strict):
    key: str
    name: str
    known_addresses: list[str]


class _Class(_Strict):
    id: str
    slot: int | None = None
    start: str
    end: str
    course: str
    groups: list[str]
    enrolled: int | None = Field(default=None, ge=0)

    @field_validator("start", "end")
    @classmethod
    def _is_a_time(cls, text: str) -> str:
        _clock(text)
        return text


class _Message(_Strict):
    file: str = ""
    lecturer: _Lecturer
    study_day: str
    reminder_message_id: str
    classes: list[_Class]
    prior_counts: dict[str, int] = Field(default_factory=dict)
    letter: str | None = None

    @field_validator("study_day")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        date.fromisoformat(text)
        return text


class _Settings(_Strict):
    authserv_id: str = ""
    office_address: str


def _clock(text: str) -> time:
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


def context_of(
    entry: Mapping[str, Any], manifest: Mapping[str, Any], zone: ZoneInfo
) -> ReplyContext:
    """What is known about one message of a manifest. Raises ValueError."""
    message = _Message.model_validate(entry)
    settings = _Settings.model_validate(manifest)
    return ReplyContext(
        lecturer_key=message.lecturer.key,
        lecturer_name=message.lecturer.name,
        known_addresses=tuple(message.lecturer.known_addresses),
        classes=tuple(_question(data, message.study_day, zone) for data in message.classes),
        prior_counts=message.prior_counts,
        reminder_message_ids=(message.reminder_message_id,),
        authserv_id=settings.authserv_id,
        office_address=settings.office_address,
        letter_texts=(message.letter,) if message.letter else (),
    )


def _question(data: _Class, day: str, zone: ZoneInfo) -> ClassQuestion:
    return ClassQuestion(
        id=data.id,
        slot=data.slot,
        start=datetime.combine(date.fromisoformat(day), _clock(data.start), zone),
        end=datetime.combine(date.fromisoformat(day), _clock(data.end), zone),
        course_names=(data.course,),
        groups=tuple(data.groups),
        enrolled=data.enrolled,
    )


def messages_of(folder: Path, zone: ZoneInfo) -> list[tuple[str, bytes, ReplyContext]]:
    """The folder's messages with what is known of them.

    Raises BadManifestError with all problems at once.
    """
    manifest = _load(folder / MANIFEST)
    found, problems = [], []
    for number, entry in enumerate(manifest["messages"], 1):
        try:
            known = context_of(entry, manifest, zone)
            found.append((entry["file"], (folder / entry["file"]).read_bytes(), known))
        except ValidationError as error:
            problems += [f"message {number}: {line}" for line in _lines(error)]
        except KeyError:
            problems.append(f"message {number}: file: Field required")
        except (OSError, ValueError) as error:
            problems.append(f"message {number}: {error}")
    if problems:
        raise BadManifestError("The manifest has problems.", tuple(problems))
    return found


def _load(path: Path) -> Mapping[str, Any]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        _refuse(f"{path}: there is no such file. It says what is known about each message.")
    except (OSError, ValueError, RecursionError) as error:
        _refuse(f"{path}: {error}")
    if not isinstance(manifest, dict) or not isinstance(manifest.get("messages"), list):
        _refuse(f"{path}: an object with a list of “messages” is needed")
    try:
        _Settings.model_validate(manifest)
    except ValidationError as error:
        raise BadManifestError(str(path), tuple(_lines(error))) from error
    return manifest


def _refuse(message: str) -> NoReturn:
    raise BadManifestError(message)


def _lines(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(map(str, one['loc'])) or 'entry'}: {one['msg']}"
        for one in error.errors(include_url=False)
    ]
