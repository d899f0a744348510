"""`sac settings`: every setting, its meaning and its value; secrets are only said to be set."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, SecretStr
from rich.table import Table

from deployments.cli.output import print_json, screen
from deployments.cli.session import AsJson
from integrations.settings import load_settings


def settings(as_json: AsJson = False) -> None:
    """Lists every setting with its meaning and present value.

    Example: sac settings
    """
    rows = list(setting_rows(load_settings(), "SAC_"))
    if as_json:
        print_json({"settings": rows})
        return
    table = Table("Setting", "Value", "Meaning")
    for row in rows:
        table.add_row(row["name"], row["value"], row["meaning"])
    screen.print(table)


def setting_rows(model: BaseModel, prefix: str) -> Iterator[dict[str, Any]]:
    """One row per setting, groups unfolded into the names of their environment variables."""
    for name, field in type(model).model_fields.items():
        value = getattr(model, name)
        variable = f"{prefix}{name.upper()}"
        if isinstance(value, BaseModel):
            yield from setting_rows(value, f"{variable}__")
        else:
            yield {"name": variable, "value": _shown(value), "meaning": field.description or ""}


def _shown(value: Any) -> str:
    if isinstance(value, SecretStr):
        return "(set)" if value.get_secret_value() else "(not set)"
    return str(value)
