"""Alembic's entry: runs the migrations on the connection that `models.database` hands in.

Column types are written into a migration as plain SQLAlchemy types, so that an old migration does
not depend on today's code.
"""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from models.database import JsonData, StoredEnum, UtcDateTime
from models.tables import METADATA

_PLAIN = (
    (UtcDateTime, "sa.DateTime(timezone=True)"),
    (JsonData, 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'),
    (StoredEnum, "sa.String()"),
    (AutoString, "sa.String()"),
)


def _plain_type(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    if kind != "type":
        return False
    autogen.imports.add("from sqlalchemy.dialects import postgresql")
    return next((text for kept, text in _PLAIN if isinstance(item, kept)), False)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
    compare_type=True,
    render_item=_plain_type,
)
with context.begin_transaction():
    context.run_migrations()
