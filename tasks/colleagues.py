"""Colleagues as a run form offers them: the name that people read, and the key that is kept."""

from sqlmodel import Session

from models.people import staff
from rules.timetable import StaffMember

_BETWEEN = " · "


def label_of(member: StaffMember) -> str:
    """`Dace Liepa · dace`: unmistakable where two colleagues share a name."""
    return f"{member.name}{_BETWEEN}{member.key}"


def key_of(label: str) -> str:
    """The key in a label; a bare key is its own.

    >>> key_of("Dace Liepa · dace"), key_of("dace")
    ('dace', 'dace')
    """
    return label.rpartition(_BETWEEN)[2].strip()


def colleague_labels(session: Session) -> list[str]:
    """Every active colleague, in the order of their keys."""
    return [label_of(member) for member in staff(session)]
