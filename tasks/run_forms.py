"""The run forms in the Prefect UI: titles, choices, and what nobody needs to see.

Prefect makes a form from a flow's parameters; their descriptions are the flow's docstring. Who
fills them in reads Latvian. The choice of colleagues is `flows/colleague_choices.py`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from rules.process import Step
from tasks.step_choices import step_label

_TITLES: Mapping[str, str] = {
    "day": "Studiju diena",
    "step": "Solis",
    "steps": "Soļi",
    "reason": "Iemesls",
    "evidence": "Pierādījums",
    "by": "Kas to dara",
    "held": "Nodarbība",
    "count": "Apmeklētāju skaits",
    "question": "Jautājuma numurs",
    "answer": "Atbilde",
    "as_of": "Cits brīdis",
}
# Set by the program that asks for the run; the name that a person gives is the field "Run Name".
_HIDDEN = frozenset({"title", "settles"})
# A choice with an empty default is sent as empty, which is none of its values.
_CHOICES_WITHOUT_DEFAULT = frozenset({"by", "as_of"})


def dress(properties: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """The form's fields as people see them, in their order.

    >>> dress({"step": {"type": "integer"}, "title": {"type": "string"}})["step"]["title"]
    'Solis'
    """
    return {name: _field(name, field) for name, field in properties.items() if name not in _HIDDEN}


def _field(name: str, given: Mapping[str, Any]) -> dict[str, Any]:
    field = _without_none(given)
    field["title"] = _TITLES[name]
    labels = [step_label(step) for step in Step]
    if name == "steps":
        items = {"type": "string", "enum": labels}
        field |= {"type": "array", "items": items, "uniqueItems": True, "default": []}
    elif name == "step":
        field |= {"type": "string", "enum": labels}
        field.pop("anyOf", None)
    elif name in _CHOICES_WITHOUT_DEFAULT:
        field.pop("default", None)
    return field


def _without_none(given: Mapping[str, Any]) -> dict[str, Any]:
    """A field that may be None as one that may be left empty: no switch between two types."""
    field = dict(given)
    kinds: Sequence[Mapping[str, Any]] = field.get("anyOf", ())
    wanted = [kind for kind in kinds if kind.get("type") != "null"]
    if len(wanted) == 1 and len(wanted) < len(kinds):
        del field["anyOf"]
        field |= wanted[0]
    return field
