"""What a step says of itself, in Latvian beside the English."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "step_record", sa.Column("summary_lv", sa.String(), nullable=False, server_default="")
    )


def downgrade() -> None:
    op.drop_column("step_record", "summary_lv")
