"""Imports every module with tables, so that `SQLModel.metadata` is complete."""

from sqlmodel import SQLModel

from models import (
    attendance,
    inbound,
    journal,
    letter,
    lms,
    meeting,
    people,
    presence,
    question,
    study_day,
)

MODULES = (
    attendance,
    inbound,
    journal,
    letter,
    lms,
    meeting,
    people,
    presence,
    question,
    study_day,
)
METADATA = SQLModel.metadata
